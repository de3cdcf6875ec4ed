//! Calling off what was scheduled, before its time. The record stays, with who did it and why.

use super::Deed;
use crate::{Result, ServiceError, Services};
use ids::PriceBookId;
use pricing::Instant;
use storage::books::{self, Activation, Cancelled};

impl Services {
    /// Calls off a version's scheduled activation: the one from `at` on, or the only one. Returns it, and what holds at that instant instead.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] if none is scheduled, or several are and `at` names none of them.
    pub async fn cancel(
        &self,
        id: &PriceBookId,
        at: Option<Instant>,
        deed: &Deed,
    ) -> Result<(Activation, PriceBookId)> {
        let now = self.now();
        let tx = self.db().begin().await?;
        let mut planned = books::activations(&tx).await?;
        planned.retain(|one| one.from > now && one.cancelled.is_none() && (one.source == *id || one.book == *id));
        planned.retain(|one| at.is_none_or(|at| one.from == at));
        let one = match planned.as_slice() {
            [one] => one.clone(),
            [] => return Err(nothing_planned()),
            several => return Err(say_which(several)),
        };
        let cancelled = Cancelled { at: now, by: deed.by.clone(), why: deed.reason.clone() };
        if !books::cancel(&tx, &one, &cancelled).await? {
            return Err(nothing_planned());
        }
        let instead = books::active(&tx, one.from).await?;
        let instead = instead.ok_or_else(|| ServiceError::internal("no price book is in force"))?.source;
        tx.commit().await?;
        self.reload().await?;
        Ok((Activation { cancelled: Some(cancelled), ..one }, instead))
    }
}

fn nothing_planned() -> ServiceError {
    let (zh, en) =
        ("这个版本没有排定的生效，或已到时间。", "No activation of this version is scheduled, or its time has come.");
    ServiceError::field("version", zh, en)
}

fn say_which(several: &[Activation]) -> ServiceError {
    let times = several.iter().map(|one| one.from.to_string()).collect::<Vec<_>>().join(", ");
    let (zh, en) = (
        format!("这个版本排定了多次生效，请用 --at 指明一次：{times}。"),
        format!("Several activations of this version are scheduled; name one with --at: {times}."),
    );
    ServiceError::field("at", zh, en)
}
