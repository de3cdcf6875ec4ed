//! The goods that one place sends or hands over, as a card.

use super::{status::stage_word, texts::Texts};
use crate::{
    api::encode,
    front::Front,
    receipt::{self, Names},
};
use leptos::prelude::*;
use wire::{Fulfilment, FulfilmentGoods, Order};

/// Goods that come no more.
fn is_over(stage: &str) -> bool {
    matches!(stage, "cancelled" | "refused" | "expired" | "sent_back")
}

/// All cards: what comes first, then what comes no more.
pub fn parcels(front: Front, order: &Order, names: &Names) -> AnyView {
    let (over, live): (Vec<_>, Vec<_>) = order.fulfilments.iter().partition(|one| is_over(&one.stage));
    let sent = live.iter().filter(|one| one.way == "ship").count();
    let mut at = 0;
    let live = live.into_iter().map(|one| {
        at += usize::from(one.way == "ship");
        card(front, one, names, (at, sent))
    });
    let live = live.collect_view();
    let over = over.into_iter().map(|one| card(front, one, names, (1, 1))).collect_view();
    view! { <div class="parcels">{live}{over}</div> }.into_any()
}

fn card(front: Front, one: &Fulfilment, names: &Names, (at, of): (usize, usize)) -> AnyView {
    let t = Texts(front.locale);
    let facts = front.facts();
    let place = facts.place(&one.place);
    let name = place.map(|place| front.say(&place.name)).unwrap_or_default();
    let title = match (one.way.as_str(), of) {
        ("pick_up", _) => t.pick_up_in(&name),
        (_, 0 | 1) => t.one_parcel().to_owned(),
        _ => t.parcel(&at.to_string(), &of.to_string()),
    };
    let from = (one.way != "pick_up").then(|| view! { <p class="parcel-from">{t.sent_from(&name)}</p> });
    let here = place.filter(|_| one.way == "pick_up" && !is_over(&one.stage)).map(|place| {
        view! { <p class="parcel-place"><span>{front.say(&place.address)}</span><span>{t.hours(&front.say(&place.hours))}</span></p> }
    });
    view! {
        <article class="parcel" data-stage=one.stage.clone() data-over=is_over(&one.stage)>
            <header class="parcel-head">
                <h2>{title}</h2>
                <p class="parcel-stage">{stage_word(front, &one.stage)}</p>
            </header>
            {from}
            {here}
            {code(front, one)}
            {tracking(front, one)}
            {goods(front, &one.lines, names)}
        </article>
    }
    .into_any()
}

/// The code to show in the store, large, and as a picture for the scanner.
fn code(front: Front, one: &Fulfilment) -> Option<AnyView> {
    let t = Texts(front.locale);
    let code = one.code.as_ref()?;
    let (front_half, back_half) = code.split_at_checked(code.len() / 2)?;
    let until = one.ready_until.map(|until| view! { <p class="pick-up-until">{t.until(&front.time(until))}</p> });
    Some(
        view! {
            <div class="pick-up">
                <img class="pick-up-qr" src=format!("/img/qr.svg?text={}", encode(code)) alt=t.code_qr(code) width="160" height="160"/>
                <div class="pick-up-word">
                    <p class="pick-up-label">{t.code()}</p>
                    <p class="pick-up-code">{front_half.to_owned()}<wbr/>{back_half.to_owned()}</p>
                    <p>{t.code_hint()}</p>
                    {until}
                </div>
            </div>
        }
        .into_any(),
    )
}

fn tracking(front: Front, one: &Fulfilment) -> Option<AnyView> {
    let t = Texts(front.locale);
    let carrier = one.carrier.clone()?;
    let number = one.tracking.clone().unwrap_or_default();
    Some(
        view! {
            <dl class="tracking">
                <div><dt>{t.carrier()}</dt><dd>{carrier}</dd></div>
                <div><dt>{t.tracking()}</dt><dd class="tracking-number">{number}</dd></div>
            </dl>
        }
        .into_any(),
    )
}

/// Goods with their pictures.
#[must_use]
pub fn goods(front: Front, lines: &[FulfilmentGoods], names: &Names) -> AnyView {
    let t = Texts(front.locale);
    let rows = lines.iter().map(|line| {
        let units = line.quantity.to_string();
        let named = receipt::named_of(names, &line.sku).cloned();
        let title = named.as_ref().map_or_else(|| line.sku.to_string(), |named| named.title.clone());
        let options = named.as_ref().map(|named| named.options.clone()).unwrap_or_default();
        let word = match named.as_ref().map(|named| named.href.clone()) {
            Some(href) => view! { <a href=href>{title}</a> }.into_any(),
            None => view! { <span>{title}</span> }.into_any(),
        };
        let picture = named.map(|named| {
            view! { <img class="order-item-picture" src=named.image alt="" width="64" height="64" loading="lazy"/> }
        });
        view! {
            <li class="order-item">
                {picture}
                <span class="order-item-word">{word}{(!options.is_empty()).then(|| view! { <small>{options}</small> })}</span>
                <span class="order-item-units">{if line.gift { t.gift(&units) } else { t.units(&units) }}</span>
            </li>
        }
    });
    view! { <ul class="order-items" aria-label=t.goods()>{rows.collect_view()}</ul> }.into_any()
}
