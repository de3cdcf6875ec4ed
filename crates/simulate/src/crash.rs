//! Servers that are killed over and over while shoppers order: what was confirmed is there, once, and as it was confirmed.

use crate::{
    audit,
    cluster::{Cluster, Setup},
    load::{Load, Shoppers},
};
use anyhow::{Result, ensure};
use futures::future::try_join_all;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::time::{Duration, Instant};
use storage::{Db, proofs};
use vault::Vault;

/// A trial.
#[derive(Clone, Debug)]
pub struct Trial {
    /// How servers are started.
    pub setup: Setup,
    /// How many.
    pub servers: usize,
    /// Shoppers at once.
    pub shoppers: usize,
    /// What is drawn.
    pub seed: u64,
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// How often something was killed.
    pub kills: usize,
    /// Orders that were confirmed.
    pub orders: usize,
    /// Requests that got no answer and were sent again.
    pub doubts: usize,
    /// The longest time in which no order was confirmed.
    pub longest_gap: Duration,
}

impl Trial {
    /// Kills a server, and starts it again, so many times under load.
    ///
    /// # Errors
    /// If an order is lost, doubled or changed, or the books do not agree.
    pub async fn kill_servers(&self, kills: usize) -> Result<Outcome> {
        self.under_load(async |cluster: &Cluster| {
            let mut rng = StdRng::seed_from_u64(self.seed);
            for _ in 0..kills {
                tokio::time::sleep(Duration::from_millis(rng.random_range(30..700))).await;
                let server = rng.random_range(0..self.servers);
                cluster.kill(server);
                cluster.revive(server).await?;
            }
            Ok(kills)
        })
        .await
    }

    /// Does something to the shop while shoppers order, and audits all of it in the end.
    ///
    /// # Errors
    /// As [`Trial::kill_servers`].
    pub async fn under_load(&self, disturb: impl AsyncFn(&Cluster) -> Result<usize>) -> Result<Outcome> {
        let cluster = Cluster::start(self.setup.clone(), self.servers).await?;
        let load = Load::prepare(&self.setup, &cluster, 3).await?;
        let shoppers = Shoppers::new(&cluster, &load, self.seed);
        let disturbed = async {
            let kills = disturb(&cluster).await;
            shoppers.close();
            kills
        };
        let (kills, _) = tokio::try_join!(disturbed, try_join_all((0..self.shoppers).map(|one| shoppers.shop(one))))?;
        let outcome = Outcome {
            kills,
            orders: shoppers.confirmed().len(),
            doubts: shoppers.doubts(),
            longest_gap: shoppers.longest_gap(),
        };
        self.audit(&shoppers).await?;
        Ok(outcome)
    }

    async fn audit(&self, shoppers: &Shoppers<'_>) -> Result<()> {
        let db = Db::open(&self.setup.database_url, Vault::closed()).await?;
        let tx = db.begin().await?;
        let (found, rows) = (proofs::all(&tx).await?, storage::orders::register(&tx).await?);
        drop(tx);
        db.close().await;
        audit::agree(&found)?;
        let confirmed = shoppers.confirmed();
        audit::kept(&rows, &confirmed)?;
        ensure!(rows.len() == confirmed.len(), "{} orders are there, {} were confirmed", rows.len(), confirmed.len());
        Ok(())
    }
}

/// Waits until something holds.
///
/// # Errors
/// If it does not in time.
pub async fn until(most: Duration, what: &str, holds: impl AsyncFn() -> bool) -> Result<()> {
    let begun = Instant::now();
    while !holds().await {
        ensure!(begun.elapsed() < most, "{what} took too long");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
