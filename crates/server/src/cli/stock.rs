//! `concord stock`: whether every balance is what its movements come to, and stock as CSV.

use super::import;
use super::open::open_existing;
use crate::config::DatabaseOptions;
use anyhow::{Context, Result, anyhow};
use services::{ServiceError, Services};
use std::path::PathBuf;
use std::process::ExitCode;
use wire::{Buckets, LedgerProof};

/// What `concord stock` takes.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Derive every balance from its movements and list those that are stored otherwise.
    Prove,
    /// Write the whole stock as CSV, which `import` reads.
    Export {
        /// The file; the standard output if none is named.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Write every movement as CSV.
    Movements {
        /// The file; the standard output if none is named.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Import counts: `SKU,Location,On hand,Safety,Keep back`.
    Import {
        /// CSV files, read as one.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Write it. Without this nothing is written: the table shows what would change.
        #[arg(long)]
        commit: bool,
    },
}

/// Exit code 1 if a balance is not what its movements come to, or rows of a file are bad.
pub async fn run(options: &Options) -> Result<ExitCode> {
    if let Command::Import { files, commit } = &options.command {
        return import::run(&import::Options::stock(files, *commit, &options.database)).await;
    }
    let services = open_existing(&options.database).await?;
    let result = read(&services, &options.command).await;
    services.close().await;
    result
}

async fn read(services: &Services, command: &Command) -> Result<ExitCode> {
    let failed = |error: ServiceError| anyhow!("{error}");
    match command {
        Command::Prove => Ok(proof(&services.prove_stock_here().await.map_err(failed)?)),
        Command::Export { to } => write(to.as_ref(), &services.export_stock_here().await.map_err(failed)?),
        Command::Movements { to } => write(to.as_ref(), &services.export_movements_here().await.map_err(failed)?),
        Command::Import { .. } => Ok(ExitCode::SUCCESS),
    }
}

fn write(to: Option<&PathBuf>, text: &str) -> Result<ExitCode> {
    match to {
        Some(path) => std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?,
        None => tell!("{}", text.trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}

fn proof(proof: &LedgerProof) -> ExitCode {
    let told = |one: &Buckets| {
        let Buckets { on_hand, reserved, quarantine, in_transit } = *one;
        format!("on hand {on_hand}, reserved {reserved}, quarantine {quarantine}, in transit {in_transit}")
    };
    for one in &proof.differences {
        tell!(
            "{} at {}: the movements come to {}; stored is {}",
            one.sku,
            one.place,
            told(&one.derived),
            told(&one.stored)
        );
    }
    tell!("{} balances derived, {} differ", proof.balances, proof.differences.len());
    if proof.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
