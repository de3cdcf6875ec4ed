//! Goods under way: transfers from place to place and purchases from suppliers, with what arrived of them.

use super::{
    StockProblem, lines,
    once::{Begun, Once},
};
use crate::{Permission, Result, ServiceError, Services, Thing, Who};
use ::stock::{Delta, Kind};
use ids::PlaceId;
use pricing::Instant;
use storage::{
    Tx,
    consignments::{self, ConsignmentKind, ConsignmentLine, ConsignmentRow, ConsignmentStatus as Status},
    new_id,
    postings::{Posting, post},
};
use wire::{
    AnnouncePurchase, Consignment, ConsignmentUnits, ReceiveConsignment, RequestTransfer, ShipConsignment, StockKey,
    StockListQuery, StockUnits,
};

/// Consignments of a list.
const LIST_MAX: i64 = 200;

fn wire(row: ConsignmentRow) -> Consignment {
    let units = |line: ConsignmentLine| ConsignmentUnits {
        sku: line.sku,
        requested: line.requested,
        shipped: line.shipped,
        received: line.received,
    };
    Consignment {
        id: row.id,
        kind: row.kind.word().to_owned(),
        origin: row.origin,
        destination: row.destination,
        supplier: row.supplier,
        status: row.status.word().to_owned(),
        expected: row.expected_at,
        note: row.note,
        created_at: row.created_at,
        created_by: row.created_by,
        shipped_at: row.shipped_at,
        closed_at: row.closed_at,
        lines: row.lines.into_iter().map(units).collect(),
    }
}

/// The row of something that begins.
fn begun(actor: &str, now: Instant, destination: &PlaceId, lines: &[StockUnits], note: &str) -> ConsignmentRow {
    let line = |line: &StockUnits| ConsignmentLine {
        sku: line.sku.clone(),
        requested: line.quantity,
        shipped: 0,
        received: 0,
    };
    ConsignmentRow {
        id: new_id(),
        kind: ConsignmentKind::Transfer,
        origin: None,
        destination: destination.clone(),
        supplier: String::new(),
        status: Status::Requested,
        expected_at: None,
        note: note.to_owned(),
        created_at: now,
        created_by: actor.to_owned(),
        shipped_at: None,
        closed_at: None,
        lines: lines.iter().map(line).collect(),
    }
}

fn not_so_far(row: &ConsignmentRow) -> ServiceError {
    let status = row.status.word();
    ServiceError::Stock(StockProblem::new(
        format!("这张单的状态是 {status}，不能这样做。请刷新后再看。"),
        format!("This consignment is {status}; that can't be done with it now. Load it again."),
    ))
}

/// The lines of a consignment with the units that a request names; a SKU that is not in it is a wrong field.
fn matched<'a>(row: &'a ConsignmentRow, lines: &'a [StockUnits]) -> Result<Vec<(&'a ConsignmentLine, i64)>> {
    let found = |(at, line): (usize, &'a StockUnits)| {
        let own = row.lines.iter().find(|own| own.sku == line.sku).map(|own| (own, line.quantity));
        let sku = &line.sku;
        own.ok_or_else(|| {
            let (zh, en) = (format!("单中没有 {sku}。"), format!("{sku} is not in this consignment."));
            ServiceError::field(format!("lines[{at}].sku"), zh, en)
        })
    };
    lines.iter().enumerate().map(found).collect()
}

/// Postings at one place that belong to a consignment.
struct Batch<'a> {
    row: &'a ConsignmentRow,
    postings: Vec<Posting>,
}

impl<'a> Batch<'a> {
    fn of(row: &'a ConsignmentRow) -> Self {
        Self { row, postings: Vec::new() }
    }

    /// Adds a movement unless it moves nothing.
    fn add(&mut self, line: &ConsignmentLine, place: &PlaceId, kind: Kind, delta: Delta) {
        if delta != Delta::default() {
            let reference = Some(self.row.id.clone());
            self.postings.push(Posting { reference, ..Posting::new(&line.sku, place, kind, delta) });
        }
    }

    async fn post(self, tx: &Tx, now: Instant, actor: &str) -> Result<()> {
        match post(tx, now, actor, &self.postings).await? {
            Ok(()) => Ok(()),
            Err(refused) => Err(ServiceError::Stock(refused.into())),
        }
    }
}

/// Goods that a supplier sends.
pub(crate) struct Purchase<'a> {
    pub(crate) supplier: &'a str,
    pub(crate) destination: &'a PlaceId,
    pub(crate) expected: Option<Instant>,
    pub(crate) lines: &'a [StockUnits],
    pub(crate) note: &'a str,
}

