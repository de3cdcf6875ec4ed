//! The part of the checkout's form that is about paying.

use super::{
    fields::radio,
    pay::{Card, saving},
    page::Checkout,
};
use crate::{
    api::browser,
    order::tender_name,
    ui::{Entry, Field, Icon, field, icon},
};
use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};
use wire::{GiftCardWorth, RedeemGiftCard, TenderWay};

/// Gift cards of one order at most: the server takes six tenders.
const CARDS_MAX: usize = 4;

/// The ways to pay.
pub fn tender(checkout: Checkout) -> AnyView {
    let t = checkout.t;
    let known = Memo::new(move |_| checkout.pay.offers.with(Option::is_some));
    let body = move || match known.get() {
        true => ways(checkout),
        false => view! { <div class="skeleton pay-waiting"></div> }.into_any(),
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
    view! {
        {(pay.balance() > 0).then(|| stored(checkout))}
        {has_cards.then(|| cards(checkout))}
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

/// Gift cards: those that are used, and the field for one more.
fn cards(checkout: Checkout) -> AnyView {
    let (t, pay) = (checkout.t, checkout.pay);
    let list = move || {
        let parts = payable(checkout).map(|payable| pay.split(payable).cards).unwrap_or_default();
        let row = |(at, card): (usize, Card)| used(checkout, &card, parts.get(at).copied().unwrap_or(0));
        pay.cards.get().into_iter().enumerate().map(row).collect_view()
    };
    let more = move || pay.cards.with(|cards| cards.len() < CARDS_MAX);
    view! {
        <ul class="pay-cards">{list}</ul>
        <details class="fold pay-card" prop:hidden=move || !more()><summary>{t.card_use()}</summary><div class="fold-body">{card_field(checkout)}</div></details>
    }
    .into_any()
}

fn used(checkout: Checkout, card: &Card, part: i64) -> AnyView {
    let (front, t, pay) = (checkout.front, checkout.t, checkout.pay);
    let (code, label) = (card.code.clone(), t.card_drop(&card.ending));
    let drop = move |_| pay.cards.update(|cards| cards.retain(|one| one.code != code));
    view! {
        <li>
            <span>{t.card_named(&card.ending)}<small>{t.card_has(&front.money(card.balance))}</small></span>
            <span class="amount">{format!("−{}", front.money(part))}</span>
            <button type="button" class="line-remove" aria-label=label on:click=drop>{icon(Icon::Close)}</button>
        </li>
    }
    .into_any()
}

/// It stands within the form of the whole checkout: Enter in here looks the card up and orders nothing.
fn card_field(checkout: Checkout) -> AnyView {
    let (t, entry, busy) = (checkout.t, Entry::new(), RwSignal::new(false));
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add(checkout, entry, busy);
        }
    };
    view! {
        <div class="pay-card-field" on:keydown=key>
            {field(Field::plain("gift-card", t.card_code(), 40), entry)}
            <button type="button" class="button quiet" disabled=busy on:click=move |_| add(checkout, entry, busy)>{t.card_add()}</button>
        </div>
    }
    .into_any()
}

fn add(checkout: Checkout, entry: Entry, busy: RwSignal<bool>) {
    let (front, t, pay) = (checkout.front, checkout.t, checkout.pay);
    let code = entry.read();
    if busy.get_untracked() {
        return;
    }
    if code.is_empty() {
        entry.wrong.set(Some(t.card_empty().to_owned()));
        return entry.focus();
    }
    busy.set(true);
    spawn_local(async move {
        let request = RedeemGiftCard { code: code.clone() };
        let answer = browser::post_json::<GiftCardWorth>("/gift-cards/worth", &request).await;
        if busy.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok(GiftCardWorth { ending, balance, .. }) => {
                if pay.cards.with_untracked(|cards| cards.iter().any(|card| same(&card.code, &code))) {
                    return entry.wrong.set(Some(t.card_again().to_owned()));
                }
                pay.cards.update(|cards| cards.push(Card { code, ending, balance }));
                entry.write("");
            }
            Err(problem) => {
                let of_field = problem.errors.first().map(|one| front.say(&one.message));
                entry.wrong.set(Some(of_field.unwrap_or_else(|| front.say(&problem.detail))));
                entry.focus();
            }
        }
    });
}

/// Codes are the same however they are grouped.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    plain(one) == plain(other)
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
