//! How the shopper pays at the till: stored value and gift cards first, the rest in cash, with what was given and what goes back, or by card on the
//! terminal. All that the till knows of paying is in here.

use super::{Till, texts::Texts};
use crate::{
    checkout::{self, Cards, Split, split},
    front::Front,
    order::tender_name,
    ui::{self, Entry, Field},
};
use leptos::prelude::*;
use money::Currency;
use wire::{TenderAsk, TenderOffer, TenderWay};

/// A way to pay over the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tender {
    Cash,
    Card,
}

/// What was said about paying.
#[derive(Clone, Copy)]
pub struct Pay {
    currency: Currency,
    tender: RwSignal<Tender>,
    given: Entry,
    /// What the terminal printed, if somebody typed it.
    terminal: Entry,
    /// What the shop takes at the till.
    pub offers: RwSignal<Vec<TenderOffer>>,
    stored: RwSignal<bool>,
    cards: Cards,
}

/// Whether an amount is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In cash, with so much to give back, in minor units.
    Cash(i64),
    /// By card.
    Card,
    /// Less was given than is to pay, or no amount at all.
    Open,
}

impl Pay {
    /// Cash, and nothing given yet.
    #[must_use]
    pub fn new(front: Front) -> Self {
        Self {
            currency: front.currency,
            tender: RwSignal::new(Tender::Cash),
            given: Entry::new(),
            terminal: Entry::new(),
            offers: RwSignal::new(Vec::new()),
            stored: RwSignal::new(false),
            cards: RwSignal::new(Vec::new()),
        }
    }

    /// For the next shopper.
    pub fn clear(self) {
        self.tender.set(Tender::Cash);
        self.given.write("");
        self.terminal.write("");
        self.cards.set(Vec::new());
        self.forget_member();
    }

    /// What was stored is its member's.
    pub fn forget_member(self) {
        self.stored.set(false);
    }

    /// How paying stands for an amount over the counter. Cash that is not counted out is exact.
    #[must_use]
    pub fn standing(self, rest: i64) -> Standing {
        match self.tender.get() {
            Tender::Card => Standing::Card,
            Tender::Cash => cash(&self.given.value.get(), rest, self.currency),
        }
    }

    fn takes(self, way: TenderWay) -> bool {
        self.offers.with(|offers| offers.iter().any(|one| one.way == way))
    }
}

/// How an amount is split over what the shopper has and what is taken over the counter.
#[must_use]
pub fn split_of(till: Till, payable: i64) -> Split {
    let has = spendable(till);
    let stored = if till.pay.stored.get() { has } else { 0 };
    let balances: Vec<i64> = till.pay.cards.with(|cards| cards.iter().map(|card| card.balance).collect());
    split(payable, stored, &balances)
}

/// What a sale is paid with, for the server.
#[must_use]
pub fn asks(till: Till, payable: i64, counter: &str) -> Vec<TenderAsk> {
    let Split { stored, cards, rest } = split_of(till, payable);
    let ask = |tender: &str, amount: i64, reference: Option<String>| TenderAsk {
        tender: tender.to_owned(),
        amount: Some(amount),
        reference,
    };
    let mut asks = Vec::new();
    if stored > 0 {
        asks.push(ask("stored_value", stored, None));
    }
    till.pay.cards.with(|known| {
        let paid = known.iter().zip(&cards).filter(|(_, part)| **part > 0);
        asks.extend(paid.map(|(card, part)| ask("gift_card", *part, Some(card.code.clone()))));
    });
    if rest > 0 {
        let slip = Some(till.pay.terminal.read()).filter(|text| counter == "card_terminal" && !text.is_empty());
        asks.push(ask(counter, rest, slip));
    }
    asks
}

/// What was paid by each way, for the receipt.
#[must_use]
pub fn paid(front: Front, asks: &[TenderAsk]) -> AnyView {
    let row = |one: &TenderAsk| {
        let amount = one.amount.map(|amount| front.money(amount));
        view! {
            <li class="payment" data-state="paid"><span class="payment-name">{tender_name(front, &one.tender)}</span><span class="amount">{amount}</span></li>
        }
    };
    view! { <ul class="payments">{asks.iter().map(row).collect_view()}</ul> }.into_any()
}

fn cash(given: &str, payable: i64, currency: Currency) -> Standing {
    if given.trim().is_empty() {
        return Standing::Cash(0);
    }
    match minor(given.trim(), currency).map(|given| given.saturating_sub(payable)) {
        Some(change @ 0..) => Standing::Cash(change),
        _ => Standing::Open,
    }
}

/// `100` or `99.5` in minor units; none for what is no amount of this currency.
pub fn minor(text: &str, currency: Currency) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let places = usize::try_from(currency.exponent()).ok()?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > places {
        return None;
    }
    format!("{whole}{fraction:0<places$}").parse().ok()
}