/// Writes down that a supplier's goods are under way; the id of the consignment.
pub(crate) async fn announce(tx: &Tx, now: Instant, actor: &str, purchase: &Purchase<'_>) -> Result<String> {
    lines::check(tx, purchase.lines, 1).await?;
    let mut row = begun(actor, now, purchase.destination, purchase.lines, purchase.note);
    row.lines.iter_mut().for_each(|line| line.shipped = line.requested);
    let row = ConsignmentRow {
        kind: ConsignmentKind::Purchase,
        supplier: purchase.supplier.to_owned(),
        status: Status::Shipped,
        expected_at: purchase.expected,
        shipped_at: Some(now),
        ..row
    };
    consignments::insert(tx, &row).await?;
    let mut batch = Batch::of(&row);
    for line in &row.lines {
        batch.add(line, &row.destination, Kind::Expect, Delta { in_transit: line.shipped, ..Delta::default() });
    }
    batch.post(tx, now, actor).await?;
    Ok(row.id)
}

impl Services {
    /// Consignments from or to a place, or of the whole shop, the latest first.
    ///
    /// # Errors
    /// Without [`Permission::StockSee`].
    pub async fn consignments(&self, who: &Who, query: &StockListQuery) -> Result<Vec<Consignment>> {
        who.require(Permission::StockSee)?;
        let is_open = query.open.unwrap_or(false);
        let rows = consignments::list(self.db(), query.place.as_ref(), is_open, LIST_MAX).await?;
        Ok(rows.into_iter().map(wire).collect())
    }

    /// A consignment with its lines.
    ///
    /// # Errors
    /// Without [`Permission::StockSee`]; [`ServiceError::NotFound`].
    pub async fn consignment(&self, who: &Who, id: &str) -> Result<Consignment> {
        who.require(Permission::StockSee)?;
        consignments::by_id(self.db(), id).await?.map(wire).ok_or(ServiceError::NotFound(Thing::Consignment))
    }

    /// Asks for goods from another place; nothing moves yet.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] where they go; [`ServiceError::Invalid`] with every wrong line.
    pub async fn request_transfer(&self, who: &Who, request: &RequestTransfer) -> Result<Consignment> {
        let staff = who.require_at(Permission::StockMove, &request.destination)?;
        let active = self.active().await?;
        lines::place(&active, "origin", &request.origin)?;
        lines::place(&active, "destination", &request.destination)?;
        if request.origin == request.destination {
            let (zh, en) = ("调出地点和调入地点要不同。", "Goods go from one place to another.");
            return Err(ServiceError::field("destination", zh, en));
        }
        lines::note("note", &request.note)?;
        let once = match self.begin_once(staff, &request.idempotency_key, "transfer", request).await? {
            Begun::Known(answer) => return Ok(answer),
            Begun::New(once) => once,
        };
        lines::check(&once.tx, &request.lines, 1).await?;
        let row = begun(staff.id.as_str(), self.now(), &request.destination, &request.lines, &request.note);
        let row = ConsignmentRow { origin: Some(request.origin.clone()), ..row };
        consignments::insert(&once.tx, &row).await?;
        self.end_consignment(once, &row.id).await
    }

    /// Announces goods of a supplier: they are under way from now on.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] where they go; [`ServiceError::Invalid`] with every wrong line.
    pub async fn announce_purchase(&self, who: &Who, request: &AnnouncePurchase) -> Result<Consignment> {
        let staff = who.require_at(Permission::StockMove, &request.destination)?;
        lines::place(&*self.active().await?, "destination", &request.destination)?;
        lines::note("note", &request.note)?;
        lines::note("supplier", &request.supplier)?;
        let once = match self.begin_once(staff, &request.idempotency_key, "purchase", request).await? {
            Begun::Known(answer) => return Ok(answer),
            Begun::New(once) => once,
        };
        let AnnouncePurchase { supplier, destination, expected, lines, note, .. } = request;
        let purchase = Purchase { supplier, destination, expected: *expected, lines, note };
        let id = announce(&once.tx, self.now(), staff.id.as_str(), &purchase).await?;
        self.end_consignment(once, &id).await
    }

    /// Sends a transfer that was asked for: its goods leave one shelf and are under way to the other.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] where they leave; [`ServiceError::Stock`] if there are not so many units that are not reserved, or the
    /// transfer was sent or called off before.
    pub async fn ship_transfer(&self, who: &Who, id: &str, request: &ShipConsignment) -> Result<Consignment> {
        who.require(Permission::StockMove)?;
        let row = self.consignment_row(id).await?;
        let origin = row.origin.clone().ok_or_else(|| not_so_far(&row))?;
        let staff = who.require_at(Permission::StockMove, &origin)?;
        let once = match self.begin_once(staff, &request.idempotency_key, &format!("ship {id}"), request).await? {
            Begun::Known(answer) => return Ok(answer),
            Begun::New(once) => once,
        };
        let now = self.now();
        if !consignments::advance(&once.tx, id, Status::Requested, Status::Shipped, now).await? {
            return Err(not_so_far(&row));
        }
        if !request.lines.is_empty() {
            lines::check(&once.tx, &request.lines, 0).await?;
        }
        let units = match request.lines.as_slice() {
            [] => row.lines.iter().map(|line| (line, line.requested)).collect(),
            lines => matched(&row, lines)?,
        };
        let mut batch = Batch::of(&row);
        for (line, units) in units {
            if units > line.requested {
                let (zh, en) = (
                    format!("{} 最多发 {} 件。", line.sku, line.requested),
                    format!("At most {} of {} were asked for.", line.requested, line.sku),
                );
                return Err(ServiceError::field("lines", zh, en));
            }
            batch.add(line, &origin, Kind::TransferOut, Delta { on_hand: -units, ..Delta::default() });
            batch.add(line, &row.destination, Kind::Expect, Delta { in_transit: units, ..Delta::default() });
            consignments::set_line(&once.tx, id, &ConsignmentLine { shipped: units, ..line.clone() }).await?;
        }
        batch.post(&once.tx, now, staff.id.as_str()).await?;
        consignments::expect(&once.tx, id, request.expected).await?;
        self.end_consignment(once, id).await
    }

