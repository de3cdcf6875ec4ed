//! After a minute without a touch the kiosk forgets everything, having said so for a quarter of it.

use super::texts::Texts;
use crate::{api::{browser, encode}, checkout::Draft, front::Front};
use leptos::{html, prelude::*};
use leptos_router::hooks::{use_location, use_navigate};
use std::time::Duration;
use wire::Session;

/// Seconds without a touch after which all is forgotten.
const FORGET_SECONDS: i64 = 60;
/// The last so many of them are counted down on the screen.
const WARN_SECONDS: i64 = 15;

/// Counts the quiet seconds and shows the last of them.
pub fn watch(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let quiet = RwSignal::new(0_i64);
    let path = use_location().pathname;
    let attract = move || path.with_untracked(|path| path.starts_with("/kiosk/"));
    Effect::new(move |_| {
        for event in ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"] {
            let _ = window_event_listener_untyped(event, move |_| quiet.set(0));
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
        if quiet.get() >= FORGET_SECONDS {
            forget.run(());
        }
    });
    let left = Memo::new(move |_| Some(FORGET_SECONDS - quiet.get()).filter(|left| *left <= WARN_SECONDS));
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

/// Nothing of this shopper is left for the next one: cart, form, session.
fn forget(front: Front) {
    front.cart.clear();
    front.notice.set(None);
    front.draft.set(Draft::new(&front.facts()));
    front.session.set(Session::default());
    leptos::task::spawn_local(async {
        // Without network the cookie stays until the next shopper signs in; the server ends quiet sessions by itself.
        let _ = browser::sign_out().await;
    });
}
