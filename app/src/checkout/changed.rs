//! The price changed between looking and ordering: what is different, line by line, and the shopper decides.

use super::{order, page::Checkout, texts::Texts};
use crate::front::Front;
use ids::LineId;
use leptos::{html, prelude::*};
use leptos_router::hooks::use_navigate;
use pricing::{Quote, Text, words};
use wire::Changed;

/// What is different now.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    rows: Vec<(Option<LineId>, Text, i64, i64)>,
    now: Changed,
}

impl Change {
    /// Compares what the shopper saw with what holds now.
    #[must_use]
    pub fn new(seen: &Quote, now: Changed) -> Self {
        Self { rows: words::differences(seen, &now.quote), now }
    }
}

/// The question, above everything else until it is answered.
pub fn dialog(checkout: Checkout) -> AnyView {
    let t = checkout.t;
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (asked, Some(dialog)) = (checkout.change.read().is_some(), element.get()) else { return };
        match (asked, dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let navigate = use_navigate();
    let back = move |_| {
        checkout.change.set(None);
        navigate("/cart", Default::default());
    };
    view! {
        <dialog node_ref=element class="dialog" aria-labelledby="changed" on:close=move |_| checkout.change.set(None)>
            <h2 id="changed">{t.changed_title()}</h2>
            {move || checkout.change.get().map(|change| difference(checkout, &change))}
            <div class="row">
                <button class="button" type="button" on:click=move |_| accept(checkout)>{move || accept_label(checkout)}</button>
                <button class="button quiet" type="button" on:click=back>{t.back()}</button>
            </div>
        </dialog>
    }
    .into_any()
}

fn accept_label(checkout: Checkout) -> String {
    let amount = checkout.change.read().as_ref().map(|change| change.now.quote.payable);
    amount.map(|amount| checkout.t.accept(&checkout.front.money(amount))).unwrap_or_default()
}

fn accept(checkout: Checkout) {
    if let Some(change) = checkout.change.get_untracked() {
        checkout.change.set(None);
        checkout.front.cart.renew(change.now);
        order::place(checkout);
    }
}

fn difference(checkout: Checkout, change: &Change) -> AnyView {
    let (front, t) = (checkout.front, checkout.t);
    if change.rows.is_empty() {
        return view! { <p>{t.changed_same()}</p> }.into_any();
    }
    let rows = change.rows.iter().map(|(line, what, before, after)| {
        let name = title(front, change, line.as_ref()).unwrap_or_else(|| front.say(what));
        row(front, t, name, *before, *after)
    });
    view! { <p>{t.changed_sentence()}</p><ul class="changes">{rows.collect_view()}</ul> }.into_any()
}

fn row(front: Front, t: Texts, name: String, before: i64, after: i64) -> AnyView {
    let was = (before != 0).then(|| view! { <s><span class="sr">{t.was("")}</span>{front.money(before)}</s> });
    view! { <li><span>{name}</span>{was}<strong class="amount">{front.money(after)}</strong></li> }.into_any()
}

/// The name of a line's item, for differences of a line.
fn title(front: Front, change: &Change, line: Option<&LineId>) -> Option<String> {
    let line = change.now.quote.lines.iter().find(|one| Some(&one.id) == line)?;
    let known = front.cart.known.get_untracked()?;
    known.item(&line.sku).map(|info| front.say(&info.title))
}
