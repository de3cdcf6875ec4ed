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
pub use run::{Figures, quote, run};

/// Parses a file: a JSON array of cases.
///
/// # Errors
/// The text is no JSON array of cases; the message says where.
pub fn parse(text: &str) -> Result<Vec<Case>, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}
