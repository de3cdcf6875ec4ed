//! Prices the prepared baskets natively. Says how far it is in lines such as `priced 1000/155848`; the last line is the result, as JSON.

use anyhow::{Context, Result, anyhow};
use clap::Parser;
use replay::Replay;
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Baskets that are read at once. Few, so that what was read for the next ones does not drive the book out of the processor's caches.
const BATCH: usize = 64;
/// One basket of so many has its slice compressed.
const SLICE_EVERY: usize = 500;
const SAY_EVERY: usize = 64 * 16;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(about = "Prices a year of purchases and measures it")]
struct Arguments {
    /// The folder of the prepared data.
    folder: PathBuf,
    /// Where the digest of each basket's quote is written.
    digests: PathBuf,
    /// Takes the book's order of promotions as fixed.
    #[arg(long)]
    pinned: bool,
    /// Only the first so many baskets.
    #[arg(long)]
    baskets: Option<usize>,
    /// Measures only, and leaves the quotes unhashed: for counting the instructions of pricing alone.
    #[arg(long)]
    unsealed: bool,
}

/// What the machine's clock and memory say.
#[derive(Default)]
struct Measured {
    /// Of each basket, by the clock.
    nanoseconds: Vec<u64>,
    /// Of all, by the processor: other programs on the machine do not count.
    processor: u64,
    slices: Vec<u64>,
    digests: Vec<u8>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let (before, started) = (status_kb("VmRSS"), Instant::now());
    let mut replay = open(&arguments)?;
    let (compiled, compiling) = (status_kb("VmRSS").saturating_sub(before), started.elapsed());
    let rows = read(&arguments.folder, "baskets.jsonl")?;
    let rows: Vec<&str> = rows.lines().take(arguments.baskets.unwrap_or(usize::MAX)).collect();
    let passes = if arguments.unsealed { 1 } else { 2 };
    let say = |done: usize| {
        if done % SAY_EVERY < BATCH {
            println!("priced {done}/{}", passes * rows.len());
        }
    };
    let mut measured = Measured::default();
    for batch in rows.chunks(BATCH) {
        time(&mut replay, &batch.join("\n"), &mut measured).map_err(|error| anyhow!(error))?;
        say(measured.nanoseconds.len());
    }
    // To write and hash the quotes is no part of pricing, and would leave nothing of the book in the processor's caches for the baskets that follow.
    for (nth, batch) in rows.chunks(BATCH).enumerate().filter(|_| passes > 1) {
        seal(&mut replay, nth * BATCH, &batch.join("\n"), &mut measured).map_err(|error| anyhow!(error))?;
        say(rows.len() + nth * BATCH + batch.len());
    }
    let digests = &arguments.digests;
    fs::write(digests, &measured.digests).with_context(|| format!("cannot write {}", digests.display()))?;
    measured.nanoseconds.sort_unstable();
    measured.slices.sort_unstable();
    let at = |list: &[u64], percent: usize| list.get((list.len() * percent / 100).min(list.len().max(1) - 1)).copied();
    let result = json!({
        "ns": measured.nanoseconds.iter().sum::<u64>(), "processor_ns": measured.processor, "p50": at(&measured.nanoseconds, 50), "p99": at(&measured.nanoseconds, 99),
        "chain": replay.chain(), "book_json": fs::metadata(arguments.folder.join("book.json"))?.len(), "book_kb": compiled,
        "compiling_ms": compiling.as_millis() as u64, "slice_brotli": at(&measured.slices, 50), "peak_kb": status_kb("VmHWM"), "tally": replay.tally(),
    });
    println!("{result}");
    Ok(())
}

fn open(arguments: &Arguments) -> Result<Replay> {
    let book = read(&arguments.folder, "book.json")?;
    let households = read(&arguments.folder, "households.json")?;
    Replay::new(&book, &households, arguments.pinned).map_err(|error| anyhow!(error))
}

/// Times each basket by itself; reading it is not timed.
fn time(replay: &mut Replay, rows: &str, measured: &mut Measured) -> Result<(), String> {
    let (loaded, before) = (replay.load(rows)?, processor_time());
    for at in 0..loaded {
        let started = Instant::now();
        replay.price(at)?;
        measured.nanoseconds.push(u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX));
    }
    measured.processor += processor_time().saturating_sub(before);
    Ok(())
}

/// Prices the baskets once more, and hashes the quotes.
fn seal(replay: &mut Replay, first: usize, rows: &str, measured: &mut Measured) -> Result<(), String> {
    let loaded = replay.load(rows)?;
    (0..loaded).try_for_each(|at| replay.price(at))?;
    for at in (0..loaded).filter(|at| (first + at).is_multiple_of(SLICE_EVERY)) {
        let slice = serde_json::to_vec(&replay.slice(at)).map_err(|error| error.to_string())?;
        measured.slices.push(compressed(&slice));
    }
    measured.digests.extend(replay.seal());
    Ok(())
}

/// Nanoseconds that this program has computed so far, as Linux counts them; 0 elsewhere.
fn processor_time() -> u64 {
    let counted = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    counted.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// How many bytes go over the wire, with the quality that servers use for answers.
fn compressed(bytes: &[u8]) -> u64 {
    let (mut out, parameters) = (Vec::new(), brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() });
    let written = brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters);
    written.map_or(0, |bytes| bytes as u64)
}

fn read(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}; `cargo xtask replay` prepares it", path.display()))
}

/// A line of Linux' account of this process, in thousands of bytes; 0 elsewhere.
fn status_kb(key: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(key)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}
