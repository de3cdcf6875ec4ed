//! Counts: begun, the latest first.

use super::Stock;
use crate::{
    api::{Ask, Query, browser, encode},
    checkout,
    staff::{table::nothing, work::Work},
    ui::{self, Entry, Field},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wire::{BeginCount, StockCount};

/// `/staff/stock/counts?place=`
pub fn page(stock: Stock) -> AnyView {
    let data = ui::load(move || {
        let mut asked = Query::new();
        asked.add("place", &stock.place_word());
        Ask::Path(format!("/staff/stock/counts{asked}"))
    });
    view! {
        {stock.desk.may("stock_move").then(|| begin(stock))}
        {ui::loaded(stock.desk.front, data, move |all: Vec<StockCount>| list(stock, &all))}
    }
    .into_any()
}

fn begin(stock: Stock) -> AnyView {
    let (t, work, note) = (stock.t, Work::new(stock.desk), Entry::new());
    let (key, navigate) = (checkout::Key::new(), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(place) = stock.place.get_untracked() else { return };
        let request = BeginCount { idempotency_key: key.get(), place, note: note.read() };
        let navigate = navigate.clone();
        let doing = async move { browser::post_json::<StockCount>("/staff/stock/counts", &request).await };
        work.start(doing, move |made| {
            navigate(&untrack(|| stock.href(&format!("counts/{}", encode(&made.id)))), NavigateOptions::default());
        });
    };
    view! {
        <form class="counter-form needs-script" novalidate on:submit=submit>
            {ui::field(Field::plain("count-note", t.count_note(), 200), note)}
            <button class="button" type="submit" disabled=work.busy>{t.count_begin()}</button>
        </form>
        {work.trouble()}
    }
    .into_any()
}

fn list(stock: Stock, all: &[StockCount]) -> AnyView {
    let (t, front) = (stock.t, stock.desk.front);
    if all.is_empty() {
        return nothing(t.counts_none(), t.counts_none_why());
    }
    let row = |one: &StockCount| {
        let href = untrack(|| stock.href(&format!("counts/{}", encode(&one.id))));
        let name = if one.note.is_empty() { front.time(one.created_at) } else { one.note.clone() };
        view! {
            <li class="found-row consignment">
                <a class="found-name" href=href>{name}</a>
                <span class="order-status" data-status=one.status.clone()>{t.status(&one.status)}</span>
                <time datetime=one.created_at.to_string()>{front.time(one.created_at)}</time>
                <span class="consignment-more">{stock.desk.place_name(&one.place)}</span>
            </li>
        }
    };
    view! { <ul class="found">{all.iter().map(row).collect_view()}</ul> }.into_any()
}
