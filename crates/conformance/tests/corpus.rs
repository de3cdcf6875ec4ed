//! Replays what the fuzzer has found worth keeping: `crates/pricing/fuzz/corpus`.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use conformance::fuzz;
use std::path::PathBuf;

/// The inputs of a target, at least one.
fn inputs(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../pricing/fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let inputs: Vec<_> = entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect();
    assert!(!inputs.is_empty(), "{} is empty", folder.display());
    inputs
}

#[test]
fn texts_are_read_or_refused() {
    for (target, run) in [("book", fuzz::book as fn(&str)), ("cart", fuzz::cart)] {
        inputs(target).iter().filter_map(|bytes| std::str::from_utf8(bytes).ok()).for_each(run);
    }
}

#[test]
fn every_chosen_cart_keeps_the_laws() {
    inputs("quote").iter().for_each(|bytes| fuzz::quote(bytes));
}
