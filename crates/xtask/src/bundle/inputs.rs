//! Whether the bundle has to be built again: a hash over everything that goes into it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Effort;
use crate::workspace;

/// Everything below these goes into the bundle. The crates are those that the page is compiled from.
const FOLDERS: [&str; 9] = [
    "app",
    "crates/frontend",
    "crates/ids",
    "crates/money",
    "crates/pricing",
    "crates/wire",
    "crates/xtask/src/bundle",
    "public",
    "style",
];

const FILES: [&str; 2] = ["Cargo.toml", "Cargo.lock"];

/// The last bundle that was built.
pub struct Last {
    pub inputs: String,
    pub build: String,
    pub optimised: bool,
}

/// The hash of the bundle's inputs as they are now.
pub fn hash(effort: Effort) -> Result<String> {
    let root = workspace::root();
    let mut paths: Vec<PathBuf> = FILES.iter().map(|file| root.join(file)).collect();
    for folder in FOLDERS {
        paths.extend(workspace::files(&root.join(folder))?);
    }
    let mut hasher = Sha256::new();
    hasher.update(format!("{effort:?}"));
    for path in paths {
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        hasher.update(format!("\n{} {}\n", workspace::relative(&path), content.len()));
        hasher.update(content);
    }
    Ok(hex(&hasher.finalize()))
}

/// The first 16 hex digits of a hash: enough to tell builds apart.
pub fn hex(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn record() -> PathBuf {
    workspace::target_web().join("bundle.json")
}

/// The last bundle, if it is still there.
pub fn last() -> Option<Last> {
    let value: Value = serde_json::from_slice(&fs::read(record()).ok()?).ok()?;
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let last = Last { inputs: text("inputs")?, build: text("build")?, optimised: value["optimised"].as_bool()? };
    let complete = workspace::site().join("manifest.json").is_file() && super::site::folder(&last.build).is_dir();
    complete.then_some(last)
}

pub fn remember(last: &Last) -> Result<()> {
    let value = json!({ "inputs": last.inputs, "build": last.build, "optimised": last.optimised });
    fs::write(record(), value.to_string()).with_context(|| format!("cannot write {}", record().display()))
}

/// Makes the next build a full one.
pub fn forget() -> Result<()> {
    match fs::remove_file(record()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
