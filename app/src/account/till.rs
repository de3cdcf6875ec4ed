//! The code to show at the till: fetched when it is asked for, and again whenever it changes.

use super::texts::Texts;
use crate::{api::browser, front::Front};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wire::MemberCode;

/// What is shown.
#[derive(Clone, Copy)]
struct Till {
    front: Front,
    open: RwSignal<bool>,
    code: RwSignal<Option<MemberCode>>,
    /// Seconds until another one is fetched.
    left: RwSignal<i64>,
    wrong: RwSignal<Option<String>>,
}

/// The section with the code.
pub fn till(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let till = Till {
        front,
        open: RwSignal::new(false),
        code: RwSignal::new(None),
        left: RwSignal::new(0),
        wrong: RwSignal::new(None),
    };
    till.keep_fresh();
    let press = move |_| {
        till.open.update(|open| *open = !*open);
        if till.open.get_untracked() {
            till.fetch();
        }
    };
    let label = move || if till.open.get() { t.till_hide() } else { t.till_show() };
    view! {
        <section class="account-till" aria-labelledby="till">
            <h2 id="till">{t.till()}</h2>
            <p>{t.till_why()}</p>
            <button class="button quiet needs-script" type="button" aria-expanded=move || till.open.get().to_string() aria-controls="till-code"
                on:click=press>{label}</button>
            <div id="till-code">{move || till.open.get().then(|| till.shown())}</div>
            <p class="wrong" role="alert">{till.wrong}</p>
        </section>
    }
    .into_any()
}

impl Till {
    fn shown(self) -> AnyView {
        let t = Texts(self.front.locale);
        let picture = move |code: MemberCode| {
            view! {
                <div class="till-qr" role="img" aria-label=t.till_alt() inner_html=code.qr_svg></div>
                <p class="till-number">{t.till_number(&code.number)}</p>
                <p class="till-next">{move || t.till_next(&self.left.get().to_string())}</p>
            }
        };
        view! { {move || self.code.get().map(picture)} }.into_any()
    }

    fn fetch(self) {
        // Until the answer is here nobody asks again.
        self.left.set(5);
        spawn_local(async move {
            match browser::member_code().await {
                Ok(code) => {
                    self.left.set(code.refresh_seconds.max(1));
                    self.code.set(Some(code));
                    self.wrong.set(None);
                }
                Err(problem) => self.wrong.set(Some(self.front.say(&problem.detail))),
            }
        });
    }

    fn keep_fresh(self) {
        Effect::new(move |_| {
            let tick = move || {
                if !self.open.get_untracked() {
                    return;
                }
                self.left.update(|left| *left -= 1);
                if self.left.get_untracked() <= 0 {
                    self.fetch();
                }
            };
            if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
                on_cleanup(move || timer.clear());
            }
        });
    }
}
