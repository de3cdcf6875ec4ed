//! What is where: units by SKU in all their buckets, with a search and what is low.

use super::Stock;
use crate::{
    api::{Ask, Query, encode},
    staff::table::{nothing, table},
    ui,
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use wire::{StockLevel, StockPage};

/// Below so many units that can be promised stock is low.
const LOW_MAX: &str = "5";
/// Rows of a page.
const ROWS: &str = "50";

/// `/staff/stock?place=&sku=&low=&after=`
pub fn page(stock: Stock) -> AnyView {
    let query = use_query_map();
    let key = move |name: &'static str| query.with(|query| query.get(name)).unwrap_or_default().trim().to_owned();
    let data = ui::load(move || {
        let mut asked = Query::new();
        asked.add("place", &stock.place_word());
        asked.add("sku", &key("sku").to_uppercase());
        asked.add("available_max", if key("low").is_empty() { "" } else { LOW_MAX });
        asked.add("after", &key("after"));
        asked.add("limit", ROWS);
        Ask::Path(format!("/staff/stock{asked}"))
    });
    view! {
        {search(stock, &key("sku"), !key("low").is_empty())}
        {ui::loaded(stock.desk.front, data, move |page: StockPage| list(stock, &page, &key("sku"), &key("low")))}
        {files(stock)}
    }
    .into_any()
}

fn address(stock: Stock, sku: &str, low: bool, after: &str) -> String {
    let mut query = Query::new();
    if stock.desk.bound_to().is_none() {
        query.add("place", &stock.place_word());
    }
    query.add("sku", sku);
    query.add("low", if low { "1" } else { "" });
    query.add("after", after);
    format!("{}/{}{query}", super::BASE, super::HERE)
}

fn search(stock: Stock, sku: &str, low: bool) -> AnyView {
    let (t, navigate) = (stock.t, use_navigate());
    let (input, check) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let sku = input.get_untracked().map(|input| input.value()).unwrap_or_default();
        let low = check.get_untracked().is_some_and(|input| input.checked());
        navigate(&untrack(|| address(stock, sku.trim(), low, "")), NavigateOptions::default());
    };
    view! {
        <form class="desk-search" role="search" method="get" on:submit=submit>
            <div class="field">
                <label for="stock-sku">{t.sku_begins()}</label>
                <input node_ref=input id="stock-sku" type="text" name="sku" value=sku.to_owned() autocomplete="off" autocapitalize="characters" maxlength="60"/>
            </div>
            <label class="check"><input node_ref=check type="checkbox" name="low" value="1" checked=low/><span>{t.low()}</span></label>
            <button class="button" type="submit">{t.find()}</button>
        </form>
    }
    .into_any()
}

fn list(stock: Stock, page: &StockPage, sku: &str, low: &str) -> AnyView {
    let t = stock.t;
    if page.rows.is_empty() {
        return nothing(t.levels_none(), t.levels_none_why());
    }
    let heads =
        [t.sku(), t.on_hand(), t.reserved(), t.available(), t.in_transit(), t.quarantine(), t.safety(), t.keep_back()];
    let rows = page.rows.iter().map(|one| row(stock, one)).collect();
    let more = page.next.as_ref().map(|after| {
        let href = untrack(|| address(stock, sku, !low.is_empty(), after));
        view! { <p class="row"><a class="button quiet" href=href>{t.more()}</a></p> }
    });
    view! { {table(t.levels(), &heads, rows)}{more} }.into_any()
}

fn row(stock: Stock, one: &StockLevel) -> AnyView {
    let href = untrack(|| stock.href(&format!("sku/{}", encode(one.sku.as_str()))));
    view! {
        <tr data-low={one.available <= 0}>
            <th scope="row"><a href=href>{one.sku.to_string()}</a><small>{stock.desk.front.say(&one.title)}</small></th>
            <td class="amount">{one.on_hand}</td>
            <td class="amount">{one.reserved}</td>
            <td class="amount"><strong>{one.available}</strong></td>
            <td class="amount">{one.in_transit}</td>
            <td class="amount">{one.quarantine}</td>
            <td class="amount">{one.safety}</td>
            <td class="amount">{one.keep_back}</td>
        </tr>
    }
    .into_any()
}

/// Files to take along, for who may see the stock of the whole shop.
fn files(stock: Stock) -> Option<AnyView> {
    let t = stock.t;
    stock.desk.bound_to().is_none().then(|| {
        view! {
            <p class="row desk-files">
                <a class="button quiet" href="/api/v1/staff/stock/export" rel="external" download="stock.csv">{t.export()}</a>
                <a class="button quiet" href="/api/v1/staff/stock/movements/export" rel="external" download="movements.csv">{t.export_movements()}</a>
            </p>
            <p class="desk-note">{t.import_hint()}</p>
        }
        .into_any()
    })
}
