//! One simulation: servers, people, steps, and the auditor after each.

use crate::{
    audit,
    cluster::{Cluster, Setup},
    op::Step,
    world::World,
};
use anyhow::{Context, Result};
use futures::future::join_all;
use storage::Db;
use vault::Vault;

/// Where and how a simulation runs.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How servers are started.
    pub setup: Setup,
    /// How many.
    pub servers: usize,
    /// Tell every step.
    pub loud: bool,
}

/// What a simulation did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report {
    /// Steps that were audited.
    pub steps: usize,
    /// Orders in the end.
    pub orders: usize,
    /// Orders that had to be asked for again.
    pub doubts: usize,
}

/// Runs the steps one after the other, the operations of each at once.
///
/// # Errors
/// With the step at which something did not agree.
pub async fn run(plan: &Plan, steps: &[Step]) -> Result<Report> {
    let cluster = Cluster::start(plan.setup.clone(), plan.servers).await?;
    let world = World::new(cluster).await?;
    let db = Db::open(&plan.setup.database_url, Vault::closed()).await?;
    let mut report = Report::default();
    for (at, step) in steps.iter().enumerate() {
        let outcome = one(&world, &db, step).await;
        let (doubts, orders) = outcome.with_context(|| format!("step {at}: {step:?}"))?;
        report = Report { steps: at + 1, orders, doubts: report.doubts + doubts };
        if plan.loud {
            println!("{at:>5}  {orders:>4} orders  {step:?}");
        }
    }
    finish(&world, &db).await.context("in the end")?;
    db.close().await;
    Ok(report)
}

async fn one(world: &World, db: &Db, step: &Step) -> Result<(usize, usize)> {
    for outcome in join_all(step.iter().map(|op| world.act(op))).await {
        outcome?;
    }
    let counted = audit::check(db, world).await?;
    let doubts = world.ask_again().await?;
    Ok((doubts, counted.orders))
}

/// All servers live again, all that is in doubt is asked for, everything that waits comes to its end.
async fn finish(world: &World, db: &Db) -> Result<()> {
    for _ in 0..20 {
        if world.ask_again().await? == 0 {
            break;
        }
    }
    audit::check(db, world).await?;
    audit::last(db, world).await?;
    // Nobody comes for what still waits: the jobs take it back.
    world.cluster.jump(5 * 86_400).await?;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    audit::check(db, world).await.map(drop)
}
