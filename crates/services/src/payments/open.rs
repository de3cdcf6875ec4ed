//! How a new order is to be paid, written down with it.

use super::{
    schedule::PAY_WITHIN_MS,
    tenders::{GIFT_CARD, Kind, ON_DELIVERY, POINTS, Planned, new_payment_id},
};
use ids::OrderNumber;
use pricing::{Instant, Quote};
use storage::payments::PaymentRow;
use wire::PaymentState;

/// A payment that is meant, and not yet written down.
pub(crate) struct Meant {
    /// The row.
    pub(crate) row: PaymentRow,
    /// The code of the gift card that pays: a secret, which the row must not hold.
    pub(crate) code: Option<String>,
}

/// What is left to pay of an order when its goods are handed over, in minor units.
pub(crate) fn due_on_delivery(payments: &[PaymentRow]) -> i64 {
    let open = |row: &&PaymentRow| row.tender == ON_DELIVERY && row.state == PaymentState::Pending && !row.replaced;
    payments.iter().filter(open).map(|row| row.amount_minor - row.refunding_minor).sum()
}

/// The payments of a new order.
pub(crate) struct Opened {
    /// The payments, to be written with the order.
    pub(crate) meant: Vec<Meant>,
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
    let meant = meant(planned.into_iter().chain(points), 0, order, now);
    let paid = meant.iter().all(|one| one.row.state != PaymentState::Created);
    let pay_by = (!paid).then(|| Instant(now.0.saturating_add(PAY_WITHIN_MS)));
    Opened { meant, paid, pay_by }
}

/// What is to be written down of tenders, from a position among the order's payments on.
pub(crate) fn meant(
    planned: impl IntoIterator<Item = Planned>,
    from: i64,
    order: &OrderNumber,
    now: Instant,
) -> Vec<Meant> {
    (from..).zip(planned).map(|(at, one)| row(at, one, order, now)).collect()
}

fn row(position: i64, mut planned: Planned, order: &OrderNumber, now: Instant) -> Meant {
    let state = match planned.kind {
        Kind::Gateway => PaymentState::Created,
        Kind::OnDelivery => PaymentState::Pending,
        Kind::Till | Kind::Points | Kind::Exchange => PaymentState::Captured,
        // It is held in the same transaction, or there is no such payment.
        Kind::Purse => PaymentState::Authorised,
    };
    let code = planned.reference.take_if(|_| planned.tender == GIFT_CARD);
    let reference = planned.reference.filter(|_| planned.kind != Kind::Purse);
    let captured_minor = if state == PaymentState::Captured { planned.amount_minor } else { 0 };
    let authorised_minor = if state == PaymentState::Authorised { planned.amount_minor } else { captured_minor };
    let row = PaymentRow {
        id: new_payment_id(),
        order: order.clone(),
        position,
        tender: planned.tender,
        reference,
        amount_minor: planned.amount_minor,
        state,
        wanted: None,
        provider_ref: None,
        next: None,
        authorised_minor,
        captured_minor,
        refunding_minor: 0,
        refunded_minor: 0,
        replaced: false,
        check_at: None,
        tries: 0,
        created_at: now,
        changed_at: now,
    };
    Meant { row, code }
}
