//! Every check and test of the project, one after the other, closed by one table.

mod browser;
mod checks;
mod native;
pub mod postgres;
pub mod providers;
pub mod report;
pub mod summary;
mod wasm;

use anyhow::{Result, anyhow};
use clap::ValueEnum;

use crate::{process, simulate};
use native::Servers;
use postgres::Postgres;
use providers::Providers;
use report::Report;

#[derive(clap::Args)]
pub struct Options {
    /// Only what takes little time: tidy, formatting and the native tests on SQLite.
    #[arg(long, conflicts_with = "only")]
    quick: bool,
    /// Only one part of the run.
    #[arg(long, value_enum)]
    only: Option<Part>,
}

/// A part of the run that can be asked for by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Tidy, formatting, clippy, native tests on SQLite, doc tests.
    Unit,
    /// Pricing and the page, checked for the browser.
    Wasm,
    /// The tests of everything that touches a database, on SQLite and PostgreSQL.
    Storage,
    /// The shop in a real browser.
    Browser,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        if self.quick { part == Part::Unit } else { self.only.is_none_or(|only| only == part) }
    }

    fn is_full(&self) -> bool {
        !self.quick && self.only.is_none()
    }
}

/// Ends the program with a failure if anything failed: the last line is the count, and nothing follows it.
pub fn run(options: &Options) -> Result<()> {
    let mut report = Report::default();
    run_parts(options, &mut report);
    report.print();
    if report.has_failures() {
        std::process::exit(1);
    }
    Ok(())
}

fn run_parts(options: &Options, report: &mut Report) {
    if options.wants(Part::Unit) {
        report.step("tidy", checks::tidy);
        report.step("formatting", checks::format);
        if !options.quick {
            report.step("clippy", checks::clippy);
        }
    }
    // Most of the bundle's time is one core's: linking and optimising the whole program. Beside the native build the other core has work, too.
    let bundle = options.is_full().then(|| std::thread::spawn(browser::bundle));
    let native = options.wants(Part::Unit) || options.wants(Part::Storage) || options.wants(Part::Browser);
    if native && !report.step("native build", native::build) {
        return;
    }
    native_tests(options, report);
    if options.wants(Part::Wasm) {
        report.step("browser code", wasm::check);
        report.step("parity module", wasm::parity);
    }
    let bundle = || match bundle {
        Some(begun) => begun.join().unwrap_or_else(|_| Err(anyhow!("the bundle's thread panicked"))),
        None => browser::bundle(),
    };
    if options.wants(Part::Browser) && report.step("browser bundle", bundle) {
        report.step("browser tests", browser::tests);
    }
}

fn native_tests(options: &Options, report: &mut Report) {
    let postgres = if options.wants(Part::Storage) { postgres(report) } else { None };
    let providers = if options.wants(Part::Unit) && !options.quick { providers(report) } else { None };
    let servers = Servers { postgres: postgres.as_ref().map(Postgres::url), providers: providers.as_ref() };
    if options.is_full() || options.wants(Part::Unit) {
        report.step("native tests", || native::tests(&servers));
    } else if options.wants(Part::Storage) {
        report.step("storage tests", || native::storage_tests(&servers));
    }
    if let (true, Some(providers), Some(postgres)) = (options.is_full(), &providers, &postgres) {
        report.step("simulation", || simulate::in_tests(postgres.url(), providers.url()));
    }
    drop(providers);
    drop(postgres);
    if options.wants(Part::Unit) && !options.quick {
        report.step("doc tests", native::doc_tests);
        report.step("build tool tests", native::xtask_tests);
    }
}

/// What payment providers are played by. Without it their tests are skipped, and the run fails.
fn providers(report: &mut Report) -> Option<Providers> {
    process::promise_cleanup();
    let mut started = None;
    report.step("payment providers", || {
        started = Some(Providers::start()?);
        Ok(summary::Counts::one_passed())
    });
    started
}

/// A server for this run. Without one the tests still run on SQLite, and the run fails.
fn postgres(report: &mut Report) -> Option<Postgres> {
    process::promise_cleanup();
    let mut started = None;
    report.step("PostgreSQL", || {
        started = Some(Postgres::start()?);
        Ok(summary::Counts::one_passed())
    });
    started
}
