//! Where points, stored money and levels are booked: whatever an order, a return, a job or somebody at the till does to them comes through here, inside
//! the transaction of the one who asks.

use crate::{Result, ServiceError, active::Active, setup::MemberRules};
use ::members::ledger::{BadEntry, Entry};
use ids::{OrderNumber, StaffId};
use pricing::Instant;
use storage::{
    Tx,
    ledger::{self, Note, Posted},
};

/// Books within a transaction. Whatever moves a member's points locks the member's row before anything else of the member, so that all who do so come one
/// after the other.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) tx: &'a Tx,
    pub(crate) rules: &'a MemberRules,
    /// By how much the shop's own clock is ahead of UTC.
    pub(crate) offset_minutes: i32,
    pub(crate) now: Instant,
    /// Who of the shop's own people does it.
    pub(crate) staff: Option<&'a StaffId>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Booked {
    /// It is written.
    New,
    /// It was written before.
    Before,
    /// There is too little. The transaction must not be committed.
    Short,
}

impl<'a> Desk<'a> {
    /// The desk of a transaction.
    pub(crate) fn new(tx: &'a Tx, active: &'a Active, now: Instant) -> Self {
        let offset_minutes = crate::context::offset_minutes(active.catalogue.places.first(), now);
        Self { tx, rules: &active.catalogue.facts.membership, offset_minutes, now, staff: None }
    }

    /// The same desk with somebody of the shop's own people at it.
    pub(crate) fn by(self, staff: &'a StaffId) -> Self {
        Self { staff: Some(staff), ..self }
    }

    /// Writes an entry.
    ///
    /// # Errors
    /// [`ServiceError::Conflict`] if the same kind and reference stand for another entry.
    pub(super) async fn post(
        &self,
        entry: Result<Entry, BadEntry>,
        order: Option<&OrderNumber>,
        why: Option<&str>,
    ) -> Result<Booked> {
        let entry = entry.map_err(ServiceError::internal)?;
        match ledger::post(self.tx, &entry, Note { at: self.now, order, staff: self.staff, why }).await? {
            Posted::New => Ok(Booked::New),
            Posted::Before => Ok(Booked::Before),
            Posted::Short(account) => {
                tracing::info!(%account, kind = entry.kind(), "too little for an entry");
                Ok(Booked::Short)
            }
            Posted::Other => Err(ServiceError::Conflict),
        }
    }
}

/// What must hold because the rows of a member are locked; if not, the ledger's proof says where.
pub(super) fn sure(holds: bool, what: &'static str) -> Result<()> {
    if holds { Ok(()) } else { Err(ServiceError::internal(what)) }
}
