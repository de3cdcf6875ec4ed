//! What may still be changed about an order, and by whom.

use crate::{Stage, Way};

/// A shopper may change the address for so long after the order was placed, if nobody began to gather the goods.
pub const CHANGE_MS: i64 = 24 * 3_600_000;

/// What somebody wants to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another address to send to.
    Address,
    /// The whole order, or what is left of it, is not wanted.
    Cancel,
}

/// Why it can't be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoChange {
    /// Somebody gathers the goods already, or they left.
    Begun,
    /// It was placed too long ago.
    TooLate,
    /// Nothing of it is still to come.
    Over,
    /// Nothing of it is sent anywhere.
    NotSent,
}

/// Whether a change is still possible. `by_staff` is true for the shop's own people, who may cancel what is being gathered and are bound by no
/// hours; goods that left can only come back.
///
/// # Errors
/// [`NoChange`] with the first reason.
pub fn may_change(
    change: Change,
    by_staff: bool,
    since_placed_ms: i64,
    parts: &[(Way, Stage)],
) -> Result<(), NoChange> {
    let mut open = parts.iter().filter(|(_, stage)| !stage.is_final()).peekable();
    if open.peek().is_none() {
        return Err(NoChange::Over);
    }
    let begun = match (change, by_staff) {
        (Change::Cancel, true) => open.all(|(_, stage)| *stage == Stage::Shipped),
        (Change::Cancel, false) => {
            // What waits in the store is not wanted either if the shopper does not come for it.
            open.any(|(_, stage)| !matches!(stage, Stage::Allocated | Stage::Ready))
        }
        (Change::Address, _) => open.any(|(way, stage)| *way == Way::Ship && *stage != Stage::Allocated),
    };
    if begun {
        return Err(NoChange::Begun);
    }
    if change == Change::Address && !parts.iter().any(|(way, stage)| *way == Way::Ship && !stage.is_final()) {
        return Err(NoChange::NotSent);
    }
    if change == Change::Address && !by_staff && since_placed_ms > CHANGE_MS {
        return Err(NoChange::TooLate);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use {Change as C, Stage as G, Way as W};

    #[test]
    fn what_has_begun_stays_as_it_is() {
        let hour = 3_600_000;
        type Row<'r> = (Change, bool, i64, &'r [(Way, Stage)], Result<(), NoChange>);
        let rows: [Row; 14] = [
            (C::Address, false, 0, &[(W::Ship, G::Allocated)], Ok(())),
            (C::Address, false, 24 * hour, &[(W::Ship, G::Allocated)], Ok(())),
            (C::Address, false, 24 * hour + 1, &[(W::Ship, G::Allocated)], Err(NoChange::TooLate)),
            (C::Address, true, 48 * hour, &[(W::Ship, G::Allocated)], Ok(())),
            (C::Address, true, 0, &[(W::Ship, G::Picking)], Err(NoChange::Begun)),
            (C::Address, false, 0, &[(W::Ship, G::Allocated), (W::Ship, G::Shipped)], Err(NoChange::Begun)),
            (C::Address, false, 0, &[(W::PickUp, G::Allocated)], Err(NoChange::NotSent)),
            (C::Address, false, 0, &[(W::Ship, G::Delivered)], Err(NoChange::Over)),
            (C::Cancel, false, 48 * hour, &[(W::Ship, G::Allocated)], Ok(())),
            (C::Cancel, false, 0, &[(W::PickUp, G::Ready)], Ok(())),
            (C::Cancel, false, 0, &[(W::Ship, G::Picking)], Err(NoChange::Begun)),
            (C::Cancel, true, 0, &[(W::Ship, G::Packed)], Ok(())),
            (C::Cancel, true, 0, &[(W::Ship, G::Shipped)], Err(NoChange::Begun)),
            (C::Cancel, true, 0, &[(W::Ship, G::Cancelled)], Err(NoChange::Over)),
        ];
        for (change, by_staff, since, parts, answer) in rows {
            assert_eq!(may_change(change, by_staff, since, parts), answer, "{change:?} {by_staff} {since} {parts:?}");
        }
    }
}
