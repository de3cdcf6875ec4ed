//! What a member has: level, points, stored value, coupons of the wallet, and the code to show at the till.

use ids::{CouponBatchId, CouponCode, GiftCardId, LevelId, MemberId, OrderNumber, WalletCouponId};
use pricing::{Instant, Text};
use serde::{Deserialize, Serialize};

/// How far it is to the next level, and how long this one is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelProgress {
    /// What counts within the window: minor units or orders.
    pub reached: i64,
    /// The next level; none at the highest.
    pub next: Option<NextLevel>,
    /// How long the level is kept and what keeps it longer, in words; none if it is not lost.
    pub kept: Option<Text>,
    /// Until when it is kept.
    pub until: Option<Instant>,
}

/// The next level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextLevel {
    /// Which.
    pub level: LevelId,
    /// What it takes: minor units or orders.
    pub from: i64,
    /// What is missing, in words.
    pub missing: Text,
}

/// Points that wait or that will be lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PointsOutlook {
    /// Points that were earned and can't be spent yet.
    pub pending: i64,
    /// When the first of them can be.
    pub pending_until: Option<Instant>,
    /// What will be lost within the next 90 days if it is not spent, the soonest first.
    pub expiring: Vec<PointsExpiring>,
}

/// Points that are lost at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PointsExpiring {
    /// When.
    pub at: Instant,
    /// How many.
    pub points: i64,
}

/// Money that a member stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoredValue {
    /// What is there, in minor units.
    pub balance: i64,
    /// The last movements, newest first, at most 50.
    pub history: Vec<ValueEntry>,
    /// Gift cards whose money was stored here, newest first, at most 50.
    pub cards: Vec<GiftCardInfo>,
}

/// A movement of stored money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValueEntry {
    /// When.
    pub at: Instant,
    /// More (positive) or less (negative), in minor units.
    pub amount: i64,
    /// Why.
    pub reason: Text,
    /// The order it belongs to.
    pub order: Option<OrderNumber>,
}

/// A gift card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiftCardInfo {
    /// Which.
    pub id: GiftCardId,
    /// The last characters of its code.
    pub ending: String,
    /// What it was sold with, in minor units.
    pub amount: i64,
    /// Until when it can be used; for ever without.
    pub expires_at: Option<Instant>,
    /// When its money was stored with a member.
    pub redeemed_at: Option<Instant>,
}

/// Stores the money of a gift card with the member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RedeemGiftCard {
    /// The code on the card.
    pub code: String,
}

/// Where a coupon of a member stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WalletState {
    /// A code for everybody; it is in nobody's wallet.
    #[default]
    Open,
    /// It was given to the member and can be used.
    Issued,
    /// An order has it that is not confirmed yet.
    Reserved,
    /// An order used it.
    Used,
    /// It came back from an order and can be used again.
    Returned,
    /// Its time is over, or the shop took it away.
    Expired,
}

/// Asks what a code that a shopper entered is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResolveCoupon {
    /// As it was typed.
    pub code: String,
}

/// What a code is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResolvedCoupon {
    /// The code that goes into the cart's `coupons`: prices are computed with it.
    pub coupon: CouponCode,
    /// The unique code, as it goes into the order's `codes`; none for a code for everybody and for a coupon of the wallet, which the order finds
    /// by itself.
    pub code: Option<CouponCode>,
    /// The batch of a unique code.
    pub batch: Option<CouponBatchId>,
    /// Its name.
    pub name: Text,
    /// Until when it can be used.
    pub ends: Option<Instant>,
    /// Why it can't be used, in words; none if it can. Whether it fits a cart is what a quote says.
    pub why_not: Option<Text>,
}

/// The code that a member shows at the till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberCode {
    /// The member's number, twelve digits, to be told at the till.
    pub number: String,
    /// What the QR code says; good once.
    pub code: String,
    /// The QR code as SVG.
    pub qr_svg: String,
    /// When another one should be fetched.
    pub until: Instant,
    /// In how many seconds that is.
    pub refresh_seconds: i64,
}

/// Looks a member up, for somebody of the shop's own people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FindMember {
    /// What the member's QR code says, the member's number, or the whole telephone number.
    pub text: String,
}

