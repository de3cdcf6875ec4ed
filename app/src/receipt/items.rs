//! The items of a slip.

use super::{
    marks::{Marks, Pointed},
    names::{Names, name_of},
    slip::{amount_row, folded},
    texts::Texts,
};
use crate::front::Front;
use ids::{LineId, PromotionId};
use leptos::prelude::*;
use pricing::{Quote, QuoteLine};

/// All items, then the gifts.
pub fn items(front: Front, quote: &Quote, names: &Names, marks: Marks) -> AnyView {
    let t = Texts(front.locale);
    let lines = quote.lines.iter().map(|line| item(front, quote, line, names, marks)).collect_view();
    let gifts = quote.gifts.iter().map(|gift| {
        let (title, options) = name_of(names, &gift.sku);
        let head = amount_row(title, options, t.free().to_owned());
        view! { <li class="slip-row" data-gift=""><p class="slip-head">{head}</p><p class="slip-sub">{t.gift()}" · "{t.units(&gift.quantity.to_string())}</p></li> }
    });
    view! { <ol class="slip-rows" aria-label=t.items()>{lines}{gifts.collect_view()}</ol> }.into_any()
}

fn item(front: Front, quote: &Quote, line: &QuoteLine, names: &Names, marks: Marks) -> AnyView {
    let t = Texts(front.locale);
    let (title, options) = name_of(names, &line.sku);
    let head = amount_row(title, options, front.money(line.subtotal));
    let each = t.each(&line.quantity.to_string(), &front.money(line.list));
    let shares: Vec<(PromotionId, i64)> =
        line.discounts.iter().map(|one| (one.promotion.clone(), one.amount)).collect();
    let share = Memo::new(move |_| {
        let pointed = marks.promotion()?;
        shares.iter().find(|(promotion, _)| *promotion == pointed).map(|(_, amount)| *amount)
    });
    let shown = move || share.get().map(|amount| view! { <span class="slip-share">{front.money(-amount)}</span> });
    let body = (!line.discounts.is_empty()).then(|| reasons(front, quote, line));
    let row = folded(marks, format!("line {}", line.id), head, body);
    let at = Pointed::Line(line.id.clone());
    pointable(marks, at, move || share.get().is_some(), view! { {row}<p class="slip-sub">{each}{shown}</p> }.into_any())
}

/// A row that points at what it stands for while a pointer or the focus is on it.
pub fn pointable(
    marks: Marks,
    at: Pointed,
    marked: impl Fn() -> bool + Send + Sync + 'static,
    row: AnyView,
) -> AnyView {
    let (enter, focus) = (at.clone(), at);
    view! {
        <li class="slip-row" data-marked=marked
            on:pointerenter=move |_| marks.point(Some(enter.clone())) on:pointerleave=move |_| marks.point(None)
            on:focusin=move |_| marks.point(Some(focus.clone())) on:focusout=move |_| marks.point(None)>
            {row}
        </li>
    }
    .into_any()
}

/// Each discount's share in a line, and what its units cost in the end.
fn reasons(front: Front, quote: &Quote, line: &QuoteLine) -> AnyView {
    let t = Texts(front.locale);
    let shares = line.discounts.iter().map(|share| {
        let applied = quote.applied.iter().find(|one| one.promotion == share.promotion);
        let name = applied.map_or_else(|| share.promotion.to_string(), |one| front.say(&one.name));
        view! { <li>{amount_row(name, String::new(), front.money(-share.amount))}</li> }
    });
    let runs = (line.runs.len() > 1 || line.quantity > 1).then(|| {
        let run = |run: &pricing::Run| t.run(&run.quantity.to_string(), &front.money(run.net));
        line.runs.iter().map(run).collect::<Vec<_>>().join(if front.locale == money::Locale::Zh { "，" } else { ", " })
    });
    view! {
        <ul class="slip-fold">
            {shares.collect_view()}
            <li>{amount_row(t.pays().to_owned(), String::new(), front.money(line.total))}</li>
            {runs.map(|runs| view! { <li class="slip-sub">{runs}</li> })}
        </ul>
    }
    .into_any()
}

/// The title of a line's item.
pub fn line_title(quote: &Quote, names: &Names, id: &LineId) -> String {
    let line = quote.lines.iter().find(|line| &line.id == id);
    line.map_or_else(|| id.to_string(), |line| name_of(names, &line.sku).0)
}
