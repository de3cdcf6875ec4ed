//! One quote of each case, in both builds of the core, beside what it is held against.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Row, loops};
use crate::process::{capture, cargo, find};
use crate::ui::Step;
use crate::{bundle, toolchain, workspace};

/// What each case is, in words, and the most nanoseconds it should take natively; 0 where only a ratio is asked for.
const CASES: [(&str, &str, u64); 13] = [
    ("scale-10", "10 lines, 10 promotions, 5 of them match", 0),
    ("scale-1000", "10 lines, 1,000 promotions, 5 of them match", 10_000),
    ("scale-100000", "10 lines, 100,000 promotions, 5 of them match", 0),
    ("lines-1", "1 line, 1,000 promotions", 0),
    ("lines-50", "50 lines, 1,000 promotions", 0),
    ("lines-1000", "1,000 lines, 1,000 promotions", 5_000_000),
    ("quantity-2", "10 lines of 2 units", 0),
    ("quantity-100000", "10 lines of 100,000 units", 0),
    ("interacting", "50 lines, 30 promotions that interact, best price", 1_000_000),
    ("peers-10-pinned", "peers' workload, 10 lines, 1,000 promotions, pinned", 0),
    ("peers-50-pinned", "peers' workload, 50 lines, 1,000 promotions, pinned", 0),
    ("peers-10-best", "peers' workload, 10 lines, 1,000 promotions, best price", 0),
    ("peers-50-best", "peers' workload, 50 lines, 1,000 promotions, best price", 0),
];

/// Cases whose cost should be alike, and the largest ratio in hundredths.
const ALIKE: [(&str, &str, u64); 2] = [("scale-10", "scale-100000", 150), ("quantity-2", "quantity-100000", 120)];

/// So often everything is timed, one after another: a machine that has other work for some seconds spoils a round of it, and seldom all.
const ROUNDS: usize = 3;

/// What was measured of a case.
#[derive(Clone, Debug, Default)]
pub struct Time {
    /// Nanoseconds of one quote.
    pub ns: u64,
    /// What the cart costs, where it was told.
    pub payable: Option<i64>,
    /// What is known of other choices, as the core writes it.
    pub certificate: String,
}

/// Times by the names of cases.
pub type Times = BTreeMap<String, Time>;

pub fn measure(shared: Option<&Path>) -> Result<(Vec<Row>, Times)> {
    let mut build = cargo();
    let step = Step::start("compiling the measurements (release profile)");
    step.run(build.args(["build", "--release", "--package", "bench"]))?;
    toolchain::node::ensure()?;
    let module = workspace::target().join("bench");
    bundle::node_module("bench-wasm", &module)?;
    let program = workspace::target().join("release/bench");
    let workload = shared.map(|folder| folder.join("workload/workload.json"));
    let (mut native, mut wasm, mut hand) = (Times::new(), Times::new(), Times::new());
    let step = Step::start("timing both builds and the hand-written loop in turns");
    for round in 0..ROUNDS {
        step.detail(&format!("round {} of {ROUNDS}", round + 1));
        let given = workload.iter().flat_map(|path| [PathBuf::from("--shared"), path.clone()]);
        keep_least(&mut native, times(Command::new(&program).arg("quote").args(given))?);
        let script = workspace::root().join("crates/xtask/src/bench/quote.mjs");
        keep_least(
            &mut wasm,
            times(Command::new("node").arg(script).arg(module.join("bench_wasm.js")).args(&workload))?,
        );
        if let Some(folder) = shared {
            keep_least(&mut hand, loops::times_of_loop(folder)?);
        }
    }
    step.done("the least median of each");
    let known = CASES.iter().filter_map(|case| Some((case, native.get(case.0)?)));
    let mut rows: Vec<Row> = known.map(|(case, time)| row(case, time, wasm.get(case.0))).collect();
    rows.extend(alike("time", &native.iter().map(|(case, time)| (case.clone(), time.ns)).collect()));
    rows.extend(instructions(&program, workload.as_deref())?);
    rows.extend(allocations(workload.as_deref())?);
    rows.extend(loops::rows(&hand, &native, &wasm));
    Ok((rows, native))
}

/// A ratio in hundredths as people write it.
pub fn ratio(of: u64, to: u64) -> (u64, String) {
    let ratio = of * 100 / to.max(1);
    (ratio, format!("{}.{:02}×", ratio / 100, ratio % 100))
}

/// A time as people write it.
pub fn micro(ns: u64) -> String {
    format!("{}.{:02} µs", ns / 1000, ns % 1000 / 10)
}

/// Whether a figure is within what was asked for.
pub fn verdict(within: bool) -> &'static str {
    if within { "✓" } else { "✗" }
}

