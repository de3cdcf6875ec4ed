//! Counts what one quote asks of the allocator. A program of its own, since counting would slow the measured quotes down.

use bench::{Case, names, read_trace};
use serde_json::json;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::{alloc::System, hint::black_box};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One JSON object a line: allocations, reallocations and bytes of one quote, its own release left out. The argument, where there is one, is the
/// workload that other systems are measured on.
fn main() -> Result<(), String> {
    let read = |path| std::fs::read_to_string(path).map_err(|error| error.to_string());
    let shared = std::env::args_os().nth(1).map(read).transpose()?;
    for name in names(shared.is_some()) {
        let case = Case::new(name, shared.as_deref())?;
        drop(black_box(case.quote()));
        let region = Region::new(ALLOCATOR);
        let quote = black_box(case.quote());
        black_box(read_trace(&quote));
        let change = region.change();
        drop(quote);
        let (count, again) = (change.allocations, change.reallocations);
        println!(
            "{}",
            json!({"case": name, "allocations": count, "reallocations": again, "bytes": change.bytes_allocated})
        );
    }
    Ok(())
}
