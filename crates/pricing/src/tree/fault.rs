//! What is wrong with a document, and where.

use serde::de::{Error, Expected, Unexpected};
use std::fmt;

/// What is wrong with a document, and where in it: `lines[0].quantity: invalid type: string "two", expected i64`.
#[derive(Debug)]
pub struct Fault(Box<Inner>);

#[derive(Debug)]
struct Inner {
    place: String,
    error: serde_json::Error,
}

impl Fault {
    /// The same, in a field of this name.
    pub(super) fn in_field(mut self, name: &str) -> Self {
        let place = &mut self.0.place;
        if !place.is_empty() && !place.starts_with('[') {
            place.insert(0, '.');
        }
        place.insert_str(0, name);
        self
    }

    /// The same, in an item of a list.
    pub(super) fn in_item(self, at: usize) -> Self {
        self.in_field(&format!("[{at}]"))
    }

    /// What is wrong, without the place.
    pub(super) fn into_error(self) -> serde_json::Error {
        self.0.error
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self(Box::new(Inner { place: String::new(), error }))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.place.is_empty() {
            write!(f, "{}: ", self.0.place)?;
        }
        self.0.error.fmt(f)
    }
}

impl std::error::Error for Fault {}

// In the words of serde_json, which calls things as JSON does.
impl Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        serde_json::Error::custom(message).into()
    }

    fn invalid_type(unexpected: Unexpected, expected: &dyn Expected) -> Self {
        serde_json::Error::invalid_type(unexpected, expected).into()
    }

    fn invalid_value(unexpected: Unexpected, expected: &dyn Expected) -> Self {
        serde_json::Error::invalid_value(unexpected, expected).into()
    }
}
