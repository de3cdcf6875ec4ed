//! The price of the chosen variant, what one more would cost beside the cart, and the way into the cart.

use super::{choice::Choice, stock::level, texts::Texts, why::why};
use crate::{front::Front, ui};
use leptos::prelude::*;
use wire::{ShelfPrice, Variant};

/// Price and the bar that adds to the cart; on a phone the bar stays at the bottom.
pub fn buy(front: Front, choice: Choice) -> AnyView {
    view! {
        <div class="buy-price">
            {move || price(front, &choice.price.get(), choice.variant().grams)}
            {beside(front, choice)}
            {move || why(front, &choice.price.get(), choice.beside.get().as_ref())}
        </div>
        {bar(front, choice)}
    }
    .into_any()
}

fn price(front: Front, shelf: &ShelfPrice, grams: i64) -> AnyView {
    let per_100g = ui::per_100g(shelf.price, grams);
    let t = ui::texts::Texts(front.locale);
    view! {
        {ui::price(front, shelf, false)}
        {per_100g.map(|amount| view! { <p class="per-100g">{t.per_100g(&front.money(amount))}</p> })}
    }
    .into_any()
}

/// What one more costs beside the cart, worked out here by the engine; said only where it is another price than that of one alone.
fn beside(front: Front, choice: Choice) -> AnyView {
    let t = Texts(front.locale);
    let in_cart = Memo::new(move |_| {
        let sku = choice.variant().sku;
        front.cart.kept.with(|kept| kept.lines.iter().find(|line| line.sku == sku).map_or(0, |line| line.quantity))
    });
    let words = move |price: &ShelfPrice| match price.price {
        ..0 => t.beside_saves(&front.money(-price.price)),
        _ => t.beside(&front.money(price.price)),
    };
    let cheaper = move |price: &ShelfPrice| price.price < choice.price.get().price;
    view! {
        <p class="one-more" role="status">
            {move || choice.beside.get().map(|price| view! { <span data-moved=cheaper(&price)>{words(&price)}</span> })}
            {move || (in_cart.get() > 0).then(|| view! { <span>{t.in_cart(&in_cart.get().to_string())}</span> })}
        </p>
    }
    .into_any()
}

fn bar(front: Front, choice: Choice) -> AnyView {
    let t = Texts(front.locale);
    let quantity = RwSignal::new(1_i64);
    let can = move || available(front, &choice.variant()) > 0;
    let add = move |_| {
        front.cart.add(&choice.variant().sku, quantity.get_untracked());
        front.notice.set(Some(t.added(&choice.name(front))));
        quantity.set(1);
    };
    let label = move || if can() { t.add() } else { t.sold_out() };
    let set = Callback::new(move |units| quantity.set(units));
    view! {
        <div class="buy-bar">
            <p class="buy-sum" aria-hidden="true">{move || front.money(choice.price.get().price)}</p>
            {move || level(front, available(front, &choice.variant()))}
            {ui::stepper(front, &choice.title(front), 1, quantity.into(), set)}
            <button class="button buy-add needs-script" type="button" disabled=move || !can() on:click=add>{label}</button>
        </div>
    }
    .into_any()
}

/// Units that this shopper can have: in the store of a kiosk what is there, else what the web can promise.
fn available(front: Front, variant: &Variant) -> i64 {
    let facts = front.facts();
    let here = variant.stock.iter().find(|one| Some(&one.place) == facts.store.as_ref()).map_or(0, |one| one.available);
    variant.available.max(here)
}
