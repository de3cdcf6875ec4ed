//! Members: looked up, and what they have.

mod adjust;
mod one;
mod texts;

use super::{BASE, desk::Desk, work::Work};
use crate::{
    api::{browser, encode},
    ui::{self, Entry, Field},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use texts::Texts;
use wire::{FindMember, MemberView};

/// `/staff/members`, and `/staff/members/{id}`.
pub fn page(desk: Desk, rest: &str) -> AnyView {
    if !rest.is_empty() {
        return one::page(desk, rest);
    }
    view! { <div class="desk-top"><h1>{desk.t.members()}</h1></div>{finder(desk)} }.into_any()
}

/// By what the member shows or says; who looked is written down by the server.
fn finder(desk: Desk) -> AnyView {
    let (t, work, entry, navigate) = (Texts(desk.front.locale), Work::new(desk), Entry::new(), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = entry.read();
        if text.is_empty() {
            entry.wrong.set(Some(t.find_empty().to_owned()));
            return entry.focus();
        }
        let navigate = navigate.clone();
        let doing = async move { browser::post_json::<MemberView>("/staff/members/find", &FindMember { text }).await };
        work.start(doing, move |member| {
            navigate(&format!("{BASE}/members/{}", encode(member.id.as_str())), NavigateOptions::default());
        });
    };
    Effect::new(move |_| request_animation_frame(move || entry.focus()));
    view! {
        <div class="counter">
            <p class="script-note">{desk.t.needs_script()}</p>
            <form class="counter-form needs-script" role="search" novalidate on:submit=submit>
                {ui::field(Field { inputmode: "numeric", ..Field::plain("member-find", t.find(), 40) }, entry)}
                <button class="button" type="submit" disabled=work.busy>{t.find_go()}</button>
            </form>
            <p class="desk-note">{t.find_hint()}</p>
            {work.trouble()}
        </div>
    }
    .into_any()
}
