//! Writing `target/site`: one folder per build, so that a browser may keep its files for ever, and a manifest naming the
//! current one.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::wasm::{Asset, Page};
use super::{Effort, inputs};
use crate::workspace;

/// The current build, as the server reads it.
pub struct Manifest {
    pub build: String,
    /// The main module and all parts.
    pub wasm_bytes: u64,
    main_br_bytes: u64,
    /// Each part's files and what they cost to download.
    parts: BTreeMap<String, Part>,
    js_br_bytes: u64,
    css_br_bytes: u64,
}

impl Manifest {
    /// What a first visit costs besides the document itself: style, glue, the main module and the first page's part.
    pub fn download_bytes(&self) -> u64 {
        self.js_br_bytes
            + self.css_br_bytes
            + self.main_br_bytes
            + self.parts.get(FIRST).map_or(0, |part| part.br_bytes)
    }

    /// What each part costs besides that, in a line.
    pub fn parts_line(&self) -> String {
        let parts = self.parts.iter().map(|(name, part)| format!("{name} {}", crate::ui::kilobytes(part.br_bytes)));
        parts.collect::<Vec<_>>().join(", ")
    }

    fn to_json(&self) -> String {
        let path = |name: &str| format!("/pkg/{}/{name}", self.build);
        let value = json!({
            "build": self.build,
            "js": path("concord.js"),
            "wasm": path("concord_bg.wasm"),
            "css": path("concord.css"),
            "desk_css": path("desk.css"),
            "parts": self.parts,
            "wasm_bytes": self.wasm_bytes,
            "main_br_bytes": self.main_br_bytes,
            "download_bytes": self.download_bytes(),
            "js_br_bytes": self.js_br_bytes,
            "css_br_bytes": self.css_br_bytes,
        });
        format!("{value:#}\n")
    }
}

/// The part that the first page needs.
const FIRST: &str = "home";

/// A part of the program.
#[derive(serde::Serialize)]
struct Part {
    files: Vec<String>,
    br_bytes: u64,
}

/// The folder of one build.
pub fn folder(build: &str) -> PathBuf {
    workspace::site().join("pkg").join(build)
}

/// Writes everything. The manifest comes last but for the clean-up: a server that reads it finds all that it names.
pub fn write(page: Page, sheets: Vec<Asset>, effort: Effort) -> Result<Manifest> {
    let Page { files: mut assets, parts } = page;
    assets.extend(sheets);
    let build = name_of(&assets);
    let folder = folder(&build);
    for asset in &assets {
        write_compressed(&folder.join(&asset.name), &asset.content, effort)?;
    }
    copy_public()?;
    let manifest = describe(build, &folder, &assets, parts)?;
    replace(&workspace::site().join("manifest.json"), manifest.to_json().as_bytes())?;
    remove_others(&manifest.build)?;
    Ok(manifest)
}

fn name_of(assets: &[Asset]) -> String {
    let mut hasher = Sha256::new();
    for asset in assets {
        hasher.update(format!("{} {}\n", asset.name, asset.content.len()));
        hasher.update(&asset.content);
    }
    inputs::hex(&hasher.finalize())
}

fn describe(build: String, folder: &Path, assets: &[Asset], parts: BTreeMap<String, Vec<String>>) -> Result<Manifest> {
    let size = |name: &str| -> Result<u64> {
        let path = folder.join(name);
        Ok(fs::metadata(&path).with_context(|| format!("the bundle lacks {}", path.display()))?.len())
    };
    let part = |(name, files): (String, Vec<String>)| {
        let sizes = files.iter().map(|file| size(&format!("{file}.br")));
        Ok((name, Part { br_bytes: sizes.sum::<Result<u64>>()?, files }))
    };
    let modules = assets.iter().filter(|asset| asset.name.ends_with(".wasm"));
    Ok(Manifest {
        build,
        wasm_bytes: modules.map(|asset| asset.content.len() as u64).sum(),
        main_br_bytes: size("concord_bg.wasm.br")?,
        parts: parts.into_iter().map(part).collect::<Result<_>>()?,
        js_br_bytes: size("concord.js.br")?,
        css_br_bytes: size("concord.css.br")?,
    })
}

/// The file and its compressed forms. Browsers ask for Brotli only over https and on this machine: gzip serves the rest,
/// such as a phone that opens a shop in the local network.
fn write_compressed(path: &Path, content: &[u8], effort: Effort) -> Result<()> {
    write_file(path, content)?;
    write_file(&with_suffix(path, "br"), &brotli(content, effort)?)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content)?;
    write_file(&with_suffix(path, "gz"), &gzip.finish()?)
}

/// The content compressed as servers send it.
pub fn brotli(content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let quality = if effort == Effort::Small { 11 } else { 4 };
    let params =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &params)?;
    Ok(compressed)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn write_file(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// A running server sees the old file or the new one, and never a half.
fn replace(path: &Path, content: &[u8]) -> Result<()> {
    let next = with_suffix(path, "next");
    write_file(&next, content)?;
    fs::rename(&next, path).with_context(|| format!("cannot replace {}", path.display()))
}

/// The static files lie beside `pkg`. What is no longer in `public/` goes.
fn copy_public() -> Result<()> {
    let site = workspace::site();
    let public = workspace::root().join("public");
    let wanted = workspace::files(&public)?;
    for old in workspace::files(&site)? {
        let name = old.strip_prefix(&site).unwrap_or(&old);
        let ours = name.starts_with("pkg") || name == Path::new("manifest.json");
        if !ours && !public.join(name).is_file() {
            fs::remove_file(&old).with_context(|| format!("cannot remove {}", old.display()))?;
        }
    }
    for path in wanted {
        let name = path.strip_prefix(&public).unwrap_or(&path);
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        replace(&site.join(name), &content)?;
    }
    Ok(())
}

fn remove_others(build: &str) -> Result<()> {
    for entry in fs::read_dir(workspace::site().join("pkg"))? {
        let entry = entry?;
        if entry.file_name() != build {
            fs::remove_dir_all(entry.path()).with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}
