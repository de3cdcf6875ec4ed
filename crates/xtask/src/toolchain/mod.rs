//! Everything a build needs that may be missing on a fresh machine: found, or installed with one line saying why.

mod apt;
mod debian;
pub mod node;
mod wasm;

use anyhow::Result;

pub use apt::{install, is_root};
pub use wasm::{Compiler, wasm_compiler};

use crate::process::find;

/// SQLite and the password hash are partly C.
pub fn c_compiler() -> Result<()> {
    if ["cc", "gcc", "clang"].iter().any(|name| find(name).is_some()) {
        return Ok(());
    }
    install(&["gcc", "libc6-dev"], "a C compiler builds SQLite into the server")
}

/// The browser of the browser tests.
pub fn chromium() -> Result<std::path::PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(std::path::PathBuf::from).filter(|path| path.is_file());
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let present = || names.iter().find_map(|name| find(name));
    if let Some(path) = named.or_else(present) {
        return Ok(path);
    }
    install(&["chromium"], "the browser tests drive a real browser")?;
    present().ok_or_else(|| anyhow::anyhow!("chromium was installed but is not on PATH"))
}
