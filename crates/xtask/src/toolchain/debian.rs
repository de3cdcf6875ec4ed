//! Debian's compiler, whose packages bring the sources of the standard library: from these it is built once for browsers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::apt::{install, is_root};
use super::wasm::{TARGET, holds_std};
use crate::process::{capture, find};
use crate::ui::Step;
use crate::workspace;

const PACKAGES: [&str; 7] =
    ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy", "rustfmt-web", "lld-22"];

/// After this, `cargo +debian build --target wasm32-unknown-unknown` works like any other build.
pub fn install_target() -> Result<()> {
    install_packages()?;
    let folder = Path::new("/usr/lib/rustlib").join(TARGET).join("lib");
    if !holds_std(&folder) {
        build_std(&folder)?;
    }
    link_toolchain()
}

fn install_packages() -> Result<()> {
    let missing = missing_packages();
    if missing.is_empty() {
        return Ok(());
    }
    install(&missing, "rustup cannot fetch the browser's standard library here, and this compiler has its sources")
}

/// All of them on a machine without dpkg.
fn missing_packages() -> Vec<&'static str> {
    let installed = |package: &str| {
        let status = capture(Command::new("dpkg-query").args(["-W", "-f=${Status}", package]));
        status.is_ok_and(|status| status.ends_with("ok installed"))
    };
    PACKAGES.into_iter().filter(|package| !installed(package)).collect()
}

/// Builds an empty crate together with the standard library, and keeps the latter.
fn build_std(destination: &Path) -> Result<()> {
    if !is_root() {
        bail!(
            "{} is written once by root. Run this, then start again:\n\n    sudo -E cargo xtask bundle\n",
            destination.display()
        );
    }
    let folder = empty_crate()?;
    let step = Step::start("building the standard library for browsers, once");
    step.run(&mut std_build(&folder))?;
    let built = folder.join("target").join(TARGET).join("release/deps");
    copy_libraries(&built, destination)?;
    fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))
}

fn empty_crate() -> Result<PathBuf> {
    let folder = workspace::root().join("target/wasm-std");
    fs::create_dir_all(folder.join("src")).with_context(|| format!("cannot create {}", folder.display()))?;
    // The empty `[workspace]` keeps cargo from taking this for a member of ours.
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), "")?;
    Ok(folder)
}

/// Without bitcode in these libraries, any later build with link-time optimisation fails on them.
fn std_build(folder: &Path) -> Command {
    let mut command = Command::new("/usr/bin/cargo");
    command.args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort"]);
    command.args(["--target-dir", "target"]).current_dir(folder);
    command.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes");
    command.env_remove("RUSTUP_TOOLCHAIN").env_remove("LD_LIBRARY_PATH");
    command
}

fn copy_libraries(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rlib") {
            let name = path.file_name().unwrap_or_default();
            fs::copy(&path, to.join(name)).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

fn link_toolchain() -> Result<()> {
    if find("rustup").is_none() {
        bail!("rustup is missing: `cargo +debian` needs it. See https://rustup.rs");
    }
    let known = capture(Command::new("rustup").args(["toolchain", "list"]))?;
    if known.lines().any(|line| line.split_whitespace().next() == Some("debian")) {
        return Ok(());
    }
    capture(Command::new("rustup").args(["toolchain", "link", "debian", "/usr"])).map(drop)
}