    /// Receives goods that are under way. Of a transfer no more can arrive than left; what a supplier brings beyond the announcement is received
    /// too. With `close` what is missing is closed: as a short receipt, or as called off by the supplier.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] where they arrive; [`ServiceError::Stock`] if the consignment is not under way.
    pub async fn receive_consignment(&self, who: &Who, id: &str, request: &ReceiveConsignment) -> Result<Consignment> {
        who.require(Permission::StockMove)?;
        let row = self.consignment_row(id).await?;
        let staff = who.require_at(Permission::StockMove, &row.destination)?;
        let once = match self.begin_once(staff, &request.idempotency_key, &format!("receive {id}"), request).await? {
            Begun::Known(answer) => return Ok(answer),
            Begun::New(once) => once,
        };
        let now = self.now();
        // The row is locked first, so that two deliveries at once don't count the same units.
        if !consignments::advance(&once.tx, id, Status::Shipped, Status::Shipped, now).await? {
            return Err(not_so_far(&row));
        }
        if !request.lines.is_empty() || !request.close {
            lines::check(&once.tx, &request.lines, 0).await?;
        }
        let row = consignments::by_id(&once.tx, id).await?.ok_or(ServiceError::NotFound(Thing::Consignment))?;
        let arrived = matched(&row, &request.lines)?;
        let mut batch = Batch::of(&row);
        let mut is_complete = true;
        for line in &row.lines {
            let units = arrived.iter().find(|(own, _)| own.sku == line.sku).map_or(0, |(_, units)| *units);
            is_complete &= receive_line(&mut batch, line, units, request.close)?;
            let received = ConsignmentLine { received: line.received + units, ..line.clone() };
            consignments::set_line(&once.tx, id, &received).await?;
        }
        batch.post(&once.tx, now, staff.id.as_str()).await?;
        if is_complete || request.close {
            consignments::advance(&once.tx, id, Status::Shipped, Status::Closed, now).await?;
        }
        self.end_consignment(once, id).await
    }

    /// Calls off a transfer that nobody has sent yet.
    ///
    /// # Errors
    /// Without [`Permission::StockMove`] where it would go; [`ServiceError::Stock`] if it left already.
    pub async fn cancel_transfer(&self, who: &Who, id: &str, request: &StockKey) -> Result<Consignment> {
        who.require(Permission::StockMove)?;
        let row = self.consignment_row(id).await?;
        let staff = who.require_at(Permission::StockMove, &row.destination)?;
        let once = match self.begin_once(staff, &request.idempotency_key, &format!("cancel {id}"), request).await? {
            Begun::Known(answer) => return Ok(answer),
            Begun::New(once) => once,
        };
        if !consignments::advance(&once.tx, id, Status::Requested, Status::Cancelled, self.now()).await? {
            return Err(not_so_far(&row));
        }
        self.end_consignment(once, id).await
    }

    async fn consignment_row(&self, id: &str) -> Result<ConsignmentRow> {
        consignments::by_id(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::Consignment))
    }

    async fn end_consignment(&self, once: Once, id: &str) -> Result<Consignment> {
        let row = consignments::by_id(&once.tx, id).await?.ok_or(ServiceError::NotFound(Thing::Consignment))?;
        self.end_once(once, wire(row)).await
    }
}

/// The movements of what arrived of a line, and of what is missing if no more will come. True if nothing is missing after.
fn receive_line(batch: &mut Batch<'_>, line: &ConsignmentLine, units: i64, close: bool) -> Result<bool> {
    let row = batch.row;
    let under_way = (line.shipped - line.received).max(0);
    let (expected, is_transfer) = (units.min(under_way), row.kind == ConsignmentKind::Transfer);
    if is_transfer && units > under_way {
        let (zh, en) = (
            format!("{} 在途只有 {under_way} 件。多出的请盘点入库。", line.sku),
            format!("Only {under_way} of {} are under way; count what came on top.", line.sku),
        );
        return Err(ServiceError::field("lines", zh, en));
    }
    let arrives = Delta { on_hand: units, in_transit: -expected, ..Delta::default() };
    batch.add(line, &row.destination, if is_transfer { Kind::TransferIn } else { Kind::Receive }, arrives);
    let missing = under_way - expected;
    if close {
        let lost = Delta { in_transit: -missing, ..Delta::default() };
        batch.add(line, &row.destination, if is_transfer { Kind::ShortReceipt } else { Kind::CallOff }, lost);
    }
    Ok(missing == 0)
}
