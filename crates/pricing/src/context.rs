//! The circumstances of a quote: when, where and for whom.

use crate::time::Instant;
use ids::{LevelId, MemberId, PlaceId, PromotionId};
use serde::{Deserialize, Serialize};

/// The circumstances of a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// The instant that schedules are compared with.
    pub at: Instant,
    /// `web`, `kiosk` or `till`; other names are allowed and match only conditions that name them.
    pub channel: String,
    /// The store in which the shopper stands or which will hand over the goods, if any.
    #[serde(default)]
    pub store: Option<PlaceId>,
    /// The member, or none for a guest.
    #[serde(default)]
    pub member: Option<Member>,
    /// How often the limited promotions were used so far; what is not listed was never used.
    #[serde(default)]
    pub usage: Vec<Usage>,
}

impl Context {
    /// A guest on the web.
    #[must_use]
    pub fn guest(at: Instant) -> Self {
        Self { at, channel: "web".to_owned(), store: None, member: None, usage: Vec::new() }
    }
}

/// The member's facts that promotions may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who; absent in test carts.
    #[serde(default)]
    pub id: Option<MemberId>,
    /// The member's level, if any.
    #[serde(default)]
    pub level: Option<LevelId>,
    /// Free marks such as `student`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Orders placed before this one.
    #[serde(default)]
    pub orders: i64,
    /// Points that may be spent.
    #[serde(default)]
    pub points: i64,
}

/// How often a limited promotion was used before this quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// Which promotion.
    pub promotion: PromotionId,
    /// Orders that used it.
    #[serde(default)]
    pub total: i64,
    /// Orders of this member that used it.
    #[serde(default)]
    pub by_member: i64,
    /// What it took off so far, in minor units.
    #[serde(default)]
    pub spent: i64,
}
