//! `concord explain`.

use crate::config::DatabaseOptions;
use anyhow::Result;
use std::process::ExitCode;

/// Options of `concord explain`.
#[derive(clap::Args)]
pub struct Options {
    /// The order's number.
    #[arg(long)]
    order: String,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub async fn run(options: &Options) -> Result<ExitCode> {
    let _ = (&options.order, &options.database);
    Ok(ExitCode::SUCCESS)
}