fn row(&(_, what, most): &(&str, &str, u64), native: &Time, wasm: Option<&Time>) -> Row {
    let mut figure = format!("native {}", micro(native.ns));
    if most > 0 {
        let (_, share) = ratio(native.ns, most);
        figure += &format!(" ({share} of {} {})", micro(most), verdict(native.ns <= most));
    }
    if let Some(wasm) = wasm {
        let (hundredths, times) = ratio(wasm.ns, native.ns);
        figure += &format!(", wasm {} ({times} of 2 {})", micro(wasm.ns), verdict(hundredths <= 200));
    }
    if native.certificate != "\"pinned\"" {
        figure += &format!(", {}", native.certificate);
    }
    (format!("quote, {what}"), figure)
}

/// The ratios of cases that should cost the same, by time or by instructions.
fn alike(by: &str, figures: &BTreeMap<String, u64>) -> Vec<Row> {
    let known = ALIKE
        .iter()
        .filter_map(|(one, other, most)| Some((one, other, figures.get(*one)?, figures.get(*other)?, most)));
    let row = |(one, other, small, large, most): (&&str, &&str, &u64, &u64, &u64)| {
        let (hundredths, times) = ratio(*large, *small);
        let figure = format!("{times} (at most {}.{:02}× {})", most / 100, most % 100, verdict(hundredths <= *most));
        (format!("ratio by {by}, {other} to {one}"), figure)
    };
    known.map(row).collect()
}

/// Of each case the shorter time.
fn keep_least(known: &mut Times, new: Times) {
    for (case, time) in new {
        let least = known.entry(case).or_insert_with(|| time.clone());
        least.ns = least.ns.min(time.ns);
    }
}

/// What a program says of its cases, one JSON object a line.
pub fn times(command: &mut Command) -> Result<Times> {
    let mut times = Times::new();
    for line in capture(command)?.lines() {
        let row: Value = serde_json::from_str(line).with_context(|| format!("not a measurement: {line}"))?;
        let name = row["case"].as_str().with_context(|| format!("no case in {line}"))?;
        let ns = row["ns"].as_u64().with_context(|| format!("no time in {line}"))?;
        let certificate = row["certificate"].to_string();
        times.insert(name.to_owned(), Time { ns, payable: row["payable"].as_i64(), certificate });
    }
    Ok(times)
}

/// What one quote asks of the allocator, by a program that counts.
fn allocations(workload: Option<&Path>) -> Result<Vec<Row>> {
    let said = capture(Command::new(workspace::target().join("release/allocations")).args(workload))?;
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).with_context(|| format!("not a measurement: {line}"))?;
        let name = row["case"].as_str().with_context(|| format!("no case in {line}"))?;
        let what = CASES.iter().find(|case| case.0 == name).map_or(name, |case| case.1);
        Ok((
            format!("allocations, {what}"),
            format!("{}, {} grown, {} bytes", row["allocations"], row["reallocations"], row["bytes"]),
        ))
    };
    said.lines().map(row).collect()
}

/// Instructions of one quote, which noise does not touch.
fn instructions(program: &Path, workload: Option<&Path>) -> Result<Vec<Row>> {
    if find("valgrind").is_none() {
        return Ok(vec![("instructions per quote".to_owned(), "not counted: no valgrind here".to_owned())]);
    }
    let step = Step::start("counting instructions (valgrind; 100,000 promotions take a minute)");
    let mut counts = BTreeMap::new();
    let shared = ["peers-10-pinned", "peers-50-pinned"].into_iter().filter(|_| workload.is_some());
    for case in ["scale-10", "scale-1000", "scale-100000", "quantity-2", "quantity-100000"].into_iter().chain(shared) {
        counts.insert(case.to_owned(), count(program, workload, case)?);
    }
    step.done("");
    let mut rows: Vec<Row> =
        counts.iter().map(|(case, count)| (format!("instructions, {case}"), count.to_string())).collect();
    rows.extend(alike("instructions", &counts));
    Ok(rows)
}

/// How many quotes are counted.
const COUNTED: u64 = 200;

/// Counted inside the function that quotes, so that setting up does not count.
fn count(program: &Path, workload: Option<&Path>, case: &str) -> Result<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=bench::case::Case::repeat"]);
    valgrind.arg(program).args(["repeat", case, &COUNTED.to_string()]);
    if let Some(workload) = workload {
        valgrind.arg("--shared").arg(workload);
    }
    let output = valgrind.output().context("cannot run valgrind")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().find(|line| line.contains("refs:")).context("valgrind gave no count")?;
    let digits: String = line.rsplit("refs:").next().unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    Ok(digits.parse::<u64>().context("valgrind gave no count")? / COUNTED)
}
