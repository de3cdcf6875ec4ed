//! The command line: one file per subcommand.

/// Prints a line. A reader that has seen enough, such as `head`, closes the pipe, which is no fault of ours.
macro_rules! tell {
    ($($part:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($part)*);
    }};
}

mod book;
mod conformance;
mod db;
mod explain;
mod import;
mod keys;
mod ledger;
mod open;
mod openapi;
mod person;
mod quote;
mod reprice;
mod serve;
mod staff;
mod stock;
mod when;

use clap::Parser;
use std::process::ExitCode;

/// Concord: a shop with one price everywhere.
#[derive(Parser)]
#[command(name = "concord", version, about)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Serve the shop.
    Serve(Box<crate::config::ServeOptions>),
    /// Import a catalogue, translations or stock from CSV files.
    Import(import::Options),
    /// Print the API's OpenAPI document.
    Openapi,
    /// Run cases of other systems' suites through the pricing core.
    Conformance(conformance::Options),
    /// Price such cases: a line of JSON for each with its figures and how sure the price is the least.
    Quote(quote::Options),
    /// Print an order's receipt with the reasons of its price.
    Explain(explain::Options),
    /// Publish, compare, activate and take back versions of the price book.
    Book(book::Options),
    /// Compute past orders again and compare every byte.
    Reprice(reprice::Options),
    /// A person's data: take them along, or erase them.
    Person(person::Options),
    /// The keys that quotes are held with, and those that seal personal data.
    Keys(keys::Options),
    /// The proof of points and stored money.
    Ledger(ledger::Options),
    /// Move a shop to another database.
    Db(db::Options),
    /// The accounts of the shop's own people.
    Staff(staff::Options),
    /// Prove, export and import the stock.
    Stock(stock::Options),
}

/// Runs what the command line asks for. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
pub async fn run() -> ExitCode {
    let result = match Options::parse().command {
        Command::Serve(options) => serve::run(&options).await,
        Command::Import(options) => import::run(&options).await,
        Command::Openapi => openapi::run(),
        Command::Conformance(options) => conformance::run(&options),
        Command::Quote(options) => quote::run(&options),
        Command::Explain(options) => explain::run(&options).await,
        Command::Book(options) => book::run(&options).await,
        Command::Reprice(options) => reprice::run(&options).await,
        Command::Person(options) => person::run(&options).await,
        Command::Keys(options) => keys::run(&options).await,
        Command::Ledger(options) => ledger::run(&options).await,
        Command::Db(options) => db::run(&options).await,
        Command::Staff(options) => staff::run(&options).await,
        Command::Stock(options) => stock::run(&options).await,
    };
    result.unwrap_or_else(|error| {
        eprintln!("concord: {error:#}");
        ExitCode::FAILURE
    })
}
