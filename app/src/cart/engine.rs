//! The pricing engine as the cart sees it. It comes with a part of the program that is fetched when there is something to
//! price: only what is behind this trait, and never its types' names, may be used outside that part.

use super::{kept::Kept, known::Known, store::Priced};
use ids::{PromotionId, Sku};
use pricing::{Cart, CompiledBook, Context, Quote, UnitPrice, benefit::Rules};

/// Prices carts by one compiled slice of the price book.
pub trait Engine: Send + Sync {
    /// What the cart costs. None if it holds what the slice does not, or an amount overflows.
    fn quote(&self, cart: &Cart, context: &Context) -> Option<Quote>;

    /// What is kept in the browser as a cart, with its price: all that follows from it comes with this part too.
    fn priced(&self, known: &Known, kept: &Kept) -> Option<Priced>;

    /// What one more of a SKU costs beside the cart.
    fn one_more(&self, cart: &Cart, context: &Context, sku: &Sku) -> Option<UnitPrice>;

    /// The gifts among which a promotion lets choose; none where it does not.
    fn gift_options(&self, promotion: &PromotionId) -> Vec<Sku>;

    /// True if the shop sends by this method.
    fn ships(&self, method: &str) -> bool;
}

impl Engine for CompiledBook {
    fn quote(&self, cart: &Cart, context: &Context) -> Option<Quote> {
        Self::quote(self, cart, context).ok()
    }

    fn priced(&self, known: &Known, kept: &Kept) -> Option<Priced> {
        known.price(self, kept)
    }

    fn one_more(&self, cart: &Cart, context: &Context, sku: &Sku) -> Option<UnitPrice> {
        Self::marginal(self, cart, context, sku).ok()
    }

    fn gift_options(&self, promotion: &PromotionId) -> Vec<Sku> {
        let found = self.document().promotions.iter().find(|one| one.id == *promotion);
        match found.map(|one| &one.then.rule) {
            Some(Rules::Gift(gift)) => gift.gift.choose.clone(),
            _ => Vec::new(),
        }
    }

    fn ships(&self, method: &str) -> bool {
        self.document().shipping.iter().any(|one| one.method == method)
    }
}
