//! One shelf label.

use super::texts::Texts;
use crate::{front::Front, receipt};
use leptos::prelude::*;
use wire::Label;

/// The label: name in both languages, price with its reason, unit price, codes, and the seal.
pub fn label(front: Front, label: &Label) -> AnyView {
    let t = Texts(front.locale);
    let shelf = &label.price;
    let join = |pick: fn(&pricing::Text) -> &String| {
        let parts: Vec<&str> =
            label.options.iter().map(|option| pick(option).as_str()).filter(|one| !one.is_empty()).collect();
        parts.join(" · ")
    };
    let (zh, en) = (join(|text| &text.zh), join(|text| &text.en));
    let moved = shelf.price < shelf.list;
    let why: Vec<String> = shelf.reasons.iter().map(|reason| front.say(&reason.name)).collect();
    let barcode = label.barcode_svg.clone().map(|svg| {
        let name = t.barcode(label.gtin.as_deref().unwrap_or_default());
        let digits = label.gtin.clone().unwrap_or_default();
        view! {
            <div class="label-barcode">
                <div role="img" aria-label=name inner_html=svg></div>
                <span class="label-digits" aria-hidden="true">{digits}</span>
            </div>
        }
    });
    view! {
        <li class="label" data-moved=moved>
            <div class="label-names">
                <p class="label-zh" lang="zh-CN">{label.title.get(money::Locale::Zh).to_owned()}<small>{zh}</small></p>
                <p class="label-en" lang="en">{label.title.get(money::Locale::En).to_owned()}<small>{en}</small></p>
            </div>
            <div class="label-qr" role="img" aria-label=t.qr(&front.say(&label.title)) inner_html=label.qr_svg.clone()></div>
            <div class="label-price">
                <p class="label-now">{front.money(shelf.price)}</p>
                {moved.then(|| view! { <p class="label-was"><s>{front.money(shelf.list)}</s>" "{why.join(" · ")}</p> })}
                {label.per_100g.map(|amount| view! { <p class="label-unit">{t.per_100g(&front.money(amount))}</p> })}
            </div>
            {barcode}
            <div class="label-seal">{receipt::seal(front, &front.facts().shop.book)}</div>
        </li>
    }
    .into_any()
}
