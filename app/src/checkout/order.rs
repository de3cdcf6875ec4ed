//! Placing the order: at the price that is shown, or not at all.

use super::{attempt, changed::Change, page::Checkout, texts::Texts};
use crate::{api::browser, cart::Priced, front::Front};
use leptos::prelude::*;
use money::Locale;
use web_sys::wasm_bindgen::JsCast;
use wire::{Delivery, OrderStatus, PlaceOrder, Problem, Session};

/// The kind of problem that says that an order was made with this attempt's key already.
const KEY_REUSED: &str = "/problems/key-reused";

/// So begin the kinds of problems of held quotes.
const HELD: &str = "/problems/held-";

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
    let order = attempt::send(order(checkout, &priced, delivery));
    leptos::task::spawn_local(async move {
        let answer = browser::place_order(&order).await;
        checkout.busy.set(false);
        match answer {
            Ok(order) => {
                // First the way out, then the empty cart: so "your cart is empty" is never flashed at somebody who just bought.
                attempt::forget();
                let waits = order.status == OrderStatus::AwaitingPayment;
                checkout.front.draft.update(|draft| draft.pay_now = waits);
                checkout.placed.set(Some(order.number.to_string()));
                checkout.front.cart.clear();
                renew_member(checkout.front).await;
            }
            Err(problem) => refused(checkout, &priced, problem),
        }
    });
}

fn order(checkout: Checkout, priced: &Priced, delivery: Delivery) -> PlaceOrder {
    let facts = checkout.front.facts();
    let contact = checkout.front.draft.with_untracked(super::draft::Draft::contact);
    PlaceOrder {
        idempotency_key: String::new(),
        cart: priced.cart.clone(),
        channel: Some(facts.channel.clone()),
        store: facts.store.clone(),
        delivery,
        contact,
        book: priced.quote.book.clone(),
        engine: priced.quote.engine.clone(),
        at: priced.at,
        quote_hash: priced.quote.hash.clone(),
        held: priced.held.clone(),
        codes: checkout.front.cart.kept.with_untracked(|kept| kept.singly.list()),
        member: None,
        hand_over: false,
        payments: untrack(|| checkout.pay.asks(priced.quote.payable)),
    }
}

/// The order spent and earned points, and a first order is the first only once.
async fn renew_member(front: Front) {
    if let Ok(session) = browser::get::<Session>("/session").await {
        front.session.set(session);
    }
}

fn refused(checkout: Checkout, priced: &Priced, mut problem: Problem) {
    if problem.kind != browser::OFFLINE {
        attempt::answered();
    }
    // A promise that is not kept is no promise any more: the receipt goes back to the prices of now, and the words say why.
    if problem.kind.starts_with(HELD) || (priced.held.is_some() && problem.changed.is_some()) {
        checkout.front.cart.release();
    }
    if let Some(changed) = problem.changed.take() {
        return checkout.change.set(Some(Change::new(&priced.quote, *changed)));
    }
    if problem.kind == KEY_REUSED {
        // The answer to an earlier attempt was lost and its order was taken. Whoever wants another one presses again.
        attempt::forget();
        problem.detail = pricing::Text::new(Texts(Locale::Zh).taken_before(), Texts(Locale::En).taken_before());
    }
    // What is wrong with paying is said by what it is wrong with, and balances may be other ones by now.
    if let Some(at) = problem.errors.iter().position(|one| one.field.starts_with("payments")) {
        problem.detail = problem.errors.remove(at).message;
        problem.errors.clear();
    }
    if problem.errors.is_empty() {
        checkout.pay.look(&checkout.front.facts().channel);
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
    let detail = pricing::Text::new(Texts(Locale::Zh).no_price(), Texts(Locale::En).no_price());
    checkout.front.cart.refresh(checkout.front.session);
    Problem {
        kind: browser::OFFLINE.to_owned(),
        title: detail.en.clone(),
        status: 0,
        detail,
        errors: Vec::new(),
        changed: None,
    }
}

/// Takes the shopper to what needs doing.
fn focus(field: &str) {
    let find = |id: &str| document().get_element_by_id(id);
    if let Some(element) = find(&format!("field-{field}")).or_else(|| find("trouble")) {
        let _ = element.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}
