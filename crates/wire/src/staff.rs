//! The shop's own people.

use ids::{PlaceId, StaffId};
use pricing::Instant;
use serde::{Deserialize, Serialize};

/// Who of the shop's own people is looking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffSession {
    /// Who signed in, or none.
    pub staff: Option<StaffInfo>,
}

/// One of the shop's own people, as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffInfo {
    /// Who.
    pub id: StaffId,
    /// The name that colleagues see.
    pub name: String,
    /// `clerk`, `store_manager`, `service`, `merchandiser` or `administrator`.
    pub role: String,
    /// The place where they work; none for the whole shop.
    pub place: Option<PlaceId>,
    /// What the role may do, as words such as `stock_see`. Pages show what is in here; services check it again.
    pub may: Vec<String>,
}

/// One of the shop's own people, as the administrator sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMember {
    /// Who.
    pub id: StaffId,
    /// The name that colleagues see.
    pub name: String,
    /// The telephone, masked.
    pub phone: String,
    /// What they may do.
    pub role: String,
    /// The place where they work; none for the whole shop.
    pub place: Option<PlaceId>,
    /// False once the account was closed.
    pub active: bool,
}

/// Adds an account, or changes the one with this telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PutStaff {
    /// A mobile number of mainland China, with or without +86.
    pub phone: String,
    /// The name that colleagues see.
    pub name: String,
    /// `clerk`, `store_manager`, `service`, `merchandiser` or `administrator`.
    pub role: String,
    /// The place where they work; clerks and store managers need one.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// False closes the account.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// Something that the shop does by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobInfo {
    /// Its name.
    pub name: String,
    /// When it is due next.
    pub next_at: Instant,
    /// The server that does it now, or did it last.
    pub worker: Option<String>,
    /// How often it was begun.
    pub runs: i64,
    /// How often it failed.
    pub failures: i64,
    /// When it ended last.
    pub last_ended_at: Option<Instant>,
    /// Why it failed last; none if it went well.
    pub last_error: Option<String>,
}
