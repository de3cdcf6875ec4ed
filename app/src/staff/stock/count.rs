//! One count: what was found on the shelves, and what differs.

use super::Stock;
use crate::{
    api::{Ask, browser, encode},
    checkout,
    staff::{
        table::{nothing, table},
        units::Units,
        work::Work,
    },
    ui,
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_meta::Title;
use wire::{EnterCount, StockCount, StockCountLine, StockKey};

/// The count that is shown.
#[derive(Clone, Copy)]
struct Shown {
    stock: Stock,
    one: RwSignal<StockCount>,
    work: Work,
    units: Units,
}

/// `/staff/stock/counts/{id}`
pub fn page(stock: Stock, id: &str) -> AnyView {
    let path = format!("/staff/stock/counts/{}", encode(id));
    let data = ui::load(move || Ask::Path(path.clone()));
    view! {
        <p><a class="desk-back" href=move || stock.href("counts")>{stock.t.back_counts()}</a></p>
        {ui::loaded(stock.desk.front, data, move |one: StockCount| {
            Shown { stock, one: RwSignal::new(one), work: Work::new(stock.desk), units: Units::new(stock.desk) }.view()
        })}
    }
    .into_any()
}

impl Shown {
    fn view(self) -> AnyView {
        let open = Memo::new(move |_| self.one.with(|one| one.status == "open"));
        let may = self.stock.desk.may("stock_move");
        view! {
            {move || self.one.with(|one| self.head(one))}
            {move || (may && open.get()).then(|| self.enter())}
            {move || self.one.with(|one| self.lines(one))}
            {self.work.trouble()}
            {move || (may && open.get()).then(|| self.end())}
        }
        .into_any()
    }

    fn head(self, one: &StockCount) -> AnyView {
        let (t, front) = (self.stock.t, self.stock.desk.front);
        let title = t.count_of(&self.stock.desk.place_name(&one.place));
        view! {
            <Title text=title.clone()/>
            <div class="desk-top"><h1>{title}</h1><span class="order-status" data-status=one.status.clone()>{t.status(&one.status)}</span></div>
            <p class="desk-note">{front.time(one.created_at)}{(!one.note.is_empty()).then(|| format!(" · {}", one.note))}</p>
        }
        .into_any()
    }

    fn path(self, step: &str) -> String {
        self.one.with_untracked(|one| format!("/staff/stock/counts/{}/{step}", encode(&one.id)))
    }

    fn enter(self) -> AnyView {
        let t = self.stock.t;
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            let Some(lines) = self.units.read() else { return };
            let path = self.path("lines");
            let doing = async move { browser::put_json::<StockCount>(&path, &EnterCount { lines }).await };
            self.work.start(doing, move |one| {
                self.units.clear();
                self.one.set(one);
            });
        };
        view! {
            <form class="change-form needs-script" novalidate on:submit=submit>
                <p>{t.count_hint()}</p>
                {self.units.view()}
                <button class="button quiet" type="submit" disabled=self.work.busy>{t.count_enter()}</button>
            </form>
        }
        .into_any()
    }

    fn lines(self, one: &StockCount) -> AnyView {
        let t = self.stock.t;
        if one.lines.is_empty() {
            return nothing(t.count_empty(), t.count_empty_why());
        }
        let row = |line: &StockCountLine| {
            let difference = if line.difference == 0 { "0".to_owned() } else { format!("{:+}", line.difference) };
            view! {
                <tr data-low={line.difference != 0}>
                    <th scope="row">{line.sku.to_string()}</th>
                    <td class="amount">{line.expected}</td>
                    <td class="amount">{line.counted}</td>
                    <td class="amount"><strong>{difference}</strong></td>
                </tr>
            }
            .into_any()
        };
        let heads = [t.sku(), t.expected_units(), t.counted(), t.difference()];
        table(t.lines(), &heads, one.lines.iter().map(row).collect())
    }

    fn end(self) -> AnyView {
        let (t, post, drop) = (self.stock.t, checkout::Key::new(), checkout::Key::new());
        let go = move |step: &'static str, key: checkout::Key, said: &'static str| {
            let (path, request) = (self.path(step), StockKey { idempotency_key: key.get() });
            let doing = async move { browser::post_json::<StockCount>(&path, &request).await };
            self.work.start(doing, move |one| {
                self.stock.desk.say(said);
                self.one.set(one);
            });
        };
        let none = move || self.work.busy.get() || self.one.with(|one| one.lines.is_empty());
        view! {
            <p class="row needs-script">
                <button class="button" type="button" disabled=none on:click=move |_| go("post", post, t.said_posted())>{t.count_post()}</button>
                <button class="button quiet" type="button" disabled=self.work.busy on:click=move |_| go("drop", drop, t.said_dropped())>{t.count_drop()}</button>
            </p>
        }
        .into_any()
    }
}
