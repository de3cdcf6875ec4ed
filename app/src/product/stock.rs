//! Where the chosen variant can be had, and when: this store first, then the web, then the other stores.

use super::{choice::Choice, texts::Texts};
use crate::{api::encode, front::Front};
use leptos::prelude::*;
use wire::{Arrival, Place, PlaceStock, Variant};

/// Below this many units people are told how many.
const FEW: i64 = 6;
/// A store is near within so many kilometres.
const NEAR_KM: i64 = 30;

/// Stock by store.
pub fn stock(front: Front, choice: Choice) -> AnyView {
    let t = Texts(front.locale);
    let rows = move || {
        let variant = choice.variant();
        let facts = front.facts();
        let here = |place: &&Place| Some(&place.id) == facts.store.as_ref();
        let stores = facts.stores().filter(here).chain(facts.stores().filter(|place| !here(place)));
        let leaves = leaves(front, &variant.delivery);
        let web =
            view! { <li><span class="stock-place">{t.web()}{leaves}</span>{level(front, variant.available)}</li> };
        view! {
            {web}
            {stores.map(|place| row(front, place, variant.stock.iter().find(|one| one.place == place.id))).collect_view()}
        }
    };
    let summary = move || summary(front, &choice.variant());
    view! {
        <section class="stock" aria-labelledby="stock">
            <h2 id="stock">{t.stock()}</h2>
            <p class="stock-near">{summary}</p>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

/// How many stores have it: those nearby, where it is known where the shopper is.
fn summary(front: Front, variant: &Variant) -> String {
    let t = Texts(front.locale);
    let facts = front.facts();
    let has = |place: &&Place| {
        let row = variant.stock.iter().find(|one| one.place == place.id && one.available > 0);
        row.is_some_and(|one| one.km.is_none_or(|km| km <= NEAR_KM))
    };
    let count = facts.stores().filter(has).count();
    match (facts.store.is_some(), count) {
        (_, 0) => String::new(),
        (true, 1) => t.near_one().to_owned(),
        (true, _) => t.near(&count.to_string()),
        (false, 1) => t.stores_one().to_owned(),
        (false, _) => t.stores(&count.to_string()),
    }
}

/// When a unit leaves for whoever orders one now.
fn leaves(front: Front, when: &Arrival) -> Option<AnyView> {
    let t = Texts(front.locale);
    let text = match when {
        Arrival::Now => t.ships_today().to_owned(),
        Arrival::Tomorrow => t.ships_tomorrow().to_owned(),
        Arrival::On { day, weekday } => t.ships_on(&front.date(day, *weekday)),
        Arrival::Unknown => return None,
    };
    Some(view! { <small>{text}</small> }.into_any())
}

/// When a store that has none gets some.
fn comes(front: Front, when: &Arrival) -> Option<AnyView> {
    let t = Texts(front.locale);
    let text = match when {
        Arrival::Now => t.comes_today().to_owned(),
        Arrival::Tomorrow => t.comes_tomorrow().to_owned(),
        Arrival::On { day, weekday } => t.comes_on(&front.date(day, *weekday)),
        Arrival::Unknown => return None,
    };
    Some(view! { <small>{text}</small> }.into_any())
}

fn row(front: Front, place: &Place, stock: Option<&PlaceStock>) -> AnyView {
    let t = Texts(front.locale);
    let here = front.facts().store.as_ref() == Some(&place.id);
    let name = front.say(&place.name);
    let label = t.see(&name);
    let units = stock.map_or(0, |one| one.available);
    let km = stock.and_then(|one| one.km).filter(|_| !here);
    let km = km.map(|km| view! { <small>{t.km(&km.to_string())}</small> });
    let when = stock.filter(|_| units <= 0).and_then(|one| comes(front, &one.when));
    let name = if here || front.kiosk {
        view! { <span class="stock-place">{name}{here.then(|| view! { <small>{t.here()}</small> })}{km}{when}</span> }
            .into_any()
    } else {
        let href = format!("?s={}", encode(place.id.as_str()));
        view! { <a class="stock-place" href=href rel="external" title=label>{name}{km}{when}</a> }.into_any()
    };
    view! { <li data-here=here>{name}{level(front, units)}</li> }.into_any()
}

/// How much there is, in words and colour.
pub fn level(front: Front, units: i64) -> AnyView {
    let t = Texts(front.locale);
    let (kind, word) = match units {
        ..=0 => ("none", t.none().to_owned()),
        1..FEW => ("few", t.few(&units.to_string())),
        _ => ("plenty", t.plenty().to_owned()),
    };
    view! { <span class="level" data-level=kind>{word}</span> }.into_any()
}
