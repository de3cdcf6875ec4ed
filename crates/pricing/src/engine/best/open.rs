//! Which promotions may still come.

use super::{bound::Low, parts::Touched};
use crate::{
    CompiledBook,
    book::{Class, Combine},
    engine::{State, apply},
};
use ids::{CouponCode, PromotionId};
use std::rc::Rc;

/// The classes in the order of work.
pub(in crate::engine) const CLASSES: [Class; 5] =
    [Class::Price, Class::Product, Class::Order, Class::Shipping, Class::Total];

/// A set of candidates, by their place in the search's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Open(Vec<i64>);

impl Open {
    /// All of `count`.
    #[inline]
    pub(super) fn all(count: usize) -> Self {
        let mut open = Self(vec![0; count.div_ceil(64)]);
        (0..count).for_each(|at| open.0[at / 64] |= 1 << (at % 64));
        open
    }

    #[inline]
    pub(super) fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    #[inline]
    pub(super) fn close(&mut self, at: usize) {
        self.0[at / 64] &= !(1 << (at % 64));
    }

    #[inline]
    pub(super) fn words(&self) -> &[i64] {
        &self.0
    }
}

/// A candidate of the search.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'b> {
    /// Its place in the compiled book.
    pub(super) promotion: usize,
    /// Its class, as a place in [`CLASSES`].
    pub(super) class: usize,
    /// Its group, where only one of a group may be applied.
    pub(super) group: Option<Option<&'b str>>,
    /// True if it is the first of its group that counts, and not the best.
    pub(super) first: bool,
    /// The one that it comes after, if both are applied.
    pub(super) after: Option<&'b PromotionId>,
    pub(super) id: &'b PromotionId,
    /// The code that is spent when it is applied.
    pub(super) coupon: Option<&'b CouponCode>,
    /// The conditions that other promotions may change, by their place; the others hold whatever happens.
    pub(super) asks: Vec<usize>,
    /// The most that it may take off in this cart.
    pub(super) allowed: i64,
    /// Where several components share it and it is settled that it is applied: its place among those.
    pub(super) link: Option<usize>,
    /// The lines that it may look at or take from, once they were looked for; nothing that changes prices changes them.
    pub(super) lines: Option<Rc<Touched>>,
}

impl Candidate<'_> {
    /// True if only one of the two may be applied.
    #[inline]
    pub(super) fn is_rival_of(&self, other: &Self) -> bool {
        self.group.is_some() && self.group == other.group && self.class == other.class
    }

    /// True if not both may be applied, or not any more: a group of which one is given, classes that do not combine, or the other's turn had to come first.
    #[inline]
    pub(super) fn bars(&self, book: &CompiledBook, other: &Self) -> bool {
        let (one, two) = (&book.promotions[self.promotion], &book.promotions[other.promotion]);
        self.is_rival_of(other) || !one.combines(two) || self.after == Some(other.id)
    }

    /// True if both are links of a class, and it is settled that the other comes first.
    #[inline]
    pub(super) fn comes_after(&self, other: &Self) -> bool {
        self.class == other.class && matches!((self.link, other.link), (Some(one), Some(first)) if first < one)
    }

    /// True if its turn can't come any more: a condition fails for good.
    #[inline]
    pub(super) fn hopeless(&self, book: &CompiledBook, state: &State, prices_open: bool) -> bool {
        let conditions = &book.promotions[self.promotion].conditions;
        self.asks.iter().any(|&at| conditions[at].hopeless(state, prices_open))
    }

    /// True if its conditions hold now.
    #[inline]
    pub(super) fn holds(&self, book: &CompiledBook, state: &State) -> bool {
        let conditions = &book.promotions[self.promotion].conditions;
        self.asks.iter().all(|&at| conditions[at].check(state).is_none())
    }

    /// True if it does the same as the other, wherever its turn comes.
    #[inline]
    pub(super) fn is_twin_of(&self, book: &CompiledBook, other: &Self) -> bool {
        let (one, two) = (&book.promotions[self.promotion], &book.promotions[other.promotion]);
        let asks = || self.asks.iter().map(|&at| one.kinds[at]).eq(other.asks.iter().map(|&at| two.kinds[at]));
        one.kind == two.kind
            && self.class == other.class
            && self.group.is_none()
            && other.group.is_none()
            && self.coupon.is_none()
            && other.coupon.is_none()
            && self.after.is_none()
            && other.after.is_none()
            && self.link.is_none()
            && other.link.is_none()
            && one.combines_with == two.combines_with
            && self.allowed == other.allowed
            && asks()
    }
}

/// The candidates in an order that depends on nothing but themselves: so the order in which a book lists them changes no quote.
#[inline]
pub(super) fn candidates<'b>(book: &'b CompiledBook, state: &State, usable: &[usize]) -> Vec<Candidate<'b>> {
    let candidate = |&promotion: &usize| {
        let (ready, document) = (&book.promotions[promotion], book.promotion(promotion));
        Candidate {
            promotion,
            class: CLASSES.iter().position(|class| *class == ready.terms.class).unwrap_or_default(),
            group: matches!(ready.combine, Combine::Best | Combine::First).then_some(document.group.as_deref()),
            first: ready.combine == Combine::First,
            after: document.after.as_ref(),
            id: &document.id,
            coupon: document.coupon.as_ref(),
            asks: (0..ready.conditions.len()).collect(),
            allowed: apply::allowed(book, state, promotion),
            link: None,
            lines: None,
        }
    };
    let mut list: Vec<Candidate> = usable.iter().map(candidate).collect();
    let ends = |one: &Candidate| book.promotion(one.promotion).ends.map_or(i64::MAX, |ends| ends.0);
    crate::sort::by(&mut list, |a, b| {
        let key = |one: &Candidate| (one.class, one.coupon.is_some(), ends(one));
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(b.id))
    });
    list
}

/// Forgets the conditions that hold whatever happens.
#[inline]
pub(super) fn settle(book: &CompiledBook, state: &State, low: &Low, prices_open: bool, candidates: &mut [Candidate]) {
    for one in candidates {
        let conditions = &book.promotions[one.promotion].conditions;
        one.asks.retain(|&at| !conditions[at].certain(state, low, prices_open));
    }
}
