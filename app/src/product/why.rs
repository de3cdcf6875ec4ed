//! Why a price is what it is: from the list price, offer by offer, to what one unit costs, by itself and beside the cart.

use super::texts::Texts;
use crate::{front::Front, receipt};
use leptos::prelude::*;
use wire::ShelfPrice;

/// The way from the list price to the price, folded away; nothing where all are the same.
pub fn why(front: Front, alone: &ShelfPrice, beside: Option<&ShelfPrice>) -> Option<AnyView> {
    let t = Texts(front.locale);
    if alone.reasons.is_empty() && beside.is_none() {
        return None;
    }
    // One way needs no heading.
    let heading = |words: &'static str| beside.map(|_| view! { <p class="why-of">{words}</p> });
    let together = beside.map(|price| view! { {heading(t.together())}{way(front, price)} });
    Some(
        view! {
            <details class="why">
                <summary>{t.why()}</summary>
                <div class="why-paper">
                    {heading(t.alone())}
                    {way(front, alone)}
                    {together}
                    <div class="why-foot"><p>{t.why_alone()}</p>{receipt::seal(front, &front.facts().shop.book)}</div>
                </div>
            </details>
        }
        .into_any(),
    )
}

fn way(front: Front, price: &ShelfPrice) -> AnyView {
    let t = Texts(front.locale);
    let row = |name: String, amount: i64| view! { <div><dt>{name}</dt><dd>{front.money(amount)}</dd></div> };
    let steps = price.reasons.iter().map(|one| row(front.say(&one.name), -one.amount)).collect_view();
    view! { <dl>{row(t.list().to_owned(), price.list)}{steps}{row(t.now().to_owned(), price.price)}</dl> }.into_any()
}
