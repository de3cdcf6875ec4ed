//! The one shape of errors (RFC 9457, `application/problem+json`).

use crate::Changed;
use pricing::Text;
use serde::{Deserialize, Serialize};

/// What went wrong and what to do about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A stable address that names the kind: `/problems/out-of-stock`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words, English.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This case in both languages: what happened and what to do.
    pub detail: Text,
    /// Fields that are wrong, if the request was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The new quote, where the price changed before the order was placed. Whoever expects one reads it with [`Refusal`], so
    /// that all other readers of problems need no code for quotes.
    #[serde(default, deserialize_with = "left_out", skip_serializing_if = "Option::is_none")]
    pub changed: Option<Box<Changed>>,
}

/// Reads over a value.
fn left_out<'de, T, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    serde::de::IgnoredAny::deserialize(deserializer).map(|_| None)
}

/// What is read of a problem that may carry a new quote.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Refusal {
    /// The new quote.
    #[serde(default)]
    pub changed: Option<Box<Changed>>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.detail.en, self.kind)
    }
}

impl std::error::Error for Problem {}

/// A field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Where: `cart.lines[0].quantity`.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: Text,
}
