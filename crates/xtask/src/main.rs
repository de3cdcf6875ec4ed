//! The developer's one door: `cargo xtask serve`, `test`, `bench`, `study`, `replay`, `parity`, `bundle`, `tidy`, `demo`.

mod api;
mod bench;
mod bundle;
mod demo;
mod npm;
mod parity;
mod process;
mod progress;
mod python;
mod replay;
mod schemas;
mod serve;
mod simulate;
mod study;
mod test;
mod tidy;
mod toolchain;
mod ui;
mod workspace;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and checks Concord.", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

// One file or folder per command: a new one adds a line here, a line in `run`, and its own file.
#[derive(Subcommand)]
enum Command {
    /// Ask every operation of the API by schemathesis: nothing may be a server error.
    Api(api::Options),
    /// Measure quotes, sizes and the server, and print one table.
    Bench(bench::Options),
    /// Orders a second and how long they take, on SQLite and PostgreSQL.
    Checkout(simulate::Checkout),
    /// Kill servers under load, and let PostgreSQL fail over: nothing that was confirmed may be lost.
    Crash(simulate::Crash),
    /// Build the browser bundle into target/site.
    Bundle(bundle::Options),
    /// Load one of the big demo catalogues into a shop.
    Demo(demo::Options),
    /// Many buyers, few units, fewer coupons: exactly the units are sold.
    FlashSale(simulate::FlashSale),
    /// Build the npm package `concord-pricing`, and try it in Node, tsc and Chromium.
    Npm(npm::Options),
    /// Compare the bytes of quotes by the native and the WebAssembly build.
    Parity(parity::Options),
    /// Price a year of real purchases, natively and as WebAssembly, and compare the quotes byte by byte.
    Replay(replay::Options),
    /// Write the JSON Schemas of the core's documents.
    Schemas(schemas::Options),
    /// Install what is missing, build everything and start the shop with its demo data.
    Serve(serve::Options),
    /// Shoppers, clerks, a bad payment provider and servers that are killed, with an audit after every step.
    Simulate(simulate::Simulate),
    /// Compare the best price with simpler ways to choose promotions, and write the study into the pricing crate's docs.
    Study(study::Options),
    /// Run every check and test, and close with one table.
    Test(test::Options),
    /// Check the walls of the house: who depends on whom, sizes, forbidden words, top level.
    Tidy(tidy::Options),
}

fn main() -> std::process::ExitCode {
    process::forward_interrupts();
    match run(Cli::parse().command) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Api(options) => api::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Bundle(options) => bundle::run(&options),
        Command::Checkout(options) => simulate::checkout(&options),
        Command::Crash(options) => simulate::crash(&options),
        Command::Demo(options) => demo::run(&options),
        Command::FlashSale(options) => simulate::flash_sale(&options),
        Command::Npm(options) => npm::run(&options),
        Command::Parity(options) => parity::run(&options),
        Command::Schemas(options) => schemas::run(&options),
        Command::Replay(options) => replay::run(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Simulate(options) => simulate::simulate(&options),
        Command::Study(options) => study::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Tidy(options) => tidy::run(&options),
    }
}