/// A member as the shop's own people see one: personal data are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberView {
    /// The member's id.
    pub id: MemberId,
    /// The number on the member's card.
    pub number: String,
    /// The name, masked.
    pub name: String,
    /// The telephone, masked.
    pub phone: String,
    /// The level, if any.
    pub level: Option<LevelId>,
    /// Points that may be spent.
    pub points: i64,
    /// Points that wait.
    pub pending: i64,
    /// Stored money, in minor units.
    pub value: i64,
    /// Orders placed so far.
    pub orders: i64,
    /// Coupons of the wallet that can be used.
    pub coupons: Vec<crate::WalletCoupon>,
    /// True if the member showed the asker the code of the moment within a quarter of an hour: only then points and stored value are spent at the till.
    pub shown: bool,
}

/// What moved of a member's points and stored money, as the shop's own people see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberLedger {
    /// The last movements of points, newest first, at most 100.
    pub points: Vec<crate::PointsEntry>,
    /// The last movements of stored money, newest first, at most 100.
    pub value: Vec<ValueEntry>,
    /// How far it is to the next level, and how long this one is kept; none where the shop has no rules.
    pub level: Option<LevelProgress>,
}

/// Stores money with a member that was paid at the till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TopUp {
    /// Made by the client, once per top-up.
    pub idempotency_key: String,
    /// How much, in minor units.
    pub amount: i64,
    /// `cash` or `card_terminal`.
    pub tender: String,
}

/// Corrects points or stored money, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Adjust {
    /// Made by the client, once per correction.
    pub idempotency_key: String,
    /// Points to give (positive) or take (negative).
    #[serde(default)]
    pub points: i64,
    /// Money to give (positive) or take (negative), in minor units.
    #[serde(default)]
    pub value: i64,
    /// Why; the member reads it too.
    pub reason: String,
}

/// Sells a gift card that was paid at the till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SellGiftCard {
    /// Made by the client, once per card.
    pub idempotency_key: String,
    /// How much, in minor units.
    pub amount: i64,
    /// `cash` or `card_terminal`.
    pub tender: String,
    /// Until when it can be used; for ever without.
    #[serde(default)]
    pub expires_at: Option<Instant>,
}

/// A gift card that was sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SoldGiftCard {
    /// The card.
    pub card: GiftCardInfo,
    /// Its code, which is money: print it and keep no copy. The same request is answered with the same code.
    pub code: String,
}

/// Gives a member a coupon of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssueCoupon {
    /// Of which batch.
    pub batch: CouponBatchId,
    /// Why: a member is given one coupon of a batch for the same cause.
    pub cause: String,
}

/// A coupon that is in a member's wallet now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedCoupon {
    /// Which; none if the member had been given one for the same cause before.
    pub id: Option<WalletCouponId>,
}

/// Makes a batch of coupons that are given out singly: by unique codes, or into wallets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeCouponBatch {
    /// Made by the client, once per batch.
    pub idempotency_key: String,
    /// The code of the promotion in the price book. From then on it is worth nothing alone.
    pub coupon: CouponCode,
    /// What the unique codes begin with: 3 to 10 capital letters and digits. None for a batch without codes.
    #[serde(default)]
    pub prefix: Option<String>,
    /// How many unique codes, at most 10,000,000.
    #[serde(default)]
    pub codes: i64,
    /// How many of them a member may use; only members can use them then.
    #[serde(default)]
    pub per_member: Option<i64>,
    /// From when on.
    #[serde(default)]
    pub starts: Option<Instant>,
    /// Until when.
    #[serde(default)]
    pub ends: Option<Instant>,
    /// A coupon in a wallet lasts for so many days.
    #[serde(default)]
    pub wallet_days: Option<i64>,
    /// `sign_up` or `birthday`: every member is given one then.
    #[serde(default)]
    pub occasion: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub note: String,
}

/// A batch of coupons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CouponBatch {
    /// Which.
    pub id: CouponBatchId,
    /// The code of the promotion.
    pub coupon: CouponCode,
    /// What its unique codes begin with.
    pub prefix: Option<String>,
    /// How many unique codes it has.
    pub codes: i64,
    /// How many of them a member may use.
    pub per_member: Option<i64>,
    /// From when on.
    pub starts: Option<Instant>,
    /// Until when.
    pub ends: Option<Instant>,
    /// On which occasion it is given.
    pub occasion: Option<String>,
    /// What it is for.
    pub note: String,
    /// When it was made.
    pub made_at: Instant,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// How many of its coupons orders have or had, and how many wallets, by state; codes that nobody used yet are not counted.
    pub counts: Vec<CouponCount>,
}

/// How many coupons stand somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CouponCount {
    /// `issued`, `reserved`, `used`, `returned`, `expired` or `void`.
    pub state: String,
    /// How many.
    pub count: i64,
}
