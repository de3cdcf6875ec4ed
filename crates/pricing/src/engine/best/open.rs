//! Which promotions may still come.

use crate::{
    CompiledBook,
    book::{Class, Combine},
};
use ids::PromotionId;

/// The classes in the order of work.
pub(in crate::engine) const CLASSES: [Class; 5] =
    [Class::Price, Class::Product, Class::Order, Class::Shipping, Class::Total];

/// A set of candidates, by their place in the search's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Open(Vec<i64>);

impl Open {
    /// All of `count`.
    pub(super) fn all(count: usize) -> Self {
        let mut open = Self(vec![0; count.div_ceil(64)]);
        (0..count).for_each(|at| open.0[at / 64] |= 1 << (at % 64));
        open
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    pub(super) fn close(&mut self, at: usize) {
        self.0[at / 64] &= !(1 << (at % 64));
    }

    pub(super) fn words(&self) -> &[i64] {
        &self.0
    }
}

/// A candidate of the search.
#[derive(Debug)]
pub(super) struct Candidate<'b> {
    /// Its place in the compiled book.
    pub(super) promotion: usize,
    /// Its class, as a place in [`CLASSES`].
    pub(super) class: usize,
    /// Its group, where only one of a group may be applied.
    pub(super) group: Option<Option<&'b str>>,
    pub(super) id: &'b PromotionId,
    /// True if it is spent when it is applied.
    pub(super) coupon: bool,
}

/// The candidates in an order that depends on nothing but themselves: so the order in which a book lists them changes no quote.
pub(super) fn candidates(book: &CompiledBook, usable: Vec<usize>) -> Vec<Candidate<'_>> {
    let candidate = |promotion: usize| {
        let (ready, document) = (&book.promotions[promotion], book.promotion(promotion));
        let class = CLASSES.iter().position(|class| *class == ready.terms.class).unwrap_or_default();
        let group = (ready.combine == Combine::Best).then_some(document.group.as_deref());
        Candidate { promotion, class, group, id: &document.id, coupon: document.coupon.is_some() }
    };
    let mut list: Vec<Candidate> = usable.into_iter().map(candidate).collect();
    let ends = |one: &Candidate| book.promotion(one.promotion).ends.map_or(i64::MAX, |ends| ends.0);
    crate::sort::by(&mut list, |a, b| {
        (a.class, a.coupon, ends(a)).cmp(&(b.class, b.coupon, ends(b))).then_with(|| a.id.cmp(b.id))
    });
    list
}
