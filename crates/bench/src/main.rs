//! Measures the pricing core natively.

use bench::{LINES, PROMOTIONS, book, cart, context};
use clap::{Parser, Subcommand};
use pricing::CompiledBook;
use serde_json::json;
use std::{
    hint::black_box,
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
    /// Quotes one cart so many times, for counting instructions.
    Repeat { lines: usize, promotions: usize, times: usize },
}

fn main() {
    match Arguments::parse().command {
        Command::Quote => measure(),
        Command::Repeat { lines, promotions, times } => repeat(lines, promotions, times),
    }
}

fn compiled(promotions: usize) -> CompiledBook {
    CompiledBook::new(book(promotions)).expect("the workload is a valid book")
}

/// The median over batches of the mean time of one quote, in nanoseconds.
fn nanoseconds(mut quote: impl FnMut()) -> u64 {
    let started = Instant::now();
    while started.elapsed() < Duration::from_millis(200) {
        quote();
    }
    let mut batches: Vec<u64> = (0..21)
        .map(|_| {
            let started = Instant::now();
            (0..500).for_each(|_| quote());
            u64::try_from(started.elapsed().as_nanos() / 500).unwrap_or(u64::MAX)
        })
        .collect();
    batches.sort_unstable();
    batches[batches.len() / 2]
}

fn measure() {
    let context = context();
    for promotions in PROMOTIONS {
        let book = compiled(promotions);
        for lines in LINES {
            let cart = cart(lines);
            let time = nanoseconds(|| drop(black_box(book.quote(black_box(&cart), &context))));
            println!("{}", json!({"lines": lines, "promotions": promotions, "ns": time}));
        }
    }
}

fn repeat(lines: usize, promotions: usize, times: usize) {
    let (book, cart, context) = (compiled(promotions), cart(lines), context());
    for _ in 0..times {
        drop(black_box(book.quote(black_box(&cart), &context)));
    }
}
