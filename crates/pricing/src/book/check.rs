//! What must be true of a book before it is used.

use super::{BOOK_FORMAT, PriceBook, Promotion};
use crate::sort;
use money::Decimal;
use std::fmt;

/// Something wrong in a price book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookError {
    /// Where: `promotion SPRING`, `sku TEA-1`.
    pub place: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for BookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for BookError {}

/// Sorts all whose order means nothing.
pub(super) fn sort(book: &mut PriceBook) {
    sort::by(&mut book.skus, |a, b| a.sku.cmp(&b.sku));
    sort::by(&mut book.levels, |a, b| a.id.cmp(&b.id));
    sort::by(&mut book.shipping, |a, b| a.method.cmp(&b.method));
}

/// All that can be said without looking into the rules; the book is sorted.
pub(super) fn check(book: &PriceBook) -> Vec<BookError> {
    let mut errors = Vec::new();
    let mut say = |place: String, message: &str| errors.push(BookError { place, message: message.to_owned() });
    if book.format != BOOK_FORMAT {
        say("format".to_owned(), "this engine reads format 1");
    }
    let twice = "is listed twice";
    book.skus
        .windows(2)
        .filter(|pair| pair[0].sku == pair[1].sku)
        .for_each(|pair| say(format!("sku {}", pair[0].sku), twice));
    book.levels
        .windows(2)
        .filter(|pair| pair[0].id == pair[1].id)
        .for_each(|pair| say(format!("level {}", pair[0].id), twice));
    let methods = book.shipping.windows(2).filter(|pair| pair[0].method == pair[1].method);
    methods.for_each(|pair| say(format!("shipping {}", pair[0].method), twice));
    let mut ids: Vec<_> = book.promotions.iter().map(|one| &one.id).collect();
    sort::by(&mut ids, Ord::cmp);
    ids.windows(2).filter(|pair| pair[0] == pair[1]).for_each(|pair| say(format!("promotion {}", pair[0]), twice));
    for promotion in &book.promotions {
        check_promotion(promotion, &mut |message| say(format!("promotion {}", promotion.id), message));
    }
    errors
}

fn check_promotion(promotion: &Promotion, say: &mut dyn FnMut(&str)) {
    if let (Some(starts), Some(ends)) = (promotion.starts, promotion.ends)
        && starts >= ends
    {
        say("ends before it starts; set ends after starts");
    }
    let limit = &promotion.limit;
    if limit.total.is_some_and(|total| total < 0) || limit.per_member.is_some_and(|limit| limit < 0) {
        say("a limit may not be negative");
    }
    let shares = promotion.funding.values();
    if !promotion.funding.is_empty()
        && shares.clone().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one)) != Some(Decimal::ONE)
    {
        say("the shares of funding must sum to 1");
    }
}

/// Compiles each item; errors are gathered under the item's place.
pub(super) fn collect<I, T>(
    errors: &mut Vec<BookError>,
    items: impl Iterator<Item = I>,
    place: impl Fn(&I) -> String,
    mut compile: impl FnMut(&I) -> Result<T, String>,
) -> Vec<T> {
    let compiled = items.filter_map(|item| {
        compile(&item).map_err(|message| errors.push(BookError { place: place(&item), message })).ok()
    });
    compiled.collect()
}
