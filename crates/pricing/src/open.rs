//! Carts whose lines bring their own price: goods with the price in their barcode, prices keyed in at the till, and test cases.

use crate::{
    COUPONS_MAX, CompiledBook, Context, GiftChoice, Quote, QuoteError,
    book::{BookError, SkuPrice},
    engine::{Circumstances, Wishes},
};
use ids::{CouponCode, LineId};
use money::Decimal;
use serde::{Deserialize, Serialize};

/// A cart whose lines bring their own price and facts. It is for callers that are trusted with prices, never for a shopper's browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenCart {
    /// The lines; ids are distinct.
    pub lines: Vec<OpenLine>,
    /// Coupon codes as entered.
    #[serde(default)]
    pub coupons: Vec<CouponCode>,
    /// Points to spend.
    #[serde(default)]
    pub points: i64,
    /// Shipping with its own price.
    #[serde(default)]
    pub shipping: Option<OpenShipping>,
    /// The tender that is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tender: Option<String>,
    /// Which gift is wanted where a promotion lets choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gifts: Vec<GiftChoice>,
}

/// A line that brings its own price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenLine {
    /// Names the line.
    pub id: LineId,
    /// How many units.
    pub quantity: i64,
    /// What, at which price, with which facts.
    pub item: SkuPrice,
}

/// Shipping that brings its own price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenShipping {
    /// The method, if it has a name.
    pub method: Option<String>,
    /// Its price in major units.
    pub price: Decimal,
    /// Its tax rate, if not the book's.
    pub tax_rate: Option<Decimal>,
}

impl CompiledBook {
    /// What an open cart costs: [`CompiledBook::quote`] with the lines' own prices instead of the book's.
    ///
    /// # Errors
    /// As [`CompiledBook::quote`]; a price that is no amount of the book's currency is [`QuoteError::BadItem`].
    pub fn quote_open(&self, cart: &OpenCart, context: &Context) -> Result<Quote, QuoteError> {
        if cart.coupons.len() > COUPONS_MAX {
            return Err(QuoteError::TooManyCoupons(cart.coupons.len()));
        }
        let bad = |place: &str, message: String| QuoteError::BadItem(BookError { place: place.to_owned(), message });
        let facts = cart
            .lines
            .iter()
            .map(|line| self.facts_of(&line.item).map_err(|message| bad(&format!("line {}", line.id), message)));
        let facts = facts.collect::<Result<Vec<_>, _>>()?;
        let lines = cart.lines.iter().zip(&facts).map(|(line, facts)| (&line.id, &line.item.sku, line.quantity, facts));
        let lines: Vec<_> = lines.collect();
        let shipping = match &cart.shipping {
            None => None,
            Some(one) => {
                let (price, tax) = self.shipping_of(one).map_err(|message| bad("shipping", message))?;
                Some((one.method.as_deref(), price, tax))
            }
        };
        let wishes =
            Wishes { coupons: &cart.coupons, points: cart.points, tender: cart.tender.as_deref(), gifts: &cart.gifts };
        self.price(&lines, shipping, Circumstances { context, wishes })
    }
}
