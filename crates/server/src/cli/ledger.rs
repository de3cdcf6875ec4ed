//! `concord ledger`: the proof of points and stored money.

use super::{open::open_existing, when};
use crate::config::DatabaseOptions;
use anyhow::{Result, anyhow};
use jiff::tz::TimeZone;
use services::LedgerProof;
use std::process::ExitCode;

/// Options of `concord ledger`.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Print that all postings sum to zero, that balances and lots are what was posted, and what moved on a day. Fails on any difference.
    Prove {
        /// The day, `2026-11-22`, or an instant in it; today where none is named.
        #[arg(long)]
        day: Option<String>,
        /// The time zone of the shop's own clock.
        #[arg(long, env = "CONCORD_TIME_ZONE", default_value = "Asia/Shanghai", value_parser = |name: &str| TimeZone::get(name))]
        time_zone: TimeZone,
    },
}

/// Proves and prints.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let Command::Prove { day, time_zone } = &options.command;
    let services = open_existing(&options.database).await?;
    let at = match day {
        Some(day) => when::instant(day, time_zone).map_err(|error| anyhow!("--day: {error}"))?,
        None => services.now(),
    };
    let proof = services.prove_ledger(at).await.map_err(|error| anyhow!("{error}"))?;
    services.close().await;
    print(&proof);
    Ok(if proof.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(proof: &LedgerProof) {
    tell!("day {}", proof.day);
    for one in &proof.moved {
        tell!("  {:<14} {:>8} entries  {:>14} {}", one.kind, one.entries, one.moved, one.unit);
    }
    tell!("all days");
    for unit in &proof.units {
        let (sum, owed, postings) = (unit.sum, unit.owed, unit.postings);
        tell!("  {:<6} {postings} postings sum to {sum}; {owed} belong to members, cards and payments", unit.unit);
    }
    for one in &proof.differences {
        let (what, which, unit) = (one.what, &one.which, &one.unit);
        tell!("DIFFERENT {what} {which} ({unit}): posted {}, stored {}", one.derived, one.stored);
    }
    tell!("{}", if proof.holds() { "proved" } else { "NOT PROVED" });
}
