//! What a first visit downloads besides the page.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Row;
use crate::bundle::{self, Effort};
use crate::{ui::kilobytes, workspace};

pub fn measure() -> Result<Vec<Row>> {
    bundle::build(Effort::Small)?;
    let path = workspace::site().join("manifest.json");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let manifest: Value = serde_json::from_str(&text)?;
    let size = |key: &str| kilobytes(manifest[key].as_u64().unwrap_or(0));
    Ok(vec![
        core()?,
        (
            "WebAssembly of the storefront".to_owned(),
            format!("{}, main module with brotli {}", size("wasm_bytes"), size("main_br_bytes")),
        ),
        ("first page: main module, its part, glue and style, brotli".to_owned(), size("download_bytes")),
        ("its JavaScript, brotli".to_owned(), size("js_br_bytes")),
        ("style sheet, brotli".to_owned(), size("css_br_bytes")),
    ])
}

/// More than this is too much for a page that has something else to do.
const CORE_BYTES_MAX: usize = 150_000;

/// The pricing core alone, as other people's pages load it.
fn core() -> Result<Row> {
    let folder = workspace::root().join("target/core");
    bundle::small_web_module("pricing-wasm", &folder)?;
    let path = folder.join("pricing_wasm_bg.wasm");
    let wasm = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let packed = bundle::brotli(&wasm, Effort::Small)?.len();
    let size = |bytes: usize| kilobytes(bytes as u64);
    let aim = if packed <= CORE_BYTES_MAX { "within" } else { "OVER" };
    let figure =
        format!("{}, with brotli {}, {aim} the {} aimed at", size(wasm.len()), size(packed), size(CORE_BYTES_MAX));
    Ok(("WebAssembly of the pricing core alone".to_owned(), figure))
}
