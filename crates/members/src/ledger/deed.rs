//! What can happen, each with its two sides. Nobody else makes postings.

use super::{Account, BadEntry, Entry, Posting, Unit};
use ids::{GiftCardId, MemberId, PaymentId};
use money::Currency;

/// Where stored money lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purse {
    /// With the member.
    Member(MemberId),
    /// On a gift card.
    Card(GiftCardId),
}

impl Purse {
    /// Its account.
    #[must_use]
    pub fn account(&self) -> Account {
        match self {
            Self::Member(member) => Account::Value(member.clone()),
            Self::Card(card) => Account::GiftCard(card.clone()),
        }
    }
}

/// What happened to points or stored money. Amounts are positive unless a deed says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed<'a> {
    /// What a member had before there was a ledger.
    Opening(&'a MemberId),
    /// An order earned points; they wait for the time for returns to end.
    Earn(&'a MemberId),
    /// Points that waited may be spent.
    Release(&'a MemberId),
    /// Earned points are taken back: `pending` of those that wait, the rest of those that may be spent.
    ClawBack {
        /// Whose.
        member: &'a MemberId,
        /// How many are taken of those that wait.
        pending: i64,
    },
    /// Points paid for a part of an order.
    Spend(&'a MemberId),
    /// Spent points come back.
    GiveBack(&'a MemberId),
    /// The time of points that could be spent is over.
    Expire(&'a MemberId),
    /// Staff gave points, or took some for a negative amount.
    Adjust(&'a MemberId),
    /// A member stored money, paid by a tender.
    TopUp {
        /// Whose.
        member: &'a MemberId,
        /// How it was paid.
        tender: &'a str,
    },
    /// A gift card was sold, paid by a tender.
    IssueCard {
        /// Which.
        card: &'a GiftCardId,
        /// How it was paid.
        tender: &'a str,
    },
    /// What was on a gift card is with a member now.
    RedeemCard {
        /// Which.
        card: &'a GiftCardId,
        /// Whose it is now.
        member: &'a MemberId,
    },
    /// Money is set apart for a payment.
    Hold {
        /// Of which purse.
        purse: &'a Purse,
        /// For which.
        payment: &'a PaymentId,
    },
    /// What was set apart is the shop's.
    Capture {
        /// For which.
        payment: &'a PaymentId,
    },
    /// What was set apart goes back to its purse.
    Free {
        /// To which.
        purse: &'a Purse,
        /// For which.
        payment: &'a PaymentId,
    },
    /// What the shop had earned goes back to the purse.
    Refund {
        /// To which.
        purse: &'a Purse,
    },
    /// What the shop had earned is paid out by a tender, because the purse is not there any more.
    PayOut {
        /// How it is paid.
        tender: &'a str,
    },
    /// What is on a gift card is given up.
    Break(&'a GiftCardId),
    /// Staff gave stored money, or took some for a negative amount.
    AdjustValue(&'a MemberId),
}

impl Deed<'_> {
    /// The stable word of this kind, which the database keeps.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Opening(_) => "opening",
            Self::Earn(_) => "earn",
            Self::Release(_) => "release",
            Self::ClawBack { .. } => "claw-back",
            Self::Spend(_) => "spend",
            Self::GiveBack(_) => "give-back",
            Self::Expire(_) => "expire",
            Self::Adjust(_) => "adjust",
            Self::TopUp { .. } => "top-up",
            Self::IssueCard { .. } => "card-issue",
            Self::RedeemCard { .. } => "card-redeem",
            Self::Hold { .. } => "hold",
            Self::Capture { .. } => "capture",
            Self::Free { .. } => "free",
            Self::Refund { .. } => "refund",
            Self::PayOut { .. } => "pay-out",
            Self::Break(_) => "breakage",
            Self::AdjustValue(_) => "adjust-value",
        }
    }

    /// From which account to which. A claw-back has two sources and is written by [`Deed::points`] itself.
    fn way(&self) -> (Account, Account) {
        use Account as A;
        match *self {
            Self::Opening(member) | Self::Adjust(member) => (A::PointsAdjusted, A::PointsAvailable(member.clone())),
            Self::Earn(member) => (A::PointsIssued, A::PointsPending(member.clone())),
            Self::Release(member) => (A::PointsPending(member.clone()), A::PointsAvailable(member.clone())),
            Self::ClawBack { member, .. } => (A::PointsAvailable(member.clone()), A::PointsIssued),
            Self::Spend(member) => (A::PointsAvailable(member.clone()), A::PointsSpent),
            Self::GiveBack(member) => (A::PointsSpent, A::PointsAvailable(member.clone())),
            Self::Expire(member) => (A::PointsAvailable(member.clone()), A::PointsExpired),
            Self::TopUp { member, tender } => (A::Clearing(tender.to_owned()), A::Value(member.clone())),
            Self::IssueCard { card, tender } => (A::Clearing(tender.to_owned()), A::GiftCard(card.clone())),
            Self::RedeemCard { card, member } => (A::GiftCard(card.clone()), A::Value(member.clone())),
            Self::Hold { purse, payment } => (purse.account(), A::Held(payment.clone())),
            Self::Capture { payment } => (A::Held(payment.clone()), A::Redeemed),
            Self::Free { purse, payment } => (A::Held(payment.clone()), purse.account()),
            Self::Refund { purse } => (A::Redeemed, purse.account()),
            Self::PayOut { tender } => (A::Redeemed, A::Clearing(tender.to_owned())),
            Self::Break(card) => (A::GiftCard(card.clone()), A::Breakage),
            Self::AdjustValue(member) => (A::ValueAdjusted, A::Value(member.clone())),
        }
    }

    /// The entry of so many points.
    ///
    /// # Errors
    /// For no points, and for more pending ones in a claw-back than there are in all.
    pub fn points(&self, reference: impl Into<String>, points: i64) -> Result<Entry, BadEntry> {
        let Self::ClawBack { member, pending } = *self else { return self.entry(reference, Unit::Points, points) };
        let available =
            points.checked_sub(pending).filter(|rest| *rest >= 0 && pending >= 0).ok_or(BadEntry::Nothing)?;
        let sides = [
            (Account::PointsPending(member.clone()), -pending),
            (Account::PointsAvailable(member.clone()), -available),
            (Account::PointsIssued, points),
        ];
        let moved = sides.into_iter().filter(|(_, amount)| *amount != 0);
        let postings = moved.map(|(account, amount)| Posting { account, unit: Unit::Points, amount });
        Entry::new(self.word(), reference, postings.collect())
    }

    /// The entry of an amount of money in minor units.
    ///
    /// # Errors
    /// For no money.
    pub fn money(&self, reference: impl Into<String>, minor: i64, currency: Currency) -> Result<Entry, BadEntry> {
        self.entry(reference, Unit::Money(currency), minor)
    }

    fn entry(&self, reference: impl Into<String>, unit: Unit, amount: i64) -> Result<Entry, BadEntry> {
        let may_be_negative = matches!(self, Self::Adjust(_) | Self::AdjustValue(_));
        if amount == 0 || (amount < 0 && !may_be_negative) {
            return Err(BadEntry::Nothing);
        }
        let (from, to) = self.way();
        let less = amount.checked_neg().ok_or(BadEntry::Overflow)?;
        let postings = vec![Posting { account: from, unit, amount: less }, Posting { account: to, unit, amount }];
        Entry::new(self.word(), reference, postings)
    }
}
