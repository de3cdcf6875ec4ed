//! Lighthouse's mobile scores of the home and product pages.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Row, server};
use crate::process::capture;
use crate::{toolchain, workspace};

pub fn measure() -> Result<Vec<Row>> {
    toolchain::node::ensure()?;
    let chromium = toolchain::chromium()?;
    let folder = workspace::root().join("tests/browser");
    toolchain::node::install_packages(&folder, "Lighthouse judges the pages")?;
    server::with_shop(|url, product| {
        let mut node = Command::new("node");
        node.arg(folder.join("lighthouse.mjs")).env("CHROMIUM", &chromium);
        let said = capture(node.arg(format!("{url}/")).arg(format!("{url}/p/{product}")))?;
        said.lines().zip(["home", "product"]).map(|(line, page)| row(page, line)).collect()
    })
}

fn row(page: &str, line: &str) -> Result<Row> {
    let scores: Value = serde_json::from_str(line).with_context(|| format!("not a score: {line}"))?;
    let score = |name: &str| format!("{name} {}", scores[name]);
    let figures = ["performance", "accessibility", "best-practices", "seo"].map(score).join(", ");
    Ok((format!("Lighthouse mobile, {page} page"), figures))
}
