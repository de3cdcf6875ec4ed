//! Why a promotion gave nothing: a closed, ordered list of reasons with their numbers.

use crate::{quote::Need, text::Text, time::Instant};
use ids::{LevelId, PromotionId};
use serde::{Deserialize, Serialize};

/// Why a promotion gave nothing. Amounts are minor units. The order is the order of precedence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// The price book knows no such code.
    UnknownCode,
    /// The schedule begins later.
    NotStarted {
        /// When it begins.
        starts: Instant,
    },
    /// The schedule is over.
    Ended {
        /// When it ended.
        ended: Instant,
    },
    /// Every order that may use it has done so.
    UsedUp {
        /// The limit over all orders.
        limit: i64,
    },
    /// It was given on every unit that it may be given on.
    UnitsUsedUp {
        /// The limit of units over all orders.
        limit: i64,
    },
    /// This member has used it as often as allowed.
    UsedByMember {
        /// The limit per member.
        limit: i64,
    },
    /// The promotion's budget is spent.
    BudgetSpent,
    /// Only for members; the shopper is not signed in.
    SignInNeeded,
    /// Needs one of these member levels.
    LevelNeeded {
        /// The levels that qualify.
        levels: Vec<LevelId>,
    },
    /// Needs one of these member tags.
    TagNeeded {
        /// The tags that qualify.
        tags: Vec<String>,
    },
    /// Only for the member's n-th order.
    OrderNumber {
        /// The order that qualifies; 1 is the first.
        needed: i64,
        /// The order that this is.
        actual: i64,
    },
    /// Only in the month of the member's birthday.
    OtherMonth {
        /// That month, from 1 to 12; none if the member has not told it.
        needed: Option<u8>,
    },
    /// Only at certain hours of the week.
    OutsideHours {
        /// When the next of them begin, if any do.
        next: Option<Instant>,
    },
    /// The hours of the week are not computed for this instant; the price book must be published again.
    WindowsUnknown {
        /// Computed from then on.
        from: Instant,
        /// Computed until then.
        until: Instant,
    },
    /// Only in these channels.
    OtherChannel {
        /// The channels that qualify.
        channels: Vec<String>,
    },
    /// Only in these stores.
    OtherStore {
        /// The stores that qualify.
        stores: Vec<String>,
    },
    /// Only in these regions.
    OtherRegion {
        /// The regions that qualify.
        regions: Vec<String>,
    },
    /// Only with these tenders.
    OtherTender {
        /// The tenders that qualify.
        tenders: Vec<String>,
    },
    /// Only with these shipping methods.
    OtherShipping {
        /// The methods that qualify.
        methods: Vec<String>,
    },
    /// The goods that count are worth too little.
    BelowSubtotal {
        /// What is needed.
        needed: i64,
        /// What there is.
        actual: i64,
    },
    /// The goods that count are worth too much.
    AboveSubtotal {
        /// The most that is allowed.
        allowed: i64,
        /// What there is.
        actual: i64,
    },
    /// Too few units that count.
    BelowQuantity {
        /// What is needed.
        needed: i64,
        /// What there is.
        actual: i64,
    },
    /// Too many units that count.
    AboveQuantity {
        /// The most that is allowed.
        allowed: i64,
        /// What there is.
        actual: i64,
    },
    /// Not all that has to be bought together.
    NotTogether {
        /// How many units are missing at the least.
        missing: i64,
    },
    /// No line that counts.
    NothingMatches,
    /// Some line does not count, and every one must.
    OtherLines,
    /// A condition that must not hold does.
    Excluded,
    /// Another promotion that excludes this one took its place.
    LostTo {
        /// The one that was applied.
        promotion: PromotionId,
        /// Its name for shoppers.
        name: Text,
        /// How much more that one saves.
        by: i64,
    },
    /// The gifts are out of stock.
    GiftGone,
    /// The rule holds and there was nothing left to take off.
    NothingLeft,
    /// The rule holds and something is still missing for it to give anything, such as the rest of a set.
    Incomplete {
        /// What is missing.
        need: Need,
    },
    /// It could have given something, and where the engine chooses, the shopper pays no less with it.
    BetterWithout {
        /// The promotion that stands in its way, where that is a single one: its name for shoppers.
        rival: Option<Text>,
        /// How much more the others save together; 0 where that can't be told without working out every other choice.
        by: i64,
    },
    /// It does not combine with one that was given.
    NotWith {
        /// The one that was given.
        promotion: PromotionId,
        /// Its name for shoppers.
        name: Text,
    },
}

impl Reason {
    /// True if it can't be told whether the condition holds: then neither does its opposite.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Self::WindowsUnknown { .. })
    }
}
