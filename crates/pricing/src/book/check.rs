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
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for BookError {}

/// Sorts all whose order means nothing.
#[inline]
pub(super) fn sort(book: &mut PriceBook) {
    sort::by(&mut book.skus, |a, b| a.sku.cmp(&b.sku));
    sort::by(&mut book.levels, |a, b| a.id.cmp(&b.id));
    sort::by(&mut book.shipping, |a, b| a.method.cmp(&b.method));
}

/// All that can be said without looking into the rules; the book is sorted.
#[inline]
pub(super) fn check(book: &PriceBook) -> Vec<BookError> {
    let mut errors = Vec::new();
    let mut say = |place: String, message: &str| errors.push(BookError { place, message: message.to_owned() });
    if book.format != BOOK_FORMAT {
        say("format".to_owned(), "this engine reads format 1");
    }
    if book.margin_floor.is_some_and(|rate| rate < -Decimal::ONE) {
        say("margin_floor".to_owned(), "a rate below -1 would be a price below nothing");
    }
    if book.points.step < 1 {
        say("points".to_owned(), "step must be at least 1");
    }
    if book.points.cap.is_sign_negative() || book.points.cap > Decimal::ONE {
        say("points".to_owned(), "cap is a share from 0 to 1");
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

#[inline]
fn check_promotion(promotion: &Promotion, say: &mut dyn FnMut(&str)) {
    if let (Some(starts), Some(ends)) = (promotion.starts, promotion.ends)
        && starts >= ends
    {
        say("ends before it starts; set ends after starts");
    }
    let limit = &promotion.limit;
    if [limit.total, limit.per_member, limit.units].into_iter().flatten().any(|limit| limit < 0) {
        say("a limit may not be negative");
    }
    let shares = promotion.funding.values();
    if !promotion.funding.is_empty()
        && shares.clone().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one)) != Some(Decimal::ONE)
    {
        say("the shares of funding must sum to 1");
    }
    if shares.clone().any(|share| share.is_sign_negative() || share.normalize().scale() > FUNDING_DECIMALS) {
        say("a share of funding may not be negative and has at most 9 decimals");
    }
}

/// Decimals of a share of funding; so many that all shares in this unit fit into 64 bits.
const FUNDING_DECIMALS: u32 = 9;

/// The shares of funding as whole numbers in proportion; the book was checked.
pub(crate) fn funding_weights(promotion: &Promotion) -> Vec<i64> {
    let weight = |share: &Decimal| {
        let share = share.normalize();
        let weight = share.mantissa() * 10_i128.pow(FUNDING_DECIMALS - share.scale());
        i64::try_from(weight).expect("a share is at most 1, since none is negative and they sum to 1")
    };
    promotion.funding.values().map(weight).collect()
}

/// Compiles each item; errors are gathered under the item's place.
#[inline]
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
