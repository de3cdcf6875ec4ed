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
        (
            "WebAssembly of the storefront".to_owned(),
            format!("{}, main module with brotli {}", size("wasm_bytes"), size("main_br_bytes")),
        ),
        ("first page: main module, its part, glue and style, brotli".to_owned(), size("download_bytes")),
        ("its JavaScript, brotli".to_owned(), size("js_br_bytes")),
        ("style sheet, brotli".to_owned(), size("css_br_bytes")),
    ])
}
