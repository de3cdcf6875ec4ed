//! Members and sessions.

use crate::{Consent, LevelProgress, PointsOutlook, StoredValue, WalletState};
use ids::{CouponCode, LevelId, MemberId, OrderNumber};
use pricing::{Instant, Text};
use serde::{Deserialize, Serialize};

/// Asks for a one-time code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestCode {
    /// A mobile number of mainland China, with or without +86.
    pub phone: String,
}

/// A code is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeSent {
    /// How long it is valid.
    pub valid_seconds: i64,
    /// When another one may be asked for.
    pub again_after_seconds: i64,
}

/// Signs in, and makes the member on the first time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The number that the code was sent to.
    pub phone: String,
    /// The six digits.
    pub code: String,
}

/// Who is looking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The member, or none for a guest.
    pub member: Option<MemberInfo>,
}

/// A member as the member sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberInfo {
    /// The member number.
    pub id: MemberId,
    /// A name, or empty.
    pub name: String,
    /// The telephone, masked: `138****0001`.
    pub phone: String,
    /// The level, if any.
    pub level: Option<LevelId>,
    /// Points that may be spent.
    pub points: i64,
    /// Orders placed so far.
    pub orders: i64,
    /// The month of the birthday, from 1 to 12, if the member has told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birthday_month: Option<u8>,
}

/// Tells the month of the member's birthday, or takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TellBirthday {
    /// From 1 to 12; none takes it back.
    pub month: Option<u8>,
}

/// The account page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The member.
    pub member: MemberInfo,
    /// Orders, newest first, at most 50.
    pub orders: Vec<OrderSummary>,
    /// Coupons the member could use.
    pub coupons: Vec<WalletCoupon>,
    /// The last movements of points, newest first, at most 50.
    pub points: Vec<PointsEntry>,
    /// How far it is to the next level; none where the shop has no rules for levels.
    pub level: Option<LevelProgress>,
    /// Points that wait or that will be lost.
    pub outlook: PointsOutlook,
    /// Stored money and gift cards.
    pub value: StoredValue,
    /// What the member allows.
    #[serde(default)]
    pub consents: Vec<Consent>,
}

/// An order in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderSummary {
    /// Its number.
    pub number: OrderNumber,
    /// When it was placed.
    pub placed_at: Instant,
    /// Where it stands.
    pub status: crate::OrderStatus,
    /// What was to pay.
    pub payable: i64,
    /// Units in it.
    pub units: i64,
    /// Pictures of its first items.
    pub images: Vec<String>,
}

/// A coupon the member could use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WalletCoupon {
    /// Its code.
    pub code: CouponCode,
    /// Its name.
    pub name: Text,
    /// Until when.
    pub ends: Option<Instant>,
    /// Why it can't be used, in words; none if it can.
    pub why_not: Option<Text>,
    /// Whose it is and where it stands.
    pub state: WalletState,
    /// The order that has it or used it.
    pub order: Option<OrderNumber>,
}

/// A movement of points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PointsEntry {
    /// When.
    pub at: Instant,
    /// Earned (positive) or spent (negative).
    pub points: i64,
    /// Why.
    pub reason: Text,
    /// The order it belongs to.
    pub order: Option<OrderNumber>,
}
