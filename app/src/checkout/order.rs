//! Placing the order: at the price that is shown, or not at all.

use super::{changed::Change, page::Checkout};
use crate::{api::browser, cart::Priced};
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use wire::{Delivery, PlaceOrder, Problem};

/// Checks the form and sends the order.
pub fn place(checkout: Checkout) {
    let draft = checkout.front.draft.get_untracked();
    let wrong = draft.wrong();
    checkout.failed.set(None);
    checkout.wrong.set(wrong.clone());
    let (true, Some(delivery)) = (wrong.is_empty(), draft.delivery()) else {
        return focus(wrong.first().map_or("trouble", |one| &one.field));
    };
    if checkout.busy.get_untracked() {
        return;
    }
    let Some(priced) = checkout.front.cart.priced_now() else {
        return checkout.failed.set(Some(not_yet(checkout)));
    };
    checkout.busy.set(true);
    let order = order(checkout, &priced, delivery);
    leptos::task::spawn_local(async move {
        let answer = browser::place_order(&order).await;
        checkout.busy.set(false);
        match answer {
            Ok(order) => {
                // First the way out, then the empty cart: so "your cart is empty" is never flashed at somebody who just bought.
                checkout.placed.set(Some(order.number.to_string()));
                checkout.front.cart.clear();
            }
            Err(problem) => refused(checkout, &priced, problem),
        }
    });
}

fn order(checkout: Checkout, priced: &Priced, delivery: Delivery) -> PlaceOrder {
    let facts = checkout.front.facts();
    let contact = checkout.front.draft.get_untracked().contact;
    let mut order = PlaceOrder {
        idempotency_key: String::new(),
        cart: priced.cart.clone(),
        channel: Some(facts.channel.clone()),
        store: facts.store.clone(),
        delivery,
        contact,
        book: priced.quote.book.clone(),
        engine: priced.quote.engine.clone(),
        at: pricing::Instant(0),
        quote_hash: priced.quote.hash.clone(),
    };
    order.idempotency_key = key(checkout, &order);
    order.at = priced.at;
    order
}

/// The same order keeps its key when it is sent again, after a lost answer for one; another order gets another key.
fn key(checkout: Checkout, order: &PlaceOrder) -> String {
    let what = serde_json::to_string(order).expect("an order holds only strings, numbers and lists");
    if let Some((key, _)) = checkout.attempt.get_value().filter(|(_, before)| *before == what) {
        return key;
    }
    let key = random_key();
    checkout.attempt.set_value(Some((key.clone(), what)));
    key
}

/// 128 random bits. `crypto.randomUUID` needs https, which a kiosk in a store's own network may not have.
fn random_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn refused(checkout: Checkout, priced: &Priced, mut problem: Problem) {
    if let Some(changed) = problem.changed.take() {
        return checkout.change.set(Some(Change::new(&priced.quote, *changed)));
    }
    if problem.errors.is_empty() {
        // Stock may be the reason: the cart learns what is left.
        checkout.front.cart.refresh(checkout.front.session);
        checkout.failed.set(Some(problem));
        return focus("trouble");
    }
    let first = problem.errors.first().map(|one| one.field.clone()).unwrap_or_default();
    let shown = problem.errors.iter().all(|one| is_shown(&one.field));
    checkout.wrong.set(problem.errors.clone());
    if !shown {
        checkout.failed.set(Some(problem));
    }
    focus(&first);
}

/// True for fields that say beside themselves what is wrong.
fn is_shown(field: &str) -> bool {
    field.starts_with("contact.") || field.starts_with("delivery.")
}

fn not_yet(checkout: Checkout) -> Problem {
    let t = super::texts::Texts;
    let detail = pricing::Text::new(t(money::Locale::Zh).no_price(), t(money::Locale::En).no_price());
    checkout.front.cart.refresh(checkout.front.session);
    Problem { kind: browser::OFFLINE.to_owned(), title: detail.en.clone(), status: 0, detail, errors: Vec::new(), changed: None }
}

/// Takes the shopper to what needs doing.
fn focus(field: &str) {
    let find = |id: &str| document().get_element_by_id(id);
    if let Some(element) = find(&format!("field-{field}")).or_else(|| find("trouble")) {
        let _ = element.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}
