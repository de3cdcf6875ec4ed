//! Prices that the shop holds. What reads, writes and computes them comes with the engine's part of the program; only what is behind the trait
//! may be used outside it.

use super::engine::Engine;
use ids::CouponCode;
use leptos::prelude::window;
use pricing::{Cart, CartLine, CompiledBook, Context, Instant, Quote};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use wire::HeldQuote;

/// Where the browser keeps it, so that it outlives a reload; the number is the version of its shape.
const KEY: &str = "concord.held.1";

/// A promise of prices.
pub trait Promise: Send + Sync {
    /// What the cart costs at the promised prices, and the instant that they are of.
    fn quote(&self, cart: &Cart) -> Option<(Instant, Quote)>;

    /// How it stands to a cart in the circumstances of now.
    fn standing(&self, now: Instant, context: &Context, cart: &Cart) -> Standing;

    /// What goes with the order.
    fn token(&self) -> String;

    /// It holds before this instant.
    fn expires(&self) -> Instant;

    /// The lines and codes that it is for.
    fn goods(&self) -> (Vec<CartLine>, Vec<CouponCode>);
}

/// How a promise stands to the cart of now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds for this cart.
    Good,
    /// Its time is over.
    Expired,
    /// The cart has other things or codes in it.
    OtherGoods,
    /// Somebody signed in or out since, or it is another store.
    OtherShopper,
}

/// The text that the browser keeps, if it keeps one.
#[must_use]
pub fn kept() -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(KEY).ok().flatten()
}

/// Keeps a text, or none any more.
pub fn keep(text: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match text {
            Some(text) => storage.set_item(KEY, text),
            None => storage.remove_item(KEY),
        };
    }
}

/// What is kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stored {
    lines: Vec<CartLine>,
    coupons: Vec<CouponCode>,
    /// The JSON of a [`HeldQuote`].
    answer: String,
}

impl Stored {
    /// An answer to a request for this cart, as the text to keep.
    #[must_use]
    pub fn text(cart: &Cart, answer: String) -> String {
        let stored = Self { lines: cart.lines.clone(), coupons: cart.coupons.clone(), answer };
        serde_json::to_string(&stored).expect("it holds only strings, numbers and lists")
    }
}

struct Held {
    stored: Stored,
    token: String,
    expires: Instant,
    context: Context,
    engine: Arc<dyn Engine>,
}

/// Reads what is kept; none if it is not what the server sends.
#[must_use]
pub fn read(text: &str) -> Option<Arc<dyn Promise>> {
    let stored: Stored = crate::api::parse(text).ok()?;
    let HeldQuote { token, expires, context, slice, .. } = crate::api::parse(&stored.answer).ok()?;
    let engine = Arc::new(CompiledBook::from_slice(slice).ok()?);
    Some(Arc::new(Held { stored, token, expires, context, engine }))
}

impl Promise for Held {
    fn quote(&self, cart: &Cart) -> Option<(Instant, Quote)> {
        Some((self.context.at, self.engine.quote(cart, &self.context)?))
    }

    fn standing(&self, now: Instant, context: &Context, cart: &Cart) -> Standing {
        let shopper = |context: &Context| context.member.as_ref().and_then(|member| member.id.clone());
        let same_place = context.channel == self.context.channel && context.store == self.context.store;
        if now >= self.expires {
            Standing::Expired
        } else if !same_place || shopper(context) != shopper(&self.context) {
            Standing::OtherShopper
        } else if (&cart.lines, &cart.coupons) == (&self.stored.lines, &self.stored.coupons) {
            Standing::Good
        } else {
            Standing::OtherGoods
        }
    }

    fn token(&self) -> String {
        self.token.clone()
    }

    fn expires(&self) -> Instant {
        self.expires
    }

    fn goods(&self) -> (Vec<CartLine>, Vec<CouponCode>) {
        (self.stored.lines.clone(), self.stored.coupons.clone())
    }
}
