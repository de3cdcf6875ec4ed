//! Looking for orders.

use super::{BASE, desk::Desk, order};
use crate::{
    api::{Ask, Query, encode},
    order::{badge, status_key, status_word},
    ui,
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use wire::{OrderStatus, OrderSummary};

const STATUSES: [OrderStatus; 7] = [
    OrderStatus::Placed,
    OrderStatus::InWork,
    OrderStatus::Ready,
    OrderStatus::Shipped,
    OrderStatus::Completed,
    OrderStatus::Cancelled,
    OrderStatus::AwaitingPayment,
];

/// `/staff/orders?number=&status=`, and `/staff/orders/{number}`.
pub fn page(desk: Desk, rest: &str) -> AnyView {
    if !rest.is_empty() {
        return order::page(desk, rest);
    }
    let query = use_query_map();
    let key = move |name: &'static str| query.with(|query| query.get(name)).unwrap_or_default().trim().to_owned();
    let data = ui::load(move || Ask::Path(format!("/staff/orders{}", asked(&key("number"), &key("status")))));
    view! {
        <div class="desk-top"><h1>{desk.t.orders()}</h1></div>
        {search(desk, &key("number"), &key("status"))}
        {ui::loaded(desk.front, data, move |found: Vec<OrderSummary>| list(desk, &found))}
    }
    .into_any()
}

fn asked(number: &str, status: &str) -> String {
    let mut query = Query::new();
    query.add("number", &number.to_uppercase());
    query.add("status", status);
    query.to_string()
}

/// A plain GET form; with the application running it changes the page without a full load.
fn search(desk: Desk, number: &str, status: &str) -> AnyView {
    let (t, front, navigate) = (desk.t, desk.front, use_navigate());
    let (input, select) = (NodeRef::<html::Input>::new(), NodeRef::<html::Select>::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let number = input.get_untracked().map(|input| input.value()).unwrap_or_default();
        let status = select.get_untracked().map(|select| select.value()).unwrap_or_default();
        navigate(&format!("{BASE}/orders{}", asked(number.trim(), &status)), NavigateOptions::default());
    };
    let options = STATUSES.map(|one| {
        view! { <option value=status_key(one) selected=status_key(one) == status>{status_word(front, one)}</option> }
    });
    view! {
        <form class="desk-search" role="search" action=format!("{BASE}/orders") method="get" on:submit=submit>
            <div class="field">
                <label for="order-number">{t.orders_number()}</label>
                <input node_ref=input id="order-number" type="text" name="number" value=number.to_owned() autocomplete="off" autocapitalize="characters" maxlength="40"/>
            </div>
            <div class="field">
                <label for="order-status">{t.orders_status()}</label>
                <select node_ref=select id="order-status" name="status"><option value="">{t.orders_any()}</option>{options.collect_view()}</select>
            </div>
            <button class="button" type="submit">{t.orders_find()}</button>
        </form>
    }
    .into_any()
}

fn list(desk: Desk, found: &[OrderSummary]) -> AnyView {
    let t = desk.t;
    if found.is_empty() {
        return view! { <div class="desk-empty"><p>{t.orders_none()}</p><p class="desk-note">{t.orders_none_why()}</p></div> }
            .into_any();
    }
    view! {
        <p class="desk-note" role="status">{t.orders_count(&found.len().to_string())}</p>
        <ul class="found">{found.iter().map(|one| row(desk, one)).collect_view()}</ul>
    }
    .into_any()
}

fn row(desk: Desk, one: &OrderSummary) -> AnyView {
    let (t, front) = (desk.t, desk.front);
    let href = format!("{BASE}/orders/{}", encode(one.number.as_str()));
    view! {
        <li class="found-row">
            <a class="found-number" href=href>{one.number.to_string()}</a>
            {badge(front, one.status)}
            <time datetime=one.placed_at.to_string()>{front.time(one.placed_at)}</time>
            <span>{t.units(&one.units.to_string())}</span>
            <span class="amount">{front.money(one.payable)}</span>
        </li>
    }
    .into_any()
}
