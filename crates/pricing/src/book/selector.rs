//! Which units of a cart are meant: the document form and the compiled one.

use super::Compiler;
use crate::{
    engine::{Line, Run},
    sort,
    tree::{self, Fault, Read, Tree, reads},
};
use money::Decimal;
use serde::{Deserialize, Serialize};

/// Which units of a cart are meant: all, or those for which every stated key holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Selector {
    /// Every unit.
    #[default]
    All,
    /// Those for which every key holds.
    Where(Box<Keys>),
}

/// The keys of a selector; all that are stated must hold for a unit. In a list any value will do; an empty list matches nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keys {
    /// One of these stock keeping units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<Vec<String>>,
    /// With one of these tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Vec<String>>,
    /// In one of these categories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Vec<String>>,
    /// Of one of these brands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<Vec<String>>,
    /// The unit's shelf price is at least this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_price: Option<Decimal>,
    /// The unit's shelf price is at most this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_price: Option<Decimal>,
    /// The line has at least so many units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_line_quantity: Option<i64>,
    /// A price-class promotion has lowered the line, or has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_sale: Option<bool>,
    /// One of these selectors matches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any: Option<Vec<Selector>>,
    /// This selector does not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not: Option<Selector>,
}

reads! {
    Keys {
        ; sku = None, tag = None, category = None, brand = None, min_price = None, max_price = None, min_line_quantity = None, on_sale =
        None, any = None, not = None
    }
}

impl Keys {
    /// True if words of one kind are stated, and nothing else.
    #[inline]
    fn has_only_words(&self) -> bool {
        let kinds = [&self.sku, &self.tag, &self.category, &self.brand].into_iter().flatten().count();
        let others = [self.min_price.is_some(), self.max_price.is_some(), self.min_line_quantity.is_some()];
        let more = [self.on_sale.is_some(), self.any.is_some(), self.not.is_some()];
        kinds == 1 && others == [false; 3] && more == [false; 3]
    }
}

impl Serialize for Selector {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str("all"),
            Self::Where(keys) => keys.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        tree::deserialize(deserializer)
    }
}

impl Read for Selector {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        match tree.settled() {
            Tree::Text(word) if word == "all" => Ok(Self::All),
            keys @ Tree::Map(_) => Read::read(keys).map(Self::Where).map_err(|fault| fault.within("selector")),
            other => Err(Fault::new(format!("a selector is \"all\" or an object, not {other}"))),
        }
    }
}

/// A selector with its words looked up.
#[derive(Clone, Debug)]
pub(crate) enum Matcher {
    All,
    Where(Box<Tests>),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Tests {
    sku: Option<Box<[u32]>>,
    tag: Option<Box<[u32]>>,
    category: Option<Box<[u32]>>,
    brand: Option<Box<[u32]>>,
    min_price: Option<i64>,
    max_price: Option<i64>,
    min_line_quantity: Option<i64>,
    on_sale: Option<bool>,
    any: Option<Box<[Matcher]>>,
    not: Option<Matcher>,
    /// True if it is words of one kind, and nothing else.
    only_words: bool,
}

/// How deep selectors and conditions may be nested.
pub(crate) const NESTING_MAX: u32 = 16;

impl Selector {
    #[inline]
    pub(crate) fn compile(&self, compiler: &mut Compiler) -> Result<Matcher, String> {
        let Self::Where(keys) = self else { return Ok(Matcher::All) };
        compiler.enter()?;
        let words = |list: &Option<Vec<String>>, of: &mut dyn FnMut(&str) -> u32| {
            list.as_ref().map(|list| {
                let mut symbols: Vec<u32> = list.iter().map(|word| of(word)).collect();
                sort::by(&mut symbols, Ord::cmp);
                symbols.into_boxed_slice()
            })
        };
        let tests = Tests {
            sku: words(&keys.sku, &mut |word| compiler.symbols.sku(word)),
            tag: words(&keys.tag, &mut |word| compiler.symbols.tag(word)),
            category: words(&keys.category, &mut |word| compiler.symbols.category(word)),
            brand: words(&keys.brand, &mut |word| compiler.symbols.brand(word)),
            min_price: keys.min_price.map(|price| compiler.amount(price)).transpose()?,
            max_price: keys.max_price.map(|price| compiler.amount(price)).transpose()?,
            min_line_quantity: keys.min_line_quantity,
            on_sale: keys.on_sale,
            any: match &keys.any {
                Some(list) => Some(list.iter().map(|one| one.compile(compiler)).collect::<Result<_, _>>()?),
                None => None,
            },
            not: keys.not.as_ref().map(|not| not.compile(compiler)).transpose()?,
            only_words: keys.has_only_words(),
        };
        compiler.leave();
        Ok(Matcher::Where(Box::new(tests)))
    }
}

impl Matcher {
    /// True if the run's units are meant.
    #[inline]
    pub(crate) fn matches(&self, line: &Line, run: &Run) -> bool {
        match self {
            Self::All => true,
            Self::Where(tests) => tests.hold(line, run),
        }
    }

