//! Goods under way, and asking another place for some.

use super::Stock;
use crate::{
    api::{Ask, Query, browser, encode},
    checkout,
    staff::{table::nothing, units::Units, work::Work},
    ui::{self, Entry, Field},
};
use ids::PlaceId;
use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wire::{Consignment, RequestTransfer};

/// `/staff/stock/transfers?place=`
pub fn page(stock: Stock) -> AnyView {
    let data = ui::load(move || {
        let mut asked = Query::new();
        asked.add("place", &stock.place_word());
        Ask::Path(format!("/staff/stock/consignments{asked}"))
    });
    view! {
        {ui::loaded(stock.desk.front, data, move |all: Vec<Consignment>| list(stock, &all))}
        {stock.desk.may("stock_move").then(|| request(stock))}
    }
    .into_any()
}

fn list(stock: Stock, all: &[Consignment]) -> AnyView {
    let t = stock.t;
    if all.is_empty() {
        return nothing(t.transfers_none(), t.transfers_none_why());
    }
    view! { <ul class="found">{all.iter().map(|one| row(stock, one)).collect_view()}</ul> }.into_any()
}

fn row(stock: Stock, one: &Consignment) -> AnyView {
    let t = stock.t;
    let href = untrack(|| stock.href(&format!("transfers/{}", encode(&one.id))));
    let expected = one.expected.map(|at| t.expected(&stock.desk.front.time(at)));
    view! {
        <li class="found-row consignment">
            <a class="found-name" href=href>{way(stock, one)}</a>
            <span class="order-status" data-status=one.status.clone()>{t.status(&one.status)}</span>
            <time datetime=one.created_at.to_string()>{stock.desk.front.time(one.created_at)}</time>
            <span class="consignment-more">{expected}{(!one.note.is_empty()).then(|| format!(" {}", one.note))}</span>
        </li>
    }
    .into_any()
}

/// From where to where.
pub fn way(stock: Stock, one: &Consignment) -> String {
    let from = one.origin.as_ref().map_or_else(|| one.supplier.clone(), |place| stock.desk.place_name(place));
    format!("{from} → {}", stock.desk.place_name(&one.destination))
}

fn request(stock: Stock) -> AnyView {
    let (t, work, units, note) = (stock.t, Work::new(stock.desk), Units::new(stock.desk), Entry::new());
    let (origin, key, navigate) = (NodeRef::<html::Select>::new(), checkout::Key::new(), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let from = origin.get_untracked().and_then(|select| PlaceId::new(select.value()).ok());
        let (Some(origin), Some(destination)) = (from, stock.place.get_untracked()) else { return };
        let Some(lines) = units.read() else { return };
        let request = RequestTransfer { idempotency_key: key.get(), origin, destination, lines, note: note.read() };
        let navigate = navigate.clone();
        let doing = async move { browser::post_json::<Consignment>("/staff/stock/transfers", &request).await };
        work.start(doing, move |made| {
            stock.desk.say(t.transfer_asked());
            navigate(&untrack(|| stock.href(&format!("transfers/{}", encode(&made.id)))), NavigateOptions::default());
        });
    };
    let places = move || {
        let here = stock.place.get();
        let others = stock.desk.places(false).into_iter().filter(move |one| Some(&one.id) != here.as_ref());
        let option =
            |one: wire::Place| view! { <option value=one.id.to_string()>{stock.desk.front.say(&one.name)}</option> };
        others.map(option).collect_view()
    };
    view! {
        <section class="desk-section" aria-labelledby="transfer-ask">
            <h2 id="transfer-ask">{t.transfer_ask()}</h2>
            <p class="desk-note">{t.transfer_hint()}</p>
            <form class="change-form needs-script" novalidate on:submit=submit>
                <div class="field"><label for="transfer-from">{t.transfer_from()}</label><select node_ref=origin id="transfer-from">{places}</select></div>
                {units.view()}
                {ui::field(Field::plain("transfer-note", t.note(), 200), note)}
                {work.trouble()}
                <button class="button" type="submit" disabled=work.busy>{t.transfer_go()}</button>
            </form>
        </section>
    }
    .into_any()
}
