//! The member's orders, newest first.

use super::texts::Texts;
use crate::{api::encode, front::Front, order::badge};
use leptos::prelude::*;
use wire::OrderSummary;

/// The list, or the way to a first order.
pub fn orders(front: Front, orders: &[OrderSummary]) -> AnyView {
    let t = Texts(front.locale);
    if orders.is_empty() {
        return view! { <p class="account-none">{t.no_orders()}" "<a href="/">{t.look_around()}</a></p> }.into_any();
    }
    view! { <ul class="orders">{orders.iter().map(|one| order(front, one)).collect_view()}</ul> }.into_any()
}

fn order(front: Front, order: &OrderSummary) -> AnyView {
    let t = Texts(front.locale);
    let href = format!("/orders/{}", encode(order.number.as_str()));
    let picture = |src: &String| view! { <img src=src.clone() alt="" width="64" height="64" loading="lazy"/> };
    view! {
        <li class="order-row">
            <a class="order-row-link" href=href>{t.order(order.number.as_str())}</a>
            <span class="order-row-status">{badge(front, order.status)}</span>
            <span class="order-row-when"><time datetime=order.placed_at.to_string()>{front.time(order.placed_at)}</time></span>
            <span class="order-row-pictures">{order.images.iter().map(picture).collect_view()}</span>
            <span class="order-row-units">{t.units(&order.units.to_string())}</span>
            <span class="order-row-amount amount">{front.money(order.payable)}</span>
        </li>
    }
    .into_any()
}
