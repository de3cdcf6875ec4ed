//! `concord db`: moving a shop to another database.

use anyhow::{Context, Result, anyhow};
use std::process::ExitCode;

/// What `concord db` takes.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Copy a whole shop into a new database and compare every row.
    ///
    /// Stop the servers first: what they wrote while the copy runs stays behind. The keys in the data folder belong to the copy, too.
    Copy {
        /// The database that has the shop: `sqlite://data/concord.db` or `postgres://…`.
        #[arg(long)]
        from: String,
        /// An empty database: `postgres://user@host/name` or `sqlite://new.db?mode=rwc`.
        #[arg(long)]
        to: String,
    },
}

/// Runs it.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let Command::Copy { from, to } = &options.command;
    if crate::start::sqlite_file(from).is_some_and(|file| !file.exists()) {
        return Err(anyhow!("there is no database at {from}"));
    }
    crate::start::create_parent(to)?;
    let mut tell_table = |one: &services::Copied| tell!("{:>10}  {}  {}", one.rows, &one.hash[..16], one.table);
    let copied = services::copy_database(from, to, &mut tell_table).await.context("the target is not to be used")?;
    let rows: u64 = copied.iter().map(|one| one.rows).sum();
    tell!("{rows:>10}  rows in {} tables: copied, read back and the same", copied.len());
    Ok(ExitCode::SUCCESS)
}
