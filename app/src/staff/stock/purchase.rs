//! Goods that a supplier sends: announced with the day on which they come, so that pages can promise them.

use super::Stock;
use crate::{
    api::{browser, encode},
    checkout,
    staff::{units::Units, work::Work},
    ui::{self, Entry, Field},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use pricing::Instant;
use wire::{AnnouncePurchase, Consignment};

const DAY_MS: i64 = 86_400_000;
/// Whoever announces further ahead has mistyped.
const DAYS_MAX: i64 = 730;

/// `/staff/stock/purchases?place=`: goods for that place.
pub fn page(stock: Stock) -> AnyView {
    let (t, work, units) = (stock.t, Work::new(stock.desk), Units::new(stock.desk));
    let (supplier, days, note) = (Entry::new(), Entry::new(), Entry::new());
    let (key, navigate) = (checkout::Key::new(), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(destination), Some(from), Some(expected)) =
            (stock.place.get_untracked(), named(supplier, t.purchase_from_needed()), on_day(stock, days))
        else {
            return;
        };
        let Some(lines) = units.read() else { return };
        let idempotency_key = key.get();
        let request =
            AnnouncePurchase { idempotency_key, supplier: from, destination, expected, lines, note: note.read() };
        let navigate = navigate.clone();
        let doing = async move { browser::post_json::<Consignment>("/staff/stock/purchases", &request).await };
        work.start(doing, move |made| {
            stock.desk.say(t.purchase_done());
            navigate(&untrack(|| stock.href(&format!("transfers/{}", encode(&made.id)))), NavigateOptions::default());
        });
    };
    let number = Field { inputmode: "numeric", ..Field::plain("purchase-days", t.purchase_days(), 3) };
    view! {
        <section class="desk-section" aria-labelledby="purchase">
            <h2 id="purchase">{t.purchase()}</h2>
            <p class="desk-note">{t.purchase_hint()}</p>
            <p class="script-note">{stock.desk.t.needs_script()}</p>
            <form class="change-form needs-script" novalidate on:submit=submit>
                <div class="fields">
                    {ui::field(Field { required: true, ..Field::plain("purchase-from", t.purchase_from(), 80) }, supplier)}
                    {ui::field(number, days)}
                </div>
                {units.view()}
                {ui::field(Field::plain("purchase-note", t.note(), 200), note)}
                {work.trouble()}
                <button class="button" type="submit" disabled=work.busy>{t.purchase_go()}</button>
            </form>
        </section>
    }
    .into_any()
}

fn named(entry: Entry, wrong: &'static str) -> Option<String> {
    let text = entry.read();
    if text.is_empty() {
        entry.wrong.set(Some(wrong.to_owned()));
        entry.focus();
        return None;
    }
    Some(text)
}

/// The instant so many days ahead, or none if no day was named; says what would be right for anything else.
fn on_day(stock: Stock, days: Entry) -> Option<Option<Instant>> {
    let text = days.read();
    if text.is_empty() {
        return Some(None);
    }
    let known = text.parse::<i64>().ok().filter(|days| (0..=DAYS_MAX).contains(days));
    if known.is_none() {
        days.wrong.set(Some(stock.t.purchase_days_bad().to_owned()));
        days.focus();
    }
    known.map(|days| Some(Instant(now() + days * DAY_MS)))
}

/// The day is what counts here, so the computer's own clock will do.
fn now() -> i64 {
    // Whole milliseconds since 1970 fit into 53 bits, so nothing is lost.
    #[expect(clippy::cast_possible_truncation)]
    let now_ms = js_sys::Date::now() as i64;
    now_ms
}
