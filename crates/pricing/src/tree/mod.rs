//! What a document says, before it is known what it means.
//!
//! Rules are read from such a tree, since their key has to be found first, and [`read`] reads whole documents from one: a few plain functions then do what a parser
//! would otherwise bring once for each type of the documents, which is most of what a browser would download of the core.

mod fault;
mod fields;
mod reader;

pub use fault::Fault;

use crate::sort;
use serde::{
    Deserialize, Serialize,
    de::{MapAccess, SeqAccess, Visitor},
    ser::SerializeMap,
};
use std::fmt;

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    Negative(i64),
    Whole(u64),
    /// No document means one, and reading says so.
    Broken(f64),
    Text(String),
    List(Vec<Tree>),
    /// As written: in the document's order, and with keys that are there twice.
    Map(Vec<(String, Tree)>),
}

/// Reads a document of the core, such as a book or a cart, from its JSON. All of them refuse fields that they do not know.
///
/// Natively `serde_json::from_str` reads the same documents, too; this takes less code, and says where in the document a fault is.
///
/// # Errors
/// The text is no JSON, or no such document.
pub fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Fault> {
    T::deserialize(serde_json::from_str::<Tree>(json)?)
}

impl Tree {
    /// Reads what it says as a part of a document. Where in the part a fault is remains unsaid.
    pub(crate) fn to<T: serde::de::DeserializeOwned>(self) -> Result<T, serde_json::Error> {
        T::deserialize(self).map_err(Fault::into_error)
    }

    /// What `part` writes, with all keys sorted.
    pub(crate) fn of(part: &impl Serialize) -> Result<Self, serde_json::Error> {
        serde_json::from_str(&serde_json::to_string(part)?).map(Self::settled)
    }

    /// Reads an object, and sorts its keys.
    pub(crate) fn object<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Grow).map(Self::settled)
    }

    /// With all keys sorted, and the last of those that are there twice.
    pub(crate) fn settled(mut self) -> Self {
        self.settle();
        self
    }

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
    pub(crate) fn has(&self, key: &str) -> bool {
        matches!(self, Self::Map(map) if map.iter().any(|(one, _)| one == key))
    }

    /// The keys of an object.
    pub(crate) fn keys(&self) -> Vec<&str> {
        let Self::Map(map) = self else { return Vec::new() };
        map.iter().map(|(key, _)| key.as_str()).collect()
    }

    /// Takes the value of this key out of an object.
    pub(crate) fn take(&mut self, key: &str) -> Option<Self> {
        let Self::Map(map) = self else { return None };
        let at = map.iter().position(|(one, _)| one == key)?;
        Some(map.remove(at).1)
    }

    /// Puts a value into an object whose keys are sorted.
    pub(crate) fn put(&mut self, key: &str, value: Self) {
        if let Self::Map(map) = self {
            let at = map.iter().take_while(|(one, _)| one.as_str() < key).count();
            map.insert(at, (key.to_owned(), value));
        }
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Tree {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Negative(number) => serializer.serialize_i64(*number),
            Self::Whole(number) => serializer.serialize_u64(*number),
            Self::Broken(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
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
        deserializer.deserialize_any(Grow)
    }
}

/// Makes a tree of whatever a document holds.
struct Grow;

impl<'de> Visitor<'de> for Grow {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(u64::try_from(number).map_or(Tree::Negative(number), Tree::Whole))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Whole(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Tree::Broken(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(one) = access.next_element()? {
            list.push(one);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = access.next_entry()? {
            map.push(entry);
        }
        Ok(Tree::Map(map))
    }
}
