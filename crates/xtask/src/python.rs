//! Programs from PyPI, each set in a folder under `target`, so that nothing of the machine changes.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{capture, find};
use crate::toolchain;
use crate::ui::Step;
use crate::workspace;

const STAMP: &str = "installed";

/// The Python of a folder under `target` that has these packages; they are installed once for these versions. `why` is told if Python itself is missing.
pub fn with(folder: &str, packages: &[&str], why: &str) -> Result<PathBuf> {
    let folder = workspace::target().join(folder);
    let (python, stamp) = (folder.join("bin/python"), folder.join(STAMP));
    let wanted = packages.join("\n");
    if python.is_file() && fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    ensure(why)?;
    let step = Step::start("making a folder for Python packages");
    step.run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let step = Step::start(&format!("installing {}", packages.join(", ")));
    step.run(
        Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages),
    )?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}

fn ensure(why: &str) -> Result<()> {
    let works =
        || find("python3").is_some() && capture(Command::new("python3").args(["-c", "import ensurepip"])).is_ok();
    if works() {
        return Ok(());
    }
    toolchain::install(&["python3", "python3-venv"], why)
}
