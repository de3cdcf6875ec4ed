//! The price of one unit: on product pages, cards, shelf labels and kiosks.

use super::QuoteError;
use crate::{Cart, CartLine, CompiledBook, Context, Quote, Text};
use ids::{LineId, PromotionId, Sku};

/// What one more unit costs, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPrice {
    /// The list price.
    pub list: i64,
    /// What the unit adds to what is charged for goods and their delivery. Beside other goods it can be below nothing, where it unlocks a discount.
    pub price: i64,
    /// The promotions that give more because of the unit, by name with how much more, in the order of application, then those that give less. The list
    /// price less their amounts is the price.
    pub reasons: Vec<(Text, i64)>,
}

/// The cart with one more unit; alone it is not on its way anywhere yet.
#[inline]
fn with_one_more(cart: &Cart, sku: &Sku) -> Cart {
    let mut more = cart.clone();
    if let Some(line) = more.lines.iter_mut().find(|line| line.sku == *sku) {
        line.quantity = line.quantity.saturating_add(1);
        return more;
    }
    if cart.lines.is_empty() {
        more.shipping_method = None;
    }
    let taken = |id: &str| cart.lines.iter().any(|line| line.id.as_str() == id);
    let free = (0..=cart.lines.len()).map(|at| format!("~{at}")).find(|id| !taken(id));
    let id = free.and_then(|id| LineId::new(id).ok()).expect("one of n + 1 names is not among n");
    more.lines.push(CartLine { id, sku: sku.clone(), quantity: 1 });
    more
}

/// What a promotion took off, in all.
#[inline]
fn given(quote: &Quote, promotion: &PromotionId) -> i64 {
    quote.applied.iter().filter(|one| one.promotion == *promotion).map(|one| one.amount).sum()
}

/// What each promotion gives more or less in `after` than in `before`.
#[inline]
fn reasons(before: Option<&Quote>, after: &Quote) -> Vec<(Text, i64)> {
    let earlier = before.map(|quote| quote.applied.as_slice()).unwrap_or_default();
    let only_earlier = earlier.iter().filter(|one| after.applied.iter().all(|other| other.promotion != one.promotion));
    let difference = |id: &PromotionId| given(after, id) - before.map_or(0, |quote| given(quote, id));
    let named = after.applied.iter().chain(only_earlier).map(|one| (one.name.clone(), difference(&one.promotion)));
    named.filter(|(_, amount)| *amount != 0).collect()
}

impl CompiledBook {
    /// What one unit costs by itself: what a cart of exactly that unit charges for it, before delivery.
    #[cfg_attr(target_family = "wasm", inline)]
    pub fn unit_price(&self, sku: &Sku, context: &Context) -> Result<UnitPrice, QuoteError> {
        self.marginal(&Cart::default(), context, sku)
    }

    /// What one more unit adds to what the cart charges for goods and delivery, and why: the one price of pages, labels and kiosks. Points that are spent
    /// change no price.
    #[cfg_attr(target_family = "wasm", inline)]
    pub fn marginal(&self, cart: &Cart, context: &Context, sku: &Sku) -> Result<UnitPrice, QuoteError> {
        let before = if cart.lines.is_empty() { None } else { Some(self.quote(cart, context)?) };
        let after = self.quote(&with_one_more(cart, sku), context)?;
        let list = after.lines.iter().find(|line| line.sku == *sku).map_or(0, |line| line.list);
        let reasons = reasons(before.as_ref(), &after);
        let price = list - reasons.iter().map(|(_, amount)| amount).sum::<i64>();
        Ok(UnitPrice { list, price, reasons })
    }
}
