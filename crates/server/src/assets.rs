//! The browser's files, as `cargo xtask bundle` leaves them: `manifest.json` names the current build.

use app::facts::Assets;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::RwLock;
use std::time::SystemTime;

/// The folder with the browser's files.
pub struct Site {
    dir: PathBuf,
    current: RwLock<(Option<SystemTime>, Assets)>,
}

/// What the server needs of `manifest.json`.
#[derive(serde::Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
    #[serde(default)]
    desk_css: String,
    #[serde(default)]
    parts: BTreeMap<String, Part>,
}

/// A part of the program.
#[derive(serde::Deserialize)]
struct Part {
    files: Vec<String>,
}

impl Site {
    /// The files in `dir`. Without a manifest pages are served all the same, plain and without scripts' help.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        let site = Self { dir: dir.to_owned(), current: RwLock::default() };
        if site.assets() == Assets::default() {
            let dir = dir.display();
            tracing::warn!(
                "{dir}/manifest.json is missing or unreadable; run `cargo xtask bundle` to build the browser's files"
            );
        }
        site
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The addresses of the current build. A rebuild under a running server is noticed by the manifest's time.
    pub fn assets(&self) -> Assets {
        let path = self.dir.join("manifest.json");
        let modified = std::fs::metadata(&path).and_then(|data| data.modified()).ok();
        if let Ok(current) = self.current.read()
            && current.0 == modified
        {
            return current.1.clone();
        }
        let assets = read(&path).unwrap_or_default();
        if let Ok(mut current) = self.current.write() {
            *current = (modified, assets.clone());
        }
        assets
    }
}

fn read(path: &Path) -> Option<Assets> {
    let Manifest { js, wasm, css, desk_css, parts } = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    let folder = js.rsplit_once('/').map_or("", |(folder, _)| folder);
    let addresses = |part: Part| part.files.iter().map(|file| format!("{folder}/{file}")).collect();
    let parts = parts.into_iter().map(|(name, part)| (name, addresses(part))).collect();
    Some(Assets { parts, js, wasm, css, desk_css })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_is_read_again_after_a_rebuild() {
        let dir = tempfile::tempdir().unwrap();
        let site = Site::new(dir.path());
        assert_eq!(site.assets(), Assets::default());
        let manifest = r#"{"build": "b", "js": "/pkg/b/c.js", "wasm": "/pkg/b/c.wasm", "css": "/pkg/b/c.css", "wasm_bytes": 1,
                "parts": {"buy": {"files": ["d.wasm"], "br_bytes": 1}}}"#;
        std::fs::write(dir.path().join("manifest.json"), manifest).unwrap();
        assert_eq!(site.assets().js, "/pkg/b/c.js");
        assert_eq!(site.assets().parts["buy"], ["/pkg/b/d.wasm"]);
    }
}
