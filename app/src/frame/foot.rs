//! The foot of every page of the web; a kiosk has none.

use super::{other_language, texts::Texts};
use crate::{api::encode, front::Front, receipt};
use leptos::prelude::*;
use wire::Place;

/// Stores, language, and the seal of the price book.
pub fn foot(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let facts = front.facts();
    view! {
        <footer class="foot">
            <section class="foot-stores" aria-labelledby="foot-stores">
                <h2 id="foot-stores">{t.stores()}</h2>
                <ul>{facts.stores().map(|place| store(front, place)).collect_view()}</ul>
            </section>
            <section class="foot-word">
                <p>{front.say(&facts.shop.tagline)}</p>
                <p class="foot-seal">{receipt::seal(front, &facts.shop.book)}<span>{t.one_price()}</span></p>
                <p>{other_language(front)}</p>
            </section>
        </footer>
    }
    .into_any()
}

fn store(front: Front, place: &Place) -> AnyView {
    let t = Texts(front.locale);
    let name = front.say(&place.name);
    let label = t.visit(&name);
    view! {
        <li>
            <a href=format!("/?s={}", encode(place.id.as_str())) rel="external" aria-label=label>{name}</a>
            <span>{front.say(&place.address)}</span>
            <span>{front.say(&place.hours)}</span>
        </li>
    }
    .into_any()
}
