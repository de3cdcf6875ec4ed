//! What is wrong with a document, and where; in the words of `serde_json`, which calls things as JSON does.

use super::Tree;
use std::fmt;

/// What is wrong with a document, and where in it: `lines[0].quantity: invalid type: string "two", expected i64`.
#[derive(Debug)]
pub struct Fault(Box<Inner>);

#[derive(Debug)]
struct Inner {
    place: String,
    message: String,
}

impl Fault {
    pub(crate) fn new(message: String) -> Self {
        Self(Box::new(Inner { place: String::new(), message }))
    }

    /// What another error says.
    pub(crate) fn of(error: &dyn fmt::Display) -> Self {
        Self::new(error.to_string())
    }

    /// Something else stands where this was expected.
    #[inline]
    pub(super) fn wrong_type(tree: &Tree, expected: &str) -> Self {
        Self::new(format!("invalid type: {}, expected {expected}", Seen(tree)))
    }

    /// Something of the right kind that is not possible here.
    #[inline]
    pub(super) fn wrong_value(tree: &Tree, expected: &str) -> Self {
        Self::new(format!("invalid value: {}, expected {expected}", Seen(tree)))
    }

    /// A word that is none of those known; `what` is it.
    #[inline]
    pub(super) fn unknown(what: &str, word: &str, known: &[&str]) -> Self {
        let quoted = |one: &str| format!("`{one}`");
        let expected = match known {
            [] => return Self::new(format!("unknown {what} `{word}`, there are no {what}s")),
            [one] => quoted(one),
            [one, other] => format!("{} or {}", quoted(one), quoted(other)),
            many => format!("one of {}", many.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", ")),
        };
        Self::new(format!("unknown {what} `{word}`, expected {expected}"))
    }

    /// The same, in a field of this name.
    #[inline]
    pub(super) fn in_field(mut self, name: &str) -> Self {
        let place = &mut self.0.place;
        if !place.is_empty() && !place.starts_with('[') {
            place.insert(0, '.');
        }
        place.insert_str(0, name);
        self
    }

    /// The same, in an item of a list.
    #[inline]
    pub(super) fn in_item(self, at: usize) -> Self {
        self.in_field(&format!("[{at}]"))
    }

    /// The same in a part of a document that is told apart by words of its own, so that the place within is left out.
    #[inline]
    pub(crate) fn within(self, part: &str) -> Self {
        Self::new(format!("{part}: {}", self.0.message))
    }

    /// The same in a rule, which is called by its key.
    #[inline]
    pub(crate) fn of_rule(self, kind: &str, key: &str) -> Self {
        self.within(&format!("{kind} {key:?}"))
    }
}

impl fmt::Display for Fault {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.place.is_empty() {
            write!(f, "{}: ", self.0.place)?;
        }
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Fault {}

/// What stands there, shortly.
struct Seen<'t>(&'t Tree);

impl fmt::Display for Seen<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Tree::Null => f.write_str("null"),
            Tree::Bool(value) => write!(f, "boolean `{value}`"),
            Tree::Int(number) => write!(f, "integer `{number}`"),
            Tree::Broken(number) => write!(f, "floating point `{number}`"),
            Tree::Text(text) => write!(f, "string {text:?}"),
            Tree::List(_) => f.write_str("sequence"),
            Tree::Map(_) => f.write_str("map"),
        }
    }
}
