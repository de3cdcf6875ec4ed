//! An order as its shopper sees it: that it was taken, how the goods come, and the receipt exactly as it was quoted.

mod texts;

use crate::{
    api::Ask,
    front::{Front, front},
    lost,
    receipt::{self, Marks, Names},
    ui::{self, Icon, icon},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use pricing::Quote;
use std::sync::Arc;
use texts::Texts;
use wire::{Address, Delivery, Order};

/// `/orders/{number}`
#[component]
pub fn OrderPage() -> impl IntoView {
    let front = front();
    let params = use_params_map();
    let number = params.with_untracked(|params| params.get("number").unwrap_or_default());
    let Ok(number) = ids::OrderNumber::new(number) else { return lost::page() };
    let title = Texts(front.locale).title(number.as_str());
    let data = ui::load(move || Ask::Order(number.clone()));
    view! {
        <Title text=title/>
        <Meta name="robots" content="noindex"/>
        {ui::loaded(front, data, move |order| page(front, order))}
    }
    .into_any()
}

fn page(front: Front, order: Order) -> AnyView {
    let t = Texts(front.locale);
    let names = receipt::of_order(front, &order.items);
    let thanks = if front.kiosk { t.thanks_kiosk() } else { t.thanks() };
    let contact = format!("{} {}", order.contact.name, order.contact.phone);
    let items = items(front, &order.quote, &names);
    let slip = receipt::slip(front, &Arc::new(order.quote), &names, Marks::new(), false);
    view! {
        <div class="with-receipt order">
            <div>
                <p class="order-taken">{icon(Icon::Check)}<span>{t.taken()}</span></p>
                <h1>{thanks}</h1>
                <dl class="order-facts">
                    <div class="order-number"><dt>{t.number()}</dt><dd>{order.number.to_string()}</dd></div>
                    <div><dt>{t.when()}</dt><dd>{front.time(order.placed_at)}</dd></div>
                    {delivery(front, &order.delivery)}
                    <div><dt>{t.contact()}</dt><dd>{contact}</dd></div>
                    {order.tender.as_ref().map(|tender| pays(front, tender))}
                </dl>
                <p>{if matches!(order.delivery, Delivery::PickUp { .. }) { t.pay_at_store() } else { t.pay_on_delivery() }}</p>
                {items}
                <p class="row">
                    <a class="button quiet" href="/">{t.on()}</a>
                    {(!front.kiosk && front.session.get_untracked().member.is_some())
                        .then(|| view! { <a class="button quiet" href="/account">{t.mine()}</a> })}
                </p>
            </div>
            <div class="receipt-side"><section class="receipt" aria-labelledby="receipt">{slip}</section></div>
        </div>
    }
    .into_any()
}

/// What was ordered, with its pictures; gifts last.
fn items(front: Front, quote: &Quote, names: &Names) -> AnyView {
    let t = Texts(front.locale);
    let lines = quote.lines.iter().map(|line| (&line.sku, line.quantity, false));
    let gifts = quote.gifts.iter().map(|gift| (&gift.sku, gift.quantity, true));
    let rows = lines.chain(gifts).filter_map(|(sku, units, gift)| {
        let named = receipt::named_of(names, sku)?.clone();
        let units = units.to_string();
        Some(view! {
            <li class="order-item">
                <img class="order-item-picture" src=named.image alt="" width="64" height="64" loading="lazy"/>
                <span class="order-item-word">
                    <a href=named.href>{named.title}</a>
                    {(!named.options.is_empty()).then(|| view! { <small>{named.options}</small> })}
                </span>
                <span class="order-item-units">{if gift { t.gift(&units) } else { t.units(&units) }}</span>
            </li>
        })
    });
    view! {
        <section class="order-items" aria-labelledby="order-items">
            <h2 id="order-items">{t.items()}</h2>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn pays(front: Front, tender: &str) -> AnyView {
    let facts = front.facts();
    let name = facts.shop.name_of(tender).map_or_else(|| tender.to_owned(), |name| front.say(name));
    view! { <div class="order-tender"><dt>{Texts(front.locale).pays()}</dt><dd>{name}</dd></div> }.into_any()
}

fn delivery(front: Front, delivery: &Delivery) -> AnyView {
    let t = Texts(front.locale);
    match delivery {
        Delivery::Ship { address } => {
            let Address { province, city, district, street } = address;
            let parts = [province, city, district, street];
            let line = match front.locale {
                money::Locale::Zh => parts.map(String::as_str).concat(),
                money::Locale::En => parts.map(String::as_str).into_iter().rev().collect::<Vec<_>>().join(", "),
            };
            view! { <div><dt>{t.ship_to()}</dt><dd>{line}</dd></div> }.into_any()
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
