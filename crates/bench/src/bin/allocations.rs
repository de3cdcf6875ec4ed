//! Counts what one quote asks of the allocator. A program of its own, since counting would slow the measured quotes down.

use bench::{LINES, PROMOTIONS, book, cart, context};
use pricing::CompiledBook;
use serde_json::json;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::{alloc::System, hint::black_box};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One JSON object a line: allocations, reallocations and bytes of one quote, its own release left out.
fn main() {
    let context = context();
    for promotions in PROMOTIONS {
        let book = CompiledBook::new(book(promotions)).expect("the workload is a valid book");
        for lines in LINES {
            let cart = cart(lines);
            drop(black_box(book.quote(&cart, &context)));
            let region = Region::new(ALLOCATOR);
            let quote = black_box(book.quote(black_box(&cart), &context));
            let change = region.change();
            drop(quote);
            let (count, again) = (change.allocations, change.reallocations);
            println!(
                "{}",
                json!({"lines": lines, "promotions": promotions, "allocations": count, "reallocations": again, "bytes": change.bytes_allocated})
            );
        }
    }
}
