//! Compares the best price with simpler ways to choose promotions: runs the crate `study`, which writes into the pricing crate's docs.

use anyhow::Result;

use crate::process::{Running, cargo};

#[derive(clap::Args)]
pub struct Options {
    /// Carts for each number of promotions.
    #[arg(long)]
    carts: Option<u64>,
    /// Where the generated shops begin.
    #[arg(long)]
    seed: Option<u64>,
}

pub fn run(options: &Options) -> Result<()> {
    let mut study = cargo();
    study.args(["run", "--release", "--package", "study", "--"]);
    for (name, value) in [("--carts", options.carts), ("--seed", options.seed)] {
        if let Some(value) = value {
            study.args([name, &value.to_string()]);
        }
    }
    anyhow::ensure!(Running::start(&mut study)?.wait()?.success(), "the study failed; its message is above");
    Ok(())
}
