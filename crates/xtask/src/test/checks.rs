//! The checks that run no code of ours.

use anyhow::Result;

use super::report::runner;
use super::summary::Counts;
use crate::process::cargo;
use crate::tidy;
use crate::ui::Step;

pub fn tidy() -> Result<Counts> {
    let outcome = tidy::check()?;
    outcome.print();
    Ok(Counts { passed: outcome.checks_passed(), failed: outcome.checks_failed(), skipped: 0 })
}

pub fn format() -> Result<Counts> {
    let (success, _) = runner(cargo().args(["fmt", "--all", "--check"]))?;
    if !success {
        println!("`cargo fmt --all` puts this right");
    }
    Ok(Counts::of(success))
}

/// Without the wasm entry: it would turn on the page's `hydrate` in the same build as the server's `ssr`.
pub fn clippy() -> Result<Counts> {
    let mut cargo = cargo();
    cargo.args(["clippy", "--workspace", "--exclude", "frontend", "--all-targets", "--", "-D", "warnings"]);
    Step::start("clippy over everything but the page's entry").run(&mut cargo)?;
    Ok(Counts::one_passed())
}
