//! What becomes of units that an order holds: they are let go, they leave, and some come back. Each runs inside the order's own transaction;
//! bundles move as their components.

use super::{StockProblem, allocate::ACTOR};
use crate::{Result, ServiceError};
use ::stock::{Bundles, Delta, Kind};
use ids::{OrderNumber, PlaceId, Sku};
use pricing::Instant;
use storage::{
    Tx,
    postings::{self, Held, Posting, post},
};

/// Lets go of units that are reserved for an order at a place.
///
/// # Errors
/// [`ServiceError::Stock`] if the order does not hold them there.
pub(crate) async fn release(
    tx: &Tx,
    now: Instant,
    order: &OrderNumber,
    place: &PlaceId,
    units: &[(Sku, i64)],
) -> Result<()> {
    move_for_order(tx, now, Move { kind: Kind::Release, order, place, reference: None }, units).await
}

/// Units that were reserved for an order leave a place for it: handed over or sent.
///
/// # Errors
/// [`ServiceError::Stock`] if the order does not hold them there.
pub(crate) async fn issue(
    tx: &Tx,
    now: Instant,
    order: &OrderNumber,
    place: &PlaceId,
    units: &[(Sku, i64)],
) -> Result<()> {
    move_for_order(tx, now, Move { kind: Kind::Issue, order, place, reference: None }, units).await
}

/// What becomes of goods that come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Returned {
    /// They go on the shelf.
    Restock,
    /// Somebody looks at them first.
    Quarantine,
}

/// Goods of an order come back to a place, whichever place they left; `reference` names the return.
///
/// # Errors
/// [`ServiceError::Stock`] if more would come back than left for the order.
pub(crate) async fn return_in(
    tx: &Tx,
    now: Instant,
    order: &OrderNumber,
    place: &PlaceId,
    units: &[(Sku, i64)],
    returned: Returned,
    reference: Option<&str>,
) -> Result<()> {
    let kind = match returned {
        Returned::Restock => Kind::ReturnIn,
        Returned::Quarantine => Kind::QuarantineIn,
    };
    move_for_order(tx, now, Move { kind, order, place, reference }, units).await
}

struct Move<'a> {
    kind: Kind,
    order: &'a OrderNumber,
    place: &'a PlaceId,
    reference: Option<&'a str>,
}

/// Moves units for an order, bundles as their components, and then looks whether the order had them: the rows are locked by then.
async fn move_for_order(tx: &Tx, now: Instant, what: Move<'_>, units: &[(Sku, i64)]) -> Result<()> {
    let skus: Vec<Sku> = units.iter().map(|(sku, _)| sku.clone()).collect();
    let bundles: Bundles = storage::bundles::of_skus(tx, &skus).await?;
    let parts = bundles.expand(units.iter().map(|(sku, units)| (sku, *units)));
    let parts = parts.ok_or_else(|| ServiceError::internal("more units than can be counted"))?;
    let mut postings = Vec::new();
    for (sku, units) in parts.iter().filter(|(_, units)| **units != 0) {
        let delta = Delta::of(what.kind, *units);
        let delta = delta.ok_or_else(|| ServiceError::internal(format!("{units} units can't move")))?;
        postings.push(Posting {
            order: Some(what.order.clone()),
            reference: what.reference.map(str::to_owned),
            ..Posting::new(sku, what.place, what.kind, delta)
        });
    }
    if let Err(refused) = post(tx, now, ACTOR, &postings).await? {
        return Err(ServiceError::Stock(refused.into()));
    }
    let held = postings::of_order(tx, what.order).await?;
    match parts.keys().find(|sku| exceeds(&held, sku, &what)) {
        Some(sku) => Err(ServiceError::Stock(not_the_orders(sku, what.place))),
        None => Ok(()),
    }
}

/// True if an order gave away more of a SKU than it held at the place, or got back more than left for it anywhere.
fn exceeds(held: &[Held], sku: &Sku, what: &Move<'_>) -> bool {
    let of_sku = || held.iter().filter(|one| one.sku == *sku);
    let here = of_sku().any(|one| one.place == *what.place && one.reserved < 0);
    here || of_sku().map(|one| one.issued).sum::<i64>() < 0
}

/// An order does not hold, or did not get, so many units.
fn not_the_orders(sku: &Sku, place: &PlaceId) -> StockProblem {
    StockProblem::new(
        format!("{sku} 在 {place} 的数量超过了订单占用或发出的数量。请核对数量。"),
        format!("The order does not hold, or did not get, so many units of {sku} at {place}; check the quantity."),
    )
}
