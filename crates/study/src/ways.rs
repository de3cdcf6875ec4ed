//! One cart priced in several ways, each by the same engine: only the choice of promotions and of their order differs.

use crate::draw::Draw;
use anyhow::{Result, anyhow, bail};
use pricing::{
    Cart, Certificate, CompiledBook, Context, Slice,
    book::{Class, Combine, PriceBook, Promotion, Resolution},
};

/// The simpler ways, in the order of tables and charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// No more than one promotion: the one that leaves the least to pay.
    Single,
    /// As [`Way::Single`], with shelf prices and shipping offers counted apart.
    SingleOnShelf,
    /// Every promotion as its turn comes, in the book's own order.
    Listed,
    /// Always what takes off most now.
    Greedy,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Single, Self::SingleOnShelf, Self::Listed, Self::Greedy];
}

/// What one cart costs, in minor units.
#[derive(Clone, Copy, Debug)]
pub struct Prices {
    /// The best price.
    pub best: i64,
    /// True if the engine proved that no legal choice is cheaper.
    pub proved: bool,
    /// The price of each simpler way, as in [`Way::ALL`].
    pub ways: [i64; 4],
    /// True if the same promotions in another order inside their classes lead to another price.
    pub order_matters: bool,
}

const CLASSES: [Class; 5] = [Class::Price, Class::Product, Class::Order, Class::Shipping, Class::Total];

/// Orders that are tried to see whether the order matters.
const ORDERS: u32 = 24;

/// Prices a cart in every way.
///
/// # Errors
/// The engine refuses the cart, or its certificate is wrong: a simpler way is cheaper than it says is possible.
pub fn prices(book: &CompiledBook, cart: &Cart, context: &Context, draw: &mut Draw) -> Result<Prices> {
    let skus: Vec<ids::Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let slice = book.slice(&skus, &cart.coupons);
    let trial = Trial { of: &slice, cart, context };
    let quote = book.quote(cart, context).map_err(|error| anyhow!("{error}"))?;
    let listed = trial.price(slice.part.promotions.clone())?;
    let ways = [trial.single()?, trial.single_on_shelf()?, listed, trial.greedy()?];
    let gap = if let Certificate::Bounded(gap) = quote.certificate { gap } else { 0 };
    if let Some(cheaper) = ways.iter().find(|way| **way < quote.payable - gap) {
        bail!("the best price {} is dearer than {cheaper}: {ways:?}, {:?}", quote.payable, quote.certificate);
    }
    Ok(Prices { best: quote.payable, proved: gap == 0, ways, order_matters: trial.order_matters(listed, draw)? })
}

/// A cart with the part of its book that can touch it.
struct Trial<'t> {
    of: &'t Slice,
    cart: &'t Cart,
    context: &'t Context,
}

