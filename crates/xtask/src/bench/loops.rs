//! The hand-written JavaScript loop of the peers' harness, in the same session as our quotes on the same workload.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::Row;
use super::quotes::{Times, micro, ratio, times, verdict};
use crate::workspace;

/// What the loop costs for each case.
pub fn times_of_loop(peers: &Path) -> Result<Times> {
    let script = workspace::root().join("crates/xtask/src/bench/loop.mjs");
    times(Command::new("node").arg(script).arg(peers))
}

/// What the loop costs, and our quotes of the same carts beside it.
pub fn rows(loops: &Times, native: &Times, wasm: &Times) -> Vec<Row> {
    let mut rows = Vec::new();
    for (case, hand) in loops {
        rows.push((format!("hand-written JavaScript loop, {case}, no trace"), micro(hand.ns)));
        for (build, ours) in [("native", native), ("wasm", wasm)] {
            for resolution in ["pinned", "best"] {
                let Some(time) = ours.get(&format!("{case}-{resolution}")) else { continue };
                let (hundredths, times) = ratio(time.ns, hand.ns);
                let figure = format!(
                    "{times} of the loop (at most 1 {}){}",
                    verdict(hundredths <= 100),
                    same(time.payable, hand.payable)
                );
                rows.push((format!("  {build}, {resolution}, {case}"), figure));
            }
        }
    }
    rows
}

/// Whether both say the same price. The best price may be lower.
fn same(ours: Option<i64>, theirs: Option<i64>) -> String {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if ours == theirs => ", the same price".to_owned(),
        (Some(ours), Some(theirs)) => format!(", price {ours} and the loop's {theirs}"),
        _ => String::new(),
    }
}
