//! Other systems on the same workload, each by its ready harness in the shared folder, and our times beside theirs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde_json::Value;

use super::Row;
use super::quotes::{Times, micro, ratio};
use crate::process::capture;
use crate::ui::Step;
use crate::workspace;

/// A system whose harness can be set up here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Peer {
    /// json-rules-engine, json-logic-js and the hand-written loop: npm only.
    Rules,
    /// Medusa's promotion module: npm and PostgreSQL 15; some minutes.
    Medusa,
    /// django-oscar: Python; a thousand offers take minutes a call.
    Oscar,
}

impl Peer {
    fn folder(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Medusa => "medusa",
            Self::Oscar => "oscar",
        }
    }

    fn measure(self) -> &'static str {
        match self {
            Self::Rules => "node bench.js",
            Self::Medusa => "../pg/start.sh && node bench.js; status=$?; ../pg/stop.sh; exit $status",
            Self::Oscar => ".venv/bin/python -W ignore bench.py",
        }
    }
}

/// The folder of the harnesses: under `CONCORD_SHARED`, or in the folder `shared` beside the repository, if it is there.
pub fn folder() -> Option<PathBuf> {
    let beside = || workspace::root().join("../shared");
    let shared = std::env::var_os("CONCORD_SHARED").map_or_else(beside, PathBuf::from);
    let folder = shared.join("peers");
    folder.join("workload/workload.json").is_file().then_some(folder)
}

/// Sets each peer up in a copy of its own, measures it, and compares the carts of 1,000 promotions.
pub fn measure(shared: &Path, peers: &[Peer], ours: &Times) -> Result<Vec<Row>> {
    let home = workspace::target().join("peers");
    copy(shared, &home)?;
    let results = home.join("results.json");
    let mut rows = Vec::new();
    for peer in peers {
        let folder = home.join(peer.folder());
        let run = |label: &str, line: &str| {
            let mut shell = Command::new("bash");
            shell.args(["-c", line]).current_dir(&folder).env("PEERS_HOME", &home).env("PEERS_RESULTS", &results);
            Step::start(&format!("{label} {}", peer.folder())).run(&mut shell)
        };
        let done = run("setting up", "./setup.sh").and_then(|()| run("measuring", peer.measure()));
        if let Err(error) = done {
            rows.push((format!("peer {}", peer.folder()), format!("cannot be measured here: {error}")));
        }
    }
    if results.is_file() {
        let text = fs::read_to_string(&results).with_context(|| format!("cannot read {}", results.display()))?;
        rows.extend(compare(&serde_json::from_str(&text).context("the peers' results")?, ours));
    }
    Ok(rows)
}

/// Vendure's guest checkout, by its own harness: seven requests an order, one line.
pub fn vendure_checkout() -> Result<()> {
    let shared = folder().context("CONCORD_SHARED names no folder with the peers")?;
    let home = workspace::target().join("peers");
    copy(&shared, &home)?;
    let results = home.join("results.json");
    for (label, line) in [("setting up Vendure", "./setup.sh"), ("measuring Vendure", "node bench.js d")] {
        let mut shell = Command::new("bash");
        shell.args(["-c", line]).current_dir(home.join("vendure"));
        shell.env("PEERS_HOME", &home).env("PEERS_RESULTS", &results);
        Step::start(label).run(&mut shell)?;
    }
    let text = fs::read_to_string(&results).with_context(|| format!("cannot read {}", results.display()))?;
    let results: Value = serde_json::from_str(&text).context("the peers' results")?;
    println!("{}", serde_json::to_string_pretty(&results["peers"]["vendure"])?);
    Ok(())
}

/// The shared folder stays as it is.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    if !from.is_dir() {
        bail!("there is no {}", from.display());
    }
    capture(Command::new("cp").arg("-R").arg(from.join(".")).arg(to)).map(drop)
}

/// A row for each measured case of 1,000 promotions, whatever the peer calls it.
fn compare(results: &Value, ours: &Times) -> Vec<Row> {
    let mut rows = Vec::new();
    for (peer, blocks) in results["peers"].as_object().into_iter().flatten() {
        let cases =
            blocks.as_object().into_iter().flatten().filter_map(|(_, block)| block["cases"].as_object()).flatten();
        for (case, figures) in cases.filter(|(case, _)| case.contains("=1000 ")) {
            let lines = if case.contains("lines=50") { 50 } else { 10 };
            let (Some(time), Some(own)) = (figures["p50_ms"].as_f64(), ours.get(&format!("peers-{lines}-pinned")))
            else {
                continue;
            };
            let theirs = (time * 1e6) as u64;
            let figure = format!("{}, {} of our native quote", micro(theirs), ratio(theirs, own.ns).1);
            rows.push((format!("{peer}: {case}"), figure));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::quotes::Time;

    #[test]
    fn compares_only_the_large_books() {
        let results = serde_json::json!({"peers": {"rules": {"eval": {"cases": {
            "hand promos=1000 lines=10": {"p50_ms": 0.05}, "hand promos=10 lines=10": {"p50_ms": 0.001}}}}}});
        let ours = Times::from([("peers-10-pinned".to_owned(), Time { ns: 25_000, ..Time::default() })]);
        let rows = compare(&results, &ours);
        assert_eq!(
            rows,
            [("rules: hand promos=1000 lines=10".to_owned(), "50.00 µs, 2.00× of our native quote".to_owned())]
        );
    }
}
