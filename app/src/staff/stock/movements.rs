//! What happened to a SKU at a place, the latest first; and what is kept of it there.

use super::Stock;
use crate::{
    api::{Ask, Query, browser, encode},
    staff::{
        table::{nothing, table},
        work::Work,
    },
    ui::{self, Entry, Field},
};
use ids::{PlaceId, Sku};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_query_map;
use wire::{MovementPage, SetStockLevels, StockLevel, StockMovement, StockPage};

/// `/staff/stock/sku/{sku}?place=&before=`
pub fn page(stock: Stock, sku: &str) -> AnyView {
    let Ok(sku) = Sku::new(sku.to_owned()) else { return crate::lost::page() };
    let (query, of) = (use_query_map(), sku.clone());
    let data = ui::load(move || {
        let mut asked = Query::new();
        asked.add("place", &stock.place_word());
        asked.add("before", &query.with(|query| query.get("before")).unwrap_or_default());
        Ask::Path(format!("/staff/stock/{}/movements{asked}", encode(of.as_str())))
    });
    let place = move || stock.place.get().map(|place| stock.desk.place_name(&place));
    let plan = stock.desk.may("stock_plan").then(|| plan(stock, &sku));
    view! {
        <p><a class="desk-back" href=move || stock.href("")>{stock.t.back()}</a></p>
        <div class="desk-top"><h1>{sku.to_string()}</h1><p class="desk-place">{place}</p></div>
        {ui::loaded(stock.desk.front, data, move |page: MovementPage| list(stock, &sku, &page))}
        {plan}
    }
    .into_any()
}

fn list(stock: Stock, sku: &Sku, page: &MovementPage) -> AnyView {
    let t = stock.t;
    if page.rows.is_empty() {
        return nothing(t.movements_none(), t.movements_none_why());
    }
    let heads = [t.when(), t.what(), t.on_hand(), t.reserved(), t.in_transit(), t.quarantine(), t.about()];
    let rows = page.rows.iter().map(|one| row(stock, one)).collect();
    let more = page.next.as_ref().map(|before| {
        let mut query = Query::new();
        query.add("place", &untrack(|| stock.place_word()));
        query.add("before", before);
        let href = format!("{}/{}/sku/{}{query}", super::BASE, super::HERE, encode(sku.as_str()));
        view! { <p class="row"><a class="button quiet" href=href>{t.more()}</a></p> }
    });
    view! { {table(t.movements(), &heads, rows)}{more} }.into_any()
}

fn row(stock: Stock, one: &StockMovement) -> AnyView {
    let signed = |units: i64| if units == 0 { String::new() } else { format!("{units:+}") };
    let order = one.order.as_ref().map(ToString::to_string);
    let about: Vec<String> = [order, one.note.clone()].into_iter().flatten().collect();
    view! {
        <tr>
            <td>{stock.desk.front.time(one.at)}</td>
            <th scope="row">{stock.t.kind(&one.kind)}</th>
            <td class="amount">{signed(one.on_hand)}</td>
            <td class="amount">{signed(one.reserved)}</td>
            <td class="amount">{signed(one.in_transit)}</td>
            <td class="amount">{signed(one.quarantine)}</td>
            <td class="cell-words">{about.join(" · ")}</td>
        </tr>
    }
    .into_any()
}

/// What is never promised, and what is kept for people who walk in: as it is now, to be changed.
fn plan(stock: Stock, sku: &Sku) -> AnyView {
    let (of, asked) = (sku.clone(), sku.clone());
    let data = ui::load(move || {
        let mut query = Query::new();
        query.add("place", &stock.place_word());
        query.add("sku", asked.as_str());
        Ask::Path(format!("/staff/stock{query}"))
    });
    ui::loaded(stock.desk.front, data, move |page: StockPage| {
        let now = page.rows.iter().find(|row| row.sku == of);
        now.map_or_else(|| ().into_any(), |now| plan_form(stock, now))
    })
}

fn plan_form(stock: Stock, now: &StockLevel) -> AnyView {
    let (t, work, sku) = (stock.t, Work::new(stock.desk), now.sku.clone());
    let (safety, keep_back) = (Entry::of(&now.safety.to_string()), Entry::of(&now.keep_back.to_string()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let number = |entry: Entry| {
            let number = entry.read().parse::<i64>().ok().filter(|units| *units >= 0);
            if number.is_none() {
                entry.wrong.set(Some(t.units_bad().to_owned()));
            }
            number
        };
        let (Some(safety), Some(keep_back)) = (number(safety), number(keep_back)) else { return };
        let Some(place) = stock.place.get_untracked() else { return };
        let request = SetStockLevels { sku: sku.clone(), place: PlaceId::clone(&place), safety, keep_back };
        let doing = async move { browser::put_json::<StockLevel>("/staff/stock/levels", &request).await };
        work.start(doing, move |level| stock.desk.say(t.plan_done(&level.available.to_string())));
    };
    let spec = |id, label| Field { inputmode: "numeric", ..Field::plain(id, label, 7) };
    view! {
        <section class="desk-section" aria-labelledby="stock-plan">
            <h2 id="stock-plan">{t.plan()}</h2>
            <p class="desk-note">{t.plan_hint()}</p>
            <form class="change-form needs-script" novalidate on:submit=submit>
                <div class="fields">{ui::field(spec("plan-safety", t.safety()), safety)}{ui::field(spec("plan-keep", t.keep_back()), keep_back)}</div>
                {work.trouble()}
                <button class="button quiet" type="submit" disabled=work.busy>{t.plan_go()}</button>
            </form>
        </section>
    }
    .into_any()
}
