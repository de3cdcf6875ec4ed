//! Goods of an order that one place sends or hands over at once: a fulfilment, its stages, and the steps between them.

use serde::{Deserialize, Serialize};

/// How the goods reach the shopper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Sent by a carrier.
    Ship,
    /// Handed over in a store.
    PickUp,
}

/// Where a fulfilment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The goods are reserved at the place.
    Allocated,
    /// Somebody gathers and packs them: from now on nothing about them is changed without asking there.
    Picking,
    /// Packed, and waiting for the carrier.
    Packed,
    /// With the carrier.
    Shipped,
    /// With the shopper.
    Delivered,
    /// Waiting for the shopper in the store.
    Ready,
    /// Handed over.
    Collected,
    /// Nobody came for them in time; they are on the shelf again.
    Expired,
    /// The place can't give them; others were asked.
    Refused,
    /// Not wanted any more; they are on the shelf again.
    Cancelled,
    /// The carrier brought them back.
    SentBack,
}

/// What happens to a fulfilment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Somebody at the place begins to gather the goods.
    StartPicking,
    /// They are packed for the carrier.
    Pack,
    /// The carrier took them.
    Ship,
    /// The carrier brought them.
    Deliver,
    /// The carrier could not bring them and gave them back.
    SendBack,
    /// They wait for the shopper.
    MakeReady,
    /// The shopper shows the code and takes them.
    Collect,
    /// The shopper stands at the till and takes them at once.
    HandOver,
    /// The shopper did not come in time.
    Expire,
    /// The place can't give them.
    Refuse,
    /// They are not wanted any more.
    Cancel,
}

/// What a step does to the goods at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goods {
    /// Nothing: they stay reserved, or are gone already.
    Stay,
    /// They are nobody's again: no longer reserved.
    Release,
    /// They leave: fewer on hand, and fewer reserved.
    Issue,
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where the fulfilment stands.
    pub stage: Stage,
    /// What was wanted.
    pub step: Step,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 11] = [
        Self::Allocated,
        Self::Picking,
        Self::Packed,
        Self::Shipped,
        Self::Delivered,
        Self::Ready,
        Self::Collected,
        Self::Expired,
        Self::Refused,
        Self::Cancelled,
        Self::SentBack,
    ];

    /// True if nothing more will happen to these goods within the order.
    #[must_use]
    pub fn is_final(self) -> bool {
        self.has_arrived() || self.came_to_nothing()
    }

    /// True if the shopper has the goods.
    #[must_use]
    pub fn has_arrived(self) -> bool {
        matches!(self, Self::Delivered | Self::Collected)
    }

    /// True if the shopper will not get the goods from this fulfilment.
    #[must_use]
    pub fn came_to_nothing(self) -> bool {
        matches!(self, Self::Expired | Self::Refused | Self::Cancelled | Self::SentBack)
    }

    /// True while the goods are reserved at the place.
    #[must_use]
    pub fn holds_stock(self) -> bool {
        matches!(self, Self::Allocated | Self::Picking | Self::Packed | Self::Ready)
    }

    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Allocated => "allocated",
            Self::Picking => "picking",
            Self::Packed => "packed",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Expired => "expired",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::SentBack => "sent_back",
        }
    }

    /// The stage of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }
}

impl Way {
    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ship => "ship",
            Self::PickUp => "pick_up",
        }
    }

    /// The way of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Ship, Self::PickUp].into_iter().find(|way| way.word() == word)
    }
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 11] = [
        Self::StartPicking,
        Self::Pack,
        Self::Ship,
        Self::Deliver,
        Self::SendBack,
        Self::MakeReady,
        Self::Collect,
        Self::HandOver,
        Self::Expire,
        Self::Refuse,
        Self::Cancel,
    ];
}

