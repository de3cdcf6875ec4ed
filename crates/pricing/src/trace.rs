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
}
