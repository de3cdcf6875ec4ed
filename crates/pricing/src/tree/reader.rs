//! Reading a tree as what it should be.

use super::{
    Fault, Tree,
    fields::{Choice, Entries, Fields, Items},
};
use serde::{
    Deserializer,
    de::{Error, Expected, Unexpected, Visitor},
};

impl Tree {
    pub(super) fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Negative(number) => Unexpected::Signed(*number),
            Self::Whole(number) => Unexpected::Unsigned(*number),
            Self::Broken(number) => Unexpected::Float(*number),
            Self::Text(text) => Unexpected::Str(text),
            Self::List(_) => Unexpected::Seq,
            Self::Map(_) => Unexpected::Map,
        }
    }

    // Takes the tree, so that whoever finds it wrong has nothing left to drop.
    fn wrong(self, expected: &dyn Expected) -> Fault {
        Fault::invalid_type(self.unexpected(), expected)
    }

    fn number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Negative(number) => visitor.visit_i64(number),
            Self::Whole(number) => visitor.visit_u64(number),
            Self::Broken(number) => visitor.visit_f64(number),
            other => Err(other.wrong(&visitor)),
        }
    }
}

fn list<'de, V: Visitor<'de>>(list: Vec<Tree>, visitor: V) -> Result<V::Value, Fault> {
    let mut items = Items { length: list.len(), rest: list.into_iter() };
    let value = visitor.visit_seq(&mut items)?;
    items.end()?;
    Ok(value)
}

macro_rules! numbers {
    ($($name:ident)+) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.number(visitor)
        }
    )+};
}

macro_rules! texts {
    ($($name:ident)+) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self {
                Self::Text(text) => visitor.visit_string(text),
                other => Err(other.wrong(&visitor)),
            }
        }
    )+};
}

macro_rules! nothings {
    ($($name:ident($($argument:ty)?))+) => {$(
        fn $name<V: Visitor<'de>>(self, $(_: $argument,)? visitor: V) -> Result<V::Value, Fault> {
            match self {
                Self::Null => visitor.visit_unit(),
                other => Err(other.wrong(&visitor)),
            }
        }
    )+};
}

macro_rules! lists {
    ($($name:ident($($argument:ty),*))+) => {$(
        fn $name<V: Visitor<'de>>(self, $(_: $argument,)* visitor: V) -> Result<V::Value, Fault> {
            match self {
                Self::List(items) => list(items, visitor),
                other => Err(other.wrong(&visitor)),
            }
        }
    )+};
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Text(text) => visitor.visit_string(text),
            Self::List(items) => list(items, visitor),
            Self::Map(map) => visitor.visit_map(Entries::new(map)),
            number => number.number(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Bool(value) => visitor.visit_bool(value),
            other => Err(other.wrong(&visitor)),
        }
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }
    texts! { deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf deserialize_identifier }
    nothings! { deserialize_unit() deserialize_unit_struct(&'static str) }
    lists! { deserialize_seq() deserialize_tuple(usize) deserialize_tuple_struct(&'static str, usize) }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Map(map) => visitor.visit_map(Entries::new(map)),
            other => Err(other.wrong(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let map = match self {
            Self::Map(map) => map,
            other => return Err(other.wrong(&visitor)),
        };
        let mut fields = Fields::new(map, names)?;
        visitor.visit_seq(&mut fields).map_err(|fault| fields.fault(fault))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(Choice::new(self, names)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any(visitor)
    }
}
