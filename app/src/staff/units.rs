//! Goods to be moved: scanned or typed one after the other, each with its units.

use super::{desk::Desk, stock::texts::Texts, till, work::Work};
use crate::ui::{self, Entry, Field, Icon, icon};
use ids::Sku;
use leptos::{ev::KeyboardEvent, prelude::*};
use wire::StockUnits;

/// The goods so far.
#[derive(Clone, Copy)]
pub struct Units {
    desk: Desk,
    rows: RwSignal<Vec<StockUnits>>,
    code: Entry,
    quantity: Entry,
    work: Work,
}

impl Units {
    /// None yet.
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        let (code, quantity) = (Entry::new(), Entry::of("1"));
        Self { desk, rows: RwSignal::new(Vec::new()), code, quantity, work: Work::new(desk) }
    }

    /// What was entered; says that there is nothing if so.
    #[must_use]
    pub fn read(self) -> Option<Vec<StockUnits>> {
        let rows = self.rows.get_untracked();
        if rows.is_empty() {
            self.work.wrong.set(Some(Texts(self.desk.front.locale).units_none().to_owned()));
            self.code.focus();
        }
        Some(rows).filter(|rows| !rows.is_empty())
    }

    /// For the next thing.
    pub fn clear(self) {
        self.rows.set(Vec::new());
    }

    /// The fields and the list. They may stand within another form: Enter in here adds goods and sends nothing.
    pub fn view(self) -> AnyView {
        let t = Texts(self.desk.front.locale);
        let key = move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                self.add();
            }
        };
        let number = Field { inputmode: "numeric", ..Field::plain("units-quantity", t.units_quantity(), 7) };
        view! {
            <div class="units-field" on:keydown=key>
                {ui::field(Field::plain("units-code", t.units_code(), 80), self.code)}
                {ui::field(number, self.quantity)}
                <button class="button quiet" type="button" disabled=self.work.busy on:click=move |_| self.add()>{t.units_add()}</button>
            </div>
            {self.work.trouble()}
            <ul class="units" aria-label=t.units()>{move || self.rows.get().into_iter().map(|one| self.row(&one)).collect_view()}</ul>
        }
        .into_any()
    }

    fn row(self, one: &StockUnits) -> AnyView {
        let t = Texts(self.desk.front.locale);
        let (sku, label) = (one.sku.clone(), t.units_drop(one.sku.as_str()));
        let drop = move |_| self.rows.update(|rows| rows.retain(|row| row.sku != sku));
        view! {
            <li><strong>{one.sku.to_string()}</strong><span class="amount">{one.quantity}</span><button class="line-remove" type="button" aria-label=label on:click=drop>{icon(Icon::Close)}</button></li>
        }
        .into_any()
    }

    fn add(self) {
        let t = Texts(self.desk.front.locale);
        let text = self.code.read();
        let Some(quantity) = self.quantity.read().parse::<i64>().ok().filter(|units| *units >= 0) else {
            return self.quantity.wrong.set(Some(t.units_bad().to_owned()));
        };
        if text.is_empty() {
            return self.code.focus();
        }
        let words = text.clone();
        self.work.start(async move { till::sku_of(&words).await }, move |found| match found {
            Some(sku) => self.take(&sku, quantity),
            None => self.work.wrong.set(Some(t.units_unknown(&text))),
        });
    }

    /// What is entered again is so many more.
    fn take(self, sku: &Sku, quantity: i64) {
        self.rows.update(|rows| match rows.iter_mut().find(|row| row.sku == *sku) {
            Some(row) => row.quantity = row.quantity.saturating_add(quantity),
            None => rows.insert(0, StockUnits { sku: sku.clone(), quantity }),
        });
        self.work.wrong.set(None);
        self.code.write("");
        self.quantity.write("1");
        self.code.focus();
    }
}
