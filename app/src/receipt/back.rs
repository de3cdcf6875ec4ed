//! The slip of what is given back: of a return, of a cancellation, or of one that is only thought about. Every amount has its name.

use super::{
    names::{Names, name_of},
    seal,
    slip::amount_row,
    texts::Texts,
};
use crate::{front::Front, order::tender_name};
use leptos::prelude::*;
use pricing::Quote;
use wire::ReturnReceipt;

/// The slip. `quote` is the order's.
#[must_use]
pub fn back(front: Front, receipt: &ReturnReceipt, quote: &Quote, names: &Names) -> AnyView {
    let t = Texts(front.locale);
    let reasons = receipt.reasons.iter().map(|why| view! { <li>{front.say(why)}</li> }).collect_view();
    let reasons = (!receipt.reasons.is_empty()).then(|| view! { <ul class="slip-why slip-back-why">{reasons}</ul> });
    let clawed = receipt.refund.points_clawed;
    let clawed = (clawed > 0).then(|| view! { <p class="slip-earned">{t.back_clawed(&clawed.to_string())}</p> });
    view! {
        <div class="slip slip-back" data-kind=receipt.kind.clone() data-preview=receipt.id.is_none()>
            <h3 class="slip-title">{title(t, receipt)}</h3>
            {about(front, receipt)}
            {goods(front, receipt, quote, names)}
            {sums(front, receipt, quote)}
            {reasons}
            {clawed}
            <p class="slip-seal">{seal(front, &quote.book)}</p>
        </div>
    }
    .into_any()
}

fn title(t: Texts, receipt: &ReturnReceipt) -> &'static str {
    match (receipt.id.is_none(), receipt.kind.as_str()) {
        (true, _) => t.back_preview(),
        (_, "cancel") => t.back_cancel(),
        (_, "expired") => t.back_expired(),
        (_, "missing") => t.back_missing(),
        (_, "sent_back") => t.back_sent(),
        (_, "exchange") => t.back_exchange(),
        _ => t.back_return(),
    }
}

/// When, where and why; nothing of what is only thought about.
fn about(front: Front, receipt: &ReturnReceipt) -> Option<AnyView> {
    let t = Texts(front.locale);
    receipt.id.as_ref()?;
    let facts = front.facts();
    let place = receipt.place.as_ref().and_then(|place| facts.place(place));
    let place = place.map(|place| view! { <span>{t.back_at(&front.say(&place.name))}</span> });
    let why = (!receipt.reason.is_empty() && matches!(receipt.kind.as_str(), "return" | "cancel" | "exchange"))
        .then(|| view! { <span>{t.back_why(&receipt.reason)}</span> });
    Some(view! { <p class="slip-sub slip-about"><span>{front.time(receipt.at)}</span><span>{receipt.order.to_string()}</span>{place}{why}</p> }.into_any())
}

fn goods(front: Front, receipt: &ReturnReceipt, quote: &Quote, names: &Names) -> AnyView {
    let t = Texts(front.locale);
    let lines = receipt.refund.lines.iter().map(|line| {
        let (title, options) = name_of(names, &line.sku);
        row(title, options, front.money(line.goods), t.units(&line.units.to_string()))
    });
    let gifts = receipt.refund.gifts.iter().filter_map(|gift| {
        let sku = &quote.gifts.iter().find(|one| one.promotion == gift.promotion)?.sku;
        let (title, options) = name_of(names, sku);
        Some(row(title, options, t.gift().to_owned(), t.units(&gift.units.to_string())))
    });
    view! { <ol class="slip-rows" aria-label=t.back_goods()>{lines.chain(gifts).collect_view()}</ol> }.into_any()
}

fn row(title: String, options: String, amount: String, sub: String) -> AnyView {
    view! { <li class="slip-row"><p class="slip-head">{amount_row(title, options, amount)}</p><p class="slip-sub">{sub}</p></li> }
        .into_any()
}

/// What is kept back, what else is given back, and the money.
fn sums(front: Front, receipt: &ReturnReceipt, quote: &Quote) -> AnyView {
    let t = Texts(front.locale);
    let refund = &receipt.refund;
    let tax = if quote.tax_included { 0 } else { refund.tax };
    let points = (refund.points_back != 0).then(|| t.back_points(&refund.points_back.to_string()));
    let rows = [
        (t.back_lost().to_owned(), refund.discounts_lost.saturating_neg()),
        (t.back_kept().to_owned(), refund.gifts_charged.saturating_neg()),
        (t.back_shipping().to_owned(), refund.shipping),
        (t.back_tax().to_owned(), tax),
        (points.unwrap_or_default(), refund.points_back_value.saturating_neg()),
    ];
    let rows = rows.into_iter().filter(|(_, amount)| *amount != 0).map(|(label, amount)| {
        view! { <div class="slip-head"><dt class="slip-name">{label}</dt><dd class="amount">{front.money(amount)}</dd></div> }
    });
    view! {
        <dl class="slip-sums">
            {rows.collect_view()}
            <div class="slip-total"><dt>{t.back_total()}</dt><dd>{front.money(refund.total)}</dd></div>
            {tenders(front, receipt)}
        </dl>
    }
    .into_any()
}

/// Where the money goes.
fn tenders(front: Front, receipt: &ReturnReceipt) -> Vec<AnyView> {
    let t = Texts(front.locale);
    let row = |tender: &pricing::returns::Tender| {
        let name = match tender.name.as_str() {
            // It was no place that money could go back to.
            "on_delivery" | "pay_on_delivery" => t.on_delivery().to_owned(),
            other => tender_name(front, other),
        };
        let label = t.back_by(&name);
        view! { <div class="slip-head"><dt class="slip-name">{label}</dt><dd class="amount">{front.money(tender.amount)}</dd></div> }.into_any()
    };
    receipt.refund.tenders.iter().filter(|tender| tender.amount != 0).map(row).collect()
}
