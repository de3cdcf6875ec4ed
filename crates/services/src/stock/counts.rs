//! Counting a place: what people find is entered line by line, and its differences are posted at once.

use super::{StockProblem, lines, once::Begun};
use crate::{Permission, Result, ServiceError, Services, Thing, Who};
use ::stock::{Delta, Kind};
use storage::{
    counts::{self, CountLine, CountRow},
    new_id,
    postings::{Posting, post},
};
use wire::{BeginCount, EnterCount, StockCount, StockCountLine, StockKey, StockListQuery};

/// Counts of a list.
const LIST_MAX: i64 = 200;

fn wire(row: CountRow) -> StockCount {
    let line = |line: CountLine| StockCountLine {
        difference: line.counted - line.expected,
        sku: line.sku,
        expected: line.expected,
        counted: line.counted,
    };
    StockCount {
        id: row.id,
        place: row.place,
        status: row.status,
        note: row.note,
        created_at: row.created_at,
        created_by: row.created_by,
        posted_at: row.posted_at,
        lines: row.lines.into_iter().map(line).collect(),
    }
}

fn ended() -> ServiceError {
    ServiceError::Stock(StockProblem::new(
        "这次盘点已经结束。请新建一次盘点。",
        "This count has ended; begin another one.",
    ))
}

impl Services {
    /// Counts of a place or of the whole shop, the latest first.
    ///
    /// # Errors
    /// Without [`Permission::StockSee`].
    pub async fn stock_counts(&self, who: &Who, query: &StockListQuery) -> Result<Vec<StockCount>> {
        who.require(Permission::StockSee)?;
        let rows = counts::list(self.db(), query.place.as_ref(), LIST_MAX).await?;
        let is_open = query.open.unwrap_or(false);
        Ok(rows.into_iter().filter(|row| !is_open || row.status == "open").map(wire).collect())
    }

    /// A count with its lines.
    ///
    /// # Errors
    /// Without [`Permission::StockSee`]; [`ServiceError::NotFound`].
    pub async fn stock_count(&self, who: &Who, id: &str) -> Result<StockCount> {
        who.require(Permission::StockSee)?;
        Ok(wire(self.count_row(id).await?))
    }

    async fn count_row(&self, id: &str) -> Result<CountRow> {
        counts::by_id(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::StockCount))
    }

    /// Begins a count.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] there.
    pub async fn begin_count(&self, who: &Who, request: &BeginCount) -> Result<StockCount> {
        let staff = who.require_at(Permission::StockMove, &request.place)?;
        lines::place(&*self.active().await?, "place", &request.place)?;
        lines::note("note", &request.note)?;
        let once = match self.begin_once(staff, &request.idempotency_key, "count", request).await? {
            Begun::Known(answer) => return Ok(answer),
            Begun::New(once) => once,
        };
        let row = CountRow {
            id: new_id(),
            place: request.place.clone(),
            status: "open".to_owned(),
            note: request.note.clone(),
            created_at: self.now(),
            created_by: staff.id.to_string(),
            posted_at: None,
            lines: Vec::new(),
        };
        counts::insert(&once.tx, &row).await?;
        self.end_once(once, wire(row)).await
    }

    /// Enters what was found; what is thought to be on hand is written down beside it at the same moment, so that goods which move before the
    /// count is posted are no difference.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] there; [`ServiceError::Stock`] if the count has ended.
    pub async fn enter_count(&self, who: &Who, id: &str, request: &EnterCount) -> Result<StockCount> {
        who.require(Permission::StockMove)?;
        let row = self.count_row(id).await?;
        who.require_at(Permission::StockMove, &row.place)?;
        let tx = self.db().begin().await?;
        lines::check(&tx, &request.lines, 0).await?;
        if !counts::lock_open(&tx, id).await? {
            return Err(ended());
        }
        for line in &request.lines {
            counts::put_line(&tx, id, &row.place, &line.sku, line.quantity).await?;
        }
        tx.commit().await?;
        self.stock_count(who, id).await
    }

    /// Posts the differences of a count: all or none.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] there; [`ServiceError::Stock`] if the count has ended, or fewer units would be on hand than are reserved.
    pub async fn post_count(&self, who: &Who, id: &str, request: &StockKey) -> Result<StockCount> {
        who.require(Permission::StockMove)?;
        let row = self.count_row(id).await?;
        let staff = who.require_at(Permission::StockMove, &row.place)?;
        let once = match self.begin_once(staff, &request.idempotency_key, &format!("post {id}"), request).await? {
            Begun::Known(answer) => return Ok(answer),
            Begun::New(once) => once,
        };
        let now = self.now();
        if !counts::end(&once.tx, id, "posted", now).await? {
            return Err(ended());
        }
        let row = counts::by_id(&once.tx, id).await?.ok_or(ServiceError::NotFound(Thing::StockCount))?;
        let differing = row.lines.iter().filter(|line| line.counted != line.expected);
        let posting = |line: &CountLine| {
            let delta = Delta { on_hand: line.counted - line.expected, ..Delta::default() };
            let reference = Some(id.to_owned());
            Posting { reference, ..Posting::new(&line.sku, &row.place, Kind::Count, delta) }
        };
        let postings: Vec<Posting> = differing.map(posting).collect();
        if let Err(refused) = post(&once.tx, now, staff.id.as_str(), &postings).await? {
            return Err(ServiceError::Stock(refused.into()));
        }
        self.end_once(once, wire(row)).await
    }

    /// Ends a count without posting anything.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] there; [`ServiceError::Stock`] if the count has ended.
    pub async fn drop_count(&self, who: &Who, id: &str, request: &StockKey) -> Result<StockCount> {
        who.require(Permission::StockMove)?;
        let row = self.count_row(id).await?;
        let staff = who.require_at(Permission::StockMove, &row.place)?;
        let once = match self.begin_once(staff, &request.idempotency_key, &format!("drop {id}"), request).await? {
            Begun::Known(answer) => return Ok(answer),
            Begun::New(once) => once,
        };
        if !counts::end(&once.tx, id, "dropped", self.now()).await? {
            return Err(ended());
        }
        let row = counts::by_id(&once.tx, id).await?.ok_or(ServiceError::NotFound(Thing::StockCount))?;
        self.end_once(once, wire(row)).await
    }
}
