//! `concord conformance`: runs cases of other systems' suites through the real pricing core.

use anyhow::{Context, Result, anyhow};
use conformance::{Case, differences, run as price};
use pricing::book::Resolution;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `concord conformance`.
#[derive(clap::Args)]
pub struct Options {
    /// Files of cases: JSON arrays.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// The cases of a file.
pub(super) fn read(file: &Path) -> Result<Vec<Case>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    conformance::parse(&text).map_err(|error| anyhow!("{}: {error}", file.display()))
}

/// Prints a line for each figure that differs, and closes with the counts. Fails if any case failed.
pub fn run(options: &Options) -> Result<ExitCode> {
    let (mut passed, mut failed) = (0, 0);
    for file in &options.files {
        for case in read(file)? {
            let lines = check(&case);
            lines.iter().for_each(|line| println!("{line}"));
            *(if lines.is_empty() { &mut passed } else { &mut failed }) += 1;
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(case: &Case) -> Vec<String> {
    match price(case, Resolution::Pinned) {
        Err(error) => vec![format!("{}: refused: {error}", case.id)],
        Ok(outcome) => {
            let rows = differences(&case.expect, &outcome.figures);
            let say = rows
                .iter()
                .map(|row| format!("{}: {}: expected {}, got {}", case.id, row.field, row.expected, row.got));
            say.collect()
        }
    }
}
