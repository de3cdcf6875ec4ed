//! Goods that come back for others: what they are worth pays for the sale, and what is left of that goes back as it was paid.

use super::Till;
use crate::{
    api::{browser, encode},
    staff::BASE,
};
use ids::{MemberId, OrderNumber};
use leptos::{prelude::*, task::spawn_local};
use std::cell::RefCell;
use wire::{Exchange, MemberView, Order, PlaceOrder, Problem, ReturnReceipt, TakeBack};

/// What comes back.
#[derive(Clone)]
pub struct Exchanging {
    /// Of which order.
    pub order: OrderNumber,
    /// Whose that was.
    pub member: Option<MemberId>,
    /// What, as it was chosen on the order's page.
    pub back: TakeBack,
    /// What it is worth, in minor units.
    pub worth: i64,
}

thread_local! {
    /// On its way from the order's page to the till. A page that is loaded anew begins without it: then nothing was taken back.
    static WAITING: RefCell<Option<Exchanging>> = const { RefCell::new(None) };
}

/// The till that is opened next exchanges these goods.
pub fn begin(one: Exchanging) {
    WAITING.with(|waiting| *waiting.borrow_mut() = Some(one));
}

/// What was begun, once.
pub(super) fn waiting() -> Option<Exchanging> {
    WAITING.with(|waiting| waiting.borrow_mut().take())
}

/// The new order has the prices of the member whose goods come back.
pub(super) fn look_member(till: Till) {
    let member = till.exchange.with_untracked(|one| one.as_ref().and_then(|one| one.member.clone()));
    let Some(member) = member else { return };
    spawn_local(async move {
        match browser::get::<MemberView>(&format!("/staff/members/{}", encode(member.as_str()))).await {
            Ok(member) => drop(till.member.try_set(Some(member))),
            Err(problem) => drop(till.work.wrong.try_set(Some(till.desk.words(&problem)))),
        }
    });
}

/// What is exchanged, what it pays, and the way back to a plain sale.
pub(super) fn banner(till: Till) -> AnyView {
    let (t, front) = (till.t, till.desk.front);
    let body = move || {
        let Exchanging { order, worth, .. } = till.exchange.get()?;
        let over = move || {
            let over = worth - till.payable()?;
            (over > 0).then(|| t.exchange_over(&front.money(over)))
        };
        let drop_it = move |_| {
            till.exchange.set(None);
            till.forget_member();
        };
        Some(view! {
            <section class="till-exchange" aria-label=t.exchange()>
                <p><strong>{t.exchange_of(order.as_str())}</strong><span class="amount">{front.money(worth)}</span></p>
                <p class="desk-note" role="status">{over}</p>
                <button class="button quiet" type="button" on:click=drop_it>{t.exchange_drop()}</button>
            </section>
        })
    };
    view! { {body} }.into_any()
}

/// Sells, in exchange for something or not; what came back has a receipt.
pub(super) async fn send(
    exchange: Option<Exchanging>,
    order: PlaceOrder,
) -> Result<(Order, Option<ReturnReceipt>), Problem> {
    let Some(one) = exchange else { return Ok((browser::place_order(&order).await?, None)) };
    // Whose the new order is says the old one; the goods come back to this till.
    let place = order.store.clone().unwrap_or(one.back.place);
    let (back, order) = (TakeBack { place, ..one.back }, PlaceOrder { member: None, ..order });
    let done = browser::exchange(&one.order, &Exchange { back, order }).await?;
    Ok((done.order, Some(done.receipt)))
}

/// What came back, and what of it is still to be given back on the page of its order.
pub(super) fn done(till: Till, back: &ReturnReceipt, payable: i64) -> AnyView {
    let (t, front) = (till.t, till.desk.front);
    let worth = back.refund.total - back.withheld;
    let over = worth - payable;
    let href = format!("{BASE}/orders/{}", encode(back.order.as_str()));
    let more = (over > 0).then(|| view! { <p><a href=href>{t.exchange_rest(&front.money(over))}</a></p> });
    view! {
        <div class="till-exchange">
            <p><strong>{t.exchange_of(back.order.as_str())}</strong><span class="amount">{front.money(worth)}</span></p>
            {more}
        </div>
    }
    .into_any()
}
