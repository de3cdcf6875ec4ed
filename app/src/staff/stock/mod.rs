//! Stock: what is where, what moves it, transfers and counts.

mod consignment;
mod count;
mod counts;
mod levels;
mod movements;
mod moves;
mod purchase;
mod sourcing;
pub mod texts;
mod transfers;

use super::{
    BASE,
    desk::{Desk, choose_place},
};
use ids::PlaceId;
use leptos::prelude::*;
use texts::Texts;

/// Where these pages begin.
const HERE: &str = "stock";

/// What the pages of stock share.
#[derive(Clone, Copy)]
struct Stock {
    desk: Desk,
    t: Texts,
    place: Memo<Option<PlaceId>>,
}

impl Stock {
    fn place_word(self) -> String {
        self.place.get().map(|place| place.to_string()).unwrap_or_default()
    }

    /// An address of these pages that keeps the place.
    fn href(self, below: &str) -> String {
        let mut query = crate::api::Query::new();
        if self.desk.bound_to().is_none() {
            query.add("place", &self.place_word());
        }
        let slash = if below.is_empty() { "" } else { "/" };
        format!("{BASE}/{HERE}{slash}{below}{query}")
    }
}

/// `/staff/stock`, and below it `moves`, `transfers`, `purchases`, `counts`, `sourcing` and `sku`.
pub fn page(desk: Desk, rest: &str) -> AnyView {
    let stock = Stock { desk, t: Texts(desk.front.locale), place: desk.place(false) };
    let (segment, below) = rest.split_once('/').unwrap_or((rest, ""));
    let body = match (segment, below) {
        ("", _) => levels::page(stock),
        ("moves", "") => moves::page(stock),
        ("transfers", "") => transfers::page(stock),
        ("transfers", id) => return consignment::page(stock, id),
        ("purchases", "") => purchase::page(stock),
        ("sourcing", "") => sourcing::page(stock),
        ("counts", "") => counts::page(stock),
        ("counts", id) => return count::page(stock, id),
        ("sku", sku) => return movements::page(stock, sku),
        _ => return crate::lost::page(),
    };
    view! {
        <div class="desk-top"><h1>{desk.t.stock()}</h1>{choose_place(desk, stock.place, false)}</div>
        {tabs(stock, segment)}
        {body}
    }
    .into_any()
}

fn tabs(stock: Stock, here: &str) -> AnyView {
    let t = stock.t;
    let all = [
        ("", t.levels()),
        ("moves", t.moves()),
        ("transfers", t.transfers()),
        ("purchases", t.purchases()),
        ("counts", t.counts()),
        ("sourcing", t.sourcing()),
    ];
    let may_move = stock.desk.may("stock_move");
    // How orders are sourced is the whole shop's affair.
    let may_plan = stock.desk.may("stock_plan") && stock.desk.bound_to().is_none();
    let here = here.to_owned();
    let shown = all.into_iter().filter(|(segment, _)| match *segment {
        "moves" | "purchases" => may_move,
        "sourcing" => may_plan,
        _ => true,
    });
    let links = shown.map(|(segment, name)| {
        let current = (here == segment).then_some("page");
        view! { <li><a href=move || stock.href(segment) aria-current=current>{name}</a></li> }
    });
    view! { <nav class="tabs" aria-label=stock.desk.t.stock()><ul>{links.collect_view()}</ul></nav> }.into_any()
}
