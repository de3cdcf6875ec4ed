//! The part of the checkout's form that is about paying.

use super::{cards::cards, fields::radio, page::Checkout, pay::saving};
use crate::order::tender_name;
use leptos::prelude::*;
use wire::TenderWay;

/// The ways to pay.
pub fn tender(checkout: Checkout) -> AnyView {
    let t = checkout.t;
    let offers = Memo::new(move |_| checkout.pay.offers.get());
    let body = move || match offers.get() {
        Some(_) => ways(checkout),
        None => view! { <div class="skeleton pay-waiting"></div> }.into_any(),
    };
    view! {
        <fieldset class="pay">
            <legend>{t.tender()}</legend>
            {body}
            <p class="wrong">{move || checkout.wrong_with("cart.tender")}</p>
        </fieldset>
    }
    .into_any()
}

fn ways(checkout: Checkout) -> AnyView {
    let pay = checkout.pay;
    let has_cards = pay.offer(TenderWay::GiftCard).is_some();
    let parts = Signal::derive(move || payable(checkout).map(|payable| pay.split(payable).cards).unwrap_or_default());
    view! {
        {(pay.balance() > 0).then(|| stored(checkout))}
        {has_cards.then(|| cards(checkout.front, pay.cards, parts))}
        {left(checkout)}
        {rest(checkout)}
    }
    .into_any()
}

fn payable(checkout: Checkout) -> Option<i64> {
    checkout.front.cart.quote.read().as_ref().map(|quote| quote.payable)
}

/// Stored value: used or not.
fn stored(checkout: Checkout) -> AnyView {
    let (front, t, pay) = (checkout.front, checkout.t, checkout.pay);
    let taken = move || {
        let part = pay.split(payable(checkout)?).stored;
        (part > 0).then(|| format!("−{}", front.money(part)))
    };
    view! {
        <label class="radio pay-stored">
            <input type="checkbox" prop:checked=pay.stored on:change=move |event| pay.stored.set(event_target_checked(&event))/>
            <span class="radio-word"><span>{t.stored()}</span><small>{t.stored_have(&front.money(pay.balance()))}</small></span>
            <span class="amount">{taken}</span>
        </label>
    }
    .into_any()
}

/// What is left to pay, once purses pay something.
fn left(checkout: Checkout) -> AnyView {
    let (front, t, pay) = (checkout.front, checkout.t, checkout.pay);
    let words = move || {
        let split = pay.split(payable(checkout)?);
        let paid = split.stored + split.cards.iter().sum::<i64>();
        (paid > 0).then(|| if split.rest > 0 { t.left(&front.money(split.rest)) } else { t.left_none().to_owned() })
    };
    view! { <p class="pay-left" role="status">{words}</p> }.into_any()
}

/// The way to pay the rest: providers first, then what is paid when the goods are handed over.
fn rest(checkout: Checkout) -> AnyView {
    let (front, t, pay) = (checkout.front, checkout.t, checkout.pay);
    let facts = front.facts();
    let offers = pay.offers.get_untracked().unwrap_or_default();
    let providers = offers.iter().filter(|one| one.way == TenderWay::Provider).map(|one| one.tender.clone());
    let by_hand = facts.shop.tenders.iter().map(|one| one.tender.clone());
    let by_hand: Vec<String> = by_hand.filter(|tender| !offers.iter().any(|one| one.tender == *tender)).collect();
    let handed = move || if front.draft.read().pick_up { t.at_pick_up() } else { t.on_delivery() };
    let online = providers.map(|tender| {
        let name = tender_name(front, &tender);
        choice(checkout, Some(tender), name, Signal::derive(move || t.tender_online().to_owned()))
    });
    let named = by_hand.into_iter().map(|tender| {
        let name = tender_name(front, &tender);
        choice(checkout, Some(tender), name, Signal::derive(move || handed().to_owned()))
    });
    let open = choice(checkout, None, t.tender_open().to_owned(), Signal::derive(move || handed().to_owned()));
    let none_left = move || payable(checkout).is_some_and(|payable| payable > 0 && pay.split(payable).rest == 0);
    view! {
        <div class="pay-rest" prop:hidden=none_left role="radiogroup" aria-label=t.tender()>
            <div class="radios">{online.collect_view()}{named.collect_view()}{open}</div>
        </div>
    }
    .into_any()
}

fn choice(checkout: Checkout, tender: Option<String>, name: String, note: Signal<String>) -> AnyView {
    let (front, t, pay) = (checkout.front, checkout.t, checkout.pay);
    let (of, with) = (tender.clone(), tender.clone());
    let on = Signal::derive(move || pay.chosen.read() == of);
    let saving = Memo::new(move |_| saving(checkout, with.as_deref()));
    let side = move || {
        saving.get().map(|amount| view! { <span class="amount saving">{t.tender_saves(&front.money(amount))}</span> })
    };
    radio("tender", on, name, note, side, move || pay.chosen.set(tender.clone()))
}
