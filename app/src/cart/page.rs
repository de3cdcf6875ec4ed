//! The cart's page: lines and codes on the left, the receipt with its reasons on the right.

use super::{code::codes, gifts::gifts, hold::hold, line::lines, texts::Texts};
use crate::{
    front::{Front, front},
    receipt, ui,
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

/// `/cart`
#[component]
pub fn CartPage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    let cart = front.cart;
    // Nothing, empty, or something: the page is drawn anew only when it goes from one to another.
    let filled = Memo::new(move |_| cart.loaded.get().then(|| !cart.kept.read().lines.is_empty()));
    view! {
        <Title text=t.title()/>
        <Meta name="robots" content="noindex"/>
        {move || match filled.get() {
            None => waiting(front),
            Some(false) => empty(front),
            Some(true) => full(front),
        }}
    }
    .into_any()
}

fn waiting(front: Front) -> AnyView {
    let t = Texts(front.locale);
    view! { <h1>{t.title()}</h1><p class="script-note">{t.needs_script()}</p><div class="skeleton"></div> }.into_any()
}

fn empty(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let next = view! { <a class="button" href="/">{t.look_around()}</a> }.into_any();
    ui::empty(t.empty_title(), t.empty_sentence(), next)
}

fn full(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let payable = move || front.cart.quote.read().as_ref().map(|quote| front.money(quote.payable));
    let label = move || payable().map_or_else(|| t.checkout_open().to_owned(), |amount| t.checkout(&amount));
    view! {
        <div class="with-receipt">
            <div class="cart">
                <h1>{t.title()}</h1>
                {lines(front)}
                {gifts(front)}
                {codes(front)}
            </div>
            <div class="receipt-side">
                {receipt::live(front)}
                {hold(front)}
                <div class="main-action"><a class="button" href="/checkout">{label}</a></div>
            </div>
        </div>
    }
    .into_any()
}
