//! One consignment: sent, received line by line, closed short, called off.

use super::{Stock, transfers::way};
use crate::{
    api::{Ask, browser, encode},
    checkout,
    staff::{table::table, work::Work},
    ui,
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_meta::Title;
use serde::Serialize;
use wire::{Consignment, ConsignmentUnits, ReceiveConsignment, ShipConsignment, StockKey, StockUnits};

/// The consignment that is shown.
#[derive(Clone, Copy)]
struct Shown {
    stock: Stock,
    one: RwSignal<Consignment>,
    work: Work,
}

/// `/staff/stock/transfers/{id}`
pub fn page(stock: Stock, id: &str) -> AnyView {
    let path = format!("/staff/stock/consignments/{}", encode(id));
    let data = ui::load(move || Ask::Path(path.clone()));
    view! {
        <p><a class="desk-back" href=move || stock.href("transfers")>{stock.t.back_transfers()}</a></p>
        {ui::loaded(stock.desk.front, data, move |one: Consignment| {
            Shown { stock, one: RwSignal::new(one), work: Work::new(stock.desk) }.view()
        })}
    }
    .into_any()
}

impl Shown {
    fn view(self) -> AnyView {
        view! {
            {move || self.one.with(|one| self.head(one))}
            {self.work.trouble()}
            {move || self.stock.desk.may("stock_move").then(|| self.steps())}
        }
        .into_any()
    }

    fn head(self, one: &Consignment) -> AnyView {
        let (t, front) = (self.stock.t, self.stock.desk.front);
        let row = |line: &ConsignmentUnits| {
            view! {
                <tr>
                    <th scope="row">{line.sku.to_string()}</th>
                    <td class="amount">{line.requested}</td>
                    <td class="amount">{line.shipped}</td>
                    <td class="amount"><strong>{line.received}</strong></td>
                </tr>
            }
            .into_any()
        };
        let title = way(self.stock, one);
        let expected = one.expected.map(|at| view! { <p class="desk-note">{t.expected(&front.time(at))}</p> });
        let heads = [t.sku(), t.requested(), t.shipped(), t.received()];
        let rows = one.lines.iter().map(row).collect();
        view! {
            <Title text=title.clone()/>
            <div class="desk-top"><h1>{title}</h1><span class="order-status" data-status=one.status.clone()>{t.status(&one.status)}</span></div>
            <p class="desk-note">{front.time(one.created_at)}{(!one.note.is_empty()).then(|| format!(" · {}", one.note))}</p>
            {expected}
            {table(t.lines(), &heads, rows)}
        }
        .into_any()
    }

    fn steps(self) -> Option<AnyView> {
        let status = self.one.with(|one| one.status.clone());
        match status.as_str() {
            "requested" => Some(self.to_send()),
            "shipped" => Some(self.to_receive()),
            _ => None,
        }
    }

    fn post(self, step: &str, request: impl Serialize + 'static, said: &'static str) {
        let path = self.one.with_untracked(|one| format!("/staff/stock/consignments/{}/{step}", encode(&one.id)));
        let doing = async move { browser::post_json::<Consignment>(&path, &request).await };
        self.work.start(doing, move |one| {
            self.stock.desk.say(said);
            self.one.set(one);
        });
    }

    fn to_send(self) -> AnyView {
        let (t, ship, cancel) = (self.stock.t, checkout::Key::new(), checkout::Key::new());
        let send = move |_| {
            let request = ShipConsignment { idempotency_key: ship.get(), lines: Vec::new(), expected: None };
            self.post("ship", request, t.said_shipped());
        };
        let call_off = move |_| self.post("cancel", StockKey { idempotency_key: cancel.get() }, t.said_cancelled());
        view! {
            <p class="row needs-script">
                <button class="button" type="button" disabled=self.work.busy on:click=send>{t.ship()}</button>
                <button class="button quiet" type="button" disabled=self.work.busy on:click=call_off>{t.cancel()}</button>
            </p>
        }
        .into_any()
    }

    /// What arrived, line by line; what is missing may be closed.
    fn to_receive(self) -> AnyView {
        let (t, key) = (self.stock.t, checkout::Key::new());
        let open = self.one.with_untracked(|one| one.lines.clone());
        let open: Vec<ConsignmentUnits> = open.into_iter().filter(|line| line.shipped > line.received).collect();
        let came = RwSignal::new(open.iter().map(|line| line.shipped - line.received).collect::<Vec<i64>>());
        let close = RwSignal::new(false);
        let rows = open.iter().enumerate().map(|(at, line)| self.arrived(at, line, came)).collect_view();
        let lines = StoredValue::new(open);
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            let units = came.get_untracked();
            let lines = lines.with_value(|lines| {
                let some = lines.iter().zip(units).filter(|(_, units)| *units > 0);
                some.map(|(line, quantity)| StockUnits { sku: line.sku.clone(), quantity }).collect()
            });
            let request = ReceiveConsignment { idempotency_key: key.get(), lines, close: close.get_untracked() };
            self.post("receive", request, t.said_received());
        };
        view! {
            <section class="desk-section" aria-labelledby="receive">
                <h2 id="receive">{t.receive()}</h2>
                <form class="change-form needs-script" novalidate on:submit=submit>
                    <ul class="choose" aria-label=t.lines()>{rows}</ul>
                    <label class="check"><input type="checkbox" prop:checked=close on:change=move |event| close.set(event_target_checked(&event))/><span>{t.close_short()}</span></label>
                    <button class="button" type="submit" disabled=self.work.busy>{t.receive_go()}</button>
                </form>
            </section>
        }
        .into_any()
    }

    fn arrived(self, at: usize, line: &ConsignmentUnits, came: RwSignal<Vec<i64>>) -> AnyView {
        let (t, most, name) = (self.stock.t, line.shipped - line.received, line.sku.to_string());
        let value = Signal::derive(move || came.with(|units| units.get(at).copied().unwrap_or(0)));
        let set = Callback::new(move |units: i64| {
            came.update(|all| {
                if let Some(one) = all.get_mut(at) {
                    *one = units.clamp(0, most);
                }
            });
        });
        view! {
            <li class="choose-row"><span></span><span class="choose-word">{name.clone()}<small>{t.under_way(&most.to_string())}</small></span>{ui::stepper(self.stock.desk.front, &name, 0, value, set)}</li>
        }
        .into_any()
    }
}
