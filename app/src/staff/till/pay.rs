//! How the shopper pays at the till: in cash, with what was given and what goes back, or by card on the terminal. All that the till knows of
//! paying is in here.

use super::{Till, texts::Texts};
use crate::{
    front::Front,
    ui::{self, Entry, Field},
};
use leptos::prelude::*;
use money::Currency;

/// A way to pay at the till.
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
        Self { currency: front.currency, tender: RwSignal::new(Tender::Cash), given: Entry::new() }
    }

    /// For the next shopper.
    pub fn clear(self) {
        self.tender.set(Tender::Cash);
        self.given.write("");
    }

    /// How paying stands for an amount. Cash that is not counted out is exact.
    #[must_use]
    pub fn standing(self, payable: i64) -> Standing {
        match self.tender.get() {
            Tender::Card => Standing::Card,
            Tender::Cash => cash(&self.given.value.get(), payable, self.currency),
        }
    }
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
fn minor(text: &str, currency: Currency) -> Option<i64> {
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
    let t = till.t;
    view! {
        <fieldset class="till-pay">
            <legend>{t.pay()}</legend>
            <div class="radios">{radio(till, Tender::Cash, t.cash())}{radio(till, Tender::Card, t.card())}</div>
            {move || (till.pay.tender.get() == Tender::Cash).then(|| given(till))}
        </fieldset>
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
    let change = move || match (till.payable(), till.payable().map(|payable| till.pay.standing(payable))) {
        (Some(_), Some(Standing::Cash(change))) if change > 0 => t.change(&front.money(change)),
        (Some(payable), Some(Standing::Open)) => t.not_enough(&front.money(payable)),
        _ => String::new(),
    };
    let spec = Field { inputmode: "decimal", ..Field::plain("till-given", t.given(), 12) };
    view! { {ui::field(spec, till.pay.given)}<p class="till-change" role="status">{change}</p> }.into_any()
}

/// What is said of how a sale was paid.
pub fn words(t: Texts, front: Front, change: Option<i64>) -> String {
    match change {
        None => t.paid_card().to_owned(),
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
