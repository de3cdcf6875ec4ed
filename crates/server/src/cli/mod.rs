//! The command line: one file per subcommand.

mod conformance;
mod explain;
mod import;
mod open;
mod openapi;
mod serve;

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
    /// Print an order's receipt with the reasons of its price.
    Explain(explain::Options),
}

/// Runs what the command line asks for. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
pub async fn run() -> ExitCode {
    let result = match Options::parse().command {
        Command::Serve(options) => serve::run(&options).await,
        Command::Import(options) => import::run(&options).await,
        Command::Openapi => openapi::run(),
        Command::Conformance(options) => conformance::run(&options),
        Command::Explain(options) => explain::run(&options).await,
    };
    result.unwrap_or_else(|error| {
        eprintln!("concord: {error:#}");
        ExitCode::FAILURE
    })
}
