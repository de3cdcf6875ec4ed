//! The steps of a run, and the table that closes it.

use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::summary::{self, Counts};
use crate::process::{interrupted, stream};
use crate::ui::seconds;

/// So many lines of what failed are said again at the end.
const SAID_AGAIN_MAX: usize = 60;

/// What runners said of failures.
static FAILURES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Runs a test runner, shows its output as it comes and returns it. What it says of failures is said again beside the table: who sees only the end of a long run sees them, too.
pub fn runner(command: &mut Command) -> Result<(bool, Vec<String>)> {
    let (success, lines) = stream(command)?;
    if !success {
        let mut failures = FAILURES.lock().unwrap_or_else(PoisonError::into_inner);
        failures.extend(summary::failures(&lines).map(str::to_owned));
    }
    Ok((success, lines))
}

/// What was run so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    took: Duration,
    counts: Counts,
}

impl Report {
    /// Runs one step under its headline, and tells whether it went well. After an interrupt nothing more is run.
    pub fn step(&mut self, name: &'static str, run: impl FnOnce() -> Result<Counts>) -> bool {
        if interrupted() {
            return false;
        }
        println!("\n== {name} ==");
        let started = Instant::now();
        let counts = run().unwrap_or_else(|error| {
            println!("{name}: {error:#}");
            Counts::one_failed()
        });
        self.rows.push(Row { name, took: started.elapsed(), counts });
        counts.failed == 0
    }

    pub fn has_failures(&self) -> bool {
        interrupted() || self.total().failed > 0
    }

    fn total(&self) -> Counts {
        self.rows.iter().fold(Counts::default(), |sum, row| sum.plus(row.counts))
    }

    /// The table and, as the last line, the count that other programs read.
    pub fn print(&self) {
        let failures = FAILURES.lock().unwrap_or_else(PoisonError::into_inner);
        for line in failures.iter().take(SAID_AGAIN_MAX) {
            println!("failed: {line}");
        }
        println!("\n{:<18} {:>13} {:>7} {:>7} {:>8}", "step", "time", "passed", "failed", "skipped");
        for Row { name, took, counts } in &self.rows {
            let Counts { passed, failed, skipped } = counts;
            println!("{name:<18} {:>13} {passed:>7} {failed:>7} {skipped:>8}", seconds(*took));
        }
        if interrupted() {
            println!("interrupted: the rest was not run");
        }
        println!("\n{}", self.total().closing_line());
    }
}
