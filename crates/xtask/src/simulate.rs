//! Trials of the whole shop with real servers and databases: people and a bad payment provider, a flash sale, kills, a database that fails over.
//! The program is in `crates/simulate`; here it gets what it needs.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::bench::peers;
use crate::process::{self, Running, cargo};
use crate::serve;
use crate::test::postgres::{self, Postgres};
use crate::test::providers::Providers;
use crate::test::report::runner;
use crate::test::summary::Counts;
use crate::ui::Step;
use crate::workspace;

/// Any seed is as good.
const SEED_OF_TESTS: u64 = 20;

/// Which databases a trial runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum On {
    Sqlite,
    Postgres,
    /// One after the other.
    #[default]
    Both,
}

/// What all trials have in common.
#[derive(clap::Args)]
struct Common {
    /// The databases.
    #[arg(long, value_enum, default_value_t)]
    on: On,
    /// What is drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many servers; by default one on SQLite and two or three on PostgreSQL.
    #[arg(long)]
    servers: Option<usize>,
    /// The profile of the server: `dev`, `start` or `release`.
    #[arg(long, default_value = serve::START)]
    profile: String,
}

#[derive(clap::Args)]
pub struct Simulate {
    #[command(flatten)]
    common: Common,
    /// How many steps.
    #[arg(long, default_value_t = 200)]
    steps: usize,
    /// Of a hundred steps, in so many a server is killed.
    #[arg(long, default_value_t = 10)]
    kills: u32,
    /// Steps from a file instead of a seed.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Where a shortened failing list of steps is written: those in `tests/simulate` are played by `cargo xtask test`.
    #[arg(long)]
    shrink_to: Option<PathBuf>,
    /// Tell every step.
    #[arg(long)]
    loud: bool,
}

#[derive(clap::Args)]
pub struct FlashSale {
    #[command(flatten)]
    common: Common,
    #[arg(long, default_value_t = 2_000)]
    buyers: usize,
    #[arg(long, default_value_t = 256)]
    connections: usize,
    #[arg(long, default_value_t = 100)]
    units: i64,
    #[arg(long, default_value_t = 50)]
    coupons: i64,
}

#[derive(clap::Args)]
pub struct Crash {
    #[command(flatten)]
    common: Common,
    /// How often a server is killed on each database.
    #[arg(long, default_value_t = 200)]
    kills: usize,
    /// Only stop the primary of PostgreSQL and promote its standby.
    #[arg(long)]
    fail_over: bool,
}

#[derive(clap::Args)]
pub struct Checkout {
    #[command(flatten)]
    common: Common,
    /// Shoppers at once, each on a connection.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// Lines of a cart.
    #[arg(long, default_value_t = 5)]
    lines: usize,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Measure again with so many orders in the database; may be given several times.
    #[arg(long)]
    orders: Vec<i64>,
    /// Also Vendure's guest checkout, by its harness in the shared folder; the first time its setting up takes some minutes.
    #[arg(long)]
    vendure: bool,
}

/// Built, and ready to be started on one database after the other.
struct Trial {
    program: PathBuf,
    server: PathBuf,
    postgres: Option<Postgres>,
}

impl Trial {
    /// Compiles server and trial.
    fn build(common: &Common) -> Result<Self> {
        process::promise_cleanup();
        let server = serve::build_server(&common.profile)?;
        let mut build = cargo();
        build.args(["build", "--package", "simulate", "--profile", &common.profile]);
        Step::start("compiling the trial").run(&mut build)?;
        let program = server.with_file_name("simulate");
        let postgres = if common.on == On::Sqlite { None } else { Some(Postgres::durable()?) };
        Ok(Self { program, server, postgres })
    }

    /// With programs of the profile of tests, which are built already.
    fn built() -> Self {
        let folder = workspace::target().join("debug");
        Self { program: folder.join("simulate"), server: folder.join("concord"), postgres: None }
    }

    /// The trial on one database.
    fn command(&self, postgres: Option<&str>, arguments: &[String]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--concord").arg(&self.server);
        if let Some(url) = postgres {
            command.args(["--postgres", url]);
        }
        command.args(arguments).current_dir(workspace::root());
        command
    }

