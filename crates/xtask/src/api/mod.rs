//! Every operation of the API's own document, asked by schemathesis with what fits the document and what does not: nothing may be a server error.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process::Running;
use crate::{python, serve, workspace};

/// In exactly this version.
const PACKAGES: [&str; 1] = ["schemathesis==4.32.5"];

#[derive(clap::Args)]
pub struct Options {
    /// How many cases are drawn for each operation and person, beside those of the document's edges.
    #[arg(long, default_value_t = 20)]
    cases: usize,
    /// The profile of the server: `dev`, `start` or `release`.
    #[arg(long, default_value = serve::START)]
    profile: String,
}

/// Starts a demo shop of its own and asks it as nobody, a member, a clerk and an administrator.
pub fn run(options: &Options) -> Result<()> {
    let python = python::with("schemathesis", &PACKAGES, "schemathesis is Python")?;
    let server = serve::build_server(&options.profile)?;
    let mut command = Command::new(python);
    command.arg(workspace::root().join("crates/xtask/src/api/walk.py")).arg(server).arg(options.cases.to_string());
    let status = Running::start(&mut command)?.wait()?;
    if !status.success() {
        bail!("something was answered with a server error; the lines above say what");
    }
    Ok(())
}
