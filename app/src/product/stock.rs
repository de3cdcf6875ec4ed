//! Where the chosen variant can be had: this store first, then the web, then the other stores.

use super::{choice::Choice, texts::Texts};
use crate::{api::encode, front::Front};
use leptos::prelude::*;
use wire::Place;

/// Below this many units people are told how many.
const FEW: i64 = 6;

/// Stock by store.
pub fn stock(front: Front, choice: Choice) -> AnyView {
    let t = Texts(front.locale);
    let rows = move || {
        let variant = choice.variant();
        let facts = front.facts();
        let at = |place: &Place| variant.stock.iter().find(|one| one.place == place.id).map_or(0, |one| one.available);
        let here = |place: &&Place| Some(&place.id) == facts.store.as_ref();
        let stores = facts.stores().filter(here).chain(facts.stores().filter(|place| !here(place)));
        let web = view! { <li><span class="stock-place">{t.web()}</span>{level(front, variant.available)}</li> };
        view! {
            {web}
            {stores.map(|place| row(front, place, at(place))).collect_view()}
        }
    };
    view! { <section class="stock" aria-labelledby="stock"><h2 id="stock">{t.stock()}</h2><ul>{rows}</ul></section> }
        .into_any()
}

fn row(front: Front, place: &Place, units: i64) -> AnyView {
    let t = Texts(front.locale);
    let here = front.facts().store.as_ref() == Some(&place.id);
    let name = front.say(&place.name);
    let label = t.see(&name);
    let name = if here || front.kiosk {
        view! { <span class="stock-place">{name}{here.then(|| view! { <small>{t.here()}</small> })}</span> }.into_any()
    } else {
        let href = format!("?s={}", encode(place.id.as_str()));
        view! { <a class="stock-place" href=href rel="external" title=label>{name}</a> }.into_any()
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