    fn run(&self, common: &Common, arguments: &[String]) -> Result<()> {
        let mut all = vec!["--seed".to_owned(), common.seed.to_string()];
        all.extend(common.servers.iter().flat_map(|servers| ["--servers".to_owned(), servers.to_string()]));
        all.extend_from_slice(arguments);
        let url = self.postgres.as_ref().map(Postgres::url);
        let databases: &[Option<&str>] = match common.on {
            On::Sqlite => &[None],
            On::Postgres => &[url],
            On::Both => &[None, url],
        };
        for postgres in databases {
            finish(&mut self.command(*postgres, &all))?;
        }
        Ok(())
    }
}

fn finish(command: &mut Command) -> Result<()> {
    let status = Running::start(command)?.wait()?;
    if !status.success() {
        bail!("the trial failed ({status})");
    }
    Ok(())
}

/// What every test run simulates: some steps of a seed on each database, a small flash sale, and the steps of `tests/simulate`, which failed once.
pub fn in_tests(postgres: &str, stripe: &str) -> Result<Counts> {
    let trial = Trial::built();
    let steps = |more: &str| {
        let all = format!("--seed {SEED_OF_TESTS} steps --stripe {stripe} {more}");
        all.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let sale =
        "flash-sale --buyers 150 --connections 32 --units 20 --coupons 10".split(' ').map(str::to_owned).collect();
    let mut runs = vec![steps("--steps 60 --kills 15"), sale];
    let known = workspace::root().join("tests/simulate");
    let files = if known.is_dir() { workspace::files(&known)? } else { Vec::new() };
    runs.extend(files.iter().map(|file| steps(&format!("--file {}", path(file)))));
    let mut counts = Counts::default();
    for arguments in &runs {
        for database in [None, Some(postgres)] {
            let (success, _) = runner(&mut trial.command(database, arguments))?;
            counts = counts.plus(if success { Counts::one_passed() } else { Counts::one_failed() });
        }
    }
    Ok(counts)
}

fn path(file: &Path) -> String {
    file.display().to_string()
}

pub fn simulate(options: &Simulate) -> Result<()> {
    let trial = Trial::build(&options.common)?;
    let providers = Providers::start()?;
    let text = |value: &dyn ToString| value.to_string();
    let mut arguments = vec!["steps".to_owned(), "--stripe".to_owned(), providers.url().to_owned()];
    arguments.extend(["--steps".to_owned(), text(&options.steps), "--kills".to_owned(), text(&options.kills)]);
    arguments.extend(options.file.iter().flat_map(|file| ["--file".to_owned(), path(file)]));
    arguments.extend(options.shrink_to.iter().flat_map(|file| ["--shrink-to".to_owned(), path(file)]));
    arguments.extend(options.loud.then(|| "--loud".to_owned()));
    trial.run(&options.common, &arguments)
}

pub fn flash_sale(options: &FlashSale) -> Result<()> {
    let trial = Trial::build(&options.common)?;
    let FlashSale { buyers, connections, units, coupons, .. } = options;
    let arguments =
        format!("flash-sale --buyers {buyers} --connections {connections} --units {units} --coupons {coupons}");
    trial.run(&options.common, &arguments.split(' ').map(str::to_owned).collect::<Vec<_>>())
}

pub fn checkout(options: &Checkout) -> Result<()> {
    let trial = Trial::build(&options.common)?;
    let Checkout { connections, lines, seconds, orders, .. } = options;
    let orders: String = orders.iter().map(|orders| format!(" --orders {orders}")).collect();
    let arguments = format!("checkout --connections {connections} --lines {lines} --seconds {seconds}{orders}");
    trial.run(&options.common, &arguments.split(' ').map(str::to_owned).collect::<Vec<_>>())?;
    if options.vendure { peers::vendure_checkout() } else { Ok(()) }
}

pub fn crash(options: &Crash) -> Result<()> {
    let trial = Trial::build(&options.common)?;
    if !options.fail_over {
        let arguments = ["crash".to_owned(), "--kills".to_owned(), options.kills.to_string()];
        trial.run(&options.common, &arguments)?;
    }
    if options.common.on == On::Sqlite {
        return Ok(());
    }
    let arguments = ["fail-over".to_owned(), "--programs".to_owned(), path(&postgres::programs()?)];
    finish(&mut trial.command(None, &arguments))
}
