//! `simulate`: see the library. Each command prints one line of figures, and fails if anything does not hold.

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use futures::future::try_join_all;
use simulate::{
    cluster::{Cluster, Setup},
    crash::Trial,
    database,
    fill::fill,
    flash::{self, Sale},
    load::{Load, Shoppers},
    op::{Mix, Step, draw},
    run::{Plan, Report, run},
    shrink::shrink,
    standby::Pair,
    times::Times,
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use storage::Db;
use vault::Vault;

/// A failing list of steps is tried so often before it counts as not failing.
const TRIES: usize = 3;

#[derive(Parser)]
struct Cli {
    /// The binary `concord`.
    #[arg(long)]
    concord: PathBuf,
    /// A PostgreSQL server on which databases may be made; SQLite without.
    #[arg(long)]
    postgres: Option<String>,
    /// How many servers on the one database; otherwise as many as the trial is about.
    #[arg(long)]
    servers: Option<usize>,
    /// What is drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How far the clock of each server is ahead of the one before it, in milliseconds.
    #[arg(long, default_value_t = 1_700)]
    skew_ms: i64,
    /// Keep database, keys and logs here; otherwise they are gone in the end.
    #[arg(long)]
    keep: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// People, jobs and a bad provider, with an audit after every step.
    Steps(StepsOptions),
    /// Many buyers, few units, fewer coupons.
    FlashSale {
        #[arg(long, default_value_t = 2_000)]
        buyers: usize,
        #[arg(long, default_value_t = 256)]
        connections: usize,
        #[arg(long, default_value_t = 100)]
        units: i64,
        #[arg(long, default_value_t = 50)]
        coupons: i64,
    },
    /// Servers are killed while shoppers order.
    Crash {
        #[arg(long, default_value_t = 200)]
        kills: usize,
        #[arg(long, default_value_t = 8)]
        shoppers: usize,
    },
    /// Orders a second, and how long they take.
    Checkout {
        /// Shoppers at once, each on a connection.
        #[arg(long, default_value_t = 8)]
        connections: usize,
        /// Lines of a cart.
        #[arg(long, default_value_t = 5)]
        lines: usize,
        /// Seconds of each measurement.
        #[arg(long, default_value_t = 20)]
        seconds: u64,
        /// Measure again with so many orders in the database.
        #[arg(long)]
        orders: Vec<i64>,
    },
    /// The primary of PostgreSQL stops while shoppers order, and its synchronous standby takes over.
    FailOver {
        /// The folder of PostgreSQL's programs.
        #[arg(long)]
        programs: PathBuf,
        #[arg(long, default_value_t = 8)]
        shoppers: usize,
    },
}

#[derive(clap::Args)]
struct StepsOptions {
    /// How many steps.
    #[arg(long, default_value_t = 200)]
    steps: usize,
    /// Where a `localstripe` listens.
    #[arg(long)]
    stripe: String,
    /// Of a hundred steps, in so many a server is killed.
    #[arg(long, default_value_t = 10)]
    kills: u32,
    /// At most so many operations at once.
    #[arg(long, default_value_t = 4)]
    together: u32,
    /// Steps from a file instead of a seed.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Where a shortened failing list of steps is written.
    #[arg(long)]
    shrink_to: Option<PathBuf>,
    /// Tell every step.
    #[arg(long)]
    loud: bool,
}

impl Cli {
    fn kind(&self) -> &'static str {
        if self.postgres.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    fn servers(&self, on_postgres: usize) -> usize {
        self.servers.unwrap_or(if self.postgres.is_some() { on_postgres } else { 1 })
    }

    /// A new database and its folder, which is gone with the guard.
    async fn setup(&self, postgres: Option<&str>) -> Result<(Setup, tempfile::TempDir)> {
        let guard = tempfile::tempdir()?;
        let folder = self.keep.clone().unwrap_or_else(|| guard.path().to_path_buf());
        std::fs::create_dir_all(&folder)?;
        let setup = Setup {
            binary: self.concord.clone(),
            database_url: database::fresh(&folder, postgres).await?,
            folder,
            env: Vec::new(),
            skew_ms: self.skew_ms,
        };
        Ok((setup, guard))
    }

    async fn attempt(&self, options: &StepsOptions, steps: &[Step]) -> Result<Report> {
        let (setup, _guard) = self.setup(self.postgres.as_deref()).await?;
        let (servers, stripe) = (self.servers(3), options.stripe.clone());
        run(&Plan { setup, servers, stripe, seed: self.seed, loud: options.loud }, steps).await
    }

    async fn steps(&self, options: &StepsOptions) -> Result<()> {
        let steps = match &options.file {
            Some(file) => {
                let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
                serde_json::from_str(&text).with_context(|| format!("{} holds no steps", file.display()))?
            }
            None => draw(self.seed, options.steps, Mix { kills: options.kills, together: options.together }),
        };
        let told = format!("seed {} on {}", self.seed, self.kind());
        match self.attempt(options, &steps).await {
            Ok(Report { steps, orders, doubts, kills, paid }) => {
                println!(
                    "{told}: {steps} steps, {orders} orders, {paid} paid at the provider, {kills} kills, {doubts} orders asked for again; all books agree"
                );
                Ok(())
            }
            Err(error) => {
                if let Some(to) = &options.shrink_to {
                    println!("{told} fails: {error:#}");
                    self.shorten(options, steps, to).await?;
                }
                Err(error.context(format!("{told} fails")))
            }
        }
    }

    async fn shorten(&self, options: &StepsOptions, steps: Vec<Step>, to: &Path) -> Result<()> {
        let short = shrink(steps, |steps| async move {
            for _ in 0..TRIES {
                if self.attempt(options, &steps).await.is_err() {
                    return Ok(true);
                }
            }
            Ok(false)
        });
        let short = short.await?;
        std::fs::write(to, serde_json::to_string_pretty(&short)?)?;
        println!("{} steps that fail are in {}", short.len(), to.display());
        Ok(())
    }

    async fn flash_sale(&self, buyers: usize, connections: usize, units: i64, coupons: i64) -> Result<()> {
        let (setup, _guard) = self.setup(self.postgres.as_deref()).await?;
        let servers = self.servers(2);
        let done = flash::hold(&Sale { setup, servers, buyers, connections, units, coupons }).await?;
        let (orders, rate) = (done.sold, per_second(done.sold, done.until_sold_out));
        println!(
            "flash sale on {} with {servers} server(s): {orders} orders, {} with the coupon, {} told it is sold out, all {buyers} answered; \
             {rate:.0} orders/s until the last unit, {:.0} requests to order/s over all; p50 {} ms, p99 {} ms of {} requests to order",
            self.kind(),
            done.with_coupon,
            done.sold_out,
            per_second(done.times.count(), done.whole),
            done.times.percentile(50).as_millis(),
            done.times.percentile(99).as_millis(),
            done.times.count(),
        );
        Ok(())
    }

    async fn crash(&self, kills: usize, shoppers: usize) -> Result<()> {
        let (setup, _guard) = self.setup(self.postgres.as_deref()).await?;
        let servers = self.servers(2);
        let trial = Trial { setup, servers, shoppers, seed: self.seed };
        let done = trial.kill_servers(kills).await?;
        println!(
            "{} kills on {} with {servers} server(s): {} orders confirmed, none lost, none doubled; {} requests got no answer and were sent again",
            done.kills,
            self.kind(),
            done.orders,
            done.doubts
        );
        Ok(())
    }

    async fn checkout(&self, connections: usize, lines: usize, seconds: u64, orders: &[i64]) -> Result<()> {
        let (setup, _guard) = self.setup(self.postgres.as_deref()).await?;
        let cluster = Cluster::start(setup.clone(), self.servers(1)).await?;
        let load = Load::prepare(&setup, &cluster, lines).await?;
        let time = std::time::Duration::from_secs(seconds);
        // Caches and connections are warm afterwards.
        measure(&cluster, &load, connections, time / 4, self.seed).await?;
        let db = Db::open(&setup.database_url, Vault::closed()).await?;
        let there = i64::try_from(storage::orders::register(&db).await?.len())?;
        for (round, wanted) in std::iter::once(&there).chain(orders).enumerate() {
            let there = if round == 0 { there } else { fill(&db, *wanted).await? };
            if round > 0 {
                // What the filling left to be written is on the disk afterwards.
                measure(&cluster, &load, connections, time, self.seed).await?;
            }
            let seed = self.seed + 1 + u64::try_from(round)?;
            let (orders, whole) = measure(&cluster, &load, connections, time, seed).await?;
            println!(
                "checkout of {lines} lines on {}, {connections} connections, {there} orders before: {:.1} orders/s; POST /orders p50 {:.1} ms, p99 {:.1} ms; \
                 with slice and quote p50 {:.1} ms, p99 {:.1} ms",
                self.kind(),
                per_second(orders.count(), time),
                ms(orders.percentile(50)),
                ms(orders.percentile(99)),
                ms(whole.percentile(50)),
                ms(whole.percentile(99)),
            );
        }
        db.close().await;
        Ok(())
    }

    async fn fail_over(&self, programs: &Path, shoppers: usize) -> Result<()> {
        let pair = Pair::start(programs).await?;
        let (setup, _guard) = self.setup(Some(&pair.url())).await?;
        let trial = Trial { setup, servers: self.servers.unwrap_or(2), shoppers, seed: self.seed };
        let done = trial.under_load(async |_| {
            tokio::time::sleep(std::time::Duration::from_secs(8)).await;
            pair.fail_over().await?;
            tokio::time::sleep(std::time::Duration::from_secs(12)).await;
            Ok(1)
        });
        let done = done.await?;
        println!(
            "the primary stopped and its standby took over: {} orders confirmed, none lost, none doubled; {} requests got no answer and were sent \
             again; no order for {} ms",
            done.orders,
            done.doubts,
            done.longest_gap.as_millis()
        );
        Ok(())
    }
}

/// Shoppers order for some time; how long requests to order took, and whole checkouts.
async fn measure(
    cluster: &Cluster,
    load: &Load,
    connections: usize,
    time: std::time::Duration,
    seed: u64,
) -> Result<(Times, Times)> {
    let shoppers = Shoppers::new(cluster, load, seed);
    let close = async {
        tokio::time::sleep(time).await;
        shoppers.close();
        Ok(())
    };
    tokio::try_join!(close, try_join_all((0..connections).map(|one| shoppers.shop(one))))?;
    Ok(shoppers.times())
}

fn ms(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn per_second(count: usize, time: std::time::Duration) -> f64 {
    count as f64 / time.as_secs_f64().max(0.001)
}

#[tokio::main]
async fn main() -> ExitCode {
    // `reqwest` asks for a provider of TLS even where it is not used; another one that was chosen before is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = Cli::parse();
    let done = match &cli.command {
        Command::Steps(options) => cli.steps(options).await,
        Command::FlashSale { buyers, connections, units, coupons } => {
            cli.flash_sale(*buyers, *connections, *units, *coupons).await
        }
        Command::Crash { kills, shoppers } => cli.crash(*kills, *shoppers).await,
        Command::Checkout { connections, lines, seconds, orders } => {
            cli.checkout(*connections, *lines, *seconds, orders).await
        }
        Command::FailOver { programs, shoppers } => cli.fail_over(programs, *shoppers).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
