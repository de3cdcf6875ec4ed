//! Looking into the stock: units, movements, and the proof that they belong together.

use crate::{Permission, Result, ServiceError, Services, Who};
use ::stock::Balance;
use ids::{PlaceId, Sku};
use pricing::Text;
use std::collections::{BTreeSet, HashMap};
use storage::{
    postings::{self, MovementRow},
    stock::{self, StockFilter, StockRow},
};
use wire::{
    Buckets, LedgerDifference, LedgerProof, MovementPage, MovementQuery, StockLevel, StockMovement, StockPage,
    StockQuery,
};

const ROWS_DEFAULT: i64 = 100;
const ROWS_MAX: i64 = 500;

/// How many rows a page has.
fn limit(asked: Option<i64>) -> Result<i64> {
    let rows = asked.unwrap_or(ROWS_DEFAULT);
    if (1..=ROWS_MAX).contains(&rows) {
        return Ok(rows);
    }
    let (zh, en) = (format!("每页 1 到 {ROWS_MAX} 行。"), format!("A page has 1 to {ROWS_MAX} rows."));
    Err(ServiceError::field("limit", zh, en))
}

/// The SKU and place after which a page begins, as [`StockPage::next`] wrote it.
fn after(text: &str) -> Result<(Sku, PlaceId)> {
    let parts = text.rsplit_once('@');
    let parts = parts.and_then(|(sku, place)| Some((Sku::new(sku).ok()?, PlaceId::new(place).ok()?)));
    parts.ok_or_else(|| ServiceError::field("after", "请用上一页的 next。", "Use the `next` of the page before."))
}

pub(super) fn movement(row: MovementRow) -> StockMovement {
    let (delta, moved) = (row.movement.delta, row.movement);
    StockMovement {
        id: row.id,
        at: row.at,
        sku: moved.sku,
        place: moved.place,
        kind: moved.kind.word().to_owned(),
        on_hand: delta.on_hand,
        reserved: delta.reserved,
        quarantine: delta.quarantine,
        in_transit: delta.in_transit,
        order: row.order,
        reference: row.reference,
        actor: row.actor,
        note: row.note,
    }
}

fn buckets(balance: Balance) -> Buckets {
    let Balance { on_hand, reserved, quarantine, in_transit } = balance;
    Buckets { on_hand, reserved, quarantine, in_transit }
}

impl Services {
    /// A page of the stock.
    ///
    /// # Errors
    /// Without [`Permission::StockSee`]; [`ServiceError::Invalid`] for a limit out of range or a page that is none.
    pub async fn stock(&self, who: &Who, query: &StockQuery) -> Result<StockPage> {
        who.require(Permission::StockSee)?;
        let rows_max = limit(query.limit)?;
        let filter = StockFilter {
            place: query.place.clone(),
            sku: query.sku.clone().unwrap_or_default(),
            available_max: query.available_max,
            after: query.after.as_deref().map(after).transpose()?,
            rows_max,
        };
        let rows = stock::find(self.db(), &filter).await?;
        let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows == rows_max);
        let next = rows.last().filter(|_| is_full).map(|row| format!("{}@{}", row.sku, row.place));
        Ok(StockPage { rows: self.levels(rows).await?, next })
    }

    /// Rows with the names of their products.
    pub(super) async fn levels(&self, rows: Vec<StockRow>) -> Result<Vec<StockLevel>> {
        let skus: BTreeSet<Sku> = rows.iter().map(|row| row.sku.clone()).collect();
        let items = self.sku_names(&skus.into_iter().collect::<Vec<_>>()).await?;
        let titles: HashMap<Sku, Text> = items.into_iter().map(|item| (item.sku, item.title)).collect();
        let level = |row: StockRow| StockLevel {
            title: titles.get(&row.sku).cloned().unwrap_or_default(),
            available: row.available(),
            sku: row.sku,
            place: row.place,
            on_hand: row.on_hand,
            reserved: row.reserved,
            quarantine: row.quarantine,
            in_transit: row.in_transit,
            safety: row.safety,
            keep_back: row.keep_back,
        };
        Ok(rows.into_iter().map(level).collect())
    }

    /// A page of what happened to a SKU, the latest first.
    ///
    /// # Errors
    /// Without [`Permission::StockSee`]; [`ServiceError::Invalid`] for a limit out of range.
    pub async fn stock_movements(&self, who: &Who, sku: &Sku, query: &MovementQuery) -> Result<MovementPage> {
        who.require(Permission::StockSee)?;
        let rows_max = limit(query.limit)?;
        let before = query.before.as_deref();
        let rows = postings::of_sku(&self.stale(), sku, query.place.as_ref(), before, rows_max).await?;
        let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows == rows_max);
        let next = rows.last().filter(|_| is_full).map(|row| row.id.clone());
        Ok(MovementPage { rows: rows.into_iter().map(movement).collect(), next })
    }

    /// Derives every balance from its movements and lists those that are stored otherwise.
    ///
    /// # Errors
    /// Without [`Permission::StockPlan`].
    pub async fn prove_stock(&self, who: &Who) -> Result<LedgerProof> {
        who.require(Permission::StockPlan)?;
        self.prove_stock_here().await
    }

    /// [`Services::prove_stock`] for whoever may run a command on the shop's own machine.
    ///
    /// # Errors
    /// If the database can't be read.
    pub async fn prove_stock_here(&self) -> Result<LedgerProof> {
        let (balances, differences) = postings::prove(self.db()).await?;
        let difference = |one: postings::Difference| LedgerDifference {
            sku: one.sku,
            place: one.place,
            derived: buckets(one.derived),
            stored: buckets(one.stored),
        };
        Ok(LedgerProof { balances, differences: differences.into_iter().map(difference).collect() })
    }
}
