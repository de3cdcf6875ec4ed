//! Prices that the shop holds: the promise as the browser keeps it, so that it outlives a reload, and whether it is still about this cart.

use super::{engine::Engine, known::Known};
use ids::CouponCode;
use leptos::prelude::window;
use pricing::{Cart, CartLine, CompiledBook, Context, Instant, Quote};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use wire::HeldQuote;

/// Where the browser keeps it; the number is the version of [`Stored`]'s shape.
const KEY: &str = "concord.held.1";

/// What the prices are held for. All else of a cart may still be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    /// The lines.
    pub lines: Vec<CartLine>,
    /// The codes.
    pub coupons: Vec<CouponCode>,
}

impl Goods {
    /// Those of a cart.
    #[must_use]
    pub fn of(cart: &Cart) -> Self {
        Self { lines: cart.lines.clone(), coupons: cart.coupons.clone() }
    }
}

/// The promise as text: only the engine's part of the program reads the answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stored {
    /// What it is for.
    pub goods: Goods,
    /// The JSON of a [`HeldQuote`].
    pub answer: String,
}

impl Stored {
    /// Reads the browser's storage.
    #[must_use]
    pub fn load() -> Option<Self> {
        let text = window().local_storage().ok().flatten()?.get_item(KEY).ok().flatten()?;
        crate::api::parse(&text).ok()
    }

    /// Writes the browser's storage.
    pub fn save(&self) {
        if let (Ok(Some(storage)), Ok(text)) = (window().local_storage(), serde_json::to_string(self)) {
            let _ = storage.set_item(KEY, &text);
        }
    }

    /// Forgets what is stored.
    pub fn forget() {
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.remove_item(KEY);
        }
    }
}

/// A promise with the engine that computes at its prices.
pub struct Held {
    /// Goes with the order.
    pub token: String,
    /// The promise holds before this instant.
    pub expires: Instant,
    /// What it is for.
    pub goods: Goods,
    /// The circumstances that were promised.
    pub context: Context,
    engine: Arc<dyn Engine>,
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

impl Held {
    /// Reads an answer. None if its slice is no valid price book, which the server never sends.
    #[must_use]
    pub fn new(answer: HeldQuote, goods: Goods) -> Option<Self> {
        let HeldQuote { token, expires, context, slice, .. } = answer;
        let engine = Arc::new(CompiledBook::from_slice(slice).ok()?);
        Some(Self { token, expires, goods, context, engine })
    }

    /// What the cart costs at the promised prices.
    #[must_use]
    pub fn quote(&self, cart: &Cart) -> Option<Quote> {
        self.engine.quote(cart, &self.context).ok()
    }

    /// How it stands to a cart.
    #[must_use]
    pub fn standing(&self, known: &Known, cart: &Cart) -> Standing {
        if known.now() >= self.expires {
            Standing::Expired
        } else if !known.is_of(&self.context) {
            Standing::OtherShopper
        } else if Goods::of(cart) == self.goods {
            Standing::Good
        } else {
            Standing::OtherGoods
        }
    }
}
