//! Goods that a place could not give are asked of the others.

use super::{
    allocation::{Wanted, needs},
    change::Change,
};
use crate::{
    Result,
    stock::{Allocated, AllocationAsk, Need, allocate},
};
use ids::PlaceId;
use orders::Event;
use std::collections::BTreeSet;
use storage::fulfilments::{FulfilmentLine, FulfilmentRow};

/// What other places give, and what nobody has.
pub(crate) struct Found {
    /// What was found, as it was asked for.
    pub(crate) wanted: Vec<Wanted>,
    pub(crate) allocated: Allocated,
    pub(crate) missing: Vec<FulfilmentLine>,
}

/// Reserves goods at places that have not refused; what is picked up in a store comes from no other.
pub(crate) async fn again(change: &Change<'_>, lines: &[FulfilmentLine], refused: &[PlaceId]) -> Result<Found> {
    let exclude: BTreeSet<PlaceId> = refused.iter().cloned().collect();
    let (mut left, mut missing) = (lines.to_vec(), Vec::new());
    loop {
        let wanted: Vec<Wanted> = left.iter().map(Wanted::from).collect();
        let ask = AllocationAsk {
            in_hand: false,
            active: &change.active,
            order: &change.order.number,
            needs: &needs(&wanted),
            delivery: &change.order.delivery,
            channel: &change.order.channel,
            region: None,
            exclude: &exclude,
            now: change.now,
        };
        match allocate(change.tx, &ask).await? {
            Ok(allocated) => return Ok(Found { wanted, allocated, missing }),
            Err(shorts) => {
                for short in shorts {
                    let lacking = short.need.quantity - short.available;
                    take_out(&mut left, &mut missing, &short.need, lacking);
                }
            }
        }
    }
}

/// Moves so many units of a need from what is wanted to what is missing.
fn take_out(wanted: &mut Vec<FulfilmentLine>, missing: &mut Vec<FulfilmentLine>, need: &Need, units: i64) {
    let mut left = units;
    for line in wanted.iter_mut().filter(|line| line.sku == need.sku && line.gift == need.gift) {
        let gone = left.min(line.quantity);
        if gone > 0 {
            (line.quantity, left) = (line.quantity - gone, left - gone);
            missing.push(FulfilmentLine { quantity: gone, ..line.clone() });
        }
    }
    wanted.retain(|line| line.quantity > 0);
}

/// From where goods come, for the timeline.
pub(crate) fn event(part: &FulfilmentRow, allocated: &Allocated) -> Event {
    Event::Sourced {
        fulfilment: part.id.clone(),
        place: part.place.clone(),
        why: allocated.why.clone(),
        strategy: allocated.strategy.clone(),
    }
}
