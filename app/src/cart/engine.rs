//! The pricing engine as the cart sees it. It comes with a part of the program that is fetched when there is something to
//! price: only what is behind this trait, and never its types' names, may be used outside that part.

use pricing::{Cart, CompiledBook, Context, Quote, QuoteError};

/// Prices carts by one compiled slice of the price book.
pub trait Engine: Send + Sync {
    /// What the cart costs.
    ///
    /// # Errors
    /// If the cart holds what the slice does not, or an amount overflows.
    fn quote(&self, cart: &Cart, context: &Context) -> Result<Quote, QuoteError>;

    /// What one more of a SKU costs beside the cart.
    fn one_more(&self, cart: &Cart, context: &Context, sku: &ids::Sku) -> Option<i64>;

    /// True if the shop sends by this method.
    fn ships(&self, method: &str) -> bool;
}

impl Engine for CompiledBook {
    fn quote(&self, cart: &Cart, context: &Context) -> Result<Quote, QuoteError> {
        Self::quote(self, cart, context)
    }

    fn one_more(&self, cart: &Cart, context: &Context, sku: &ids::Sku) -> Option<i64> {
        self.marginal(cart, context, sku).ok()
    }

    fn ships(&self, method: &str) -> bool {
        self.document().shipping.iter().any(|one| one.method == method)
    }
}
