//! After a minute without a touch the kiosk forgets everything, having said so for a quarter of it.

use super::texts::Texts;
use crate::{
    api::{browser, encode},
    checkout::{self, Draft},
    front::Front,
};
use leptos::{html, prelude::*};
use leptos_router::hooks::{use_location, use_navigate};
use std::time::Duration;
use wire::Session;

/// Seconds without a touch after which the kiosk asks whether anybody is there.
const ASK_SECONDS: i64 = 45;
/// Seconds that are counted down on the screen before all is forgotten.
const WARN_SECONDS: i64 = 15;
/// Where a browser may keep another number of seconds for [`ASK_SECONDS`]: for shops with slow readers, and for tests.
const ASK_KEY: &str = "concord.idle_seconds";

/// Counts the quiet seconds and shows the last of them.
pub fn watch(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let quiet = RwSignal::new(0_i64);
    let path = use_location().pathname;
    let attract = move || path.with_untracked(|path| path.starts_with("/kiosk/"));
    let limit = RwSignal::new(ASK_SECONDS + WARN_SECONDS);
    Effect::new(move |_| {
        limit.set(ask_seconds() + WARN_SECONDS);
        for event in ["keydown", "click"] {
            let _ = window_event_listener_untyped(event, move |_| quiet.set(0));
        }
        // While the question stands, only the finished tap answers it: were it gone at the finger's first touch, the tap would
        // land on what lies beneath.
        let asking = move || quiet.get_untracked() + WARN_SECONDS >= limit.get_untracked();
        for event in ["pointerdown", "pointermove", "wheel", "touchmove"] {
            let _ = window_event_listener_untyped(event, move |_| {
                if !asking() {
                    quiet.set(0);
                }
            });
        }
        let tick = move || quiet.update(|seconds| *seconds = if attract() { 0 } else { *seconds + 1 });
        set_interval(tick, Duration::from_secs(1));
    });
    let navigate = use_navigate();
    let forget = Callback::new(move |()| {
        quiet.set(0);
        forget(front);
        let store = front.facts().store.clone();
        let start = store.map_or_else(|| "/".to_owned(), |store| format!("/kiosk/{}", encode(store.as_str())));
        navigate(&start, Default::default());
    });
    Effect::new(move |_| {
        if quiet.get() >= limit.get() {
            forget.run(());
        }
    });
    let left = Memo::new(move |_| Some(limit.get() - quiet.get()).filter(|left| *left <= WARN_SECONDS));
    let words = move || left.get().map(|left| t.clearing(&left.to_string()));
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (asked, Some(dialog)) = (left.get().is_some(), dialog.get()) else { return };
        match (asked, dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog node_ref=dialog class="dialog" aria-labelledby="idle">
            <h2 id="idle">{t.still_there()}</h2>
            <p role="timer">{words}</p>
            <div class="row">
                <button class="button" type="button" on:click=move |_| quiet.set(0)>{t.stay()}</button>
                <button class="button quiet" type="button" on:click=move |_| forget.run(())>{t.start_over()}</button>
            </div>
        </dialog>
    }
    .into_any()
}

/// Read once, in the browser.
fn ask_seconds() -> i64 {
    let kept = window().local_storage().ok().flatten().and_then(|storage| storage.get_item(ASK_KEY).ok().flatten());
    kept.and_then(|text| text.parse().ok()).filter(|seconds| *seconds > 0).unwrap_or(ASK_SECONDS)
}

/// Nothing of this shopper is left for the next one: cart, form, session.
fn forget(front: Front) {
    front.cart.clear();
    front.notice.set(None);
    checkout::forget_attempt();
    front.draft.set(Draft::new(&front.facts()));
    front.session.set(Session::default());
    leptos::task::spawn_local(async {
        // Without network the cookie stays until the next shopper signs in; the server ends quiet sessions by itself.
        let _ = browser::sign_out().await;
    });
}
