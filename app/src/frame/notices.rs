//! One line of notice at a time, and the state of the network.

use super::{is_staff, texts::Texts};
use crate::{
    cart::Network,
    front::Front,
    ui::{Icon, icon},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::time::Duration;

/// How long a notice stays.
const STAYS: Duration = Duration::from_secs(5);

/// A notice such as "added to the cart", announced politely and gone after a while.
pub fn notices(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let (notice, path) = (front.notice, use_location().pathname);
    // Each new notice gets its own time; the timer of an older one must not take it away.
    Effect::new(move |before: Option<Option<TimeoutHandle>>| {
        if let Some(timer) = before.flatten() {
            timer.clear();
        }
        notice.read().as_ref()?;
        set_timeout_with_handle(move || notice.set(None), STAYS).ok()
    });
    view! {
        <div class="notices" role="status">
            {move || notice.get().map(|text| view! {
                <p class="notice">
                    {icon(Icon::Check)}<span>{text}</span>
                    {(!path.with(|path| is_staff(path))).then(|| view! { <a href="/cart" on:click=move |_| notice.set(None)>{t.to_cart()}</a> })}
                </p>
            })}
        </div>
    }
    .into_any()
}

/// A banner while the network is away.
pub fn offline(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let text = if front.kiosk { t.offline_kiosk() } else { t.offline() };
    view! {
        <div class="away" role="status">
            {move || (front.cart.network.get() == Network::Away).then(|| view! { <p>{icon(Icon::Away)}<span>{text}</span></p> })}
        </div>
    }
    .into_any()
}
