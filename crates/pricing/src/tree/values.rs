//! Reading what is no struct.

use super::{Fault, Read, Tree, fields::texts, words};
use ids::{CouponCode, LevelId, LineId, MemberId, PlaceId, PriceBookId, PromotionId, Sku};
use money::{Currency, Decimal, RoundingMode};
use std::collections::BTreeMap;

impl Tree {
    #[inline]
    fn text_of(self, expected: &str) -> Result<String, Fault> {
        match self {
            Self::Text(text) => Ok(text),
            other => Err(Fault::wrong_type(&other, expected)),
        }
    }

    #[inline]
    pub(crate) fn text(self) -> Result<String, Fault> {
        self.text_of("a string")
    }

    /// Which of the words it is, as JSON may write one: as a text, or as the one key of an object that says nothing more.
    #[inline]
    pub(crate) fn choice(self, words: &[&str]) -> Result<usize, Fault> {
        let (word, more) = match self {
            Self::Text(word) => (word, Self::Null),
            Self::Map(mut map) if map.len() == 1 => map.swap_remove(0),
            other => return Err(Fault::wrong_type(&other, "string or map")),
        };
        let at = words.iter().position(|one| *one == word).ok_or_else(|| Fault::unknown("variant", &word, words))?;
        if matches!(more, Self::Null) { Ok(at) } else { Err(Fault::wrong_type(&more, "unit")) }
    }

    #[inline]
    fn items(self) -> Result<Vec<Self>, Fault> {
        match self {
            Self::List(list) => Ok(list),
            other => Err(Fault::wrong_type(&other, "a sequence")),
        }
    }

    #[inline]
    fn entries(self) -> Result<Vec<(String, Self)>, Fault> {
        match self {
            Self::Map(map) => Ok(map),
            other => Err(Fault::wrong_type(&other, "a map")),
        }
    }
}

texts!(CouponCode, Currency, LevelId, LineId, MemberId, PlaceId, PriceBookId, PromotionId, Sku);

words! {
    RoundingMode { HalfUp = "half_up", HalfEven = "half_even", HalfDown = "half_down", Down = "down" }
}

impl Read for String {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        tree.text()
    }
}

impl Read for bool {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        match tree {
            Tree::Bool(value) => Ok(value),
            other => Err(Fault::wrong_type(&other, "a boolean")),
        }
    }
}

impl Read for i64 {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        match tree {
            Tree::Int(number) => Ok(number),
            other => Err(Fault::wrong_type(&other, "i64")),
        }
    }
}

macro_rules! smaller {
    ($($name:ident)+) => {$(
        impl Read for $name {
            #[inline]
            fn read(tree: Tree) -> Result<Self, Fault> {
                let Tree::Int(number) = tree else { return Err(Fault::wrong_type(&tree, stringify!($name))) };
                number.try_into().map_err(|_| Fault::wrong_value(&tree, stringify!($name)))
            }
        }
    )+};
}

smaller! { i32 u32 u8 }

impl Read for Decimal {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        const EXPECTED: &str = "a Decimal type representing a fixed-point number";
        let text = tree.text_of(EXPECTED)?;
        let number = text.parse().or_else(|_| Self::from_scientific(&text));
        number.map_err(|_| Fault::wrong_value(&Tree::Text(text), EXPECTED))
    }
}

impl<T: Read> Read for Option<T> {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        if matches!(tree, Tree::Null) { Ok(None) } else { T::read(tree).map(Some) }
    }
}

impl<T: Read> Read for Box<T> {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        T::read(tree).map(Self::new)
    }
}

/// Reads items one after the other; not generic, so that it is compiled once.
fn each(items: Vec<Tree>, read: &mut dyn FnMut(Tree) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut items = items.into_iter().enumerate();
    items.try_for_each(|(at, item)| read(item).map_err(|fault| fault.in_item(at)))
}

/// The same of entries.
fn each_entry(
    entries: Vec<(String, Tree)>,
    read: &mut dyn FnMut(String, Tree) -> Result<(), Fault>,
) -> Result<(), Fault> {
    entries.into_iter().try_for_each(|(key, value)| read(key, value))
}

impl<T: Read> Read for Vec<T> {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        let items = tree.items()?;
        let mut list = Self::with_capacity(items.len());
        each(items, &mut |item| T::read(item).map(|value| list.push(value)))?;
        Ok(list)
    }
}

impl<T: Read> Read for (T, T) {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        match <[Tree; 2]>::try_from(tree.items()?) {
            Ok([first, second]) => Ok((T::read(first)?, T::read(second)?)),
            Err(items) => Err(Fault::new(format!("invalid length {}, expected a tuple of size 2", items.len()))),
        }
    }
}

impl<K: Read + Ord, T: Read> Read for BTreeMap<K, T> {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        let mut map = Self::new();
        each_entry(tree.entries()?, &mut |key, value| {
            let value = T::read(value).map_err(|fault| fault.in_field(&key))?;
            map.insert(K::read(Tree::Text(key))?, value);
            Ok(())
        })?;
        Ok(map)
    }
}
