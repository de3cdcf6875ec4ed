//! What happened to an order, in the order in which it happened: one list, of which everybody reads as much as is theirs.

use ids::{FulfilmentId, PaymentId, PlaceId, ReturnId};
use serde::{Deserialize, Serialize};

/// Who may read an event; each sees what those before see, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The shopper.
    Shopper,
    /// The people of the store.
    Clerk,
    /// The shop's service.
    Service,
}

/// Something that happened to an order. Events name no person; who did it stands beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The order was taken.
    Placed,
    /// All that was to be paid at once is authorised.
    Paid,
    /// A payment went through, failed, or was given up.
    Payment {
        /// Which.
        payment: PaymentId,
        /// By what.
        tender: String,
        /// What became of it: `captured`, `failed`, `voided`, `late`, or `dropped` by its provider though the order counts on it.
        state: String,
        /// In minor units.
        amount: i64,
    },
    /// From where goods come, and why from there.
    Sourced {
        /// Which goods.
        fulfilment: FulfilmentId,
        /// From where.
        place: PlaceId,
        /// The reasons in words.
        why: pricing::Text,
        /// The strategy that chose.
        strategy: String,
    },
    /// Somebody began to gather goods.
    Picking {
        /// Which goods.
        fulfilment: FulfilmentId,
    },
    /// Goods are packed.
    Packed {
        /// Which goods.
        fulfilment: FulfilmentId,
    },
    /// The carrier took goods.
    Shipped {
        /// Which goods.
        fulfilment: FulfilmentId,
        /// The carrier's name.
        carrier: String,
        /// The carrier's number.
        tracking: String,
    },
    /// The carrier tells where goods are.
    Tracked {
        /// Which goods.
        fulfilment: FulfilmentId,
        /// In the carrier's words.
        news: String,
    },
    /// The carrier brought goods.
    Delivered {
        /// Which goods.
        fulfilment: FulfilmentId,
    },
    /// The carrier gave goods back.
    SentBack {
        /// Which goods.
        fulfilment: FulfilmentId,
        /// Why.
        why: String,
    },
    /// Goods wait for the shopper.
    Ready {
        /// Which goods.
        fulfilment: FulfilmentId,
        /// Until when.
        until: pricing::Instant,
    },
    /// Goods were handed over.
    Collected {
        /// Which goods.
        fulfilment: FulfilmentId,
    },
    /// Nobody came for goods.
    Expired {
        /// Which goods.
        fulfilment: FulfilmentId,
    },
    /// A place can't give goods.
    Refused {
        /// Which goods.
        fulfilment: FulfilmentId,
        /// Why, in the words of the place.
        why: String,
    },
    /// Goods are nowhere: they were cancelled for the shopper.
    Missing {
        /// How many units.
        units: i64,
    },
    /// The address was changed.
    AddressChanged,
    /// Some or all of it was cancelled.
    Cancelled {
        /// The refund that belongs to it.
        refund: ReturnId,
        /// How many units.
        units: i64,
        /// Why, if it was said.
        why: String,
    },
    /// Goods came back.
    Returned {
        /// The receipt of the return.
        refund: ReturnId,
        /// How many units.
        units: i64,
        /// What is refunded, in minor units.
        amount: i64,
    },
    /// Money was given back by a tender.
    Refunded {
        /// By what.
        tender: String,
        /// In minor units.
        amount: i64,
        /// `done`, `pending` or `failed`.
        state: String,
    },
    /// Somebody of the shop wrote something down.
    Note {
        /// What.
        text: String,
    },
}

impl Event {
    /// The event without what somebody said in their own words, which may tell of a person: those words stand sealed beside the goods or the refund that
    /// the event names.
    #[must_use]
    pub fn without_words(&self) -> Self {
        let mut event = self.clone();
        if let Self::SentBack { why, .. } | Self::Refused { why, .. } | Self::Cancelled { why, .. } = &mut event {
            why.clear();
        }
        event
    }

    /// The goods whose row has the words of [`Event::without_words`].
    #[must_use]
    pub fn words_of(&mut self) -> Option<(&FulfilmentId, &mut String)> {
        match self {
            Self::SentBack { fulfilment, why } | Self::Refused { fulfilment, why } => Some((fulfilment, why)),
            _ => None,
        }
    }

    /// Who may read it.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Self::Sourced { .. } | Self::Picking { .. } | Self::Refused { .. } | Self::Note { .. } => Level::Clerk,
            Self::Payment { state, .. } if state == "failed" => Level::Service,
            Self::Payment { state, .. } if state == "dropped" => Level::Clerk,
            Self::Refunded { state, .. } if state == "failed" => Level::Service,
            _ => Level::Shopper,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shoppers_do_not_read_what_is_said_among_the_shops_people() {
        let note = Event::Note { text: "rang twice".to_owned() };
        assert_eq!((note.level(), Event::Placed.level()), (Level::Clerk, Level::Shopper));
        assert!(Level::Shopper < Level::Clerk && Level::Clerk < Level::Service);
    }

    #[test]
    fn what_somebody_said_is_not_in_what_is_kept() {
        let fulfilment = FulfilmentId::new("f1").unwrap();
        let (place, why) = (fulfilment.clone(), "Mr Li was out".to_owned());
        let refund = ReturnId::new("r1").unwrap();
        for event in [
            Event::SentBack { fulfilment, why: why.clone() },
            Event::Refused { fulfilment: place, why: why.clone() },
            Event::Cancelled { refund, units: 1, why: why.clone() },
        ] {
            let text = format!("{:?}", event.without_words());
            assert!(!text.contains(&why), "{text}");
        }
        assert_eq!(Event::Paid.without_words(), Event::Paid);
    }
}
