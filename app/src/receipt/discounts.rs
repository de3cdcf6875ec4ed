//! The discounts of a slip: each its own line, its arithmetic folded in.

use super::{
    items::{line_title, pointable},
    marks::{Marks, Pointed},
    names::Names,
    slip::{amount_row, folded},
    texts::Texts,
};
use crate::front::Front;
use leptos::prelude::*;
use pricing::{Applied, Quote, words};
use std::sync::Arc;

/// All discounts in the order of their application; nothing where there are none.
pub fn discounts(front: Front, quote: &Arc<Quote>, names: &Names, marks: Marks) -> Option<AnyView> {
    let t = Texts(front.locale);
    if quote.applied.is_empty() {
        return None;
    }
    let rows = quote.applied.iter().map(|applied| discount(front, quote, applied, names, marks)).collect_view();
    Some(view! { <ol class="slip-rows slip-discounts" aria-label=t.discounts()>{rows}</ol> }.into_any())
}

fn discount(front: Front, quote: &Arc<Quote>, applied: &Applied, names: &Names, marks: Marks) -> AnyView {
    let t = Texts(front.locale);
    let gift = quote.gifts.iter().any(|gift| gift.promotion == applied.promotion);
    let amount = match applied.amount {
        0 if gift => t.gift().to_owned(),
        0 => t.extra_points().to_owned(),
        amount => front.money(-amount),
    };
    let code = applied.coupon.as_ref().map(ToString::to_string).unwrap_or_default();
    let head = amount_row(front.say(&applied.name), code, amount);
    let row =
        folded(marks, format!("promotion {}", applied.promotion), head, Some(arithmetic(front, quote, applied, names)));
    let (whole, promotion) = (Arc::clone(quote), applied.promotion.clone());
    let at = Pointed::Promotion(applied.promotion.clone());
    pointable(marks, at, move || marks.touched(&whole, &promotion), row)
}

/// How the discount was computed, and what each item got of it.
fn arithmetic(front: Front, quote: &Quote, applied: &Applied, names: &Names) -> AnyView {
    let t = Texts(front.locale);
    let how = words::explain(quote, &applied.promotion, front.locale);
    let lines = quote.lines.iter().filter_map(|line| {
        let share = line.discounts.iter().find(|share| share.promotion == applied.promotion)?;
        let title = line_title(quote, names, &line.id);
        Some(view! { <li>{amount_row(title, String::new(), front.money(-share.amount))}</li> })
    });
    let shipping = quote.shipping.iter().flat_map(|shipping| &shipping.discounts).filter_map(|share| {
        let row = || amount_row(t.shipping().to_owned(), String::new(), front.money(-share.amount));
        (share.promotion == applied.promotion).then(|| view! { <li>{row()}</li> })
    });
    view! {
        <p class="slip-sub">{how}</p>
        <ul class="slip-fold">{lines.collect_view()}{shipping.collect_view()}</ul>
    }
    .into_any()
}
