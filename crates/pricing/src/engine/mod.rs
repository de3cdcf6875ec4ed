//! The engine: from a cart to a quote.

mod apply;
mod best;
mod chosen;
mod circumstances;
mod explain;
mod finish;
mod hints;
mod input;
mod lines;
mod missed;
mod plan;
mod prices;
mod record;
mod shares;
mod sheet;
mod state;
mod tax;

pub use input::QuoteError;
pub use prices::UnitPrice;
pub use record::Record;

pub(crate) use best::Low;
pub(crate) use circumstances::{Circumstances, Wishes};
pub(crate) use plan::{Cut, Match, Plan, by_line, push_share, room, spread, spread_in_line, value};
pub(crate) use shares::Shares;
pub(crate) use state::{Line, Run, State};

use crate::{Cart, CompiledBook, Context, Quote, book::SkuFacts};
use ids::{LineId, Sku};
use money::Ratio;

/// A line as it comes in: its id, SKU, quantity and facts.
pub(crate) type Incoming<'a> = (&'a LineId, &'a Sku, i64, &'a SkuFacts);
/// Shipping as it comes in: method, price and tax rate.
pub(crate) type IncomingShipping<'a> = (Option<&'a str>, i64, Ratio);

impl CompiledBook {
    /// What the cart costs, and why. Business outcomes are never errors: a refused coupon or a missed promotion is part of the quote.
    ///
    /// # Errors
    /// What can't be priced at all: an unknown SKU or shipping method, a quantity outside 1 to [`crate::QUANTITY_MAX`], two lines with one id, too many
    /// lines or codes, or amounts beyond 64 bits.
    #[cfg_attr(target_family = "wasm", inline)]
    pub fn quote(&self, cart: &Cart, context: &Context) -> Result<Quote, QuoteError> {
        let (lines, shipping) = input::look_up(self, cart)?;
        self.price(&lines, shipping, Circumstances::of(cart, context))
    }

    #[inline]
    pub(crate) fn price<'a>(
        &'a self,
        lines: &[Incoming<'a>],
        shipping: Option<IncomingShipping<'a>>,
        circumstances: Circumstances<'a>,
    ) -> Result<Quote, QuoteError> {
        let (state, outcome) = self.work(lines, shipping, circumstances)?;
        finish::finish(self, state, outcome)
    }

    #[inline]
    fn work<'a>(
        &'a self,
        lines: &[Incoming<'a>],
        shipping: Option<IncomingShipping<'a>>,
        circumstances: Circumstances<'a>,
    ) -> Result<(State<'a>, apply::Outcome), QuoteError> {
        let (mut state, candidates, idle) = self.begin(lines, shipping, circumstances)?;
        let mut outcome = apply::apply(self, &mut state, &candidates)?;
        outcome.idle = idle;
        Ok((state, outcome))
    }

    /// The cart before anything is applied; the promotions that may touch it, in the order of application; and those whose schedule does not run.
    #[inline(never)]
    fn begin<'a>(
        &'a self,
        lines: &[Incoming<'a>],
        shipping: Option<IncomingShipping<'a>>,
        circumstances: Circumstances<'a>,
    ) -> Result<(State<'a>, Vec<usize>, Vec<u32>), QuoteError> {
        // Those whose schedule does not run can give nothing and change nothing, so they are only told of in the end.
        let (codes, at) = (circumstances.wishes.coupons, circumstances.at);
        let (candidates, idle) = self.scheduled(lines.iter().map(|line| line.3), codes, at);
        let state = input::state(lines, shipping, circumstances)?;
        Ok((state, candidates, idle))
    }
}
