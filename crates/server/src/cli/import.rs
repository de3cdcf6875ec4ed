//! `concord import`.

use crate::config::DatabaseOptions;
use anyhow::Result;
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `concord import`.
#[derive(clap::Args)]
pub struct Options {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub async fn run(options: &Options) -> Result<ExitCode> {
    let _ = (&options.files, &options.database);
    Ok(ExitCode::SUCCESS)
}
