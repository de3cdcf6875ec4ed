//! Erasing the account: a code to the member's own telephone, and no way back.

use super::texts::Texts;
use crate::{
    api::browser,
    front::Front,
    ui::{Entry, Field, field},
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wire::{EraseMe, Session};

/// The state of leaving.
#[derive(Clone, Copy)]
struct Leaving {
    front: Front,
    code: Entry,
    sent: RwSignal<bool>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<String>>,
    give_up: NodeRef<html::Input>,
}

/// The way out, folded away until it is wanted.
pub fn leave(front: Front, points: i64) -> AnyView {
    let t = Texts(front.locale);
    let state = Leaving {
        front,
        code: Entry::new(),
        sent: RwSignal::new(false),
        busy: RwSignal::new(false),
        failed: RwSignal::new(None),
        give_up: NodeRef::new(),
    };
    let ask = move |_| request(state);
    view! {
        <details class="account-leave needs-script">
            <summary>{t.leave()}</summary>
            <p>{t.leave_what()}</p>
            <button class="button quiet" type="button" disabled=move || state.busy.get() on:click=ask>{t.leave_code()}</button>
            {move || state.sent.get().then(|| form(state, points))}
            <p class="wrong" role="alert">{state.failed}</p>
        </details>
    }
    .into_any()
}

fn form(state: Leaving, points: i64) -> AnyView {
    let t = Texts(state.front.locale);
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        erase(state, navigate.clone());
    };
    let spec = Field {
        id: "leave-code",
        label: t.code(),
        kind: "text",
        autocomplete: "one-time-code",
        inputmode: "numeric",
        longest: 8,
        required: true,
    };
    let give_up = (points > 0).then(|| {
        view! { <label class="consent"><input type="checkbox" node_ref=state.give_up/><span>{t.give_up(&points.to_string())}</span></label> }
    });
    view! {
        <form novalidate on:submit=submit>
            {field(spec, state.code)}
            {give_up}
            <button class="button" type="submit" disabled=move || state.busy.get()>{t.leave_now()}</button>
        </form>
    }
    .into_any()
}

fn request(state: Leaving) {
    state.busy.set(true);
    state.failed.set(None);
    spawn_local(async move {
        match browser::request_erase_code().await {
            Ok(_) => state.sent.set(true),
            Err(problem) => state.failed.set(Some(state.front.say(&problem.detail))),
        }
        state.busy.set(false);
    });
}

fn erase(state: Leaving, navigate: impl Fn(&str, NavigateOptions) + 'static) {
    let give_up_points = state.give_up.get_untracked().is_some_and(|input| input.checked());
    let request = EraseMe { code: state.code.read(), give_up_points };
    state.busy.set(true);
    state.failed.set(None);
    spawn_local(async move {
        match browser::erase_me(&request).await {
            Ok(_) => {
                state.front.notice.set(Some(Texts(state.front.locale).left().to_owned()));
                state.front.session.set(Session::default());
                navigate("/", NavigateOptions::default());
            }
            Err(problem) => state.failed.set(Some(state.front.say(&problem.detail))),
        }
        state.busy.set(false);
    });
}
