//! The price book: an immutable, versioned set of prices and promotions, as a document and compiled.

mod check;
mod compiled;
mod compiler;
mod contradictions;
mod directory;
mod facts;
mod index;
mod promotion;
mod selector;

pub use check::BookError;
pub use compiled::{CompiledBook, canonical_json};
pub use promotion::{Base, Class, Combine, Limit, Promotion, ReturnMethod};
pub use selector::{Keys, Selector};

pub(crate) use check::funding_weights;
pub(crate) use compiled::Ready;
pub(crate) use compiler::{Compiler, Rounder, bound, count, percentage};
pub(crate) use directory::Directory;
pub(crate) use facts::SkuFacts;
pub(crate) use selector::{Anchor, Kind, Matcher};

use crate::{
    text::Text,
    tree::{reads, words},
};
use ids::{LevelId, PriceBookId, Sku};
use money::{Currency, Decimal, RoundingMode};
use serde::{Deserialize, Serialize};

/// The version of the book's document format.
pub const BOOK_FORMAT: u32 = 1;

/// A price book as a document. Amounts are decimal numbers in major units (`"19.99"`); percentages are percent (`"15"`), tax
/// rates are rates (`"0.13"`). The order of SKUs, levels and shipping methods means nothing; promotions of equal priority are applied as listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PriceBook {
    /// [`BOOK_FORMAT`].
    pub format: u32,
    /// The currency of all amounts.
    pub currency: Currency,
    /// Whether the merchant fixed the order of promotions or the engine looks for the best price.
    #[serde(default)]
    pub resolution: Resolution,
    /// How amounts are rounded.
    #[serde(default)]
    pub rounding: Rounding,
    /// The tax of what names none of its own.
    #[serde(default)]
    pub tax: Tax,
    /// Points earned and their worth.
    #[serde(default)]
    pub points: Points,
    /// The member levels.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// The shipping methods.
    #[serde(default)]
    pub shipping: Vec<ShippingMethod>,
    /// What goods with a known cost must earn over it, as a rate: no benefit brings one unit below cost × (1 + rate), rounded up. None is no such floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin_floor: Option<Decimal>,
    /// Every stock keeping unit with its list price.
    pub skus: Vec<SkuPrice>,
    /// The promotions.
    #[serde(default)]
    pub promotions: Vec<Promotion>,
}

reads! {
    PriceBook {
        format, currency, skus; resolution = Resolution::default(), rounding = Rounding::default(), tax = Tax::default(), points =
        Points::default(), levels = Vec::new(), shipping = Vec::new(), margin_floor = None, promotions = Vec::new()
    }
}

/// The part of a price book that can touch some SKUs: small enough to ship with a page. Quoting with it gives the same
/// bytes as quoting with the whole book.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// The id of the whole book.
    pub of: PriceBookId,
    /// The part.
    pub part: PriceBook,
}

reads! { Slice { of, part } }

/// How a price book chooses among promotions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// The engine looks for what the shopper pays least with.
    #[default]
    Best,
    /// The merchant fixed the order.
    Pinned,
}

words! { Resolution { Best = "best", Pinned = "pinned" } }

/// How amounts are rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// What becomes of a half.
    #[serde(default)]
    pub mode: RoundingMode,
    /// What is rounded.
    #[serde(default)]
    pub scope: Scope,
}

reads! { Rounding { ; mode = RoundingMode::default(), scope = Scope::default() } }

/// What is rounded: each unit, each line, or the document once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Each unit by itself.
    Unit,
    /// Each line.
    #[default]
    Line,
    /// The sum over all lines, then spread back.
    Document,
}

words! { Scope { Unit = "unit", Line = "line", Document = "document" } }

/// Tax of what names none of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tax {
    /// True if prices hold their tax already.
    #[serde(default)]
    pub included: bool,
    /// The rate: `0.13` is 13 %.
    #[serde(default)]
    pub rate: Decimal,
}

reads! { Tax { ; included = false, rate = Decimal::ZERO } }

/// Points earned and their worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// Points earned per 1 of goods after discounts, in major units.
    #[serde(default)]
    pub earn: Decimal,
    /// What one point is worth when spent, in major units.
    #[serde(default)]
    pub value: Decimal,
    /// Points are spent in multiples of this.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub step: i64,
    /// The largest share of the total that points may pay, from 0 to 1; the amount is rounded down.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub cap: Decimal,
}

reads! { Points { ; earn = Decimal::ZERO, value = Decimal::ZERO, step = one(), cap = whole() } }

impl Default for Points {
    fn default() -> Self {
        Self { earn: Decimal::ZERO, value: Decimal::ZERO, step: 1, cap: Decimal::ONE }
    }
}

fn one() -> i64 {
    1
}

fn whole() -> Decimal {
    Decimal::ONE
}

// serde hands over references.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference; on 32 bits nothing is to be warned of")]
fn is_one(step: &i64) -> bool {
    *step == 1
}

fn is_whole(cap: &Decimal) -> bool {
    *cap == Decimal::ONE
}

/// A member level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The level.
    pub id: LevelId,
    /// A higher rank is a higher level.
    pub rank: u32,
    /// Its name.
    pub name: Text,
}

reads! { Level { id, rank, name } }

/// A way to send goods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShippingMethod {
    /// The method's id.
    pub method: String,
    /// Its name.
    #[serde(default)]
    pub name: Text,
    /// Its price in major units.
    pub price: Decimal,
    /// Its tax rate, if not the book's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<Decimal>,
}

reads! { ShippingMethod { method, price; name = Text::default(), tax_rate = None } }

/// A stock keeping unit with its list price and the facts that promotions may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SkuPrice {
    /// What.
    pub sku: Sku,
    /// The list price of one unit in major units.
    pub price: Decimal,
    /// The category's slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The brand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The tax rate, if not the book's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<Decimal>,
    /// False: no benefit matches it, though conditions still count it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub discountable: bool,
    /// The floor: no benefit brings one unit below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_price: Option<Decimal>,
    /// What one unit costs the shop, in major units with as many decimals as it takes. It never leaves the server: a slice carries the floor that follows from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Decimal>,
}

reads! {
    SkuPrice {
        sku, price; category = None, brand = None, tags = Vec::new(), tax_rate = None, discountable = yes(), min_price = None, cost = None
    }
}

fn yes() -> bool {
    true
}

// serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference; on 32 bits nothing is to be warned of")]
fn is_yes(value: &bool) -> bool {
    *value
}
