//! Why goods may not move so, in words.

use ::stock::{Bucket, Refusal};
use pricing::Text;
use storage::postings::Refused;

/// Why stock does not allow it. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockProblem(Text);

impl StockProblem {
    /// What happened and what to do, in both languages.
    #[must_use]
    pub fn detail(&self) -> Text {
        self.0.clone()
    }

    /// Something else than units is in the way.
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Text::new(zh, en))
    }
}

fn bucket(bucket: Bucket) -> (&'static str, &'static str) {
    match bucket {
        Bucket::OnHand => ("现有", "on hand"),
        Bucket::Reserved => ("已占用", "reserved"),
        Bucket::Quarantine => ("待检", "in quarantine"),
        Bucket::InTransit => ("在途", "in transit"),
    }
}

impl From<Refused> for StockProblem {
    fn from(refused: Refused) -> Self {
        let (sku, place) = (&refused.movement.sku, &refused.movement.place);
        let balance = refused.balance;
        match refused.why {
            Some(Refusal::Negative(which)) => {
                let units = balance.all().into_iter().find(|(one, _)| *one == which).map_or(0, |(_, units)| units);
                let (zh, en) = bucket(which);
                Self::new(
                    format!("{place} 的 {sku} {zh}只有 {units} 件。请减少数量，或先盘点。"),
                    format!("{place} has only {units} of {sku} {en}. Lower the quantity, or count first."),
                )
            }
            Some(Refusal::BelowReserved) => Self::new(
                format!(
                    "{place} 的 {sku} 有 {} 件已被订单占用，现有 {} 件，不能低于占用数。请先改派或取消订单。",
                    balance.reserved, balance.on_hand
                ),
                format!(
                    "At {place} {} of {sku} are reserved for orders and {} on hand; fewer can't be on hand than are reserved. Move or cancel orders first.",
                    balance.reserved, balance.on_hand
                ),
            ),
            Some(Refusal::Empty) => Self::new(
                format!("{sku} 没有变化。请写数量。"),
                format!("Nothing would change for {sku}; write a quantity."),
            ),
            Some(Refusal::Kind | Refusal::Overflow) => Self::new(
                format!("{sku} 的数量不能这样变动。请检查数量。"),
                format!("{sku} can't move so; check the quantity."),
            ),
            None => Self::new(
                format!("{place} 的 {sku} 可承诺数量不够。请减少数量或换一个地点。"),
                format!("{place} can't promise so many of {sku}. Lower the quantity or choose another place."),
            ),
        }
    }
}
