//! What people do with goods at a place: receive, damage, quarantine, restock, write off; and what is kept of them.

use super::{lines, once::Begun};
use crate::{Permission, Result, ServiceError, Services, Who};
use ::stock::{Delta, Kind};
use ids::Sku;
use storage::{
    postings::{Posting, post},
    stock,
};
use wire::{MoveStock, Moved, SetStockLevels, StockDeed, StockLevel, StockUnits};

/// Units that may be kept of a SKU at a place.
const LEVEL_MAX: i64 = 1_000_000;

fn movement(deed: StockDeed, units: i64) -> (Kind, Delta) {
    let none = Delta::default();
    match deed {
        StockDeed::Receive => (Kind::Receive, Delta { on_hand: units, ..none }),
        StockDeed::Damage => (Kind::Damage, Delta { on_hand: -units, ..none }),
        StockDeed::Quarantine => (Kind::QuarantineIn, Delta { on_hand: -units, quarantine: units, ..none }),
        StockDeed::Restock => (Kind::QuarantineOut, Delta { on_hand: units, quarantine: -units, ..none }),
        StockDeed::WriteOff => (Kind::QuarantineOut, Delta { quarantine: -units, ..none }),
    }
}

impl Services {
    /// Moves goods at a place: all lines or none.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] there; [`ServiceError::Invalid`] with every wrong line; [`ServiceError::Stock`] if there are not so many
    /// units, or fewer would be on hand than are reserved.
    pub async fn move_stock(&self, who: &Who, request: &MoveStock) -> Result<Moved> {
        let staff = who.require_at(Permission::StockMove, &request.place)?;
        lines::place(&*self.active().await?, "place", &request.place)?;
        lines::note("note", &request.note)?;
        let once = match self.begin_once(staff, &request.idempotency_key, "move", request).await? {
            Begun::Known(answer) => return Ok(answer),
            Begun::New(once) => once,
        };
        lines::check(&once.tx, &request.lines, 1).await?;
        let note = Some(request.note.clone()).filter(|note| !note.is_empty());
        let posting = |line: &StockUnits| {
            let (kind, delta) = movement(request.deed, line.quantity);
            Posting { note: note.clone(), ..Posting::new(&line.sku, &request.place, kind, delta) }
        };
        let postings: Vec<Posting> = request.lines.iter().map(posting).collect();
        if let Err(refused) = post(&once.tx, self.now(), staff.id.as_str(), &postings).await? {
            return Err(ServiceError::Stock(refused.into()));
        }
        let skus: Vec<Sku> = request.lines.iter().map(|line| line.sku.clone()).collect();
        let rows = stock::of_skus(&once.tx, &skus).await?;
        let here = rows.into_iter().filter(|row| row.place == request.place).collect();
        let rows = self.levels(here).await?;
        self.end_once(once, Moved { rows }).await
    }

    /// Sets how many units of a SKU are never promised at a place, and how many are kept for people who walk in.
    ///
    /// # Errors
    /// Without [`Permission::StockPlan`] there; [`ServiceError::Invalid`] for an unknown SKU or place and numbers that can't be.
    pub async fn set_stock_levels(&self, who: &Who, request: &SetStockLevels) -> Result<StockLevel> {
        who.require_at(Permission::StockPlan, &request.place)?;
        lines::place(&*self.active().await?, "place", &request.place)?;
        for (field, units) in [("safety", request.safety), ("keep_back", request.keep_back)] {
            if !(0..=LEVEL_MAX).contains(&units) {
                let en = format!("A number from 0 to {LEVEL_MAX}.");
                return Err(ServiceError::field(field, format!("应在 0 到 {LEVEL_MAX} 之间。"), en));
            }
        }
        let tx = self.db().begin().await?;
        lines::check(&tx, &[StockUnits { sku: request.sku.clone(), quantity: 1 }], 1).await?;
        stock::set_levels(&tx, &request.sku, &request.place, request.safety, request.keep_back).await?;
        let row = stock::one(&tx, &request.sku, &request.place).await?;
        tx.commit().await?;
        let rows = self.levels(row.into_iter().collect()).await?;
        rows.into_iter().next().ok_or_else(|| ServiceError::internal("a row that was just written is not there"))
    }
}
