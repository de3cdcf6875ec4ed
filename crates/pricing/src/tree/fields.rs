//! The parts of a tree, one after the other.

use super::{Fault, Tree};
use serde::{
    Deserializer,
    de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor},
    forward_to_deserialize_any,
};

/// The values of a struct's fields in the struct's own order: reading them so takes the least code.
pub(super) struct Fields {
    names: &'static [&'static str],
    values: std::vec::IntoIter<Option<Tree>>,
    /// The field that was asked for last, if the document does not have it.
    missing: Option<&'static str>,
}

impl Fields {
    pub(super) fn new(map: Vec<(String, Tree)>, names: &'static [&'static str]) -> Result<Self, Fault> {
        let mut values: Vec<Option<Tree>> = names.iter().map(|_| None).collect();
        for (key, value) in map {
            let Some(at) = names.iter().position(|name| *name == key) else {
                return Err(Fault::unknown_field(&key, names));
            };
            if values[at].replace(value).is_some() {
                return Err(Fault::duplicate_field(names[at]));
            }
        }
        Ok(Self { names, values: values.into_iter(), missing: None })
    }

    /// The fault that reading ended with; a visitor that ends because it had to have a field speaks of the length of a list.
    pub(super) fn fault(&self, fault: Fault) -> Fault {
        self.missing.map_or(fault, Fault::missing_field)
    }

    fn name(&self) -> &'static str {
        self.names[self.names.len() - self.values.len() - 1]
    }

    fn next(&mut self) -> Option<Tree> {
        let value = self.values.next()?;
        self.missing = if value.is_none() { Some(self.name()) } else { None };
        value
    }
}

impl<'de> SeqAccess<'de> for &mut Fields {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        match self.next() {
            None => Ok(None),
            Some(value) => seed.deserialize(value).map(Some).map_err(|fault| fault.in_field(self.name())),
        }
    }
}

/// The items of a list.
pub(super) struct Items {
    pub(super) rest: std::vec::IntoIter<Tree>,
    pub(super) length: usize,
}

impl Items {
    /// An error if not every item was asked for.
    pub(super) fn end(&self) -> Result<(), Fault> {
        if self.rest.len() > 0 {
            return Err(Fault::invalid_length(self.length, &"fewer elements in array"));
        }
        Ok(())
    }
}

impl<'de> SeqAccess<'de> for &mut Items {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        seed.deserialize(value).map(Some).map_err(|fault| fault.in_item(self.length - self.rest.len() - 1))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The keys and values of an object that is no struct.
pub(super) struct Entries {
    rest: std::vec::IntoIter<(String, Tree)>,
    value: Tree,
}

impl Entries {
    pub(super) fn new(map: Vec<(String, Tree)>) -> Self {
        Self { rest: map.into_iter(), value: Tree::Null }
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Tree::Text(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        seed.deserialize(std::mem::replace(&mut self.value, Tree::Null))
    }
}

/// A word that is one of a few, by its place among them.
pub(super) struct Choice(u64);

impl Choice {
    pub(super) fn new(tree: Tree, names: &'static [&'static str]) -> Result<Self, Fault> {
        let word = tree.word()?;
        match names.iter().zip(0..).find(|(name, _)| **name == word) {
            Some((_, at)) => Ok(Self(at)),
            None => Err(Fault::unknown_variant(&word, names)),
        }
    }
}

impl Tree {
    /// The word of an enum without data, as JSON may write it: as a text, or as the one key of an object that says nothing more.
    fn word(self) -> Result<String, Fault> {
        match self {
            Self::Text(word) => return Ok(word),
            Self::Map(mut map) if map.len() == 1 => {
                if let Some((word, Self::Null)) = map.pop() {
                    return Ok(word);
                }
                return Err(Fault::invalid_value(Unexpected::Map, &"map with a single key"));
            }
            _ => {}
        }
        Err(Fault::invalid_type(self.unexpected(), &"string or map"))
    }
}

impl<'de> Deserializer<'de> for Choice {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_u64(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Choice {
    type Error = Fault;
    type Variant = Plain;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Plain), Fault> {
        Ok((seed.deserialize(self)?, Plain))
    }
}

/// A variant without data; what is read has no others.
pub(super) struct Plain;

impl<'de> VariantAccess<'de> for Plain {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Fault> {
        Err(Fault::invalid_type(Unexpected::UnitVariant, &"newtype variant"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        Err(Fault::invalid_type(Unexpected::UnitVariant, &visitor))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        Err(Fault::invalid_type(Unexpected::UnitVariant, &visitor))
    }
}
