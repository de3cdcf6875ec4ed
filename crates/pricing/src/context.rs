//! The circumstances of a quote: when, where and for whom.

use crate::{time::Instant, tree::reads};
use ids::{LevelId, MemberId, PlaceId, PromotionId, Sku};
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
    /// The region delivered to, or the one of the store, such as `CN-31` of ISO 3166-2; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Minutes by which the clock that counts, the shop's or the store's, is ahead of UTC at [`Context::at`]. The server fills it in, so that the core needs no
    /// time-zone data.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub utc_offset_minutes: i32,
    /// Gifts of which there are none left in stock: the server's fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub out_of_gifts: Vec<Sku>,
}

reads! {
    Context {
        at, channel; store = None, member = None, usage = Vec::new(), region = None, utc_offset_minutes = 0, out_of_gifts = Vec::new()
    }
}

// serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference; on 32 bits nothing is to be warned of")]
fn is_zero(minutes: &i32) -> bool {
    *minutes == 0
}

impl Context {
    /// A guest on the web.
    #[must_use]
    pub fn guest(at: Instant) -> Self {
        Self {
            at,
            channel: "web".to_owned(),
            store: None,
            member: None,
            usage: Vec::new(),
            region: None,
            utc_offset_minutes: 0,
            out_of_gifts: Vec::new(),
        }
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
    /// The month of the member's birthday, from 1 to 12, if the member has told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birthday_month: Option<u8>,
}

reads! { Member { ; id = None, level = None, tags = Vec::new(), orders = 0, points = 0, birthday_month = None } }

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
    /// Units that it was given on so far.
    #[serde(default, skip_serializing_if = "is_none")]
    pub units: i64,
}

reads! { Usage { promotion; total = 0, by_member = 0, spent = 0, units = 0 } }

// serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference; on 32 bits nothing is to be warned of")]
fn is_none(units: &i64) -> bool {
    *units == 0
}
