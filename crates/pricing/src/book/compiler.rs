//! What a document needs to become indexes: words as numbers and amounts as minor units.

use super::{Class, Promotion, index::Places, selector::NESTING_MAX};
use ids::PromotionId;
use money::{Currency, Decimal, Ratio, RoundingMode};

/// The number of a word that no document mentions.
pub(crate) const NO_WORD: u32 = u32::MAX;

/// Words of one kind, numbered as they come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    texts: Vec<Box<str>>,
    places: Places,
}

impl Words {
    #[inline]
    fn intern(&mut self, word: &str) -> u32 {
        let known = self.find(word);
        if known != NO_WORD {
            return known;
        }
        self.texts.push(word.into());
        self.places.put_last(&self.texts);
        u32::try_from(self.texts.len() - 1).expect("a document of four thousand million words does not fit in memory")
    }

    pub(crate) fn find(&self, word: &str) -> u32 {
        let place = self.places.find(word, |place| *self.texts[place] == *word);
        place.and_then(|place| u32::try_from(place).ok()).unwrap_or(NO_WORD)
    }
}

/// All words of a book.
#[derive(Clone, Debug, Default)]
pub(crate) struct Symbols {
    pub(crate) skus: Words,
    pub(crate) tags: Words,
    pub(crate) categories: Words,
    pub(crate) brands: Words,
}

impl Symbols {
    #[inline]
    pub(crate) fn sku(&mut self, word: &str) -> u32 {
        self.skus.intern(word)
    }

    #[inline]
    pub(crate) fn tag(&mut self, word: &str) -> u32 {
        self.tags.intern(word)
    }

    #[inline]
    pub(crate) fn category(&mut self, word: &str) -> u32 {
        self.categories.intern(word)
    }

    #[inline]
    pub(crate) fn brand(&mut self, word: &str) -> u32 {
        self.brands.intern(word)
    }
}

/// Turns documents into their compiled form.
pub(crate) struct Compiler {
    pub(crate) symbols: Symbols,
    currency: Currency,
    /// The class of the promotion at hand.
    pub(crate) class: Class,
    /// The promotion at hand.
    pub(crate) promotion: Option<PromotionId>,
    depth: u32,
}

impl Compiler {
    #[inline]
    pub(crate) fn new(currency: Currency) -> Self {
        Self { symbols: Symbols::default(), currency, class: Class::Price, promotion: None, depth: 0 }
    }

    /// Turns to the next promotion.
    #[inline]
    pub(crate) fn begin(&mut self, promotion: &Promotion) {
        self.class = promotion.class;
        self.promotion = Some(promotion.id.clone());
        self.depth = 0;
    }

    /// An amount in minor units; negative ones are refused.
    #[inline]
    pub(crate) fn amount(&self, value: Decimal) -> Result<i64, String> {
        amount(value, self.currency)
    }

    /// Worth in minor units of one point, or points for one minor unit, as an exact ratio.
    #[inline]
    pub(crate) fn per_minor(&self, rate: Decimal, worth: bool) -> Result<Ratio, String> {
        let scale = Decimal::from(10_i64.pow(self.currency.exponent()));
        let scaled = if worth { rate.checked_mul(scale) } else { rate.checked_div(scale) };
        Ratio::from_rate(scaled.ok_or("the points' rate is too large")?).map_err(|error| format!("points: {error}"))
    }

    #[inline]
    pub(crate) fn enter(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > NESTING_MAX { Err(format!("nested deeper than {NESTING_MAX} levels")) } else { Ok(()) }
    }

    #[inline]
    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// An amount in minor units; negative ones are refused.
#[inline]
pub(crate) fn amount(amount: Decimal, currency: Currency) -> Result<i64, String> {
    if amount.is_sign_negative() && !amount.is_zero() {
        return Err(format!("{amount} is negative"));
    }
    money::minor_from_decimal(amount, currency).map_err(|error| error.to_string())
}

/// A percentage; more than 100 takes off everything, since nothing is ever below zero.
#[inline]
pub(crate) fn percentage(percent: Decimal) -> Result<Ratio, String> {
    Ratio::from_percent(percent).map_err(|error| format!("{percent} percent: {error}"))
}

/// A count that must be at least 1.
#[inline]
pub(crate) fn count(count: i64, what: &str) -> Result<i64, String> {
    if (1..=crate::QUANTITY_MAX).contains(&count) {
        Ok(count)
    } else {
        Err(format!("{what} must be at least 1, not {count}"))
    }
}

/// A count that, where stated, must not be negative; none is no bound.
#[inline]
pub(crate) fn bound(count: Option<i64>, what: &str) -> Result<i64, String> {
    match count {
        None => Ok(i64::MAX),
        Some(count) if count >= 0 => Ok(count),
        Some(count) => Err(format!("{what} may not be negative, but is {count}")),
    }
}

/// How a book rounds, where rules need it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rounder {
    pub(crate) mode: RoundingMode,
    pub(crate) scope: super::Scope,
}
