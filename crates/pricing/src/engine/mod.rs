//! The engine: from a cart to a quote.

mod apply;
mod finish;
mod hints;
mod input;
mod plan;
mod prices;
mod state;
mod tax;

pub use input::QuoteError;
pub use prices::UnitPrice;

pub(crate) use plan::{Cut, Match, Plan, by_line, room, spread, spread_in_line, value};
pub(crate) use state::{Line, Run, State};

use crate::{Cart, CompiledBook, Context, Quote};

impl CompiledBook {
    /// What the cart costs, and why. Business outcomes are never errors: a refused coupon or a missed promotion is part of the quote.
    ///
    /// # Errors
    /// What can't be priced at all: an unknown SKU or shipping method, a quantity outside 1 to [`crate::QUANTITY_MAX`], two lines with one id, too many
    /// lines or codes, or amounts beyond 64 bits.
    pub fn quote(&self, cart: &Cart, context: &Context) -> Result<Quote, QuoteError> {
        let (mut state, places) = input::state(self, cart, context)?;
        let candidates = self.candidates(places.into_iter(), &cart.coupons);
        let outcome = apply::apply(self, &mut state, &candidates)?;
        finish::finish(self, cart, &state, outcome)
    }
}