/// The stage after a step, and what the step does to the goods.
///
/// # Errors
/// [`Refused`] where the step makes no sense: the same step twice, goods that left already, a pick-up that is packed for a carrier.
pub fn step(way: Way, stage: Stage, step: Step) -> Result<(Stage, Goods), Refused> {
    use {Stage as G, Step as S};
    let next = match (way, stage, step) {
        (_, G::Allocated, S::StartPicking) => (G::Picking, Goods::Stay),
        (Way::Ship, G::Picking, S::Pack) => (G::Packed, Goods::Stay),
        (Way::Ship, G::Packed, S::Ship) => (G::Shipped, Goods::Issue),
        (Way::Ship, G::Shipped, S::Deliver) => (G::Delivered, Goods::Stay),
        (Way::Ship, G::Shipped, S::SendBack) => (G::SentBack, Goods::Stay),
        (Way::PickUp, G::Picking, S::MakeReady) => (G::Ready, Goods::Stay),
        (Way::PickUp, G::Ready, S::Collect) => (G::Collected, Goods::Issue),
        (Way::PickUp, G::Allocated, S::HandOver) => (G::Collected, Goods::Issue),
        (Way::PickUp, G::Ready, S::Expire) => (G::Expired, Goods::Release),
        (_, G::Allocated | G::Picking, S::Refuse) => (G::Refused, Goods::Release),
        (_, G::Allocated | G::Picking | G::Packed | G::Ready, S::Cancel) => (G::Cancelled, Goods::Release),
        _ => return Err(Refused { stage, step }),
    };
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every step that is taken, written out: what is not here is refused.
    const TAKEN: [(Way, Stage, Step, Stage); 24] = {
        use {Stage as G, Step as S, Way as W};
        [
            (W::Ship, G::Allocated, S::StartPicking, G::Picking),
            (W::Ship, G::Picking, S::Pack, G::Packed),
            (W::Ship, G::Packed, S::Ship, G::Shipped),
            (W::Ship, G::Shipped, S::Deliver, G::Delivered),
            (W::Ship, G::Shipped, S::SendBack, G::SentBack),
            (W::Ship, G::Allocated, S::Refuse, G::Refused),
            (W::Ship, G::Picking, S::Refuse, G::Refused),
            (W::Ship, G::Allocated, S::Cancel, G::Cancelled),
            (W::Ship, G::Picking, S::Cancel, G::Cancelled),
            (W::Ship, G::Packed, S::Cancel, G::Cancelled),
            (W::PickUp, G::Allocated, S::StartPicking, G::Picking),
            (W::PickUp, G::Picking, S::MakeReady, G::Ready),
            (W::PickUp, G::Ready, S::Collect, G::Collected),
            (W::PickUp, G::Ready, S::Expire, G::Expired),
            (W::PickUp, G::Allocated, S::HandOver, G::Collected),
            (W::PickUp, G::Allocated, S::Refuse, G::Refused),
            (W::PickUp, G::Picking, S::Refuse, G::Refused),
            (W::PickUp, G::Allocated, S::Cancel, G::Cancelled),
            (W::PickUp, G::Picking, S::Cancel, G::Cancelled),
            (W::PickUp, G::Ready, S::Cancel, G::Cancelled),
            // Stages that the way can't reach are harmless: the stock is released all the same.
            (W::PickUp, G::Packed, S::Cancel, G::Cancelled),
            (W::Ship, G::Ready, S::Cancel, G::Cancelled),
            // Twice the first row, so that the table's length is checked by the compiler and not by counting.
            (W::Ship, G::Allocated, S::StartPicking, G::Picking),
            (W::PickUp, G::Allocated, S::StartPicking, G::Picking),
        ]
    };

    #[test]
    fn every_pair_of_stage_and_step_is_decided() {
        for way in [Way::Ship, Way::PickUp] {
            for stage in Stage::ALL {
                for one in Step::ALL {
                    let row = TAKEN.iter().find(|row| (row.0, row.1, row.2) == (way, stage, one));
                    assert_eq!(
                        step(way, stage, one).map(|next| next.0).ok(),
                        row.map(|row| row.3),
                        "{way:?} {stage:?} {one:?}"
                    );
                }
            }
        }
        assert_eq!(Stage::ALL.map(|stage| Stage::of(stage.word())), Stage::ALL.map(Some));
    }

    proptest! {
        /// Goods that were reserved are released or issued exactly once, whatever is tried in whatever order.
        #[test]
        fn goods_leave_their_reservation_exactly_once(
            ship in any::<bool>(),
            tries in proptest::collection::vec(0..Step::ALL.len(), 0..40),
        ) {
            let way = if ship { Way::Ship } else { Way::PickUp };
            let (mut stage, mut left) = (Stage::Allocated, 0);
            for at in tries {
                if let Ok((next, goods)) = step(way, stage, Step::ALL[at]) {
                    prop_assert!(!stage.is_final(), "{stage:?}");
                    left += i32::from(goods != Goods::Stay);
                    stage = next;
                }
                prop_assert_eq!(left, i32::from(!stage.holds_stock()));
                if stage.has_arrived() {
                    prop_assert_eq!(stage, if ship { Stage::Delivered } else { Stage::Collected });
                }
            }
        }
    }
}
