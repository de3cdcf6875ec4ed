//! What a document says, before it is known what it means.
//!
//! Rules are read from such a tree, since their key has to be found first, and [`read`] reads whole documents from one: a few plain functions then do what a parser
//! would otherwise bring once for each type of the documents, which is most of what a browser would download of the core. [`write`] writes them, for the same reason.
//!
//! Here, where books are made ready and in the search for the best price much is `#[inline]` that is neither small nor quick: such code is compiled with the crate that uses it, and crates for browsers
//! are compiled for size, while the rest of this one is compiled for speed.

mod fault;
mod fields;
mod parser;
mod values;
mod writer;

pub use fault::Fault;
pub(crate) use fields::{Needed, fill, key, lack, reads, texts, words};
pub use writer::write;

use crate::sort;
use serde::{Deserialize, Serialize, ser::SerializeMap};
use serde_json::Value;
use std::fmt;

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Null,
    Bool(bool),
    Int(i64),
    /// Any other number, as written; no document means one, and reading says so.
    Broken(String),
    Text(String),
    List(Vec<Tree>),
    /// As written: in the document's order, and with keys that are there twice.
    Map(Vec<(String, Tree)>),
}

/// A document of the core, or a part of one.
pub trait Read: Sized {
    /// Reads what the tree says.
    ///
    /// # Errors
    /// It says something else.
    fn read(tree: Tree) -> Result<Self, Fault>;
}

/// Reads a book, a slice, a cart or a context from its JSON.
///
/// Natively `serde_json::from_str` reads the same documents, too; this takes less code, and says where in the document a fault is.
///
/// # Errors
/// The text is no JSON, or no such document.
pub fn read<T: Read>(json: &str) -> Result<T, Fault> {
    T::read(parser::parse(json)?)
}

impl Tree {
    /// What `part` writes, with all keys sorted.
    pub(crate) fn of(part: &impl Serialize) -> Self {
        parser::parse(&write(part)).expect("what is written is JSON").settled()
    }

    /// An object, with its keys sorted.
    #[inline]
    pub(crate) fn object(self) -> Result<Self, Fault> {
        match self {
            Self::Map(_) => Ok(self.settled()),
            other => Err(Fault::wrong_type(&other, "a map")),
        }
    }

    /// With all keys sorted, and the last of those that are there twice.
    #[inline]
    pub(crate) fn settled(mut self) -> Self {
        self.settle();
        self
    }

    #[inline]
    fn settle(&mut self) {
        match self {
            Self::List(list) => list.iter_mut().for_each(Self::settle),
            Self::Map(map) => {
                map.reverse();
                sort::by(map, |a, b| a.0.cmp(&b.0));
                map.dedup_by(|next, kept| next.0 == kept.0);
                map.iter_mut().for_each(|(_, value)| value.settle());
            }
            _ => {}
        }
    }

    /// True if it is an object with this key.
    #[inline]
    pub(crate) fn has(&self, key: &str) -> bool {
        matches!(self, Self::Map(map) if map.iter().any(|(one, _)| one == key))
    }

    /// The keys of an object.
    #[inline]
    fn keys(&self) -> Vec<&str> {
        let Self::Map(map) = self else { return Vec::new() };
        map.iter().map(|(key, _)| key.as_str()).collect()
    }

    /// It is no rule of this kind; these are known.
    #[inline]
    pub(crate) fn of_no_rule(&self, kind: &str, known: &[&str]) -> Fault {
        Fault::new(format!("no known {kind} in {{{}}}; known are {}", self.keys().join(", "), known.join(", ")))
    }

    /// Takes the value of this key out of an object.
    #[inline]
    pub(crate) fn take(&mut self, key: &str) -> Option<Self> {
        let Self::Map(map) = self else { return None };
        let at = map.iter().position(|(one, _)| one == key)?;
        Some(map.remove(at).1)
    }

    /// Puts a value into an object whose keys are sorted.
    #[inline]
    pub(crate) fn put(&mut self, key: &str, value: Self) {
        if let Self::Map(map) = self {
            let at = map.iter().take_while(|(one, _)| one.as_str() < key).count();
            map.insert(at, (key.to_owned(), value));
        }
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write(self))
    }
}

impl Serialize for Tree {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(number) => serializer.serialize_i64(*number),
            Self::Broken(text) | Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => list.serialize(serializer),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => number.as_i64().map_or_else(|| Self::Broken(number.to_string()), Self::Int),
            Value::String(text) => Self::Text(text),
            Value::Array(list) => Self::List(list.into_iter().map(Self::from).collect()),
            Value::Object(map) => Self::Map(map.into_iter().map(|(key, value)| (key, Self::from(value))).collect()),
        }
    }
}

/// Reads a part of a document that is a tree first, from whatever the whole is read from.
pub(crate) fn deserialize<'de, T: Read, D: serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(Tree::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}
