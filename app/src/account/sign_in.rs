//! Signing in, in two steps: the telephone, then the code that was sent to it.

use super::{code::code_step, next::next_page, texts::Texts};
use crate::{
    api::browser,
    checkout::is_mobile,
    front::{Front, front},
    ui::{self, Entry, Field, field},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_meta::{Meta, Title};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::time::Duration;
use wire::{CodeSent, RequestCode};

/// The state of a sign-in.
#[derive(Clone, Copy)]
pub struct SigningIn {
    /// The page's front.
    pub front: Front,
    /// True where one of the shop's own people signs in.
    pub staff: bool,
    /// The telephone.
    pub phone: Entry,
    /// The code.
    pub code: Entry,
    /// The number that a code was sent to, and for how long it is valid.
    pub sent: RwSignal<Option<(String, CodeSent)>>,
    /// Seconds until another code may be asked for.
    pub wait: RwSignal<i64>,
    /// True while the server is asked.
    pub busy: RwSignal<bool>,
    /// What the server said against it.
    pub failed: RwSignal<Option<String>>,
}

impl SigningIn {
    fn new(front: Front, staff: bool) -> Self {
        Self {
            front,
            staff,
            phone: Entry::new(),
            code: Entry::new(),
            sent: RwSignal::new(None),
            wait: RwSignal::new(0),
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
        }
    }

    /// Asks for a code for `phone`.
    pub fn request(self, phone: String) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        spawn_local(async move {
            match browser::request_code(&RequestCode { phone: phone.clone() }).await {
                Ok(sent) => {
                    self.wait.set(sent.again_after_seconds);
                    self.sent.set(Some((phone, sent)));
                }
                Err(problem) => self.failed.set(Some(self.front.say(&problem.detail))),
            }
            self.busy.set(false);
        });
    }
}

/// `/sign-in?next=`
#[component]
pub fn SignInPage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    // What the shopper was when the page was opened; signing in leads away from it.
    let already = front.session.get_untracked().member;
    let body = match already {
        Some(member) => {
            let who = if member.name.is_empty() { member.phone } else { member.name };
            let next = view! { <a class="button" href="/account">{t.to_account()}</a> }.into_any();
            ui::empty(t.signed_in(), t.signed_in_as(&who), next)
        }
        None => {
            leave_when_done(front);
            steps(SigningIn::new(front, false), t.sign_in(), t.sign_in_why())
        }
    };
    view! { <Title text=t.sign_in()/><Meta name="robots" content="noindex"/>{body} }.into_any()
}

/// The same two steps for the shop's own people.
#[must_use]
pub fn staff_sign_in(front: Front) -> AnyView {
    let t = Texts(front.locale);
    steps(SigningIn::new(front, true), t.staff_sign_in(), t.staff_sign_in_why())
}

fn steps(state: SigningIn, title: &'static str, why: &'static str) -> AnyView {
    let t = Texts(state.front.locale);
    count_down(state);
    let second = Memo::new(move |_| state.sent.get().is_some());
    view! {
        <section class="sign-in">
            <h1>{title}</h1>
            <p class="sign-in-why">{why}</p>
            <p class="script-note">{t.needs_script()}</p>
            {move || if second.get() { code_step(state) } else { phone_step(state) }}
            <p id="sign-in-wrong" class="wrong" role="alert">{move || state.failed.get()}</p>
        </section>
    }
    .into_any()
}

fn phone_step(state: SigningIn) -> AnyView {
    let t = Texts(state.front.locale);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let phone = state.phone.read();
        if is_mobile(&phone) {
            state.request(phone);
        } else {
            state.phone.wrong.set(Some(t.phone_bad().to_owned()));
            state.phone.focus();
        }
    };
    let spec = Field {
        id: "phone",
        label: t.phone(),
        kind: "tel",
        autocomplete: "tel",
        inputmode: "numeric",
        longest: 24,
        required: true,
    };
    let label = move || if state.busy.get() { t.sending() } else { t.send_code() };
    view! {
        <form class="sign-in-form" novalidate on:submit=submit>
            {field(spec, state.phone)}
            <button class="button needs-script" type="submit" disabled=move || state.busy.get()>{label}</button>
        </form>
    }
    .into_any()
}

/// Counts the seconds until another code may be asked for.
fn count_down(state: SigningIn) {
    Effect::new(move |_| {
        let tick = move || {
            if state.wait.get_untracked() > 0 {
                state.wait.update(|wait| *wait -= 1);
            }
        };
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
}

/// Goes on as soon as the session has a member.
fn leave_when_done(front: Front) {
    let (navigate, keys) = (use_navigate(), use_query_map());
    Effect::new(move |_| {
        if front.member().is_some() {
            let next = keys.with_untracked(|keys| next_page(keys.get("next").as_deref()));
            navigate(&next, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
}
