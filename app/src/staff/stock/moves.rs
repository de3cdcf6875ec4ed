//! What people do with goods at a place: received, damaged, put aside, put back, thrown away. All lines or none.

use super::Stock;
use crate::{
    api::browser,
    checkout,
    staff::{units::Units, work::Work},
    ui::{self, Entry, Field},
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use wire::{MoveStock, Moved, StockDeed};

const DEEDS: [(&str, StockDeed); 5] = [
    ("receive", StockDeed::Receive),
    ("damage", StockDeed::Damage),
    ("quarantine", StockDeed::Quarantine),
    ("restock", StockDeed::Restock),
    ("write_off", StockDeed::WriteOff),
];

/// `/staff/stock/moves?place=`
pub fn page(stock: Stock) -> AnyView {
    let (t, work, units, note) = (stock.t, Work::new(stock.desk), Units::new(stock.desk), Entry::new());
    let (deed, key) = (NodeRef::<html::Select>::new(), RwSignal::new(checkout::Key::new()));
    let done = RwSignal::new(None::<Moved>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let chosen = deed.get_untracked().map(|select| select.value()).unwrap_or_default();
        let deed = DEEDS.iter().find(|(word, _)| *word == chosen).map_or(StockDeed::Receive, |(_, deed)| *deed);
        let (Some(lines), Some(place)) = (units.read(), stock.place.get_untracked()) else { return };
        let idempotency_key = key.get_untracked().get();
        let request = MoveStock { idempotency_key, place, deed, lines, note: note.read() };
        let doing = async move { browser::post_json::<Moved>("/staff/stock/moves", &request).await };
        work.start(doing, move |moved| {
            stock.desk.say(t.moved());
            done.set(Some(moved));
            units.clear();
            note.write("");
            key.set(checkout::Key::new());
        });
    };
    let options = DEEDS.map(|(word, _)| view! { <option value=word>{t.deed(word)}</option> });
    let shown = move || done.get().map(|moved| after(stock, &moved));
    view! {
        <p class="script-note">{stock.desk.t.needs_script()}</p>
        <form class="change-form needs-script" novalidate on:submit=submit>
            <div class="field"><label for="move-deed">{t.deed_what()}</label><select node_ref=deed id="move-deed">{options.collect_view()}</select></div>
            {units.view()}
            {ui::field(Field::plain("move-note", t.note(), 200), note)}
            {work.trouble()}
            <button class="button" type="submit" disabled=work.busy>{t.move_go()}</button>
        </form>
        <div role="status">{shown}</div>
    }
    .into_any()
}

/// How the goods stand now.
fn after(stock: Stock, moved: &Moved) -> AnyView {
    let t = stock.t;
    let row = |one: &wire::StockLevel| {
        let now = t.now_there(&one.on_hand.to_string(), &one.available.to_string());
        view! { <li><strong>{one.sku.to_string()}</strong><span>{now}</span></li> }
    };
    view! { <ul class="units">{moved.rows.iter().map(row).collect_view()}</ul> }.into_any()
}
