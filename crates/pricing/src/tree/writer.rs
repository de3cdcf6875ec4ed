//! Writing documents as JSON: the same bytes as `serde_json`, with less code, since nothing here can fail and nearly nothing is compiled once for each type.

use serde::{Serialize, ser};
use std::fmt::{self, Write};

/// Writes a quote, a slice or another document as JSON, just as `serde_json::to_string` does.
#[must_use]
pub fn write(document: &(impl Serialize + ?Sized)) -> String {
    let mut writer = Writer(String::new());
    document.serialize(&mut writer).unwrap_or_else(|never| match never {});
    writer.0
}

/// What is written so far.
struct Writer(String);

/// Writing to memory does not fail.
#[derive(Debug)]
enum Never {}

type Written = Result<(), Never>;

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(message: T) -> Self {
        unreachable!("a document has a text in JSON, whatever it holds: {message}")
    }
}

impl Writer {
    #[inline(never)]
    fn raw(&mut self, text: &str) -> Written {
        self.0.push_str(text);
        Ok(())
    }

    fn displayed(&mut self, value: fmt::Arguments<'_>) -> Written {
        self.0.write_fmt(value).expect("a text takes whatever is written to it");
        Ok(())
    }

    #[inline(never)]
    fn signed(&mut self, number: i64) -> Written {
        self.displayed(format_args!("{number}"))
    }

    #[inline(never)]
    fn unsigned(&mut self, number: u64) -> Written {
        self.displayed(format_args!("{number}"))
    }

    /// Numbers that are none in mathematics are null.
    fn float(&mut self, number: f64) -> Written {
        if number.is_finite() { self.displayed(format_args!("{number:?}")) } else { self.raw("null") }
    }

    #[inline(never)]
    fn text(&mut self, text: &str) -> Written {
        self.0.push('"');
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'"' | b'\\' | 0..b' ')) {
            self.0.push_str(&text[plain..at]);
            plain = at + 1;
            self.escape(byte);
        }
        self.0.push_str(&text[plain..]);
        self.raw("\"")
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' | b'\\' => char::from(byte),
            8 => 'b',
            9 => 't',
            10 => 'n',
            12 => 'f',
            13 => 'r',
            _ => return self.displayed(format_args!("\\u{byte:04x}")).unwrap_or_else(|never| match never {}),
        };
        self.0.extend(['\\', short]);
    }

    /// A comma, unless what comes is the first in its list or object: only then nothing but a bracket stands before it.
    #[inline(never)]
    fn comma(&mut self) {
        if !self.0.ends_with(['[', '{']) {
            self.0.push(',');
        }
    }

    #[inline(never)]
    fn name(&mut self, name: &str) -> Written {
        self.comma();
        self.text(name)?;
        self.raw(":")
    }

    /// The only entry of an object, whose value begins with `open`.
    #[inline(never)]
    fn variant(&mut self, name: &str, open: &str) -> Written {
        self.raw("{")?;
        self.name(name)?;
        self.raw(open)
    }
}

macro_rules! numbers {
    ($($name:ident $number:ty => $how:ident),+ $(,)?) => {$(
        fn $name(self, number: $number) -> Written {
            self.$how(number.into())
        }
    )+};
}

impl ser::Serializer for &mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers! {
        serialize_i8 i8 => signed, serialize_i16 i16 => signed, serialize_i32 i32 => signed, serialize_i64 i64 => signed,
        serialize_u8 u8 => unsigned, serialize_u16 u16 => unsigned, serialize_u32 u32 => unsigned, serialize_u64 u64 => unsigned,
        serialize_f32 f32 => float, serialize_f64 f64 => float,
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.raw(if value { "true" } else { "false" })
    }

    fn serialize_char(self, value: char) -> Written {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Written {
        self.text(text)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Written {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Written {
        self.raw("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.raw("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.raw("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.variant(variant, "")?;
        value.serialize(&mut *self)?;
        self.raw("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        self.raw("[").map(|()| self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Never> {
        self.raw("[").map(|()| self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        self.raw("[").map(|()| self)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Self, Never> {
        self.variant(variant, "[").map(|()| self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Never> {
        self.raw("{").map(|()| self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        self.raw("{").map(|()| self)
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Self, Never> {
        self.variant(variant, "{").map(|()| self)
    }
}

/// Lists, which differ in how they end.
macro_rules! lists {
    ($($kind:ident $push:ident $end:literal)+) => {$(
        impl ser::$kind for &mut Writer {
            type Ok = ();
            type Error = Never;

            fn $push<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                self.comma();
                value.serialize(&mut **self)
            }

            fn end(self) -> Written {
                self.raw($end)
            }
        }
    )+};
}

lists! {
    SerializeSeq serialize_element "]"
    SerializeTuple serialize_element "]"
    SerializeTupleStruct serialize_field "]"
    SerializeTupleVariant serialize_field "]}"
}

/// Structs, which differ in how they end.
macro_rules! structs {
    ($($kind:ident $end:literal)+) => {$(
        impl ser::$kind for &mut Writer {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
                self.name(name)?;
                value.serialize(&mut **self)
            }

            fn end(self) -> Written {
                self.raw($end)
            }
        }
    )+};
}

structs! {
    SerializeStruct "}"
    SerializeStructVariant "}}"
}

impl ser::SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Never;

    /// Keys are texts, whatever they are made of.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.comma();
        let from = self.0.len();
        key.serialize(&mut **self)?;
        if !self.0[from..].starts_with('"') {
            self.0.insert(from, '"');
            self.raw("\"")?;
        }
        self.raw(":")
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(&mut **self)
    }

    fn end(self) -> Written {
        self.raw("}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    /// Every shape that serde has a name for.
    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(Option<i64>),
        Tuple(u8, i32),
        Struct { empty: [u8; 0], unit: (), letter: char },
    }

    #[derive(Serialize)]
    struct Pair(bool, f64);

    #[derive(Serialize)]
    struct Nothing;

    proptest! {
        #[test]
        fn texts_and_numbers_are_written_as_serde_json_writes_them(
            texts in prop::collection::vec(prop_oneof!["\\PC*", "[\\x00-\\x7f]*"], 0..9),
            numbers in prop::collection::btree_map(any::<i64>(), any::<u64>(), 0..9),
            half in -99_999..99_999_i32,
        ) {
            let shapes = [
                Shape::Unit,
                Shape::Newtype(None),
                Shape::Newtype(Some(1)),
                Shape::Tuple(2, -3),
                Shape::Struct { empty: [], unit: (), letter: '"' },
            ];
            let named: BTreeMap<&str, usize> = texts.iter().map(|text| (text.as_str(), text.len())).collect();
            let all = (&texts, &numbers, shapes, named, Pair(true, f64::from(half) / 2.0), Nothing, json!({"a": [{}, null]}));
            prop_assert_eq!(write(&all), serde_json::to_string(&all).unwrap());
        }
    }
}
