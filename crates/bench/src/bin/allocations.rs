//! Counts what one quote asks of the allocator. A program of its own, since counting would slow the measured quotes down.

use bench::{Case, names};
use serde_json::json;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::{alloc::System, hint::black_box};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One JSON object a line: allocations, reallocations and bytes of one quote, its own release left out.
fn main() {
    for name in names(false) {
        let case = Case::new(name, None).expect("the name is one of the cases");
        drop(black_box(case.quote()));
        let region = Region::new(ALLOCATOR);
        let quote = black_box(case.quote());
        let change = region.change();
        drop(quote);
        let (count, again) = (change.allocations, change.reallocations);
        println!(
            "{}",
            json!({"case": name, "allocations": count, "reallocations": again, "bytes": change.bytes_allocated})
        );
    }
}
