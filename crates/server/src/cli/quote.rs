//! `concord quote`: prices cases and prints their figures, for people and programs that compare them with figures of their own.

use anyhow::{Context, Result, anyhow};
use clap::ValueEnum;
use conformance::{Entry, Outcome, parse_each, run as price};
use pricing::book::Resolution;
use serde::Serialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `concord quote`.
#[derive(clap::Args)]
pub struct Options {
    /// Files of cases: JSON arrays.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How promotions are chosen among.
    #[arg(long, value_enum, default_value_t = Choice::Best)]
    resolution: Choice,
}

/// The core's [`Resolution`] as words of the command line.
#[derive(Clone, Copy, ValueEnum)]
enum Choice {
    /// What the shopper pays least with.
    Best,
    /// All in the merchant's order.
    Pinned,
}

impl From<Choice> for Resolution {
    fn from(choice: Choice) -> Self {
        match choice {
            Choice::Best => Self::Best,
            Choice::Pinned => Self::Pinned,
        }
    }
}

/// One printed line.
#[derive(Serialize)]
struct Line {
    id: Value,
    #[serde(flatten)]
    answer: Answer,
}

/// What the core says to a case.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Priced(Box<Outcome>),
    Refused { error: String },
}

/// Prints a line for each case, in the order of the files. Fails at the end if any case was refused.
pub fn run(options: &Options) -> Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for file in &options.files {
        for line in lines(file, options.resolution.into())? {
            if matches!(line.answer, Answer::Refused { .. }) {
                code = ExitCode::FAILURE;
            }
            tell!("{}", serde_json::to_string(&line)?);
        }
    }
    Ok(code)
}

/// The lines of a file, each computed when it is asked for.
fn lines(file: &Path, resolution: Resolution) -> Result<impl Iterator<Item = Line>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let cases = parse_each(&text).map_err(|error| anyhow!("{}: {error}", file.display()))?;
    let line = move |Entry { id, case }| {
        let answer = match case.and_then(|case| price(&case, resolution)) {
            Ok(outcome) => Answer::Priced(Box::new(outcome)),
            Err(error) => Answer::Refused { error },
        };
        Line { id, answer }
    };
    Ok(cases.into_iter().map(line))
}
