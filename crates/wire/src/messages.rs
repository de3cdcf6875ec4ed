//! Messages to shoppers, as the shop's own people see them.

use ids::OrderNumber;
use pricing::Instant;
use serde::{Deserialize, Serialize};

/// Where a message stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// It is to be sent, or to be tried again.
    Waiting,
    /// It left.
    Sent,
    /// It was tried too often, or will never be taken.
    #[default]
    Dead,
}

/// Which messages to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct MessageQuery {
    /// Those that stand there; those that were given up, if nothing is said.
    #[serde(default)]
    pub state: MessageState,
}

/// A message, as the shop's own people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMessage {
    /// Its id, which whoever got it knows too.
    pub id: String,
    /// By which way it leaves: `log`, `smtp` or `webhook`.
    pub way: String,
    /// What it tells of, such as `order_placed`.
    pub kind: String,
    /// The recipient's telephone, masked.
    pub to: String,
    /// The order that it tells of.
    pub order: Option<OrderNumber>,
    /// When it was written.
    pub created_at: Instant,
    /// Where it stands.
    pub state: MessageState,
    /// When it is tried next.
    pub next_at: Instant,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try failed, without addresses.
    pub last_error: String,
    /// When it left.
    pub sent_at: Option<Instant>,
}
