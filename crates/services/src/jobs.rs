//! What the shop does by itself, now and then: one server at a time does each job, by a lease in the database, and another one goes on where it dies.

use crate::{Permission, Result, Services, Who};
use pricing::Instant;
use storage::jobs;
use wire::JobInfo;

/// A server that does not answer for so long is taken for dead, and its job is done by another.
const LEASE_MS: i64 = 120_000;
/// A job that failed is tried again after so long, at the soonest.
const AGAIN_MS: i64 = 5_000;

/// A job: its name, how often it is done, and what it does.
struct Job {
    name: &'static str,
    every_ms: i64,
    run: fn(&Services) -> Doing<'_>,
}

type Doing<'a> = std::pin::Pin<Box<dyn Future<Output = Result<usize>> + Send + 'a>>;

const MINUTE_MS: i64 = 60_000;

/// All jobs, one row each: a new one needs no more than a row here. Each is told by its number of things done.
const JOBS: &[Job] = &[
    Job { name: "settle-payments", every_ms: 2_000, run: |services| Box::pin(services.settled()) },
    Job { name: "expire-orders", every_ms: 15_000, run: |services| Box::pin(services.expire_orders()) },
    Job { name: "release-points", every_ms: 5 * MINUTE_MS, run: |services| counted(services.release_points()) },
    Job { name: "expire-points", every_ms: 5 * MINUTE_MS, run: |services| counted(services.expire_points()) },
    Job { name: "review-levels", every_ms: 10 * MINUTE_MS, run: |services| counted(services.review_levels()) },
    Job { name: "expire-coupons", every_ms: 5 * MINUTE_MS, run: |services| counted(services.expire_coupons()) },
    Job {
        name: "birthday-coupons",
        every_ms: 60 * MINUTE_MS,
        run: |services| counted(services.give_birthday_coupons()),
    },
    Job {
        name: "forget-member-codes",
        every_ms: 60 * MINUTE_MS,
        run: |services| counted(services.forget_member_codes()),
    },
    Job {
        name: "prove-ledger",
        every_ms: 24 * 60 * MINUTE_MS,
        run: |services| Box::pin(services.prove_ledger_daily()),
    },
    Job { name: "relay-messages", every_ms: 1_000, run: |services| Box::pin(services.relay_messages_now()) },
    Job { name: "forget-ended", every_ms: 10 * MINUTE_MS, run: |services| Box::pin(services.forget_ended()) },
];

/// A job that tells how many points or members it moved.
fn counted<'a>(doing: impl Future<Output = Result<i64>> + Send + 'a) -> Doing<'a> {
    Box::pin(async move { Ok(usize::try_from(doing.await?).unwrap_or_default()) })
}

impl Services {
    /// Does the jobs that are due and that no other server does; returns the names of those done. `worker` names this server.
    ///
    /// # Errors
    /// If the database does not answer; a job that fails is told in the log and tried again.
    pub async fn run_jobs(&self, worker: &str) -> Result<Vec<&'static str>> {
        let mut done = Vec::new();
        let known = jobs::all(self.db()).await?;
        for job in JOBS {
            let now = self.now();
            // Looking is cheap; writing is not, where every server does it every second.
            match known.iter().find(|row| row.name == job.name) {
                Some(row) if row.next_at > now || row.leased_until > now => continue,
                Some(_) => {}
                None => jobs::know(self.db(), job.name, now).await?,
            }
            if !jobs::take(self.db(), job.name, worker, now, Instant(now.0 + LEASE_MS)).await? {
                continue;
            }
            let result = (job.run)(self).await;
            let (next, error) = match &result {
                Ok(_) => (job.every_ms, None),
                Err(error) => (job.every_ms.max(AGAIN_MS), Some(error.to_string())),
            };
            if let Some(error) = &error {
                tracing::error!(job = job.name, error, "a job failed");
            }
            let ended = self.now();
            jobs::end(self.db(), job.name, worker, ended, Instant(ended.0 + next), error.as_deref()).await?;
            done.push(job.name);
        }
        Ok(done)
    }

    /// Settles payments in doubt; told by how much was looked at.
    async fn settled(&self) -> Result<usize> {
        let done = self.settle_payments().await?;
        Ok(done.notices + done.payments + done.refunds)
    }

    /// Sends the messages that are due.
    async fn relay_messages_now(&self) -> Result<usize> {
        let relayed = self.relay_messages().await?;
        Ok(usize::try_from(relayed.sent).unwrap_or(usize::MAX))
    }

    /// Forgets sessions that ended and messages that were sent long ago.
    async fn forget_ended(&self) -> Result<usize> {
        let messages = self.forget_sent_messages().await?;
        let gone = messages + storage::sessions::delete_ended(self.db(), self.now()).await?;
        Ok(usize::try_from(gone).unwrap_or(usize::MAX))
    }

    /// The jobs, when each was done last, and what failed.
    ///
    /// # Errors
    /// Without [`Permission::Operate`].
    pub async fn jobs(&self, who: &Who) -> Result<Vec<JobInfo>> {
        who.require(Permission::Operate)?;
        let rows = jobs::all(self.db()).await?.into_iter();
        Ok(rows
            .map(|row| JobInfo {
                name: row.name,
                next_at: row.next_at,
                worker: row.leased_by,
                runs: row.runs,
                failures: row.failures,
                last_ended_at: row.last_ended_at,
                last_error: row.last_error,
            })
            .collect())
    }
}
