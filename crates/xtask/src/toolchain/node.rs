//! Node and the packages that come through npm: `wasm-opt` for the build, a browser driver for the tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::install;
use crate::process::find;
use crate::ui::Step;
use crate::workspace;

const STAMP: &str = "node_modules/.lock-installed";

/// Whether both programs are there.
pub fn present() -> bool {
    find("node").is_some() && find("npm").is_some()
}

/// Node and npm, installed if need be.
pub fn ensure() -> Result<()> {
    match (find("node"), find("npm")) {
        (Some(_), Some(_)) => Ok(()),
        (Some(_), None) => install(&["npm"], "npm fetches the packages of the browser tests"),
        _ => install(&["nodejs", "npm"], "the browser tests run in Node"),
    }
}

/// `npm ci`, unless exactly this lock file is installed already.
pub fn install_packages(folder: &Path, why: &str) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = folder.join(STAMP);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let step = Step::start(&format!("npm ci in {}: {why}", workspace::relative(folder)));
    let mut npm = Command::new("npm");
    step.run(npm.args(["ci", "--no-audit", "--no-fund", "--no-update-notifier"]).current_dir(folder))?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// The wasm optimiser. `None`, with a warning, where there is no npm to fetch it.
pub fn wasm_opt() -> Result<Option<PathBuf>> {
    if !present() {
        println!("  ! no node and npm: the bundle is not optimised and will be about half as big again");
        return Ok(None);
    }
    let folder = workspace::node_tools();
    install_packages(&folder, "wasm-opt makes the bundle smaller")?;
    let program = folder.join("node_modules/.bin/wasm-opt");
    if !program.exists() {
        bail!("npm installed binaryen but there is no {}", program.display());
    }
    Ok(Some(program))
}
