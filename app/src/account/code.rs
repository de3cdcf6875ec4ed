//! The second step of signing in: the code.

use super::{sign_in::SigningIn, texts::Texts};
use crate::{
    api::browser,
    ui::{Field, field},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wire::{Problem, SignIn};

/// Digits of a code.
const DIGITS: usize = 6;

/// The form for the code, and the ways back.
pub fn code_step(state: SigningIn) -> AnyView {
    let t = Texts(state.front.locale);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        confirm(state);
    };
    let said = move || {
        let minutes = |seconds: i64| ((seconds + 59) / 60).max(1).to_string();
        state.sent.get().map(|(phone, sent)| t.code_sent(&phone, &minutes(sent.valid_seconds)))
    };
    let spec = Field {
        id: "code",
        label: t.code(),
        kind: "text",
        autocomplete: "one-time-code",
        inputmode: "numeric",
        longest: 8,
        required: true,
    };
    let label = move || if state.busy.get() { t.confirming() } else { t.confirm() };
    // The field is there with the next frame; the focus goes into it, and the phone offers the code.
    request_animation_frame(move || state.code.focus());
    view! {
        <form class="sign-in-form" novalidate on:submit=submit>
            <p class="sign-in-sent" role="status">{said}</p>
            {field(spec, state.code)}
            <button class="button" type="submit" disabled=move || state.busy.get()>{label}</button>
            {others(state)}
        </form>
    }
    .into_any()
}

/// Another code, or another number.
fn others(state: SigningIn) -> AnyView {
    let t = Texts(state.front.locale);
    let again = move |_| {
        if let Some((phone, _)) = state.sent.get_untracked() {
            state.request(phone);
        }
    };
    let back = move |_| {
        state.failed.set(None);
        state.code.value.set(String::new());
        state.sent.set(None);
    };
    let label = move || match state.wait.get() {
        seconds @ 1.. => t.again_in(&seconds.to_string()),
        _ => t.again().to_owned(),
    };
    view! {
        <p class="row sign-in-others">
            <button class="button quiet" type="button" disabled=move || { state.wait.get() > 0 || state.busy.get() } on:click=again>{label}</button>
            <button class="button quiet" type="button" on:click=back>{t.other_phone()}</button>
        </p>
    }
    .into_any()
}

fn confirm(state: SigningIn) {
    let t = Texts(state.front.locale);
    let code: String = state.code.read().chars().filter(|one| !one.is_whitespace()).collect();
    if code.len() != DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        state.code.wrong.set(Some(t.code_bad().to_owned()));
        state.code.focus();
        return;
    }
    let Some((phone, _)) = state.sent.get_untracked().filter(|_| !state.busy.get_untracked()) else { return };
    state.busy.set(true);
    state.failed.set(None);
    spawn_local(async move {
        let failed = match (state.staff, SignIn { phone, code }) {
            (true, request) => as_staff(&request).await,
            (false, request) => as_shopper(state, &request).await,
        };
        if let Err(problem) = failed {
            state.failed.set(Some(state.front.say(&problem.detail)));
            state.code.focus();
        }
        state.busy.set(false);
    });
}

/// The page leaves by itself when the session has a member.
async fn as_shopper(state: SigningIn, request: &SignIn) -> Result<(), Problem> {
    state.front.session.set(browser::sign_in(request).await?);
    Ok(())
}

/// The server writes the page anew, as it is for the one who signed in.
async fn as_staff(request: &SignIn) -> Result<(), Problem> {
    browser::staff_sign_in(request).await?;
    let _ = window().location().reload();
    Ok(())
}
