//! Which units of an order are still to come, and which the shopper has.

use ids::{LineId, PromotionId, Sku};
use wire::{Fulfilment, FulfilmentGoods, Order, ReturnedGoods, UnitsOfLine};

/// Units of one line or gift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    /// The order's line, or the promotion that gave it.
    pub line: String,
    /// What.
    pub sku: Sku,
    /// True if it came as a gift.
    pub gift: bool,
    /// How many at the most.
    pub most: i64,
}

impl Units {
    /// So many of them come back; none where the id is none.
    #[must_use]
    pub fn returned(&self, units: i64, quarantine: bool) -> Option<ReturnedGoods> {
        let (line, gift) = match self.gift {
            true => (None, Some(PromotionId::new(self.line.clone()).ok()?)),
            false => (Some(LineId::new(self.line.clone()).ok()?), None),
        };
        Some(ReturnedGoods { line, gift, units, quarantine })
    }

    /// So many of them are not wanted; none for a gift, which follows what is bought.
    #[must_use]
    pub fn cancelled(&self, units: i64) -> Option<UnitsOfLine> {
        let line = LineId::new(self.line.clone()).ok().filter(|_| !self.gift)?;
        Some(UnitsOfLine { line, units })
    }
}

/// Gathers units of the same line.
fn add(all: &mut Vec<Units>, goods: &FulfilmentGoods) {
    match all.iter_mut().find(|one| one.line == goods.line && one.gift == goods.gift) {
        Some(one) => one.most = one.most.saturating_add(goods.quantity),
        None => {
            all.push(Units { line: goods.line.clone(), sku: goods.sku.clone(), gift: goods.gift, most: goods.quantity })
        }
    }
}

fn gathered(order: &Order, there: impl Fn(&Fulfilment) -> bool) -> Vec<Units> {
    let mut all = Vec::new();
    order.fulfilments.iter().filter(|one| there(one)).flat_map(|one| &one.lines).for_each(|one| add(&mut all, one));
    all
}

/// Bought units that can still be cancelled: by the shopper until somebody gathers them, by the shop's own people until they leave.
#[must_use]
pub fn to_come(order: &Order, by_staff: bool) -> Vec<Units> {
    let open = |part: &Fulfilment| match part.stage.as_str() {
        "allocated" | "ready" => true,
        "picking" | "packed" => by_staff,
        _ => false,
    };
    let mut all = gathered(order, open);
    all.retain(|one| !one.gift);
    all
}

/// Units that the shopper has: what arrived, less what came back.
#[must_use]
pub fn with_shopper(order: &Order) -> Vec<Units> {
    let mut all = gathered(order, |part| matches!(part.stage.as_str(), "delivered" | "collected"));
    let back = order.returns.iter().filter(|one| matches!(one.kind.as_str(), "return" | "exchange"));
    for goods in back.flat_map(|one| &one.goods) {
        let of_line = goods.line.as_ref().map(|line| (line.to_string(), false));
        let key = of_line.or_else(|| goods.gift.as_ref().map(|gift| (gift.to_string(), true)));
        if let Some(one) = all.iter_mut().find(|one| Some((one.line.clone(), one.gift)) == key) {
            one.most = one.most.saturating_sub(goods.units);
        }
    }
    all.retain(|one| one.most > 0);
    all
}
