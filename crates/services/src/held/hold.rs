//! Holding a quote.

use super::token::{Claim, Open, cart_hash, sealed};
use crate::{Result, ServiceError, Services, Who, orders::check};
use ids::{PromotionId, Sku};
use pricing::Instant;
use std::collections::HashSet;
use wire::{HeldQuote, QuoteRequest};

/// A quote is held so long.
const HELD_MS: i64 = 30 * 60 * 1000;

impl Services {
    /// What a cart costs, as a promise: signed, and honoured once until it expires, even if the price book changes meanwhile. Uses of limited
    /// promotions and goods are not set aside.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] with every wrong field.
    pub async fn hold_quote(&self, who: &Who, request: &QuoteRequest) -> Result<HeldQuote> {
        let active = self.active().await?;
        if request.cart.lines.is_empty() {
            return Err(ServiceError::field("cart.lines", "购物车是空的。", "The cart is empty."));
        }
        check::cart(&request.cart, &active)?;
        let who = who.at(request.channel.as_deref(), request.store.as_ref());
        let now = self.now();
        let mut context = self.context(&who, &active, now).await?;
        // Counters of promotions that can't touch the cart would only make the token longer.
        let skus: Vec<Sku> = request.cart.lines.iter().map(|line| line.sku.clone()).collect();
        let slice = active.book.slice(&skus, &request.cart.coupons);
        let near: HashSet<&PromotionId> = slice.part.promotions.iter().map(|one| &one.id).collect();
        context.usage.retain(|usage| near.contains(&usage.promotion));
        let quote = active.book.quote(&request.cart, &context).map_err(|error| check::refused(&error))?;
        let claim = Claim {
            id: storage::new_id(),
            expires: Instant(now.0.saturating_add(HELD_MS)),
            book: quote.book.clone(),
            engine: quote.engine.clone(),
            cart: cart_hash(&request.cart)?,
            open: Open::of(&request.cart),
            context: context.clone(),
            quote: quote.hash.clone(),
        };
        let ring = self.0.held_keys.ring().map_err(ServiceError::Internal)?;
        Ok(HeldQuote { token: sealed(&claim, &ring)?, expires: claim.expires, quote, context, slice })
    }
}
