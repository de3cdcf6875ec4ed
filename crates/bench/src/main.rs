//! Measures the pricing core natively and writes its workload, so that the same can be measured as WebAssembly.

mod workload;

use clap::{Parser, Subcommand};
use pricing::CompiledBook;
use serde_json::json;
use std::{
    hint::black_box,
    path::PathBuf,
    time::{Duration, Instant},
};

#[derive(Parser)]
#[command(about = "Measures the pricing core")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the median time of a quote for each size of cart and book, one JSON object a line.
    Quote,
    /// Writes each book, cart and context as JSON files into a folder.
    Write { folder: PathBuf },
    /// Quotes one cart so many times, for counting instructions.
    Repeat { lines: usize, promotions: usize, times: usize },
}

const LINES: [usize; 3] = [1, 10, 50];
const PROMOTIONS: [usize; 4] = [12, 100, 1_000, 10_000];

fn main() {
    match Arguments::parse().command {
        Command::Quote => measure(),
        Command::Write { folder } => write(&folder),
        Command::Repeat { lines, promotions, times } => repeat(lines, promotions, times),
    }
}

fn compiled(promotions: usize) -> CompiledBook {
    CompiledBook::new(workload::book(promotions)).expect("the workload is a valid book")
}

/// The median over batches of the mean time of one quote, in nanoseconds.
fn nanoseconds(mut quote: impl FnMut()) -> u128 {
    let started = Instant::now();
    while started.elapsed() < Duration::from_millis(200) {
        quote();
    }
    let mut batches: Vec<u128> = (0..21)
        .map(|_| {
            let started = Instant::now();
            (0..500).for_each(|_| quote());
            started.elapsed().as_nanos() / 500
        })
        .collect();
    batches.sort_unstable();
    batches[batches.len() / 2]
}

fn measure() {
    let context = workload::context();
    for promotions in PROMOTIONS {
        let book = compiled(promotions);
        for lines in LINES {
            let cart = workload::cart(lines);
            let time = nanoseconds(|| drop(black_box(book.quote(black_box(&cart), &context))));
            println!(
                "{}",
                json!({"lines": lines, "promotions": promotions, "native_ns": u64::try_from(time).unwrap_or(u64::MAX)})
            );
        }
    }
}

fn write(folder: &std::path::Path) {
    let put = |name: String, text: String| std::fs::write(folder.join(name), text).expect("the folder is writable");
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let text = "the workload is written as text";
    for promotions in PROMOTIONS {
        put(format!("book-{promotions}.json"), serde_json::to_string(&workload::book(promotions)).expect(text));
    }
    for lines in LINES {
        put(format!("cart-{lines}.json"), serde_json::to_string(&workload::cart(lines)).expect(text));
    }
    put("context.json".to_owned(), serde_json::to_string(&workload::context()).expect(text));
}

fn repeat(lines: usize, promotions: usize, times: usize) {
    let (book, cart, context) = (compiled(promotions), workload::cart(lines), workload::context());
    for _ in 0..times {
        drop(black_box(book.quote(black_box(&cart), &context)));
    }
}
