//! What a quote depends on besides goods and prices.

use crate::{Cart, Context, GiftChoice};
use ids::CouponCode;
use std::ops::Deref;

/// What the shopper asks for besides goods.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wishes<'a> {
    pub(crate) coupons: &'a [CouponCode],
    pub(crate) points: i64,
    pub(crate) tender: Option<&'a str>,
    pub(crate) gifts: &'a [GiftChoice],
}

/// The context of a quote with what the shopper asks for; it reads as the context.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circumstances<'a> {
    pub(crate) context: &'a Context,
    pub(crate) wishes: Wishes<'a>,
}

impl<'a> Circumstances<'a> {
    pub(crate) fn of(cart: &'a Cart, context: &'a Context) -> Self {
        let wishes =
            Wishes { coupons: &cart.coupons, points: cart.points, tender: cart.tender.as_deref(), gifts: &cart.gifts };
        Self { context, wishes }
    }
}

impl Deref for Circumstances<'_> {
    type Target = Context;

    fn deref(&self) -> &Context {
        self.context
    }
}
