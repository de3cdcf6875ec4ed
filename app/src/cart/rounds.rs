//! When the browser asks the server for prices: when the cart needs SKUs it knows nothing of, when somebody signs in, every
//! few minutes, and when the network comes back.

use super::{
    held,
    kept::Kept,
    known::Known,
    store::{CartStore, Network},
};
use crate::{
    api::browser::{self, OFFLINE},
    front::Ready,
    parts,
};
use leptos::prelude::*;
use std::{sync::Arc, time::Duration};
use wire::{Problem, Session, SliceRequest};

/// How often schedules are looked at: a promotion that ends at eight is gone within this time.
const BEAT: Duration = Duration::from_secs(10);
/// Every so many beats the slice is asked for again, so that a new price book is seen without a refusal at checkout.
const BEATS_PER_FETCH: u32 = 30;

/// Reads what is kept and keeps it priced. Effects do not run on the server, so nothing of this happens there.
pub fn start(cart: CartStore, session: RwSignal<Session>) {
    let ready = use_context::<Ready>();
    Effect::new(move |_| {
        if !Ready::now(ready.as_ref()) {
            return;
        }
        cart.kept.set(Kept::load());
        cart.loaded.set(true);
        listen(cart, session);
        set_interval(move || beat(cart, session), BEAT);
    });
    Effect::new(move |_| {
        let wanted = cart.wanted.get();
        let covered = cart.known.with_untracked(|known| known.as_ref().is_some_and(|known| known.covers(&wanted)));
        if cart.loaded.get() && !covered && !wanted.skus.is_empty() {
            fetch(cart, session);
        }
    });
    // A member has other prices than a guest.
    Effect::new(move |before: Option<Session>| {
        let now = session.get();
        if before.is_some_and(|before| before != now) && cart.loaded.get_untracked() {
            fetch(cart, session);
        }
        now
    });
}

fn listen(cart: CartStore, session: RwSignal<Session>) {
    // Another tab changed the cart.
    let _ = window_event_listener_untyped("storage", move |_| cart.kept.set(Kept::load()));
    let _ = window_event_listener_untyped("online", move |_| fetch(cart, session));
    let _ = window_event_listener_untyped("offline", move |_| cart.network.set(Network::Away));
}

fn beat(cart: CartStore, session: RwSignal<Session>) {
    cart.tick();
    let due = cart.beat.get_untracked().is_multiple_of(BEATS_PER_FETCH);
    let away = cart.network.get_untracked() == Network::Away;
    if (due || away) && !document().hidden() {
        fetch(cart, session);
    }
}

/// Asks for the wanted slice and takes the answer, unless something else is wanted by then.
pub fn fetch(cart: CartStore, session: RwSignal<Session>) {
    leptos::task::spawn_local(fetched(cart, session));
}

/// The same; done when the answer is taken.
pub fn fetched(cart: CartStore, session: RwSignal<Session>) -> impl Future<Output = ()> {
    let wanted = cart.wanted.get_untracked();
    let member = session.get_untracked();
    async move {
        let answer = priced(wanted.clone()).await;
        let stale = cart.wanted.try_get_untracked().as_ref() != Some(&wanted) || session.get_untracked() != member;
        match answer {
            Ok(known) => {
                cart.network.set(Network::Here);
                if let Some(known) = known.filter(|_| !stale) {
                    cart.known.set(Some(known));
                }
            }
            Err(problem) if problem.kind == OFFLINE => cart.network.set(Network::Away),
            Err(problem) => leptos::logging::warn!("no prices: {problem}"),
        }
    }
}

/// The engine's part of the program and the slice come at the same time.
async fn priced(wanted: SliceRequest) -> Result<Option<Arc<Known>>, Problem> {
    let (answer, _) = futures::join!(browser::slice(&wanted), parts::preload_engine());
    parts::engine(answer?, wanted, held::kept()).await.map_err(|missing| missing.problem())
}
