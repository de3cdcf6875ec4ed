//! The head of the staff's pages: who, as what, where, and the pages that the role may open.

use super::{BASE, ENTRIES, Entry, desk::Desk};
use crate::{api::browser, frame};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

/// The head with its navigation.
pub fn head(desk: Desk) -> AnyView {
    let (t, info) = (desk.t, desk.info());
    let place = info.place.as_ref().map(|place| desk.place_name(place)).unwrap_or_else(|| t.whole_shop().to_owned());
    let links = ENTRIES.iter().filter(|entry| desk.may(entry.permission)).map(|entry| link(desk, entry));
    view! {
        <div class="desk-head">
            <a class="desk-brand" href=BASE>
                <img src="/img/mark.svg" alt="" width="32" height="32"/>
                <span>{t.area()}</span>
            </a>
            <p class="desk-who"><strong>{info.name.clone()}</strong><span>{t.role(&info.role)}" · "{place}</span></p>
            <div class="desk-tools">{frame::other_language(desk.front)}{sign_out(desk)}</div>
            <nav class="desk-nav" aria-label=t.nav()><ul>{links.collect_view()}</ul></nav>
        </div>
    }
    .into_any()
}

fn link(desk: Desk, entry: &'static Entry) -> AnyView {
    let path = use_location().pathname;
    let href = format!("{BASE}/{}", entry.path);
    let here = href.clone();
    let current = move || path.with(|path| path.starts_with(&here)).then_some("page");
    view! { <li><a href=href aria-current=current>{(entry.name)(desk.t)}</a></li> }.into_any()
}

fn sign_out(desk: Desk) -> AnyView {
    let busy = RwSignal::new(false);
    let leave = move |_| {
        busy.set(true);
        spawn_local(async move {
            match browser::sign_out().await {
                // Whoever comes next finds nothing of this one in the browser's memory.
                Ok(()) => drop(window().location().set_href(BASE)),
                Err(problem) => {
                    busy.set(false);
                    desk.say(desk.words(&problem));
                }
            }
        });
    };
    view! {
        <button class="button quiet needs-script" type="button" disabled=busy on:click=leave>{desk.t.sign_out()}</button>
    }
    .into_any()
}