impl Trial<'_> {
    /// The price with these promotions in the order in which they stand by class, priority and place.
    fn price(&self, promotions: Vec<Promotion>) -> Result<i64> {
        let part = PriceBook { resolution: Resolution::Pinned, promotions, ..self.of.part.clone() };
        let book = CompiledBook::from_slice(Slice { of: self.of.of.clone(), part })
            .map_err(|errors| anyhow!("a part of a sound book is not sound: {errors:?}"))?;
        Ok(book.quote(self.cart, self.context).map_err(|error| anyhow!("{error}"))?.payable)
    }

    fn promotions(&self) -> &[Promotion] {
        &self.of.part.promotions
    }

    fn single(&self) -> Result<i64> {
        let mut least = self.price(Vec::new())?;
        for one in self.promotions() {
            least = least.min(self.price(vec![one.clone()])?);
        }
        Ok(least)
    }

    fn single_on_shelf(&self) -> Result<i64> {
        let is_apart = |one: &&Promotion| matches!(one.class, Class::Price | Class::Shipping);
        let apart: Vec<Promotion> = self.promotions().iter().filter(is_apart).cloned().collect();
        let mut least = self.price(apart.clone())?;
        for one in self.promotions().iter().filter(|one| !is_apart(one)) {
            let promotions = apart.iter().chain([one]).cloned().collect();
            least = least.min(self.price(promotions)?);
        }
        Ok(least)
    }

    /// Class by class: of all that may still be applied, what takes off most now, until nothing takes off anything.
    fn greedy(&self) -> Result<i64> {
        let mut taken: Vec<Promotion> = Vec::new();
        let mut least = self.price(Vec::new())?;
        for class in CLASSES {
            let mut open: Vec<&Promotion> = self.promotions().iter().filter(|one| one.class == class).collect();
            loop {
                let mut best: Option<(i64, &Promotion)> = None;
                for &one in &open {
                    let price = self.price(with(&taken, one))?;
                    if price < best.map_or(least, |best| best.0) {
                        best = Some((price, one));
                    }
                }
                let Some((price, one)) = best else { break };
                taken = with(&taken, one);
                least = price;
                open.retain(|other| other.id != one.id && !are_rivals(other, one));
            }
        }
        Ok(least)
    }

    /// Tries some other orders of the same promotions. More orders could find more, so the answer yes is sure and the answer no is not.
    fn order_matters(&self, listed: i64, draw: &mut Draw) -> Result<bool> {
        for _ in 0..ORDERS {
            let shuffled = |one: &Promotion| Promotion { priority: draw.below(1 << 40) as i64, ..one.clone() };
            if self.price(self.promotions().iter().map(shuffled).collect())? != listed {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The promotions in their turns, and one more after them.
fn with(taken: &[Promotion], one: &Promotion) -> Vec<Promotion> {
    let turn =
        |(turn, one): (usize, &Promotion)| Promotion { priority: turn as i64, combine: Combine::Stack, ..one.clone() };
    taken.iter().chain([one]).enumerate().map(turn).collect()
}

/// True if only one of the two may be applied.
fn are_rivals(one: &Promotion, other: &Promotion) -> bool {
    let group = |one: &Promotion| (one.combine == Combine::Best).then(|| (one.class, one.group.clone()));
    group(one).is_some() && group(one) == group(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prices of one line of tea in each way, the best first.
    fn check(price: &str, promotions: &str, expected: (i64, [i64; 4], bool)) {
        let book = format!(
            r#"{{"format": 1, "currency": "CNY", "skus": [{{"sku": "TEA", "price": "{price}"}}], "promotions": [{promotions}]}}"#
        );
        let book = CompiledBook::new(serde_json::from_str(&book).unwrap()).unwrap();
        let cart = serde_json::from_str(r#"{"lines": [{"id": "1", "sku": "TEA", "quantity": 1}]}"#).unwrap();
        let context = Context::guest(pricing::Instant(0));
        let prices = prices(&book, &cart, &context, &mut Draw::new(1, &[])).unwrap();
        assert!(prices.proved);
        assert_eq!((prices.best, prices.ways, prices.order_matters), expected, "{price} {promotions}");
    }

    #[test]
    fn each_way_chooses_as_it_is_told() {
        let percent = r#"{"id": "A", "class": "order", "then": {"percent": "15", "on": "order"}}"#;
        let full = r#"{"id": "B", "class": "order", "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}}"#;
        let listed = format!("{percent}, {full}");
        // Both take off 30.00 at first; as listed, the percentage breaks the threshold.
        check("200.00", &listed, (14450, [17000, 17000, 17000, 17000], true));
        check("200.00", &format!("{full}, {percent}"), (14450, [17000, 17000, 14450, 14450], true));
        // At 240.00 the percentage takes off more, and the threshold still holds after it.
        check("240.00", &format!("{full}, {percent}"), (17400, [20400, 20400, 17850, 17400], true));
        check("100.00", &listed, (8500, [8500, 8500, 8500, 8500], false));
        let shelf = r#"{"id": "C", "class": "price", "then": {"percent": "10", "on": "all"}}"#;
        check("100.00", &format!("{shelf}, {percent}"), (7650, [8500, 7650, 7650, 7650], false));
    }
}
