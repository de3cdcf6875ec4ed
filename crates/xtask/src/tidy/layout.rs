//! What lies at the top level, and what every manifest says.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace;

/// `target` and `data` are ignored by git: they are made by building and running.
const TOP: [&str; 10] =
    ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "app", "crates", "public", "style", "target", "tests"];

const RUNTIME: &str = "data";

/// Things at the top level that have a better place.
pub fn top_findings() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(workspace::root())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != RUNTIME && !TOP.contains(&name.as_str()) {
            found.push(format!("{name}: the top level holds only {} and dot-files", TOP.join(", ")));
        }
    }
    Ok(found)
}

/// Crates that go their own way with lints, and a workspace that allows unsafe code.
pub fn lint_findings() -> Result<Vec<String>> {
    let root = workspace::root();
    let mut found = Vec::new();
    let workspace_manifest = read(&root.join("Cargo.toml"))?;
    if !section(&workspace_manifest, "[workspace.lints.rust]").contains("unsafe_code = \"forbid\"") {
        found.push("Cargo.toml: [workspace.lints.rust] has to say unsafe_code = \"forbid\"".to_owned());
    }
    for manifest in manifests(&root)? {
        if !section(&read(&manifest)?, "[lints]").contains("workspace = true") {
            found.push(format!("{}:1: [lints] has to say workspace = true", workspace::relative(&manifest)));
        }
    }
    Ok(found)
}

fn manifests(root: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for folder in ["app", "crates", "tests"] {
        found.extend(workspace::files(&root.join(folder))?);
    }
    found.retain(|path| path.file_name().is_some_and(|name| name == "Cargo.toml"));
    Ok(found)
}

/// The lines of one section of a manifest.
fn section<'a>(manifest: &'a str, header: &str) -> &'a str {
    let Some((_, rest)) = manifest.split_once(header) else { return "" };
    rest.split_once("\n[").map_or(rest, |(section, _)| section)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_at_the_next() {
        let manifest = "[lints]\nworkspace = true\n\n[dependencies]\nserde = \"1\"\n";
        assert_eq!(section(manifest, "[lints]").trim(), "workspace = true");
        assert_eq!(section(manifest, "[features]"), "");
    }
}
