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
mod explain;
mod import;
mod keys;
mod open;
mod openapi;
mod quote;
mod reprice;
mod serve;
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
    /// The keys that quotes are held with.
    Keys(keys::Options),
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
        Command::Keys(options) => keys::run(&options),
    };
    result.unwrap_or_else(|error| {
        eprintln!("concord: {error:#}");
        ExitCode::FAILURE
    })
}
