//! One basket as it was prepared, and the cart and circumstances that it becomes.

use ids::{CouponCode, IdError, LineId, MemberId, PlaceId, Sku};
use pricing::{Cart, CartLine, Context, Instant, Member};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A row of `baskets.jsonl`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// The till's number of the basket.
    pub(crate) id: String,
    store: String,
    household: String,
    at: Instant,
    /// Baskets of the household before this one.
    orders: i64,
    /// What was paid at the till, in cents.
    pub(crate) paid: i64,
    coupons: Vec<String>,
    /// SKU and quantity.
    lines: Vec<(String, i64)>,
}

/// What is priced.
#[derive(Debug)]
pub(crate) struct Basket {
    pub(crate) id: String,
    pub(crate) paid: i64,
    pub(crate) cart: Cart,
    pub(crate) context: Context,
}

impl Row {
    /// Households are members; the campaigns that one got are its tags.
    pub(crate) fn into_basket(self, tags: &BTreeMap<String, Vec<String>>) -> Result<Basket, IdError> {
        let lines = self.lines.into_iter().enumerate().map(|(at, (sku, quantity))| {
            Ok(CartLine { id: LineId::new(format!("{at:03}"))?, sku: Sku::new(sku)?, quantity })
        });
        let coupons = self.coupons.into_iter().map(CouponCode::new).collect::<Result<_, _>>()?;
        let cart = Cart { lines: lines.collect::<Result<_, IdError>>()?, coupons, ..Cart::default() };
        let tags = tags.get(&self.household).cloned().unwrap_or_default();
        let id = Some(MemberId::new(self.household)?);
        let member = Member { id, level: None, tags, orders: self.orders, points: 0, birthday_month: None };
        let store = Some(PlaceId::new(self.store)?);
        let context = Context { channel: "till".to_owned(), store, member: Some(member), ..Context::guest(self.at) };
        Ok(Basket { id: self.id, paid: self.paid, cart, context })
    }
}
