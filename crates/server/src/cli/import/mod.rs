//! `concord import`: shows what files would change, and changes it if asked to.

mod report;

use super::open::open_or_create;
use crate::config::DatabaseOptions;
use anyhow::{Context, Result, anyhow};
use indicatif::{ProgressBar, ProgressStyle};
use services::{ImportPlan, ImportReport, ServiceError, Services};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Rows of the table unless all are asked for.
const ROWS_SHOWN: usize = 30;
/// Without a terminal, progress is a line so often.
const LINE_EVERY: Duration = Duration::from_secs(2);

/// Options of `concord import`.
#[derive(clap::Args)]
pub struct Options {
    /// What the files are.
    #[arg(value_enum)]
    kind: Kind,
    /// CSV files, read as one.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Write it. Without this nothing is written: the table shows what would change.
    #[arg(long)]
    commit: bool,
    /// Show every row of the table.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    database: DatabaseOptions,
}

impl Options {
    /// An import of stock.
    pub fn stock(files: &[PathBuf], commit: bool, database: &DatabaseOptions) -> Self {
        let database = database.clone();
        Self { kind: Kind::Stock, files: files.to_vec(), commit, all: false, database }
    }
}

/// What the files are.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// Shopify's product CSV.
    Products,
    /// Shopify's translation CSV.
    Translations,
    /// Units by place: `SKU,Location,On hand,Safety`.
    Stock,
}

/// Exit code 1 if rows are bad; then nothing is written.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let files = read(&options.files)?;
    let services = open_or_create(&options.database).await?;
    let result = import(&services, options, &files).await;
    services.close().await;
    result
}

fn read(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>> {
    let file = |path: &PathBuf| {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok((path.display().to_string(), bytes))
    };
    paths.iter().map(file).collect()
}

async fn import(services: &Services, options: &Options, files: &[(String, Vec<u8>)]) -> Result<ExitCode> {
    let plan = plan(services, options.kind, files).await.map_err(failed)?;
    print!("{}", report::plan(&plan, if options.all { usize::MAX } else { ROWS_SHOWN }));
    eprint!("{}{}", report::findings("warning", &plan.warnings), report::findings("error", &plan.faults));
    if !plan.faults.is_empty() {
        let (count, rows) = (plan.faults.len(), if plan.faults.len() == 1 { "fault" } else { "faults" });
        eprintln!("{count} {rows}; nothing was imported. Mend the files and run this again.");
        return Ok(ExitCode::FAILURE);
    }
    if !options.commit {
        println!("Dry run: nothing was written. Write it with --commit.");
        return Ok(ExitCode::SUCCESS);
    }
    let report = commit(services, options.kind, plan).await.map_err(failed)?;
    println!("{}", if report.is_idle() { "Nothing to do: all is as the files state it." } else { "Imported." });
    Ok(ExitCode::SUCCESS)
}

fn failed(error: ServiceError) -> anyhow::Error {
    anyhow!("{error}")
}

async fn plan(services: &Services, kind: Kind, files: &[(String, Vec<u8>)]) -> services::Result<ImportPlan> {
    match kind {
        Kind::Products => services.plan_products(files).await,
        Kind::Translations => services.plan_translations(files).await,
        Kind::Stock => services.plan_stock(files).await,
    }
}

async fn commit(services: &Services, kind: Kind, plan: ImportPlan) -> services::Result<ImportReport> {
    let mut progress = Progress::new();
    let mut told = |done, all| progress.tell(done, all);
    let report = match kind {
        Kind::Products => services.commit_products(plan, &mut told).await,
        Kind::Translations => services.commit_translations(plan, &mut told).await,
        Kind::Stock => services.commit_stock(plan, &mut told).await,
    };
    progress.bar.finish_and_clear();
    report
}

/// A bar in a terminal, lines elsewhere.
struct Progress {
    bar: ProgressBar,
    terminal: bool,
    last_line: Instant,
}

impl Progress {
    fn new() -> Self {
        let style = ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len}  {eta} left");
        let bar = ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, terminal: std::io::stderr().is_terminal(), last_line: Instant::now() }
    }

    fn tell(&mut self, done: usize, all: usize) {
        if self.terminal {
            self.bar.set_length(all as u64);
            self.bar.set_position(done as u64);
        } else if self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            println!("imported {done}/{all}");
        }
    }
}
