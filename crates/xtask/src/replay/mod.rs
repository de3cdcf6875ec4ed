//! Prices a year of real purchases again, natively and as WebAssembly, and compares the quotes byte by byte.
//! How a price book comes out of a till's journal is said in the first lines of `prepare.py`.

mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::demo::grocery;
use crate::process::{capture, cargo, describe};
use crate::ui::Step;
use crate::{bundle, progress, toolchain, workspace};

const PREPARE: &str = include_str!("prepare.py");

/// The bytes of each basket's digest, as the program writes them.
const DIGEST_BYTES: usize = 8;

#[derive(clap::Args)]
pub struct Options {
    /// How the price book chooses among promotions.
    #[arg(long, value_enum, default_value_t = Resolution::Best)]
    resolution: Resolution,
    /// Only the first so many baskets.
    #[arg(long)]
    baskets: Option<usize>,
    /// Only natively: nothing is compared.
    #[arg(long)]
    native: bool,
    /// Where the purchases are kept, and what is worked out of them.
    #[arg(long, default_value = "data")]
    data_dir: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Resolution {
    /// The engine looks for what the shopper pays least with.
    Best,
    /// The merchant fixed the order.
    Pinned,
}

impl Resolution {
    fn name(self) -> &'static str {
        if self == Self::Best { "best" } else { "pinned" }
    }
}

pub fn run(options: &Options) -> Result<()> {
    let folder = prepare(&workspace::root().join(&options.data_dir))?;
    let native = native(options, &folder)?;
    let wasm = if options.native { None } else { Some(wasm(options, &folder)?) };
    let facts = fs::read_to_string(folder.join("facts.json")).context("the prepared data have no facts.json")?;
    let facts: Value = serde_json::from_str(&facts).context("facts.json")?;
    report::print(options.resolution.name(), &facts, &native, wasm.as_ref());
    if wasm.is_some() { compare(&folder) } else { Ok(()) }
}

/// Writes book, households and baskets once; again only when the way they are made has changed.
fn prepare(data: &Path) -> Result<PathBuf> {
    let grocery::Purchases { cache, python, wheel } = grocery::purchases(data)?;
    let folder = cache.join("replay");
    let stamp = folder.join("stamp");
    let wanted = format!("{:x?}", Sha256::digest(PREPARE).as_slice());
    if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(folder);
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let script = folder.join("prepare.py");
    fs::write(&script, PREPARE).with_context(|| format!("cannot write {}", script.display()))?;
    let step = Step::start("working out a price book and carts from 1.5 million purchases");
    let said = capture(Command::new(&python).arg(&script).arg(&wheel).arg(&folder))?;
    step.done(&format!("{said}, in {}", folder.display()));
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(folder)
}

/// Where the digests of a build's quotes are.
fn digests(folder: &Path, build: &str) -> PathBuf {
    folder.join(format!("{build}.digests"))
}

fn native(options: &Options, folder: &Path) -> Result<Value> {
    let mut build = cargo();
    build.args(["build", "--release", "--package", "replay"]);
    Step::start("compiling the replay (release profile)").run(&mut build)?;
    let mut program = Command::new(workspace::target().join("release/replay"));
    program.arg(folder).arg(digests(folder, "native"));
    if options.resolution == Resolution::Pinned {
        program.arg("--pinned");
    }
    if let Some(baskets) = options.baskets {
        program.args(["--baskets", &baskets.to_string()]);
    }
    result(&mut program, "pricing natively")
}

fn wasm(options: &Options, folder: &Path) -> Result<Value> {
    toolchain::node::ensure()?;
    let module = workspace::target().join("replay-wasm");
    bundle::node_module("replay-wasm", &module)?;
    let script = workspace::root().join("crates/xtask/src/replay/replay.mjs");
    let mut node = Command::new("node");
    node.arg(script).arg(module.join("replay_wasm.js")).arg(folder).arg(digests(folder, "wasm"));
    node.arg(options.resolution.name()).args(options.baskets.map(|baskets| baskets.to_string()));
    result(&mut node, "pricing as WebAssembly")
}

/// Runs one of the two, with a bar; what it says last is its result.
fn result(command: &mut Command, label: &str) -> Result<Value> {
    let (done, said) = progress::follow(command, label)?;
    let last = said.last().map_or("", String::as_str);
    if !done {
        bail!("`{}` failed: {}", describe(command), said.join("\n"));
    }
    serde_json::from_str(last).with_context(|| format!("{label}: not a result: {last}"))
}

/// The digests of every basket. Each covers the baskets before it, so the first that differs is the one to look at.
fn compare(folder: &Path) -> Result<()> {
    let read = |build: &str| {
        let path = digests(folder, build);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (native, wasm) = (read("native")?, read("wasm")?);
    let differs = native.chunks(DIGEST_BYTES).zip(wasm.chunks(DIGEST_BYTES)).position(|(one, other)| one != other);
    match differs {
        Some(at) => bail!("the quotes differ, first that of line {} of {}/baskets.jsonl", at + 1, folder.display()),
        None if native.len() != wasm.len() || native.is_empty() => bail!("one of the two priced fewer baskets"),
        None => Ok(()),
    }
}
