//! Where an order stands as a whole: a function of its payment and its fulfilments, so that it can't disagree with them.

use crate::{Stage, Way};
use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The goods are reserved; the shopper has still to pay, or the payment is on its way.
    AwaitingPayment,
    /// Taken; nobody has begun to gather the goods.
    Placed,
    /// Some goods are being gathered, packed, on their way or with the shopper, and others are not yet.
    InWork,
    /// All that is still to come waits in the store.
    Ready,
    /// All that is still to come is with the carrier.
    Shipped,
    /// The shopper has all goods that were not cancelled.
    Completed,
    /// Nothing of it reaches the shopper.
    Cancelled,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::AwaitingPayment,
        Self::Placed,
        Self::InWork,
        Self::Ready,
        Self::Shipped,
        Self::Completed,
        Self::Cancelled,
    ];

    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AwaitingPayment => "awaiting_payment",
            Self::Placed => "placed",
            Self::InWork => "in_work",
            Self::Ready => "ready",
            Self::Shipped => "shipped",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The standing of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// True if goods may still come.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Completed | Self::Cancelled)
    }
}

/// Where an order stands whose payment is agreed (`paid`: authorised, captured, or to be made on delivery or at the till), by its
/// fulfilments. One that a place refused counts for nothing: its goods are in another.
#[must_use]
pub fn stands(paid: bool, fulfilments: &[(Way, Stage)]) -> Standing {
    let all: Vec<Stage> = fulfilments.iter().map(|one| one.1).filter(|stage| *stage != Stage::Refused).collect();
    let open: Vec<Stage> = all.iter().copied().filter(|stage| !stage.is_final()).collect();
    if open.is_empty() {
        let arrived = all.iter().any(|stage| stage.has_arrived());
        return if arrived { Standing::Completed } else { Standing::Cancelled };
    }
    if !paid {
        return Standing::AwaitingPayment;
    }
    if all.iter().all(|stage| *stage == Stage::Allocated || stage.came_to_nothing()) {
        return Standing::Placed;
    }
    if open.iter().all(|stage| *stage == Stage::Ready) {
        return Standing::Ready;
    }
    if open.iter().all(|stage| *stage == Stage::Shipped) {
        return Standing::Shipped;
    }
    Standing::InWork
}

#[cfg(test)]
mod tests {
    use super::*;
    use Stage as G;

    #[test]
    fn the_whole_follows_from_its_parts() {
        let rows: [(bool, &[Stage], Standing); 14] = [
            (true, &[G::Allocated], Standing::Placed),
            (false, &[G::Allocated], Standing::AwaitingPayment),
            (false, &[G::Cancelled], Standing::Cancelled),
            (true, &[G::Allocated, G::Cancelled], Standing::Placed),
            (true, &[G::Allocated, G::Refused], Standing::Placed),
            (true, &[G::Allocated, G::Picking], Standing::InWork),
            (true, &[G::Shipped, G::Packed], Standing::InWork),
            (true, &[G::Shipped, G::Delivered], Standing::Shipped),
            (true, &[G::Ready, G::Collected], Standing::Ready),
            (true, &[G::Delivered, G::Delivered], Standing::Completed),
            (true, &[G::Delivered, G::Cancelled], Standing::Completed),
            (true, &[G::Expired], Standing::Cancelled),
            (true, &[G::SentBack], Standing::Cancelled),
            (true, &[G::Delivered, G::Allocated], Standing::InWork),
        ];
        for (paid, stages, standing) in rows {
            let parts: Vec<_> = stages.iter().map(|stage| (Way::Ship, *stage)).collect();
            assert_eq!(stands(paid, &parts), standing, "{stages:?}");
        }
        assert_eq!(Standing::ALL.map(|one| Standing::of(one.word())), Standing::ALL.map(Some));
    }
}
