//! One simulation: servers, people, steps, and the auditor after each.

use crate::{
    audit,
    cluster::{Cluster, Setup},
    op::{Op, Step},
    provider::Provider,
    world::World,
};
use anyhow::{Context, Result};
use futures::future::join_all;
use std::time::Duration;
use storage::Db;
use vault::Vault;

/// Where and how a simulation runs.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How servers are started.
    pub setup: Setup,
    /// How many.
    pub servers: usize,
    /// Where `localstripe` listens.
    pub stripe: String,
    /// What becomes of calls to it.
    pub seed: u64,
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
    /// How often a server was killed.
    pub kills: usize,
    /// Payments that the provider took money for.
    pub paid: usize,
}

/// So often, some seconds apart, what is in doubt at the provider may be looked at in the end.
const LOOKS_MAX: usize = 40;

/// Runs the steps one after the other, the operations of each at once.
///
/// # Errors
/// With the step at which something did not agree.
pub async fn run(plan: &Plan, steps: &[Step]) -> Result<Report> {
    let provider = Provider::start(&plan.stripe, plan.seed).await?;
    let mut setup = plan.setup.clone();
    setup.env.extend(provider.environment());
    let cluster = Cluster::start(setup, plan.servers).await?;
    let world = World::new(cluster, provider).await?;
    let db = Db::open(&plan.setup.database_url, Vault::closed()).await?;
    let mut report = Report::default();
    for (at, step) in steps.iter().enumerate() {
        let outcome = one(&world, &db, step).await;
        let (doubts, orders) = outcome.with_context(|| format!("step {at}: {step:?}"))?;
        let kills = step.iter().filter(|op| matches!(op, Op::Kill { .. })).count();
        let (doubts, kills) = (report.doubts + doubts, report.kills + kills);
        report = Report { steps: at + 1, orders, doubts, kills, paid: 0 };
        if plan.loud {
            println!("{at:>5}  {orders:>4} orders  {step:?}");
        }
    }
    finish(&world, &db).await.context("in the end")?;
    db.close().await;
    let money = world.provider.money().await?;
    report.paid = money.values().filter(|money| money.captured > 0).count();
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
    for look in 1.. {
        // What failed is tried again some time later.
        world.cluster.jump(3_600).await?;
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        match audit::money(db, world).await {
            Ok(()) => break,
            Err(error) if look == LOOKS_MAX => return Err(error),
            Err(_) => {}
        }
    }
    audit::check(db, world).await.map(drop)
}
