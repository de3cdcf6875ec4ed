//! Selling: at the price that is shown, or not at all, and the goods are the shopper's at once.

use super::{
    Sold, Till, exchange,
    pay::{self, Standing},
};
use crate::{
    api::browser,
    cart::Priced,
    checkout,
    receipt::{self, Marks},
    ui::{Icon, icon},
};
use ids::PlaceId;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;
use wire::{Contact, Delivery, PlaceOrder, Problem, TenderAsk};

/// The one main action of the till.
pub fn button(till: Till) -> AnyView {
    let (t, front) = (till.t, till.desk.front);
    let ready = move || {
        let some = till.kept.with(|kept| !kept.lines.is_empty());
        some && till.due().is_some_and(|due| {
            let rest = pay::split_of(till, due).rest;
            rest == 0 || till.pay.standing(rest) != Standing::Open
        })
    };
    let label = move || match (till.work.busy.get(), till.due()) {
        (true, _) => till.desk.t.working().to_owned(),
        (_, Some(0)) if till.credit() > 0 => t.exchange_go().to_owned(),
        (_, Some(due)) => t.sell(&front.money(due)),
        (_, None) => t.sell_open().to_owned(),
    };
    view! {
        <div class="main-action">
            <button class="button" type="button" disabled=move || till.work.busy.get() || !ready() on:click=move |_| sell(till)>{label}</button>
        </div>
    }
    .into_any()
}

fn sell(till: Till) {
    if till.work.busy.get_untracked() {
        return;
    }
    let (known, store) = (till.known.get_untracked(), till.store.get_untracked());
    let priced = known.and_then(|known| known.priced(&till.kept.read_untracked()));
    let (Some(priced), Some(store)) = (priced, store) else { return };
    let due = priced.quote.payable - untrack(|| till.credit());
    let rest = untrack(|| pay::split_of(till, due).rest);
    let (counter, change) = match untrack(|| till.pay.standing(rest)) {
        _ if rest == 0 => ("cash", None),
        Standing::Cash(change) => ("cash", Some(change)),
        Standing::Card => ("card_terminal", None),
        Standing::Open => return,
    };
    let paid = untrack(|| pay::asks(till, due, counter));
    till.work.busy.set(true);
    till.work.wrong.set(None);
    let order = checkout::attempt(order(till, &priced, store, paid.clone()));
    spawn_local(async move {
        let answer = exchange::send(till.exchange.get_untracked(), order).await;
        if till.work.busy.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok((order, back)) => {
                checkout::forget_attempt();
                till.sold.set(Some(Sold { order, change, paid, back }));
            }
            Err(problem) => refused(till, problem),
        }
    });
}

fn order(till: Till, priced: &Priced, store: PlaceId, payments: Vec<TenderAsk>) -> PlaceOrder {
    PlaceOrder {
        idempotency_key: String::new(),
        cart: priced.cart.clone(),
        channel: Some("till".to_owned()),
        delivery: Delivery::PickUp { store: store.clone() },
        store: Some(store),
        contact: Contact::default(),
        book: priced.quote.book.clone(),
        engine: priced.quote.engine.clone(),
        at: priced.at,
        quote_hash: priced.quote.hash.clone(),
        held: None,
        member: till.member.with_untracked(|member| member.as_ref().map(|one| one.id.clone())),
        hand_over: true,
        codes: till.kept.with_untracked(|kept| kept.singly.list()),
        payments,
    }
}

/// A price that is another one now is shown at once, and the clerk tells the shopper before selling.
fn refused(till: Till, mut problem: Problem) {
    if problem.kind != browser::OFFLINE {
        checkout::attempt_answered();
    }
    if let (Some(changed), Some(known)) = (problem.changed.take(), till.known.get_untracked())
        && let Some(known) = known.renewed(*changed)
    {
        till.known.set(Some(Arc::new(known)));
        return till.work.wrong.set(Some(till.t.price_changed().to_owned()));
    }
    till.work.wrong.set(Some(till.desk.words(&problem)));
}

/// The receipt of what was sold, to be printed, and the way to the next shopper.
pub fn sold(till: Till, sold: &Sold) -> AnyView {
    let (t, front) = (till.t, till.desk.front);
    let names = receipt::of_order(front, &sold.order.items);
    let number = sold.order.number.to_string();
    let quote = Arc::new(sold.order.quote.clone());
    let slip = receipt::slip(front, &quote, &names, Marks::new(), false);
    let next = NodeRef::<leptos::html::Button>::new();
    Effect::new(move |_| {
        if let Some(next) = next.get() {
            let _ = next.focus();
        }
    });
    view! {
        <div class="till-sold">
            <div role="status">
                <p class="order-done">{icon(Icon::Check)}<span>{t.sold()}</span></p>
                <p class="till-back">{pay::words(t, front, sold.change, &sold.paid)}</p>
                <p class="desk-note">{number}</p>
            </div>
            <section class="receipt" aria-labelledby="receipt">{slip}</section>
            {(sold.paid.len() > 1).then(|| pay::paid(front, &sold.paid))}
            {sold.back.as_ref().map(|back| exchange::done(till, back, sold.order.quote.payable))}
            <p class="row">
                <button node_ref=next class="button" type="button" on:click=move |_| till.clear()>{t.next()}</button>
                <button class="button quiet" type="button" on:click=|_| drop(window().print())>{till.desk.t.print()}</button>
            </p>
        </div>
    }
    .into_any()
}
