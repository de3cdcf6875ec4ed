//! Holding the price of the cart: the offer, until when it holds, and what to do when it does no more.

use super::{
    held::{self, Standing, Stored},
    rounds,
    texts::Texts,
};
use crate::{
    api::browser,
    front::Front,
    ui::{Icon, icon},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wire::QuoteRequest;

/// The offer, or the promise; nothing while there is no price to hold.
pub fn hold(front: Front) -> AnyView {
    let cart = front.cart;
    let busy = RwSignal::new(false);
    end_in_time(front);
    let shown = Memo::new(move |_| cart.quote.read().is_some().then(|| cart.standing()));
    view! {
        <div class="hold" role="status">
            {move || shown.get().map(|standing| match standing {
                None => offer(front, busy),
                Some(standing) => promise(front, busy, standing),
            })}
        </div>
    }
    .into_any()
}

fn offer(front: Front, busy: RwSignal<bool>) -> AnyView {
    let t = Texts(front.locale);
    view! {
        {button(front, busy, t.hold())}
        <p class="hold-note">{t.hold_why()}</p>
    }
    .into_any()
}

fn promise(front: Front, busy: RwSignal<bool>, standing: Standing) -> AnyView {
    let t = Texts(front.locale);
    let until = front.cart.held_until().map_or_else(String::new, |expires| front.clock(expires));
    let drop_it =
        view! { <button class="link" type="button" on:click=move |_| front.cart.release()>{t.hold_drop()}</button> };
    if standing == Standing::Good {
        return view! {
            <div class="hold-word" data-good="">
                {icon(Icon::Check)}
                <p><strong>{t.held_until(&until)}</strong>{t.held_once()}</p>
                {drop_it}
            </div>
        }
        .into_any();
    }
    let words = match standing {
        Standing::OtherGoods => t.held_other_goods(&until),
        Standing::OtherShopper => t.held_other_shopper().to_owned(),
        Standing::Expired | Standing::Good => t.held_expired(&until),
    };
    let restore = move |_| front.cart.restore_held();
    let restore = (standing == Standing::OtherGoods)
        .then(|| view! { <button class="button quiet" type="button" on:click=restore>{t.held_restore()}</button> });
    view! {
        <p class="hold-word">{words}</p>
        <p class="row">{restore}{button(front, busy, t.hold_again())}{drop_it}</p>
    }
    .into_any()
}

fn button(front: Front, busy: RwSignal<bool>, words: &'static str) -> AnyView {
    let ask = move |_| {
        busy.set(true);
        spawn_local(async move {
            ask(front).await;
            busy.set(false);
        });
    };
    view! { <button class="button quiet" type="button" disabled=move || busy.get() on:click=ask>{words}</button> }
        .into_any()
}

/// Asks the shop to hold what the cart costs.
async fn ask(front: Front) {
    let facts = front.facts();
    let Some(cart) = front.cart.cart_now() else { return };
    let request = QuoteRequest { cart: cart.clone(), store: facts.store.clone(), channel: Some(facts.channel.clone()) };
    match browser::hold_quote(&request).await {
        Ok(answer) => {
            let text = Stored::text(&cart, answer);
            held::keep(Some(&text));
            // The promise is read by the part of the program that reads slices, and comes with the next.
            rounds::fetched(front.cart, front.session).await;
        }
        Err(problem) => front.notice.set(Some(front.say(&problem.detail))),
    }
}

/// The page says so as soon as the promise is over, not at the next beat.
fn end_in_time(front: Front) {
    let cart = front.cart;
    let expires = Memo::new(move |_| cart.held_until());
    Effect::new(move |_| {
        let (Some(expires), Some(known)) = (expires.get(), cart.known.get_untracked()) else { return };
        let left_ms = expires.0.saturating_sub(known.now().0).max(0);
        set_timeout(move || cart.tick(), Duration::from_millis(left_ms.unsigned_abs()));
    });
}
