//! How a new order is to be paid, written down with it.

use super::{
    schedule::PAY_WITHIN_MS,
    tenders::{Kind, POINTS, Planned, new_payment_id},
};
use ids::OrderNumber;
use pricing::{Instant, Quote};
use storage::payments::PaymentRow;
use wire::PaymentState;

/// The payments of a new order.
pub(crate) struct Opened {
    /// The rows, to be written with the order.
    pub(crate) rows: Vec<PaymentRow>,
    /// True if the order need not wait for money.
    pub(crate) paid: bool,
    /// Until when it waits.
    pub(crate) pay_by: Option<Instant>,
}

/// What is to be written down of the payments of an order. What the till takes is there; points went with the price.
pub(crate) fn opened(planned: Vec<Planned>, order: &OrderNumber, quote: &Quote, now: Instant) -> Opened {
    let points = (quote.points_value > 0).then(|| Planned {
        tender: POINTS.to_owned(),
        amount_minor: quote.points_value,
        reference: None,
        kind: Kind::Points,
    });
    let rows: Vec<PaymentRow> =
        (0..).zip(planned.into_iter().chain(points)).map(|(at, one)| row(at, one, order, now)).collect();
    let paid = rows.iter().all(|row| row.state != PaymentState::Created);
    let pay_by = (!paid).then(|| Instant(now.0.saturating_add(PAY_WITHIN_MS)));
    Opened { rows, paid, pay_by }
}

fn row(position: i64, planned: Planned, order: &OrderNumber, now: Instant) -> PaymentRow {
    let state = match planned.kind {
        Kind::Gateway => PaymentState::Created,
        Kind::OnDelivery => PaymentState::Pending,
        Kind::Till | Kind::Points => PaymentState::Captured,
    };
    let there = if state == PaymentState::Captured { planned.amount_minor } else { 0 };
    PaymentRow {
        id: new_payment_id(),
        order: order.clone(),
        position,
        tender: planned.tender,
        reference: planned.reference,
        amount_minor: planned.amount_minor,
        state,
        wanted: None,
        provider_ref: None,
        next: None,
        authorised_minor: there,
        captured_minor: there,
        refunding_minor: 0,
        refunded_minor: 0,
        check_at: None,
        tries: 0,
        created_at: now,
        changed_at: now,
    }
}
