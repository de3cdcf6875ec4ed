//! How orders are sourced, and what the strategies come to.

use super::{Sourcing, sourcing::SOURCING};
use crate::{Permission, Result, Services, Who, setup};
use pricing::Instant;
use storage::{settings, sourcings};
use wire::{FiguresQuery, SourcingFigures, SourcingSettings};

impl Services {
    /// How orders are sourced.
    ///
    /// # Errors
    /// Without [`Permission::StockPlan`].
    pub async fn sourcing(&self, who: &Who) -> Result<SourcingSettings> {
        who.require(Permission::StockPlan)?;
        Ok(self.active().await?.catalogue.sourcing.settings.clone())
    }

    /// Sets how orders are sourced, from now on and on all servers.
    ///
    /// # Errors
    /// Without [`Permission::StockPlan`] for the whole shop; [`crate::ServiceError::Invalid`] with what is wrong first.
    pub async fn put_sourcing(&self, who: &Who, request: &SourcingSettings) -> Result<SourcingSettings> {
        let staff = who.require(Permission::StockPlan)?;
        if staff.role.is_bound() {
            return Err(crate::ServiceError::Forbidden);
        }
        let checked = Sourcing::new(request.clone())?;
        let tx = self.db().begin().await?;
        settings::set(&tx, SOURCING, &checked.settings).await?;
        setup::stamp(&tx).await?;
        tx.commit().await?;
        self.reload().await?;
        Ok(request.clone())
    }

    /// What each strategy came to.
    ///
    /// # Errors
    /// Without [`Permission::StockPlan`].
    pub async fn sourcing_figures(&self, who: &Who, query: &FiguresQuery) -> Result<Vec<SourcingFigures>> {
        who.require(Permission::StockPlan)?;
        let rows = sourcings::figures(&self.stale(), query.since.unwrap_or(Instant(0))).await?;
        let wire = |row: sourcings::StrategyFigures| SourcingFigures {
            strategy: row.strategy,
            orders: row.orders,
            sourcings: row.sourcings,
            parcels: row.parcels,
            split_lines: row.split_lines,
            km: row.km,
            cost_minor: row.cost_minor,
            bounded: row.bounded,
        };
        Ok(rows.into_iter().map(wire).collect())
    }
}
