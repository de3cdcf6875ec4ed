//! Number, time, where to, who is told and how it is paid.

use super::{tenders::tender_name, texts::Texts};
use crate::front::Front;
use leptos::prelude::*;
use money::Locale;
use wire::{Address, Delivery, Order};

/// The details of an order as a list of terms.
#[must_use]
pub fn facts(front: Front, order: &Order) -> AnyView {
    let t = Texts(front.locale);
    let contact = [order.contact.name.as_str(), order.contact.phone.as_str()].join(" ").trim().to_owned();
    let contact = (!contact.is_empty()).then(|| view! { <div><dt>{t.contact()}</dt><dd>{contact}</dd></div> });
    view! {
        <dl class="order-facts">
            <div class="order-number"><dt>{t.number()}</dt><dd>{order.number.to_string()}</dd></div>
            <div><dt>{t.when()}</dt><dd>{front.time(order.placed_at)}</dd></div>
            {delivery(front, &order.delivery)}
            {contact}
            {order.tender.as_ref().map(|tender| pays(front, tender))}
        </dl>
    }
    .into_any()
}

fn pays(front: Front, tender: &str) -> AnyView {
    let name = tender_name(front, tender);
    view! { <div class="order-tender"><dt>{Texts(front.locale).priced_for()}</dt><dd>{name}</dd></div> }.into_any()
}

fn delivery(front: Front, delivery: &Delivery) -> AnyView {
    let t = Texts(front.locale);
    match delivery {
        Delivery::Ship { address } => {
            let Address { province, city, district, street } = address;
            let parts = [province, city, district, street];
            let line = match front.locale {
                Locale::Zh => parts.map(String::as_str).concat(),
                Locale::En => parts.map(String::as_str).into_iter().rev().collect::<Vec<_>>().join(", "),
            };
            view! { <div class="order-address"><dt>{t.ship_to()}</dt><dd>{line}</dd></div> }.into_any()
        }
        Delivery::PickUp { store } => {
            let facts = front.facts();
            let word = facts.place(store).map(|place| {
                let name = view! { <strong>{front.say(&place.name)}</strong> };
                view! { {name}<span>{front.say(&place.address)}</span><span>{front.say(&place.hours)}</span> }
            });
            view! { <div><dt>{t.pick_up_at()}</dt><dd class="order-store">{word}</dd></div> }.into_any()
        }
    }
}
