//! The walls of the house, checked: who depends on whom, how long things may get, what is not written, what lies at the top.

mod layers;
mod layout;
mod limits;
mod source;
mod words;

use anyhow::{Result, bail};

use source::Source;

#[derive(clap::Args)]
pub struct Options {}

/// What one check found; empty is good.
pub struct Check {
    name: &'static str,
    findings: Vec<String>,
}

/// All checks of a run.
pub struct Outcome(Vec<Check>);

impl Outcome {
    pub fn print(&self) {
        for check in &self.0 {
            let mark = if check.findings.is_empty() { "✓" } else { "✗" };
            println!("  {mark} {}", check.name);
            for finding in &check.findings {
                println!("      {finding}");
            }
        }
    }

    pub fn checks_passed(&self) -> u32 {
        self.count(Vec::is_empty)
    }

    pub fn checks_failed(&self) -> u32 {
        self.count(|findings| !findings.is_empty())
    }

    fn count(&self, wanted: impl Fn(&Vec<String>) -> bool) -> u32 {
        self.0.iter().map(|check| u32::from(wanted(&check.findings))).sum()
    }
}

pub fn run(_options: &Options) -> Result<()> {
    let outcome = check()?;
    outcome.print();
    match outcome.checks_failed() {
        0 => Ok(()),
        failed => bail!("{failed} of the house's rules are broken"),
    }
}

pub fn check() -> Result<Outcome> {
    let sources = source::all()?;
    let over_all = |rule: fn(&Source) -> Vec<String>| sources.iter().flat_map(rule).collect();
    Ok(Outcome(vec![
        Check { name: "crates depend only on what their layer may see", findings: layers::findings()? },
        Check { name: "the page carries no server code", findings: layers::page_findings()? },
        Check { name: "every crate takes the workspace's lints", findings: layout::lint_findings()? },
        Check { name: "the top level holds only what belongs there", findings: layout::top_findings()? },
        Check { name: "no function over 70 lines", findings: over_all(limits::long_functions) },
        Check { name: "no file over 400 lines", findings: over_all(limits::long_files) },
        Check { name: "no forbidden words", findings: over_all(words::findings) },
    ]))
}
