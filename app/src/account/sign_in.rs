//! Signing in: the number, then the six digits that were sent to it.

use super::texts::Texts;
use crate::{api::browser, checkout::is_mobile, front::{Front, front}};
use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;
use std::time::Duration;
use wire::{CodeSent, Problem, RequestCode, SignIn};

/// The state of the form.
#[derive(Clone, Copy)]
struct Form {
    front: Front,
    t: Texts,
    /// The number a code was sent to; none in the first step.
    phone: RwSignal<Option<String>>,
    /// Seconds until another code may be asked for.
    wait: RwSignal<i64>,
    busy: RwSignal<bool>,
    wrong: RwSignal<Option<String>>,
}

/// `/sign-in?next=`
#[component]
pub fn SignInPage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    let form = Form {
        front,
        t,
        phone: RwSignal::new(None),
        wait: RwSignal::new(0),
        busy: RwSignal::new(false),
        wrong: RwSignal::new(None),
    };
    count_down(form.wait);
    view! {
        <Title text=t.sign_in()/>
        <Meta name="robots" content="noindex"/>
        <section class="sign-in">
            <h1>{t.sign_in()}</h1>
            <p>{t.sign_in_word()}</p>
            <p class="script-note">{t.needs_script()}</p>
            {move || match form.phone.get() {
                None => number(form),
                Some(phone) => digits(form, phone),
            }}
            <p class="wrong" role="alert" id="sign-in-wrong">{form.wrong}</p>
        </section>
    }
    .into_any()
}

fn count_down(wait: RwSignal<i64>) {
    Effect::new(move |_| {
        let tick = move || {
            if wait.try_get_untracked().is_some_and(|seconds| seconds > 0) {
                wait.update(|seconds| *seconds -= 1);
            }
        };
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
}

fn number(form: Form) -> AnyView {
    let t = form.t;
    let input = NodeRef::<html::Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let phone = input.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default();
        if is_mobile(&phone) { send(form, phone) } else { form.wrong.set(Some(t.bad_phone().to_owned())) }
    };
    let label = move || if form.busy.get() { t.sending() } else { t.send() };
    view! {
        <form novalidate on:submit=submit>
            <div class="field">
                <label for="phone">{t.phone()}</label>
                <input node_ref=input id="phone" type="tel" inputmode="tel" autocomplete="tel" maxlength="20" required
                    aria-describedby="sign-in-wrong" aria-invalid=move || form.wrong.get().map(|_| "true")/>
            </div>
            <button class="button needs-script" type="submit" disabled=form.busy>{label}</button>
        </form>
    }
    .into_any()
}

fn send(form: Form, phone: String) {
    form.busy.set(true);
    form.wrong.set(None);
    leptos::task::spawn_local(async move {
        let answer = browser::request_code(&RequestCode { phone: phone.clone() }).await;
        form.busy.set(false);
        match answer {
            Ok(CodeSent { again_after_seconds, .. }) => {
                form.wait.set(again_after_seconds);
                form.phone.set(Some(phone));
            }
            Err(problem) => say(form, &problem),
        }
    });
}

/// A field's own message says more than the summary.
fn say(form: Form, problem: &Problem) {
    let text = problem.errors.first().map_or(&problem.detail, |error| &error.message);
    form.wrong.set(Some(form.front.say(text)));
}

fn digits(form: Form, phone: String) -> AnyView {
    let t = form.t;
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let (to, sent) = (phone.clone(), t.sent_to(&phone));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let code = input.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default();
        let fine = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        if fine { enter(form, to.clone(), code) } else { form.wrong.set(Some(t.bad_code().to_owned())) }
    };
    let label = move || if form.busy.get() { t.entering() } else { t.enter() };
    let other = move |_| {
        form.wrong.set(None);
        form.phone.set(None);
    };
    view! {
        <form novalidate on:submit=submit>
            <p role="status">{sent}</p>
            <div class="field field-code">
                <label for="digits">{t.code()}</label>
                <input node_ref=input id="digits" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required
                    aria-describedby="sign-in-wrong" aria-invalid=move || form.wrong.get().map(|_| "true")/>
            </div>
            <button class="button" type="submit" disabled=form.busy>{label}</button>
            <div class="row">
                {again(form, phone)}
                <button class="button quiet" type="button" on:click=other>{t.other_phone()}</button>
            </div>
        </form>
    }
    .into_any()
}

fn again(form: Form, phone: String) -> AnyView {
    let t = form.t;
    let label = move || match form.wait.get() {
        ..=0 => t.again().to_owned(),
        seconds => t.again_in(&seconds.to_string()),
    };
    let blocked = move || form.wait.get() > 0 || form.busy.get();
    view! { <button class="button quiet" type="button" disabled=blocked on:click=move |_| send(form, phone.clone())>{label}</button> }.into_any()
}

fn enter(form: Form, phone: String, code: String) {
    let next = use_query_map().read_untracked().get("next");
    form.busy.set(true);
    form.wrong.set(None);
    leptos::task::spawn_local(async move {
        match browser::sign_in(&SignIn { phone, code }).await {
            // A full load, so that every price on the page is this member's from now on.
            Ok(_) => drop(window().location().assign(&own_path(next))),
            Err(problem) => {
                form.busy.set(false);
                say(form, &problem);
            }
        }
    });
}

/// Only a path of this shop; an address of somebody else's leads to the member's page instead.
fn own_path(next: Option<String>) -> String {
    next.filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\')).unwrap_or_else(|| "/account".to_owned())
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn signing_in_never_leads_away_from_the_shop() {
        assert_eq!(own_path(Some("/checkout".into())), "/checkout");
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "cart"] {
            assert_eq!(own_path(Some(bad.into())), "/account");
        }
        assert_eq!(own_path(None), "/account");
    }
}
