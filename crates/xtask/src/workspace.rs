//! Where things are in the work tree.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder of the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// The folder of cargo's native builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The folder of the wasm builds: its own, so that it never waits for the lock of a native build.
pub fn target_web() -> PathBuf {
    root().join("target/web")
}

/// What the server hands to browsers.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// The Node packages that the build itself needs.
pub fn node_tools() -> PathBuf {
    root().join("crates/xtask/node")
}

/// All files below `folder`, sorted, without build output, dependencies and hidden folders. None if there is no such folder.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        collect(folder, &mut found).with_context(|| format!("cannot list {}", folder.display()))?;
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if !entry.file_type()?.is_dir() {
            found.push(path);
        } else if !is_skipped(&entry.file_name()) {
            collect(&path, found)?;
        }
    }
    Ok(())
}

fn is_skipped(name: &OsStr) -> bool {
    name == "target" || name == "node_modules" || name.to_string_lossy().starts_with('.')
}

/// The path as a person writes it: from the workspace's root.
pub fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
