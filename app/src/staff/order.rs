//! One order whole, for those who serve its shopper.

use super::{BASE, desk::Desk, hand_back, person, steps::steps, take_back, work::Work};
use crate::{
    api::{Ask, browser, encode},
    checkout, lost, order,
    receipt::{self, Marks, Names},
    ui::{self, Entry, Field, field},
};
use ids::OrderNumber;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_meta::Title;
use std::sync::Arc;
use wire::{CancelOrder, Fulfilment, Order, OrderPayments};

/// The order that is shown.
#[derive(Clone, Copy)]
pub struct Served {
    /// Who serves.
    pub desk: Desk,
    /// The order as it stands.
    pub order: RwSignal<Order>,
    /// Names and pictures of its goods.
    pub names: StoredValue<Names>,
}

/// `/staff/orders/{number}`
pub fn page(desk: Desk, number: &str) -> AnyView {
    let Ok(number) = OrderNumber::new(number) else { return lost::page() };
    let (title, path) = (desk.t.order(number.as_str()), path(&number));
    let data = ui::load(move || Ask::Path(path.clone()));
    view! {
        <Title text=title/>
        {ui::loaded(desk.front, data, move |order: Order| {
            let names = StoredValue::new(receipt::of_order(desk.front, &order.items));
            Served { desk, order: RwSignal::new(order), names }.view()
        })}
    }
    .into_any()
}

fn path(number: &OrderNumber) -> String {
    format!("/staff/orders/{}", encode(number.as_str()))
}

/// How it is paid, for those who may see payments.
fn paid(desk: Desk, order: RwSignal<Order>) -> AnyView {
    let path = order.with_untracked(|order| format!("/orders/{}/payments", encode(order.number.as_str())));
    let data = ui::load(move || Ask::Path(path.clone()));
    // What is paid follows what becomes of the order.
    Effect::new(move |before: Option<()>| {
        order.track();
        if before.is_some() {
            data.refetch();
        }
    });
    ui::loaded(desk.front, data, move |money: OrderPayments| {
        let failed = hand_back::failed(desk, &money.payments, Callback::new(move |()| data.refetch()));
        view! { {order::payments(desk.front, &money.payments)}{failed} }.into_any()
    })
}

impl Served {
    /// Shows the order as it stands now.
    pub fn look(self) {
        let path = self.order.with_untracked(|order| path(&order.number));
        spawn_local(async move {
            match browser::get::<Order>(&path).await {
                Ok(order) => drop(self.order.try_set(order)),
                Err(problem) => self.desk.say(self.desk.words(&problem)),
            }
        });
    }

    fn view(self) -> AnyView {
        let (desk, order) = (self.desk, self.order);
        let front = desk.front;
        view! {
            <p><a class="desk-back" href=format!("{BASE}/orders")>{desk.t.back_to_orders()}</a></p>
            <div class="with-receipt order">
                <div>
                    {move || order.with(|order| head(desk, order))}
                    {move || order.with(|order| order::facts(front, order))}
                    {desk.may("member_unmask").then(|| person::of_order(desk, &order.read_untracked().number))}
                    {desk.may("payment_see").then(|| paid(desk, order))}
                    {move || order.with(|order| self.parcels(order))}
                    {move || desk.may("order_service").then(|| self.cancel())}
                    {move || desk.may("payment_record").then(|| hand_back::section(self))}
                    {desk.may("return_take").then(|| take_back::form(self))}
                    {move || order.with(|order| order::timeline(front, &order.timeline))}
                </div>
                <div class="receipt-side">{move || order.with(|order| self.slips(order))}</div>
            </div>
        }
        .into_any()
    }

    /// The goods by place, each with the steps that this one may take there.
    fn parcels(self, order: &Order) -> AnyView {
        let cards = order.fulfilments.iter().map(|one| self.parcel(one)).collect_view();
        view! { <div class="parcels">{cards}</div> }.into_any()
    }

    fn parcel(self, one: &Fulfilment) -> AnyView {
        let (desk, front) = (self.desk, self.desk.front);
        let here = desk.bound_to().is_none_or(|place| place == one.place);
        let over = matches!(one.stage.as_str(), "cancelled" | "refused" | "expired" | "sent_back");
        let done = Callback::new(move |()| self.look());
        let (carrier, tracking) = (one.carrier.clone(), one.tracking.clone().unwrap_or_default());
        let carrier = carrier.map(|carrier| view! { <p class="parcel-from">{carrier}" "{tracking}</p> });
        self.names.with_value(|names| {
            let steps = (here && desk.may("order_fulfil")).then(|| steps(desk, one, names, done));
            view! {
                <article class="parcel" data-stage=one.stage.clone() data-over=over>
                    <header class="parcel-head">
                        <h2>{desk.t.goods_of(&desk.place_name(&one.place))}</h2>
                        <p class="parcel-stage">{order::stage_word(front, &one.stage)}</p>
                    </header>
                    {carrier}
                    {order::goods(front, &one.lines, names)}
                    {steps}
                </article>
            }
            .into_any()
        })
    }

    /// Cancelling for the shopper: nothing chosen is all that can still be cancelled.
    fn cancel(self) -> Option<AnyView> {
        let t = self.desk.t;
        let rows = self.order.with(|order| order::to_come(order, true));
        if rows.is_empty() {
            return None;
        }
        let chosen = order::Chosen::new(vec![0; rows.len()]);
        let (why, work, key) = (Entry::new(), Work::new(self.desk), checkout::Key::new());
        let list = self
            .names
            .with_value(|names| order::choose(self.desk.front, t.cancel_which(), &rows, names, chosen, &|_| None));
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            let units = rows.iter().zip(chosen.get_untracked()).filter(|(_, units)| *units > 0);
            let lines = units.filter_map(|(row, units)| row.cancelled(units)).collect();
            let request = CancelOrder { idempotency_key: key.get(), lines, reason: why.read() };
            let number = self.order.with_untracked(|order| order.number.clone());
            let doing = async move { order::cancel(&number, &request).await };
            work.start(doing, move |_| {
                self.desk.say(t.cancel_done());
                self.look();
            });
        };
        Some(
            view! {
                <details class="fold needs-script">
                    <summary>{t.cancel()}</summary>
                    <form class="fold-body change-form" novalidate on:submit=submit>
                        <p>{t.cancel_hint()}</p>
                        {list}
                        {field(Field::plain("cancel-why", t.cancel_why(), 200), why)}
                        {work.trouble()}
                        <button class="button firm" type="submit" disabled=work.busy>{t.cancel_confirm()}</button>
                    </form>
                </details>
            }
            .into_any(),
        )
    }

    fn slips(self, order: &Order) -> AnyView {
        let front = self.desk.front;
        self.names.with_value(|names| {
            let quote = Arc::new(order.quote.clone());
            let slip = receipt::slip(front, &quote, names, Marks::new(), false);
            let back = order.returns.iter().map(|one| receipt::back(front, one, &quote, names)).collect_view();
            view! { <section class="receipt" aria-labelledby="receipt">{slip}</section><div class="receipt">{back}</div> }.into_any()
        })
    }
}

fn head(desk: Desk, order: &Order) -> AnyView {
    let t = desk.t;
    let store = order.store.as_ref().map(|store| format!(" · {}", desk.place_name(store)));
    view! {
        <div class="desk-top">
            <h1 class="order-title">{order.number.to_string()}</h1>
            {order::badge(desk.front, order.status)}
        </div>
        <p class="desk-note">{t.placed_in()}" "{t.channel(&order.channel)}{store}</p>
    }
    .into_any()
}
