//! `simulate`: see the library.

use anyhow::{Context, Result};
use clap::Parser;
use simulate::{
    cluster::Setup,
    database,
    op::{Mix, Step, draw},
    run::{Plan, Report, run},
    shrink::shrink,
};
use std::{path::PathBuf, process::ExitCode};

/// A failing list of steps is tried so often before it counts as not failing.
const TRIES: usize = 3;

#[derive(Parser)]
struct Options {
    /// The binary `concord`.
    #[arg(long)]
    concord: PathBuf,
    /// What is drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many steps.
    #[arg(long, default_value_t = 200)]
    steps: usize,
    /// A PostgreSQL server on which databases may be made; SQLite without.
    #[arg(long)]
    postgres: Option<String>,
    /// How many servers on the one database.
    #[arg(long, default_value_t = 2)]
    servers: usize,
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

impl Options {
    async fn attempt(&self, steps: &[Step]) -> Result<Report> {
        let folder = tempfile::tempdir()?;
        let setup = Setup {
            binary: self.concord.clone(),
            database_url: database::fresh(folder.path(), self.postgres.as_deref()).await?,
            folder: folder.path().to_path_buf(),
            env: Vec::new(),
        };
        run(&Plan { setup, servers: self.servers, loud: self.loud }, steps).await
    }

    fn steps(&self) -> Result<Vec<Step>> {
        match &self.file {
            Some(file) => {
                let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
                serde_json::from_str(&text).with_context(|| format!("{} holds no steps", file.display()))
            }
            None => Ok(draw(self.seed, self.steps, Mix { kills: self.kills, together: self.together })),
        }
    }

    async fn shorten(&self, steps: Vec<Step>, to: &PathBuf) -> Result<()> {
        let short = shrink(steps, |steps| async move {
            for _ in 0..TRIES {
                if self.attempt(&steps).await.is_err() {
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
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let steps = options.steps()?;
    let kind = if options.postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    match options.attempt(&steps).await {
        Ok(Report { steps, orders, doubts }) => {
            println!(
                "seed {} on {kind}: {steps} steps, {orders} orders, {doubts} asked for again; all books agree",
                options.seed
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            println!("seed {} on {kind} fails: {error:#}", options.seed);
            if let Some(to) = &options.shrink_to {
                options.shorten(steps, to).await?;
            }
            Ok(ExitCode::FAILURE)
        }
    }
}
