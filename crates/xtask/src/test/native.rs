//! Building and testing for this machine.
//!
//! Everything here names the same packages in the same profile, so that cargo settles on one set of features and compiles
//! each dependency once: for the tests and for the server that the browser tests start.

use std::process::Command;

use anyhow::{Context, Result, bail};

use super::providers::Providers;
use super::report::runner;
use super::summary::{self, Counts};
use crate::process::{capture, cargo};
use crate::ui::Step;

/// The page's entry is built for browsers only, and the build tool in a profile of its own.
const PACKAGES: [&str; 5] = ["--workspace", "--exclude", "frontend", "--exclude", "xtask"];

/// What opens a database in its tests.
const STORAGE_PACKAGES: [&str; 5] = ["storage", "services", "server", "testkit", "concord-tests"];

/// Where tests find a PostgreSQL server; without it they use SQLite alone.
const PG_VARIABLE: &str = "CONCORD_TEST_PG_URL";

/// Where tests find a server that behaves like Stripe's, and a Python with others' code; without them some are skipped.
const STRIPE_VARIABLE: &str = "CONCORD_TEST_STRIPE_URL";
const PYTHON_VARIABLE: &str = "CONCORD_TEST_PYTHON";

/// What was started for the tests of this run.
pub struct Servers<'a> {
    /// The address of a PostgreSQL server.
    pub postgres: Option<&'a str>,
    /// What payment providers are played by.
    pub providers: Option<&'a Providers>,
}

pub fn build() -> Result<Counts> {
    let mut cargo = cargo();
    cargo.arg("build").args(PACKAGES).args(["--lib", "--bins", "--tests"]);
    let step = Step::start("compiling the server and all tests");
    step.run(&mut cargo).context("nothing that needs this build was run")?;
    Ok(Counts::one_passed())
}

pub fn tests(servers: &Servers) -> Result<Counts> {
    run(servers, &PACKAGES, &[])
}

pub fn storage_tests(servers: &Servers) -> Result<Counts> {
    let filter = STORAGE_PACKAGES.map(|package| format!("package({package})")).join(" + ");
    if has_nextest() {
        run(servers, &PACKAGES, &["--filterset", &filter])
    } else {
        run(servers, &storage_arguments(), &[])
    }
}

fn storage_arguments() -> [&'static str; 10] {
    std::array::from_fn(|index| if index % 2 == 0 { "--package" } else { STORAGE_PACKAGES[index / 2] })
}

fn run(servers: &Servers, packages: &[&str], filter: &[&str]) -> Result<Counts> {
    let mut command = cargo();
    let nextest = has_nextest();
    if nextest {
        command.args(["nextest", "run"]).args(packages).args(filter);
        command.args([
            "--no-fail-fast",
            "--no-tests=pass",
            "--status-level=slow",
            "--final-status-level=fail",
            "--color=never",
        ]);
    } else {
        command.arg("test").args(packages).args(["--bins", "--tests", "--no-fail-fast"]);
    }
    set_servers(&mut command, servers);
    let (success, lines) = runner(&mut command)?;
    let counts = if nextest { summary::nextest(&lines) } else { summary::cargo_test(&lines) };
    Ok(counts.judged_by(success))
}

/// A variable left over from the user's shell must not send the tests to another server.
fn set_servers(command: &mut Command, servers: &Servers) {
    let python = servers.providers.map(|providers| providers.python().display().to_string());
    let variables = [
        (PG_VARIABLE, servers.postgres.map(str::to_owned)),
        (STRIPE_VARIABLE, servers.providers.map(|providers| providers.url().to_owned())),
        (PYTHON_VARIABLE, python),
    ];
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
}

fn has_nextest() -> bool {
    capture(cargo().args(["nextest", "--version"])).is_ok()
}

pub fn doc_tests() -> Result<Counts> {
    let (success, lines) = runner(cargo().args(["test", "--quiet", "--doc"]).args(PACKAGES).arg("--no-fail-fast"))?;
    Ok(summary::cargo_test(&lines).judged_by(success))
}

/// In the profile in which cargo has just compiled this program.
pub fn xtask_tests() -> Result<Counts> {
    let (success, lines) = runner(cargo().args(["test", "--quiet", "--package", "xtask", "--profile", "xtask"]))?;
    let counts = summary::cargo_test(&lines);
    if success && counts.passed == 0 {
        bail!("the build tool's own tests were not found");
    }
    Ok(counts.judged_by(success))
}
