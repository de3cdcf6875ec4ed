//! Personal data: what a member allows, what the shop knows of a person, and who saw it.

use crate::{Delivery, OrderSummary, PointsEntry};
use ids::{MemberId, OrderNumber, PlaceId};
use pricing::{Instant, Text};
use serde::{Deserialize, Serialize};

/// What personal data may be used for, if the member allows it. Orders need no consent: without the data they could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Offers by text message.
    MarketingSms,
    /// Offers by e-mail.
    MarketingEmail,
    /// Suggestions by what was bought before.
    Profiling,
    /// Offers in the month of the birthday.
    Birthday,
}

/// How a purpose stands with a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consent {
    /// What for.
    pub purpose: Purpose,
    /// True if it is allowed now.
    pub given: bool,
    /// Since when that is so; none if the member never said anything, which allows nothing.
    pub since: Option<Instant>,
    /// What the member is asked to allow.
    pub text: Text,
    /// The version of that text, to be sent back with the answer.
    pub text_version: String,
}

/// One answer of a member; answers are never changed, only followed by others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentEntry {
    /// What for.
    pub purpose: Purpose,
    /// Given (true) or taken back (false).
    pub given: bool,
    /// The version of the text that was answered.
    pub text_version: String,
    /// Where: `web`, `kiosk` or `till`.
    pub channel: String,
    /// By whose hand: `member`, or an employee's id.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// What a member allows, and how that came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Privacy {
    /// Every purpose.
    pub consents: Vec<Consent>,
    /// All answers, newest first.
    pub history: Vec<ConsentEntry>,
}

/// Gives or takes back a consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetConsent {
    /// What for.
    pub purpose: Purpose,
    /// Given (true) or taken back (false).
    pub given: bool,
    /// The version of the text that the member saw.
    pub text_version: String,
}

/// Erases the member's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EraseMe {
    /// The one-time code that was sent to the member's own telephone.
    pub code: String,
    /// True to give up points that are left.
    #[serde(default)]
    pub give_up_points: bool,
}

/// Looks a person up; one of both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FindPerson {
    /// The whole telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// The member number.
    #[serde(default)]
    pub member: Option<MemberId>,
}

/// A member as the shop's own people see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// The member number.
    pub member: MemberId,
    /// The name, masked or in full; empty if the role may not see it.
    pub name: String,
    /// The telephone, masked or in full.
    pub phone: String,
    /// True if name and telephone are in full.
    pub full: bool,
    /// Since when they are a member.
    pub since: Instant,
    /// When they were erased, if they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Instant>,
    /// Orders placed so far.
    pub orders: i64,
}

/// Whom an order goes to, as the shop's own people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderPerson {
    /// Which order.
    pub order: OrderNumber,
    /// The name on the parcel.
    pub name: String,
    /// The telephone.
    pub phone: String,
    /// The e-mail address, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where it goes.
    pub delivery: Delivery,
}

/// Asks for personal data in full, or for something to be done with them: never without a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithReason {
    /// Why, in a few words; it is written into the audit log, which the person may read.
    pub reason: String,
}

/// Erases a person's data for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    /// Why, such as how the person asked for it.
    pub reason: String,
    /// True if the person gives up points that are left.
    #[serde(default)]
    pub give_up_points: bool,
}

/// What was erased; the books keep their figures by member and order number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Erased {
    /// Orders without name, telephone and address now.
    pub orders: u64,
    /// Messages that were forgotten.
    pub messages: u64,
    /// Sessions that ended.
    pub sessions: u64,
}

/// One line of the audit log: who did what with whose data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// When.
    pub at: Instant,
    /// `staff`, `member` or `system`.
    pub actor_kind: String,
    /// The employee's id or the member number.
    pub actor: String,
    /// The role in which it was done.
    pub role: String,
    /// `find`, `see`, `unmask`, `export`, `erase` or `consent`.
    pub action: String,
    /// `member` or `order`.
    pub subject_kind: String,
    /// Which.
    pub subject: String,
    /// Whose data, if that is a member.
    pub member: Option<MemberId>,
    /// What was shown.
    pub fields: Vec<String>,
    /// Why.
    pub reason: String,
    /// Where: `web`, `kiosk` or `till`.
    pub channel: String,
    /// The place from which it was done.
    pub place: Option<PlaceId>,
    /// The network address; none in what the person gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
}

/// What to read of the audit log, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Only about this member.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Only by this employee or member.
    #[serde(default)]
    pub actor: Option<String>,
    /// Only before this instant, to read on.
    #[serde(default)]
    pub before: Option<Instant>,
    /// At most so many, up to 200.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Everything that the shop keeps of a member, to be taken along.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonExport {
    /// The version of this format.
    pub format: u32,
    /// When it was made.
    pub made_at: Instant,
    /// Who.
    pub profile: ExportProfile,
    /// All orders, oldest first.
    pub orders: Vec<ExportOrder>,
    /// All movements of points, oldest first.
    pub points: Vec<PointsEntry>,
    /// Stored money: the last 10,000 movements, newest first.
    pub value: Vec<crate::ValueEntry>,
    /// Coupons of the wallet, those that can be used first.
    pub coupons: Vec<crate::WalletCoupon>,
    /// All answers about consent, oldest first.
    pub consents: Vec<ConsentEntry>,
    /// Messages that were written in the last 90 days, oldest first.
    pub messages: Vec<ExportMessage>,
    /// Who looked at these data and why, oldest first.
    pub accesses: Vec<AuditEntry>,
    /// When the member signed in where a session still runs, oldest first.
    pub sessions: Vec<ExportSession>,
}

/// Who, as the shop knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportProfile {
    /// The member number.
    pub member: MemberId,
    /// The name.
    pub name: String,
    /// The telephone in E.164 form.
    pub phone: String,
    /// The level, if any.
    pub level: Option<ids::LevelId>,
    /// Marks that the shop's people gave.
    pub tags: Vec<String>,
    /// The month of the birthday, if it was told.
    pub birthday_month: Option<u8>,
    /// Points.
    pub points: i64,
    /// Since when.
    pub since: Instant,
}

/// An order in an export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportOrder {
    /// Number, time and amounts.
    pub summary: OrderSummary,
    /// The name on the parcel.
    pub name: String,
    /// The telephone.
    pub phone: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// Where it went.
    pub delivery: Delivery,
    /// What was ordered: SKU and title.
    pub items: Vec<crate::OrderItem>,
    /// What it cost and why.
    pub quote: pricing::Quote,
}

/// A message in an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportMessage {
    /// When it was written.
    pub at: Instant,
    /// By which way it left.
    pub way: String,
    /// When it left; none if it did not.
    pub sent_at: Option<Instant>,
    /// Its first line.
    pub subject: String,
    /// All of it.
    pub text: String,
}

/// A session in an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportSession {
    /// When it began.
    pub began: Instant,
    /// When it was used last, about.
    pub seen: Instant,
}
