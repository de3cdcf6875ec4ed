//! One quote of carts and books of several sizes, in both builds of the core.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Row;
use crate::process::{capture, cargo, find};
use crate::ui::Step;
use crate::{bundle, toolchain, workspace};

/// Lines of the cart and promotions of the book.
type Size = (u64, u64);

pub fn measure() -> Result<Vec<Row>> {
    let mut build = cargo();
    Step::start("compiling the measurements (release profile)").run(build.args([
        "build",
        "--release",
        "--package",
        "bench",
    ]))?;
    toolchain::node::ensure()?;
    let module = workspace::target().join("bench");
    bundle::node_module("bench-wasm", &module)?;
    let program = workspace::target().join("release/bench");
    let native = times(Command::new(&program).arg("quote"))?;
    let script = workspace::root().join("crates/xtask/src/bench/quote.mjs");
    let wasm = times(Command::new("node").arg(script).arg(module.join("bench_wasm.js")))?;
    let mut rows: Vec<Row> = native.iter().map(|(size, time)| row(*size, *time, wasm.get(size).copied())).collect();
    rows.extend(instructions(&program)?);
    rows.extend(allocations()?);
    Ok(rows)
}

fn row((lines, promotions): Size, native: u64, wasm: Option<u64>) -> Row {
    let micro = |ns: u64| format!("{}.{:02} µs", ns / 1000, ns % 1000 / 10);
    let wasm = wasm.map_or_else(String::new, |wasm| {
        let ratio = wasm * 100 / native.max(1);
        format!(", wasm {} ({}.{:02}×)", micro(wasm), ratio / 100, ratio % 100)
    });
    (format!("quote, {lines} lines, {promotions} promotions"), format!("native {}{wasm}", micro(native)))
}

fn times(command: &mut Command) -> Result<BTreeMap<Size, u64>> {
    let mut times = BTreeMap::new();
    for line in capture(command)?.lines() {
        let row: Value = serde_json::from_str(line).with_context(|| format!("not a measurement: {line}"))?;
        let number = |key: &str| row[key].as_u64().with_context(|| format!("no {key} in {line}"));
        times.insert((number("lines")?, number("promotions")?), number("ns")?);
    }
    Ok(times)
}

/// What one quote asks of the allocator, by a program that counts.
fn allocations() -> Result<Vec<Row>> {
    let said = capture(&mut Command::new(workspace::target().join("release/allocations")))?;
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).with_context(|| format!("not a measurement: {line}"))?;
        let what = format!("allocations, {} lines, {} promotions", row["lines"], row["promotions"]);
        Ok((what, format!("{}, {} grown, {} bytes", row["allocations"], row["reallocations"], row["bytes"])))
    };
    said.lines().map(row).collect()
}

/// Instructions of one quote, which noise does not touch: the difference of two runs, so that setting up does not count.
fn instructions(program: &std::path::Path) -> Result<Vec<Row>> {
    if find("valgrind").is_none() {
        return Ok(vec![("instructions per quote".to_owned(), "not counted: no valgrind here".to_owned())]);
    }
    let mut rows = Vec::new();
    for promotions in ["12", "1000", "10000"] {
        let (few, many) = (count(program, promotions, 100)?, count(program, promotions, 1100)?);
        let each = many.saturating_sub(few) / 1000;
        rows.push((format!("instructions, 10 lines, {promotions} promotions"), each.to_string()));
    }
    Ok(rows)
}

fn count(program: &std::path::Path, promotions: &str, times: u64) -> Result<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    let output =
        valgrind.args(["repeat", "10", promotions, &times.to_string()]).output().context("cannot run valgrind")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().find(|line| line.contains("refs:")).context("valgrind gave no count")?;
    let digits: String = line.rsplit("refs:").next().unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    digits.parse().context("valgrind gave no count")
}