    /// True if units of this line are meant now or may come to be when prices fall.
    pub(crate) fn could_match(&self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::Where(tests) => tests.could_hold(line),
        }
    }

    /// True if a promotion of class price may change what matches.
    pub(crate) fn moves(&self) -> bool {
        let Self::Where(tests) = self else { return false };
        tests.min_price.is_some()
            || tests.max_price.is_some()
            || tests.on_sale.is_some()
            || tests.any.as_ref().is_some_and(|any| any.iter().any(Matcher::moves))
            || tests.not.as_ref().is_some_and(Matcher::moves)
    }

    /// True if a line matches as soon as it has one of its [`Matcher::words`].
    pub(crate) fn is_words(&self) -> bool {
        matches!(self, Self::Where(tests) if tests.only_words)
    }

    /// Words of one kind, sorted, of which a line must have one; none if that is not so simple.
    #[inline]
    pub(crate) fn words(&self) -> Option<(Kind, &[u32])> {
        let Self::Where(tests) = self else { return None };
        let lists = [
            (Kind::Sku, &tests.sku),
            (Kind::Category, &tests.category),
            (Kind::Brand, &tests.brand),
            (Kind::Tag, &tests.tag),
        ];
        lists.into_iter().find_map(|(kind, list)| list.as_deref().map(|list| (kind, list)))
    }

    /// Words of which a line must have one, or none if any line could match.
    #[inline]
    pub(crate) fn anchors(&self) -> Option<Vec<Anchor>> {
        let Self::Where(tests) = self else { return None };
        let named = |list: &Option<Box<[u32]>>, kind: fn(u32) -> Anchor| {
            list.as_ref().map(|list| list.iter().copied().map(kind).collect::<Vec<_>>())
        };
        let of_any = tests.any.as_ref().and_then(|any| any.iter().map(Matcher::anchors).collect::<Option<Vec<_>>>());
        let lists = [
            named(&tests.sku, Anchor::Sku),
            named(&tests.category, Anchor::Category),
            named(&tests.brand, Anchor::Brand),
            named(&tests.tag, Anchor::Tag),
            of_any.map(|lists| lists.concat()),
        ];
        lists.into_iter().flatten().next()
    }
}

/// The kinds of words that lines have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sku,
    Category,
    Brand,
    Tag,
}

/// A word by which promotions are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Anchor {
    Sku(u32),
    Category(u32),
    Brand(u32),
    Tag(u32),
}

impl Tests {
    /// What no promotion can change.
    fn words_hold(&self, line: &Line) -> bool {
        let among =
            |list: &Option<Box<[u32]>>, word: u32| list.as_ref().is_none_or(|list| list.binary_search(&word).is_ok());
        among(&self.sku, line.sku)
            && among(&self.category, line.category)
            && among(&self.brand, line.brand)
            && self.tag.as_ref().is_none_or(|list| line.tags.iter().any(|tag| list.binary_search(tag).is_ok()))
            && self.min_line_quantity.is_none_or(|quantity| line.quantity >= quantity)
    }

    fn could_hold(&self, line: &Line) -> bool {
        self.words_hold(line)
            && self.any.as_ref().is_none_or(|any| any.iter().any(|one| one.could_match(line)))
            && self.not.as_ref().is_none_or(|not| not.moves() || !not.matches(line, &line.runs[0]))
    }

    fn hold(&self, line: &Line, run: &Run) -> bool {
        self.words_hold(line)
            && self.min_price.is_none_or(|price| run.shelf >= price)
            && self.max_price.is_none_or(|price| run.shelf <= price)
            && self.on_sale.is_none_or(|wanted| line.lowered == wanted)
            && self.any.as_ref().is_none_or(|any| any.iter().any(|one| one.matches(line, run)))
            && self.not.as_ref().is_none_or(|not| !not.matches(line, run))
    }
}
