//! Why a price is what it is: from the list price, offer by offer, to what one unit costs.

use super::texts::Texts;
use crate::{front::Front, receipt};
use leptos::prelude::*;
use wire::ShelfPrice;

/// The way from the list price to the price, folded away; nothing where both are the same.
pub fn why(front: Front, shelf: &ShelfPrice) -> Option<AnyView> {
    let t = Texts(front.locale);
    if shelf.reasons.is_empty() {
        return None;
    }
    let row = |name: String, amount: i64| view! { <div><dt>{name}</dt><dd>{front.money(amount)}</dd></div> };
    let steps = shelf.reasons.iter().map(|one| row(front.say(&one.name), -one.amount)).collect_view();
    Some(
        view! {
            <details class="why">
                <summary>{t.why()}</summary>
                <div class="why-paper">
                    <dl>{row(t.list().to_owned(), shelf.list)}{steps}{row(t.now().to_owned(), shelf.price)}</dl>
                    <div class="why-foot"><p>{t.why_alone()}</p>{receipt::seal(front, &front.facts().shop.book)}</div>
                </div>
            </details>
        }
        .into_any(),
    )
}
