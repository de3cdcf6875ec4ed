//! Checks a cart and lays it out for work.

use super::state::{Line, Run, Shipping, State};
use crate::{COUPONS_MAX, Cart, CartLine, CompiledBook, Context, LINES_MAX, QUANTITY_MAX};
use ids::{LineId, Sku};
use money::{Overflow, Ratio};
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
    /// A negative number of points to spend.
    BadPoints(i64),
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
            Self::BadPoints(points) => write!(f, "{points} points can't be spent"),
            Self::Overflow => Overflow.fmt(f),
        }
    }
}

impl std::error::Error for QuoteError {}

/// The cart laid out for work, and the place of each line's SKU in the book.
pub(super) fn state<'a>(
    book: &'a CompiledBook,
    cart: &'a Cart,
    context: &'a Context,
) -> Result<(State<'a>, Vec<usize>), QuoteError> {
    check(cart)?;
    let mut lines = Vec::with_capacity(cart.lines.len());
    let mut places = Vec::with_capacity(cart.lines.len());
    let mut sum = 0_i64;
    for line in &cart.lines {
        let unknown = || QuoteError::UnknownSku { line: line.id.clone(), sku: line.sku.clone() };
        let place = book.find_sku(&line.sku).ok_or_else(unknown)?;
        let line = lay_out(book, line, place)?;
        // No amount ever exceeds the list value, so this sum is the one place where goods could overflow.
        sum = line.list.checked_mul(line.quantity).and_then(|value| sum.checked_add(value)).ok_or(Overflow)?;
        lines.push(line);
        places.push(place);
    }
    lines.sort_by(|a, b| a.id.cmp(b.id));
    let shipping = cart.shipping_method.as_deref().map(|method| shipping(book, method)).transpose()?;
    sum.checked_add(shipping.as_ref().map_or(0, |one| one.price)).filter(|sum| *sum < i64::MAX / 4).ok_or(Overflow)?;
    Ok((State { lines, shipping, context, multiplier: Ratio::ONE, gifts: Vec::new() }, places))
}

fn check(cart: &Cart) -> Result<(), QuoteError> {
    if cart.lines.len() > LINES_MAX {
        return Err(QuoteError::TooManyLines(cart.lines.len()));
    }
    if cart.coupons.len() > COUPONS_MAX {
        return Err(QuoteError::TooManyCoupons(cart.coupons.len()));
    }
    if cart.points < 0 {
        return Err(QuoteError::BadPoints(cart.points));
    }
    let mut ids: Vec<&LineId> = cart.lines.iter().map(|line| &line.id).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(QuoteError::DuplicateLine(pair[0].clone())),
        None => Ok(()),
    }
}

fn lay_out<'a>(book: &'a CompiledBook, line: &'a CartLine, place: usize) -> Result<Line<'a>, QuoteError> {
    if !(1..=QUANTITY_MAX).contains(&line.quantity) {
        return Err(QuoteError::BadQuantity { line: line.id.clone(), quantity: line.quantity });
    }
    let facts = &book.skus[place];
    Ok(Line {
        id: &line.id,
        sku_id: &line.sku,
        sku: facts.sku,
        category: facts.category,
        tags: &facts.tags,
        list: facts.list,
        quantity: line.quantity,
        discountable: book.document().skus[place].discountable,
        floor: facts.floor,
        tax: facts.tax,
        lowered: false,
        runs: vec![Run { count: line.quantity, shelf: facts.list, current: facts.list, taken: false }],
        discounts: Vec::new(),
    })
}

fn shipping<'a>(book: &CompiledBook, method: &'a str) -> Result<Shipping<'a>, QuoteError> {
    let methods = &book.document().shipping;
    let place = methods.binary_search_by(|one| one.method.as_str().cmp(method));
    let (price, tax) = book.shipping[place.map_err(|_| QuoteError::UnknownShipping(method.to_owned()))?];
    Ok(Shipping { method: Some(method), price, current: price, tax, discounts: Vec::new() })
}
