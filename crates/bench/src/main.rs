//! Measures the pricing core natively.

use anyhow::{Context as _, Result, anyhow};
use bench::{Case, names};
use clap::{Parser, Subcommand};
use serde_json::json;
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(about = "Measures the pricing core")]
struct Arguments {
    /// The workload that other systems are measured on, `workload.json`.
    #[arg(long, global = true)]
    shared: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the median time of a quote for each case, one JSON object a line.
    Quote,
    /// Quotes one case so many times, for counting instructions.
    Repeat { case: String, times: usize },
}

/// How long one batch of quotes takes about: enough for the clock, and little enough that most batches end before the machine turns to other work.
const BATCH: Duration = Duration::from_micros(250);
const BATCHES: usize = 401;
/// How long quotes are repeated before they are measured.
const WARM: Duration = Duration::from_millis(50);

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let read =
        |path: &PathBuf| std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
    let shared = arguments.shared.as_ref().map(read).transpose()?;
    let case = |name: &str| Case::new(name, shared.as_deref()).map_err(|error| anyhow!(error));
    match arguments.command {
        Command::Repeat { case: name, times } => case(&name)?.repeat(times),
        Command::Quote => {
            for name in names(shared.is_some()) {
                let case = case(name)?;
                let quote = case.quote();
                let ns = nanoseconds(&case);
                println!(
                    "{}",
                    json!({"case": name, "ns": ns, "payable": quote.payable, "certificate": quote.certificate})
                );
            }
        }
    }
    Ok(())
}

/// The median over batches of the mean time of one quote.
fn nanoseconds(case: &Case) -> u64 {
    let started = Instant::now();
    let mut warm = 0;
    while started.elapsed() < WARM {
        case.repeat(1);
        warm += 1;
    }
    let one = started.elapsed() / u32::try_from(warm).unwrap_or(u32::MAX);
    let times = usize::try_from(BATCH.as_nanos() / one.as_nanos().max(1)).unwrap_or(1).max(1);
    // What takes longer is less noisy, and not worth minutes.
    let count = if times == 1 { (BATCHES / 40).min(warm * 8) } else { BATCHES };
    let mut batches: Vec<u64> = (0..count)
        .map(|_| {
            let started = Instant::now();
            case.repeat(times);
            u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX) / times as u64
        })
        .collect();
    batches.sort_unstable();
    batches[count / 2]
}
