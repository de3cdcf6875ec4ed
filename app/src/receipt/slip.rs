//! The paper slip itself.

use super::{discounts::discounts, items::items, marks::Marks, names::Names, notes::notes, seal, texts::Texts};
use crate::front::Front;
use leptos::{ev, html, prelude::*};
use pricing::Quote;
use std::sync::Arc;

/// The slip of a quote. `open` is true while the shopper may still choose: then shipping that is not chosen yet is named, and what would save more.
pub fn slip(front: Front, quote: &Arc<Quote>, names: &Names, marks: Marks, open: bool) -> AnyView {
    let t = Texts(front.locale);
    view! {
        <div class="slip">
            <h2 class="slip-title" id="receipt">{t.title()}</h2>
            {items(front, quote, names, marks)}
            {discounts(front, quote, names, marks)}
            {sums(front, quote, open)}
            {notes(front, quote, marks, open)}
            <p class="slip-seal">{seal(front, &quote.book)}</p>
        </div>
    }
    .into_any()
}

fn sums(front: Front, quote: &Quote, open: bool) -> AnyView {
    let t = Texts(front.locale);
    let row = |label: String, amount: String| view! { <div class="slip-head">{amount_row_dl(label, amount)}</div> };
    let saved = quote.applied.iter().fold(0_i64, |sum, one| sum.saturating_add(one.amount));
    let shipping = match &quote.shipping {
        Some(shipping) => Some(front.money(shipping.list)),
        None => open.then(|| t.shipping_open().to_owned()),
    };
    let spent = (quote.points_value > 0)
        .then(|| row(t.points_used(&quote.points_spent.to_string()), front.money(-quote.points_value)));
    let tax_in = (quote.tax_included && quote.tax > 0)
        .then(|| view! { <p class="slip-tax">{t.tax_in(&front.money(quote.tax))}</p> });
    view! {
        <dl class="slip-sums">
            {row(t.subtotal().to_owned(), front.money(quote.subtotal))}
            {shipping.map(|amount| row(t.shipping().to_owned(), amount))}
            {(saved > 0).then(|| row(t.saved().to_owned(), front.money(-saved)))}
            {(!quote.tax_included && quote.tax > 0).then(|| row(t.tax().to_owned(), front.money(quote.tax)))}
            {spent}
            <div class="slip-total">
                <dt>{t.to_pay()}</dt>
                <dd>{front.money(quote.payable)}</dd>
            </div>
        </dl>
        {tax_in}
    }
    .into_any()
}

/// A label, dots, and an amount.
pub fn amount_row(label: String, small: String, amount: String) -> AnyView {
    let small = (!small.is_empty()).then(|| view! { <small>{small}</small> });
    view! { <span class="slip-name">{label}{small}</span><span class="slip-dots" aria-hidden="true"></span><span class="amount">{amount}</span> }
        .into_any()
}

fn amount_row_dl(label: String, amount: String) -> AnyView {
    view! { <dt class="slip-name">{label}</dt><dd class="amount">{amount}</dd> }.into_any()
}

/// A row with more behind it; a plain row where there is nothing behind it.
pub fn folded(marks: Marks, id: String, head: AnyView, body: Option<AnyView>) -> AnyView {
    let Some(body) = body else {
        return view! { <p class="slip-head">{head}</p> }.into_any();
    };
    let details = NodeRef::<html::Details>::new();
    let open = marks.is_open(&id);
    let toggle = move |_: ev::Event| {
        if let Some(details) = details.get_untracked() {
            marks.fold(&id, details.has_attribute("open"));
        }
    };
    view! {
        <details node_ref=details open=open on:toggle=toggle>
            <summary class="slip-head">{head}</summary>
            {body}
        </details>
    }
    .into_any()
}
