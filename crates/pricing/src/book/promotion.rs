//! A promotion as a document: conditions, one benefit, and how it stands beside others.

use crate::{
    benefit::Benefit,
    condition::Condition,
    text::Text,
    time::Instant,
    tree::{reads, words},
};
use ids::{CouponCode, PromotionId};
use money::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The stage at which a promotion is applied; stages keep this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Changes the shelf price.
    Price,
    /// On single products and sets of them.
    Product,
    /// On the order.
    Order,
    /// On shipping.
    Shipping,
    /// On goods and shipping together.
    Total,
}

words! { Class { Price = "price", Product = "product", Order = "order", Shipping = "shipping", Total = "total" } }

/// What a percentage is taken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// What is left after everything applied so far.
    #[default]
    Current,
    /// The price after the price class.
    Shelf,
    /// The list price.
    List,
}

words! { Base { Current = "current", Shelf = "shelf", List = "list" } }

/// How a promotion stands beside others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// With all.
    #[default]
    Stack,
    /// Only the best of its group within its class.
    Best,
    /// Only the first of its group within its class, by priority and then as listed, that gives anything.
    First,
    /// Alone.
    Exclusive,
}

words! { Combine { Stack = "stack", Best = "best", First = "first", Exclusive = "exclusive" } }

/// What becomes of a promotion's discounts when goods come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnMethod {
    /// Each unit takes its own share of the discount with it.
    #[default]
    ProRata,
    /// The goods that are kept earn anew, alone, what they earn.
    ReEvaluate,
}

words! { ReturnMethod { ProRata = "pro_rata", ReEvaluate = "re_evaluate" } }

impl ReturnMethod {
    /// True for what holds where a document says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How often and for how much a promotion may be used; what is not stated is unlimited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Orders over all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// Orders per member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_member: Option<i64>,
    /// Units over all orders, for benefits on single units; what is left goes to the units on which it saves most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<i64>,
    /// The most it may take off over all orders, in major units; the last discount is cut to what is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Decimal>,
}

reads! { Limit { ; total = None, per_member = None, units = None, budget = None } }

impl Limit {
    /// True if nothing is limited, and so no use needs to be counted.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// A promotion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Promotion {
    /// Names it.
    pub id: PromotionId,
    /// Its name for shoppers.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub name: Text,
    /// Only when this code was entered; automatic without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<CouponCode>,
    /// Applies from this instant on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Instant>,
    /// Applies before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Instant>,
    /// The stage.
    pub class: Class,
    /// Within a class a lower number is applied earlier, then as listed.
    #[serde(default)]
    pub priority: i64,
    /// What a percentage is taken of.
    #[serde(default)]
    pub base: Base,
    /// How it stands beside others.
    #[serde(default)]
    pub combine: Combine,
    /// The group within its class for [`Combine::Best`] and [`Combine::First`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The classes of the other promotions with which it is given; with those of every class where it is not stated. Both must agree: a book in which
    /// one names the class of another that does not name its class contradicts itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub combines_with: Option<Vec<Class>>,
    /// Where the engine chooses the order: if both are applied, then this one after that one of the same class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub after: Option<PromotionId>,
    /// All must hold when its turn comes.
    #[serde(default, rename = "if", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub conditions: Vec<Condition>,
    /// What it gives.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub then: Benefit,
    /// How often and for how much.
    #[serde(default, skip_serializing_if = "Limit::is_none")]
    pub limit: Limit,
    /// Who pays for it: shares by name (`brand`, `store`, `platform`) that sum to 1; the store alone where empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub funding: BTreeMap<String, Decimal>,
    /// What becomes of its discounts when goods come back; see [`crate::returns`].
    #[serde(default, skip_serializing_if = "ReturnMethod::is_default")]
    pub returns: ReturnMethod,
}

reads! {
    Promotion {
        id, class, then; name = Text::default(), coupon = None, starts = None, ends = None, priority = 0, base = Base::default(), combine =
        Combine::default(), group = None, combines_with = None, after = None, conditions as "if" = Vec::new(), limit = Limit::default(),
        funding = BTreeMap::new(), returns = ReturnMethod::default()
    }
}
