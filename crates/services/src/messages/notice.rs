//! What messages tell, and how they look when they leave.

use ids::{CouponCode, OrderNumber};
use money::{Currency, Locale};
use pricing::{Instant, Text};
use serde::{Deserialize, Serialize};

/// What a message tells. Amounts are minor units. Its JSON is what a webhook gets as `data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// The order was taken.
    OrderPlaced {
        /// Which.
        order: OrderNumber,
        /// What it costs.
        payable: i64,
        /// In which currency.
        currency: Currency,
    },
    /// The goods wait in the store.
    OrderReady {
        /// Which.
        order: OrderNumber,
        /// The store's name.
        store: Text,
        /// What the shopper tells or shows there.
        code: String,
        /// Until when they wait; none for as long as it takes.
        until: Option<Instant>,
    },
    /// A parcel left.
    OrderShipped {
        /// Which.
        order: OrderNumber,
        /// Who carries it.
        carrier: Text,
        /// Its number there, or empty.
        tracking: String,
    },
    /// A parcel arrived, or the goods were handed over.
    OrderDelivered {
        /// Which.
        order: OrderNumber,
    },
    /// The order, or a part of it, will not come.
    OrderCancelled {
        /// Which.
        order: OrderNumber,
        /// Why, or empty.
        reason: Text,
    },
    /// Money went back.
    Refunded {
        /// Of which order.
        order: OrderNumber,
        /// How much.
        amount: i64,
        /// In which currency.
        currency: Currency,
    },
    /// Goods that came back were taken.
    ReturnTaken {
        /// Of which order.
        order: OrderNumber,
        /// How many units.
        units: i64,
    },
    /// A payment that was in doubt has come.
    PaymentReceived {
        /// Of which order.
        order: OrderNumber,
        /// How much.
        amount: i64,
        /// In which currency.
        currency: Currency,
    },
    /// Points lapse soon.
    PointsExpiring {
        /// How many.
        points: i64,
        /// When.
        on: Instant,
    },
    /// The member's level is another one.
    LevelChanged {
        /// The level's name.
        level: Text,
    },
    /// The member's data were exported, by the member or by the shop's own people: who did not ask for it should know.
    DataExported,
    /// A coupon was put into the member's wallet. It advertises, so it goes only to members who allowed that.
    CouponIssued {
        /// Its name.
        name: Text,
        /// Its code.
        code: CouponCode,
        /// Until when.
        until: Option<Instant>,
    },
}

/// Who gets a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The name, or empty.
    pub name: String,
    /// The telephone in E.164 form, or empty.
    pub phone: String,
    /// The e-mail address, if one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A message, ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Stays the same however often the message is sent, so that who gets it twice can tell.
    pub id: String,
    /// By which way it leaves.
    pub way: String,
    /// Who gets it.
    pub to: Recipient,
    /// In which language.
    pub locale: Locale,
    /// A line.
    pub subject: String,
    /// All of it, plain.
    pub text: String,
    /// What it tells, for who writes texts of their own.
    pub notice: Notice,
    /// When it was written down.
    pub created_at: Instant,
    /// Which try this is, from 1.
    pub attempt: i64,
}

impl Notice {
    /// The word that is stored and that a webhook reads.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::OrderPlaced { .. } => "order_placed",
            Self::OrderReady { .. } => "order_ready",
            Self::OrderShipped { .. } => "order_shipped",
            Self::OrderDelivered { .. } => "order_delivered",
            Self::OrderCancelled { .. } => "order_cancelled",
            Self::Refunded { .. } => "refunded",
            Self::ReturnTaken { .. } => "return_taken",
            Self::PaymentReceived { .. } => "payment_received",
            Self::PointsExpiring { .. } => "points_expiring",
            Self::LevelChanged { .. } => "level_changed",
            Self::DataExported => "data_exported",
            Self::CouponIssued { .. } => "coupon_issued",
        }
    }

    /// The order that it tells of.
    #[must_use]
    pub fn order(&self) -> Option<&OrderNumber> {
        match self {
            Self::OrderPlaced { order, .. }
            | Self::OrderReady { order, .. }
            | Self::OrderShipped { order, .. }
            | Self::OrderDelivered { order }
            | Self::OrderCancelled { order, .. }
            | Self::Refunded { order, .. }
            | Self::ReturnTaken { order, .. }
            | Self::PaymentReceived { order, .. } => Some(order),
            Self::PointsExpiring { .. }
            | Self::LevelChanged { .. }
            | Self::DataExported
            | Self::CouponIssued { .. } => None,
        }
    }

    /// True if it advertises: then it needs the member's consent.
    #[must_use]
    pub fn advertises(&self) -> bool {
        matches!(self, Self::CouponIssued { .. })
    }
}
