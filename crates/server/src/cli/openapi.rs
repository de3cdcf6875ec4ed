//! `concord openapi`.

use anyhow::Result;
use std::process::ExitCode;

/// Prints the document. It needs no database: routes are described by their code.
pub fn run() -> Result<ExitCode> {
    println!("{}", crate::api::router().1.to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}
