//! Debian's packages, for machines that have them.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Result, bail};

use crate::process::{capture, find};
use crate::ui::Step;

static LISTS_FRESH: OnceLock<()> = OnceLock::new();

/// Installs packages, or stops with the exact command to run where we may not.
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    let line = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if find("apt-get").is_none() {
        bail!(
            "missing: {why}. Install the programs of these Debian packages by your system's own means: {}",
            packages.join(" ")
        );
    }
    if !is_root() {
        bail!("missing: {why}. Run this, then start again:\n\n    sudo apt-get update && sudo {line}\n");
    }
    if LISTS_FRESH.set(()).is_ok() {
        Step::start("updating the list of Debian packages").run(apt().arg("update"))?;
    }
    let label = format!("installing {}: {why}", packages.join(" "));
    Step::start(&label).run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("-qq").env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Whether we may write to the system's folders.
pub fn is_root() -> bool {
    Path::new("/root").is_dir() && capture(Command::new("id").arg("-u")).is_ok_and(|user| user == "0")
}
