//! The price of one unit: on product pages, cards, shelf labels and kiosks.

use super::{Circumstances, QuoteError, apply, input};
use crate::{Cart, CartLine, CompiledBook, Context, Text, book::Class};
use ids::{LineId, Sku};

/// What one unit costs by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPrice {
    /// The list price.
    pub list: i64,
    /// What one unit costs.
    pub price: i64,
    /// The promotions that lowered it, by name with what each took off, in the order of application.
    pub reasons: Vec<(Text, i64)>,
}

fn alone(sku: &Sku) -> Cart {
    let id = LineId::new("1").expect("a digit is an id");
    Cart { lines: vec![CartLine { id, sku: sku.clone(), quantity: 1 }], ..Cart::default() }
}

impl CompiledBook {
    /// What one unit costs by itself: the list price after the automatic promotions of classes price and product. Promotions on the whole order
    /// are no part of a product's price.
    pub fn unit_price(&self, sku: &Sku, context: &Context) -> Result<UnitPrice, QuoteError> {
        let cart = alone(sku);
        let (lines, _) = input::look_up(self, &cart)?;
        let (mut candidates, _) = self.scheduled(lines.iter().map(|line| line.3), &[], context.at);
        let mut state = input::state(&lines, None, Circumstances::plain(context))?;
        candidates.retain(|&one| matches!(self.promotions[one].terms.class, Class::Price | Class::Product));
        let outcome = apply::apply(self, &mut state, &candidates)?;
        let lowered = outcome.given.iter().filter(|given| given.amount > 0);
        Ok(UnitPrice {
            list: state.lines[0].list,
            price: state.goods(),
            reasons: lowered.map(|given| (self.promotion(given.promotion).name.clone(), given.amount)).collect(),
        })
    }

    /// What one more unit would cost now: the payable of the cart with it, less the payable of the cart as it is. It can be less than the unit price, and even
    /// below nothing where one more unit unlocks a discount.
    pub fn marginal(&self, cart: &Cart, context: &Context, sku: &Sku) -> Result<i64, QuoteError> {
        let before = if cart.lines.is_empty() { 0 } else { self.quote(cart, context)?.payable };
        let mut more = cart.clone();
        match more.lines.iter_mut().find(|line| line.sku == *sku) {
            Some(line) => line.quantity = line.quantity.saturating_add(1),
            None => {
                let taken = |id: &str| cart.lines.iter().any(|line| line.id.as_str() == id);
                let free = (0..=cart.lines.len()).map(|at| format!("~{at}")).find(|id| !taken(id));
                let id = free.and_then(|id| LineId::new(id).ok()).expect("one of n + 1 names is not among n");
                more.lines.push(CartLine { id, sku: sku.clone(), quantity: 1 });
            }
        }
        Ok(self.quote(&more, context)?.payable - before)
    }
}
