//! How the shopper will pay: a choice that may change the price, which every way says beforehand.

use super::{fields::radio, page::Checkout};
use leptos::prelude::*;

/// The shop's ways to pay, and leaving it open; nothing where there is nothing to choose.
pub fn tender(checkout: Checkout) -> Option<AnyView> {
    let (front, t) = (checkout.front, checkout.t);
    let facts = front.facts();
    if facts.shop.tenders.is_empty() {
        return None;
    }
    only_known(checkout);
    let choice = |tender: Option<String>, name: String| {
        let (of, with) = (tender.clone(), tender.clone());
        let on = Signal::derive(move || front.cart.kept.read().tender == of);
        let saving = Memo::new(move |_| saving(checkout, with.as_deref()));
        let side = move || {
            saving
                .get()
                .map(|amount| view! { <span class="amount saving">{t.tender_saves(&front.money(amount))}</span> })
        };
        let choose = move || front.cart.change(|kept| kept.tender.clone_from(&tender));
        radio("tender", on, name, String::new(), side, choose)
    };
    let open = choice(None, t.tender_open().to_owned());
    let tenders = facts.shop.tenders.iter().map(|one| choice(Some(one.tender.clone()), front.say(&one.name)));
    Some(
        view! {
            <fieldset>
                <legend>{t.tender()}</legend>
                <p>{t.tender_hint()}</p>
                <div class="radios">{open}{tenders.collect_view()}</div>
                <p class="wrong">{move || checkout.wrong_with("cart.tender")}</p>
            </fieldset>
        }
        .into_any(),
    )
}

/// What a tender saves over leaving it open.
fn saving(checkout: Checkout, tender: Option<&str>) -> Option<i64> {
    let cart = checkout.front.cart;
    let amount = cart.payable_with(None)? - cart.payable_with(tender)?;
    (amount > 0).then_some(amount)
}

/// A tender that the shop takes no more is no choice.
fn only_known(checkout: Checkout) {
    let front = checkout.front;
    Effect::new(move |_| {
        let facts = front.facts();
        let known = |tender: &String| facts.shop.tenders.iter().any(|one| one.tender == *tender);
        if front.cart.kept.read().tender.as_ref().is_some_and(|tender| !known(tender)) {
            front.cart.change(|kept| kept.tender = None);
        }
    });
}
