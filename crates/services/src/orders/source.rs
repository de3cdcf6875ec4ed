//! Where the goods of an order come from: simple and always the same; a pick-up takes from its store, a delivery from the central
//! warehouse, then the regional ones, then the stores.

use crate::{Result, active::Active};
use ids::{PlaceId, Sku};
use storage::{
    Tx,
    stock::{self, Movement, StockRow},
};
use wire::{Delivery, PlaceKind};

/// Units wanted of a SKU, and whether they are a gift.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) sku: Sku,
    pub(super) quantity: i64,
    pub(super) gift: bool,
}

/// The places to take from, first the best.
fn places<'a>(active: &'a Active, delivery: &'a Delivery) -> Vec<&'a PlaceId> {
    if let Delivery::PickUp { store } = delivery {
        return vec![store];
    }
    let rank = |kind: PlaceKind| match kind {
        PlaceKind::Central => 0,
        PlaceKind::Regional => 1,
        PlaceKind::Store => 2,
    };
    let mut places: Vec<_> = active.catalogue.places.iter().map(|place| &place.wire).collect();
    places.sort_by(|a, b| rank(a.kind).cmp(&rank(b.kind)).then_with(|| a.id.cmp(&b.id)));
    places.into_iter().map(|place| &place.id).collect()
}

/// What was reserved, and the wants that could not be met with the units that could be had.
pub(super) struct Reserved {
    pub(super) movements: Vec<Movement>,
    pub(super) short: Vec<(Wanted, i64)>,
}

/// Reserves all that is wanted. SKUs are taken in their order, so that two orders never wait for each other.
pub(super) async fn reserve(tx: &Tx, active: &Active, delivery: &Delivery, mut wanted: Vec<Wanted>) -> Result<Reserved> {
    wanted.sort_by(|a, b| a.sku.cmp(&b.sku).then(a.gift.cmp(&b.gift)));
    let places = places(active, delivery);
    let mut reserved = Reserved { movements: Vec::new(), short: Vec::new() };
    for want in wanted {
        let left = take(tx, &places, &want, &mut reserved.movements).await?;
        if left > 0 {
            let had = want.quantity - left;
            reserved.short.push((want, had));
        }
    }
    Ok(reserved)
}

/// Takes from one place after another; returns what is still wanted.
async fn take(tx: &Tx, places: &[&PlaceId], want: &Wanted, movements: &mut Vec<Movement>) -> Result<i64> {
    let rows = stock::of_skus(tx, std::slice::from_ref(&want.sku)).await?;
    let mut left = want.quantity;
    for place in places {
        let available = rows.iter().find(|row| row.place == **place).map_or(0, StockRow::available);
        let quantity = available.min(left);
        if quantity > 0 && stock::reserve(tx, &want.sku, place, quantity).await? {
            let (sku, place) = (want.sku.clone(), (*place).clone());
            movements.push(Movement { sku, place, kind: "reserve", quantity });
            left -= quantity;
        }
    }
    Ok(left)
}
