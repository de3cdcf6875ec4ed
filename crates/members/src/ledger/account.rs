//! The accounts, each with its stable name.

use ids::{GiftCardId, MemberId, PaymentId};
use std::{fmt, str::FromStr};

/// An account. Its name, which the database keeps, is what [`fmt::Display`] writes and [`FromStr`] reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Points that a member may spend.
    PointsAvailable(MemberId),
    /// Points that a member earned and may spend when the time for returns is over.
    PointsPending(MemberId),
    /// The other side of points that were earned.
    PointsIssued,
    /// The other side of points that were spent.
    PointsSpent,
    /// The other side of points whose time was over.
    PointsExpired,
    /// The other side of points that staff gave or took, and of what members had before there was a ledger.
    PointsAdjusted,
    /// Money that a member stored with the shop.
    Value(MemberId),
    /// Money on a gift card.
    GiftCard(GiftCardId),
    /// Money that was taken from a purse for a payment and not yet earned by the shop.
    Held(PaymentId),
    /// The other side of money that came in or went out by a way of paying (`cash`, `stripe`).
    Clearing(String),
    /// The other side of stored money that paid for goods.
    Redeemed,
    /// The other side of money on gift cards that nobody will claim.
    Breakage,
    /// The other side of money that staff gave or took with a reason.
    ValueAdjusted,
}

/// A text that names no account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownAccount(pub String);

impl fmt::Display for UnknownAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no kind of account called {:?}", self.0)
    }
}

impl std::error::Error for UnknownAccount {}

impl Account {
    /// True for what belongs to somebody and so can't be below zero. Only these accounts have a stored balance: the others are sums that
    /// nobody waits for, and a row of theirs would be wanted by every order at once.
    #[must_use]
    pub fn is_guarded(&self) -> bool {
        matches!(
            self,
            Self::PointsAvailable(_) | Self::PointsPending(_) | Self::Value(_) | Self::GiftCard(_) | Self::Held(_)
        )
    }

    fn parts(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::PointsAvailable(member) => ("points-available", Some(member.as_str())),
            Self::PointsPending(member) => ("points-pending", Some(member.as_str())),
            Self::PointsIssued => ("points-issued", None),
            Self::PointsSpent => ("points-spent", None),
            Self::PointsExpired => ("points-expired", None),
            Self::PointsAdjusted => ("points-adjusted", None),
            Self::Value(member) => ("value", Some(member.as_str())),
            Self::GiftCard(card) => ("gift-card", Some(card.as_str())),
            Self::Held(payment) => ("held", Some(payment.as_str())),
            Self::Clearing(tender) => ("clearing", Some(tender)),
            Self::Redeemed => ("redeemed", None),
            Self::Breakage => ("breakage", None),
            Self::ValueAdjusted => ("value-adjusted", None),
        }
    }

    fn whole(kind: &str) -> Option<Self> {
        Some(match kind {
            "points-issued" => Self::PointsIssued,
            "points-spent" => Self::PointsSpent,
            "points-expired" => Self::PointsExpired,
            "points-adjusted" => Self::PointsAdjusted,
            "redeemed" => Self::Redeemed,
            "breakage" => Self::Breakage,
            "value-adjusted" => Self::ValueAdjusted,
            _ => return None,
        })
    }

    fn of(kind: &str, owner: &str) -> Option<Self> {
        let member = || MemberId::new(owner).ok();
        Some(match kind {
            "points-available" => Self::PointsAvailable(member()?),
            "points-pending" => Self::PointsPending(member()?),
            "value" => Self::Value(member()?),
            "gift-card" => Self::GiftCard(GiftCardId::new(owner).ok()?),
            "held" => Self::Held(PaymentId::new(owner).ok()?),
            "clearing" if !owner.is_empty() => Self::Clearing(owner.to_owned()),
            _ => return None,
        })
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (kind, Some(owner)) => write!(f, "{kind}:{owner}"),
            (kind, None) => f.write_str(kind),
        }
    }
}

impl FromStr for Account {
    type Err = UnknownAccount;

    fn from_str(text: &str) -> Result<Self, UnknownAccount> {
        let account = match text.split_once(':') {
            Some((kind, owner)) => Self::of(kind, owner),
            None => Self::whole(text),
        };
        account.ok_or_else(|| UnknownAccount(text.to_owned()))
    }
}
