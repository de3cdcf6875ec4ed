//! Checks a cart and lays it out for work.

use super::{
    Circumstances, Incoming, IncomingShipping,
    state::{Line, Run, Shipping, State},
};
use crate::{COUPONS_MAX, Cart, CompiledBook, LINES_MAX, QUANTITY_MAX, book::BookError, sort};
use ids::{LineId, Sku};
use money::{Overflow, Ratio};
use smallvec::smallvec;
use std::fmt;

/// Why a cart can't be priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuoteError {
    /// The price book has no such SKU.
    UnknownSku {
        /// The line.
        line: LineId,
        /// Its SKU.
        sku: Sku,
    },
    /// A quantity below 1 or above [`QUANTITY_MAX`].
    BadQuantity {
        /// The line.
        line: LineId,
        /// Its quantity.
        quantity: i64,
    },
    /// Two lines have the same id.
    DuplicateLine(LineId),
    /// The price book has no such shipping method.
    UnknownShipping(String),
    /// More lines than [`LINES_MAX`].
    TooManyLines(usize),
    /// More codes than [`COUPONS_MAX`].
    TooManyCoupons(usize),
    /// A line of an open cart has a price that is none.
    BadItem(BookError),
    /// An amount leaves 64 bits.
    Overflow,
}

impl From<Overflow> for QuoteError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

impl fmt::Display for QuoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownSku { line, sku } => write!(f, "line {line}: the price book has no SKU {sku}"),
            Self::BadQuantity { line, quantity } => {
                write!(f, "line {line}: quantity {quantity} is not from 1 to {QUANTITY_MAX}")
            }
            Self::DuplicateLine(line) => write!(f, "two lines have the id {line}"),
            Self::UnknownShipping(method) => write!(f, "the price book has no shipping method {method:?}"),
            Self::TooManyLines(lines) => write!(f, "{lines} lines are more than {LINES_MAX}"),
            Self::TooManyCoupons(codes) => write!(f, "{codes} coupon codes are more than {COUPONS_MAX}"),
            Self::BadItem(error) => error.fmt(f),
            Self::Overflow => Overflow.fmt(f),
        }
    }
}

impl std::error::Error for QuoteError {}

/// The cart's SKUs and shipping method looked up in the book.
#[inline(never)]
pub(super) fn look_up<'a>(
    book: &'a CompiledBook,
    cart: &'a Cart,
) -> Result<(Vec<Incoming<'a>>, Option<IncomingShipping<'a>>), QuoteError> {
    if cart.coupons.len() > COUPONS_MAX {
        return Err(QuoteError::TooManyCoupons(cart.coupons.len()));
    }
    let places = book.find_skus(cart.lines.iter().map(|line| &line.sku));
    let mut lines = Vec::with_capacity(cart.lines.len());
    for (line, place) in cart.lines.iter().zip(places) {
        let unknown = || QuoteError::UnknownSku { line: line.id.clone(), sku: line.sku.clone() };
        lines.push((&line.id, &line.sku, line.quantity, &book.skus[place.ok_or_else(unknown)?]));
    }
    Ok((lines, cart.shipping_method.as_deref().map(|method| shipping(book, method)).transpose()?))
}

/// The cart laid out for work, its lines sorted by id.
pub(super) fn state<'a>(
    incoming: &[Incoming<'a>],
    shipping: Option<IncomingShipping<'a>>,
    context: Circumstances<'a>,
) -> Result<State<'a>, QuoteError> {
    if incoming.len() > LINES_MAX {
        return Err(QuoteError::TooManyLines(incoming.len()));
    }
    let shipping = shipping.map(|(method, price, tax)| Shipping { method, price, current: price, tax });
    let mut lines = Vec::with_capacity(incoming.len());
    for one in incoming {
        lines.push(lay_out(one)?);
    }
    // Most carts come with their lines in order.
    if !lines.is_sorted_by(|a: &Line, b: &Line| a.id < b.id) {
        sort::by(&mut lines, |a, b| a.id.cmp(b.id));
        if let Some(pair) = lines.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(QuoteError::DuplicateLine(pair[0].id.clone()));
        }
    }
    // No amount ever exceeds the list value, so this sum is the one place where goods could overflow.
    let sum = lines.iter().try_fold(shipping.as_ref().map_or(0, |one| one.price), |sum, line| {
        line.list.checked_mul(line.quantity).and_then(|value| value.checked_add(sum))
    });
    sum.filter(|sum| *sum < i64::MAX / 4).ok_or(Overflow)?;
    Ok(State {
        lines: lines.into(),
        shipping,
        context,
        multiplier: Ratio::ONE,
        gifts: Vec::new(),
        discounts: Vec::new(),
    })
}

fn lay_out<'a>(incoming: &Incoming<'a>) -> Result<Line<'a>, QuoteError> {
    let &(id, sku_id, quantity, facts) = incoming;
    if !(1..=QUANTITY_MAX).contains(&quantity) {
        return Err(QuoteError::BadQuantity { line: id.clone(), quantity });
    }
    Ok(Line {
        id,
        sku_id,
        sku: facts.sku,
        category: facts.category,
        brand: facts.brand,
        tags: &facts.tags,
        list: facts.list,
        quantity,
        discountable: facts.discountable,
        floor: facts.floor,
        tax: facts.tax,
        lowered: false,
        runs: smallvec![Run { count: quantity, shelf: facts.list, current: facts.list, taken: false }],
        // Beyond 64 bits the cart is refused before anything is computed with it.
        worth: facts.list.saturating_mul(quantity),
    })
}

fn shipping<'a>(book: &CompiledBook, method: &'a str) -> Result<IncomingShipping<'a>, QuoteError> {
    let methods = &book.document().shipping;
    let place = methods.binary_search_by(|one| one.method.as_str().cmp(method));
    let (price, tax) = book.shipping[place.map_err(|_| QuoteError::UnknownShipping(method.to_owned()))?];
    Ok((Some(method), price, tax))
}
