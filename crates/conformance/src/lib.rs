//! Runs carts that other systems' own test suites expect a total for through the real pricing core.
//!
//! A case brings its lines, promotions and expected figures in one JSON object; amounts are decimal strings in major units. An unknown field is an
//! error and never skipped.

mod case;
mod compare;
pub mod fuzz;
pub mod generate;
pub mod laws;
pub mod parity;
mod run;

pub use case::{Case, Expect};
pub use compare::{Difference, differences};
pub use run::{Figures, Outcome, Proof, quote, run};

use serde_json::Value;

/// Parses a file: a JSON array of cases.
///
/// # Errors
/// The text is no JSON array of cases; the message says where.
pub fn parse(text: &str) -> Result<Vec<Case>, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// One element of a file, which may be no case at all.
#[derive(Debug)]
pub struct Entry {
    /// Its `id` as written; null where it has none.
    pub id: Value,
    /// The case, or what is wrong with it.
    pub case: Result<Case, String>,
}

/// Parses a file case by case: what is wrong with one leaves the others as they are.
///
/// # Errors
/// The text is no JSON array; the message says where.
pub fn parse_each(text: &str) -> Result<Vec<Entry>, String> {
    let cases: Vec<Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let entry = |case: Value| Entry {
        id: case.get("id").cloned().unwrap_or_default(),
        case: serde_json::from_value(case).map_err(|error| error.to_string()),
    };
    Ok(cases.into_iter().map(entry).collect())
}
