//! A Rust compiler that has the standard library for browsers.
//!
//! A `rust-toolchain.toml` that lists the target would make rustup try to download it at every call of cargo, also where
//! its server is out of reach. So the target is looked for here, and only when a bundle is really built.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::debian;
use crate::process::{capture, cargo, find};
use crate::ui::Step;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Where rustup's server swallows packets instead of refusing them, waiting longer than this has no point.
const RUSTUP_SECONDS_MAX: u64 = 180;

/// Which compiler builds for the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// The one that builds everything else, too.
    Default,
    /// Debian's, which rustup knows by the name of `debian`.
    Debian,
}

impl Compiler {
    /// A `cargo` of this compiler.
    pub fn cargo(self) -> Command {
        let mut command = cargo();
        if self == Self::Debian {
            command.arg("+debian");
        }
        command
    }

    fn rustc(self) -> Command {
        let mut command = Command::new("rustc");
        if self == Self::Debian {
            command.arg("+debian");
        }
        command
    }

    fn has_target(self) -> bool {
        let folder = capture(self.rustc().args(["--print", "target-libdir", "--target", TARGET]));
        folder.is_ok_and(|folder| holds_std(&PathBuf::from(folder)))
    }
}

/// Whether the folder has a compiled standard library.
pub fn holds_std(folder: &std::path::Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

/// Finds the compiler, or makes it: by rustup where rustup can, by Debian's packages where it cannot.
///
/// `CONCORD_WASM_COMPILER=debian` goes straight to the second way.
pub fn wasm_compiler() -> Result<Compiler> {
    let forced = std::env::var("CONCORD_WASM_COMPILER").is_ok_and(|name| name == "debian");
    if !forced && Compiler::Default.has_target() {
        return Ok(Compiler::Default);
    }
    if Compiler::Debian.has_target() {
        return Ok(Compiler::Debian);
    }
    if !forced && add_by_rustup()? {
        return Ok(Compiler::Default);
    }
    debian::install_target()?;
    if Compiler::Debian.has_target() {
        return Ok(Compiler::Debian);
    }
    bail!(
        "Debian's compiler still has no standard library for {TARGET}; `rustc +debian --print target-libdir --target {TARGET}` says where it is looked for"
    )
}

fn add_by_rustup() -> Result<bool> {
    if find("rustup").is_none() {
        bail!("rustup is missing: it installs the compiler for browsers. See https://rustup.rs");
    }
    let step = Step::start(&format!("rustup target add {TARGET}: the shop's pages also run in the browser"));
    if add_target_in_time()? && Compiler::Default.has_target() {
        step.done("");
        return Ok(true);
    }
    step.done("rustup cannot fetch it here; going on with Debian's compiler");
    Ok(false)
}

fn add_target_in_time() -> Result<bool> {
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = rustup.spawn().context("cannot start rustup")?;
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(RUSTUP_SECONDS_MAX) {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    child.kill()?;
    child.wait()?;
    Ok(false)
}