/// The choice, and with cash what was given and what goes back.
pub fn pay(till: Till) -> AnyView {
    let (t, front) = (till.t, till.desk.front);
    let rest = Memo::new(move |_| till.due().map(|due| split_of(till, due).rest));
    let parts = move || till.due().map(|due| split_of(till, due).cards).unwrap_or_default();
    let parts = Signal::derive(parts);
    let cards = move || till.pay.takes(TenderWay::GiftCard).then(|| checkout::cards(front, till.pay.cards, parts));
    let over_counter = Memo::new(move |_| rest.get() != Some(0) || till.payable() == Some(0));
    view! {
        <fieldset class="till-pay">
            <legend>{t.pay()}</legend>
            {move || stored(till)}
            {cards}
            {move || left(till, rest.get())}
            {move || over_counter.get().then(|| counter(till))}
        </fieldset>
    }
    .into_any()
}

/// What the member stored, if the member is there to spend it.
fn spendable(till: Till) -> i64 {
    till.member.with(|member| member.as_ref().filter(|one| one.shown).map_or(0, |one| one.value))
}

/// Stored value of the member whom the sale is for.
fn stored(till: Till) -> Option<AnyView> {
    let (t, front, pay) = (till.t, till.desk.front, till.pay);
    let value = spendable(till);
    let use_it = move |event| pay.stored.set(event_target_checked(&event));
    (value > 0 && pay.takes(TenderWay::StoredValue)).then(|| {
        view! {
            <label class="radio pay-stored">
                <input type="checkbox" prop:checked=pay.stored on:change=use_it/>
                <span class="radio-word"><span>{t.stored_use()}</span><small>{front.money(value)}</small></span>
            </label>
        }
        .into_any()
    })
}

/// What purses leave, once they pay something.
fn left(till: Till, rest: Option<i64>) -> Option<AnyView> {
    let (t, front) = (till.t, till.desk.front);
    let (rest, due) = (rest?, till.due()?);
    let words = if rest > 0 { t.left(&front.money(rest)) } else { t.left_none().to_owned() };
    (rest < due).then(|| view! { <p class="pay-left" role="status">{words}</p> }.into_any())
}

fn counter(till: Till) -> AnyView {
    let t = till.t;
    let more = move || match till.pay.tender.get() {
        Tender::Cash => given(till),
        Tender::Card => ui::field(Field::plain("till-terminal", t.terminal(), 60), till.pay.terminal),
    };
    view! {
        <div class="radios" role="radiogroup" aria-label=t.pay()>{radio(till, Tender::Cash, t.cash())}{radio(till, Tender::Card, t.card())}</div>
        {more}
    }
    .into_any()
}

fn radio(till: Till, tender: Tender, word: &'static str) -> AnyView {
    let chosen = till.pay.tender;
    view! {
        <label class="radio">
            <input type="radio" name="till-tender" prop:checked=move || chosen.get() == tender on:change=move |_| chosen.set(tender)/>
            <span class="radio-word"><span>{word}</span></span>
        </label>
    }
    .into_any()
}

fn given(till: Till) -> AnyView {
    let (t, front) = (till.t, till.desk.front);
    let rest = move || till.due().map(|due| split_of(till, due).rest);
    let change = move || match (rest(), rest().map(|rest| till.pay.standing(rest))) {
        (Some(_), Some(Standing::Cash(change))) if change > 0 => t.change(&front.money(change)),
        (Some(rest), Some(Standing::Open)) => t.not_enough(&front.money(rest)),
        _ => String::new(),
    };
    let spec = Field { inputmode: "decimal", ..Field::plain("till-given", t.given(), 12) };
    view! { {ui::field(spec, till.pay.given)}<p class="till-change" role="status">{change}</p> }.into_any()
}

/// What is said of how a sale was paid.
pub fn words(t: Texts, front: Front, change: Option<i64>, paid: &[TenderAsk]) -> String {
    match change {
        None if paid.iter().any(|one| one.tender == "card_terminal") => t.paid_card().to_owned(),
        None => t.paid_all().to_owned(),
        Some(0) => t.paid_cash().to_owned(),
        Some(change) => t.give_back(&front.money(change)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cash_is_counted_to_the_cent() {
        let of = |given| cash(given, 23_850, Currency::CNY);
        for (given, standing) in [
            ("", Standing::Cash(0)),
            (" 300 ", Standing::Cash(6_150)),
            ("238.5", Standing::Cash(0)),
            ("238.49", Standing::Open),
            ("238.505", Standing::Open),
            ("3x", Standing::Open),
            (".5", Standing::Open),
            ("99999999999999999999", Standing::Open),
        ] {
            assert_eq!(of(given), standing, "{given}");
        }
    }
}
