//! JSON Schemas of the core's documents, made from its sources: `crates/pricing/schemas`.
//!
//! They are read off the Rust types with their doc comments and serde attributes, so a rule's file says everything once, the core needs no
//! library for it, and a new condition or benefit needs nothing here: the lists in `registry!` tell which there are.

mod known;
mod render;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::workspace;
use source::Source;

/// The documents: file name, type.
const DOCUMENTS: [(&str, &str); 5] =
    [("book", "PriceBook"), ("slice", "Slice"), ("cart", "Cart"), ("context", "Context"), ("quote", "Quote")];

#[derive(clap::Args)]
pub struct Options {
    /// Change nothing, and fail if a schema is not what the sources say.
    #[arg(long)]
    check: bool,
}

pub fn run(options: &Options) -> Result<()> {
    for (path, text) in files()? {
        if fs::read_to_string(&path).is_ok_and(|present| present == text) {
            continue;
        }
        if options.check {
            bail!("{} is not what the sources say; run `cargo xtask schemas`", workspace::relative(&path));
        }
        fs::create_dir_all(folder())?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        println!("wrote {}", workspace::relative(&path));
    }
    Ok(())
}

fn folder() -> PathBuf {
    workspace::root().join("crates/pricing/schemas")
}

/// Each file's path and its text.
fn files() -> Result<BTreeMap<PathBuf, String>> {
    let source = Source::read()?;
    let text = |schema: &Value| serde_json::to_string_pretty(schema).map(|text| text + "\n");
    let file = |(name, root): &(&str, &str)| {
        let schema = render::document(&source, root).with_context(|| format!("no schema of {root}"))?;
        Ok((folder().join(format!("{name}.schema.json")), text(&schema)?))
    };
    DOCUMENTS.iter().map(file).collect()
}

/// One schema in which every document is a property, for tools that make types of it.
pub fn together() -> Result<Value> {
    let source = Source::read()?;
    let roots: Vec<&str> = DOCUMENTS.iter().map(|(_, root)| *root).collect();
    render::all(&source, &roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schemas_are_what_the_sources_say() {
        run(&Options { check: true }).expect("`cargo xtask schemas` writes them anew");
    }

    #[test]
    fn every_rule_of_both_lists_is_in_the_book() {
        let source = Source::read().expect("the core's sources can be read");
        let book = render::document(&source, "PriceBook").expect("the book has a schema");
        for list in ["Condition", "Benefit"] {
            let rules = book["$defs"][list]["anyOf"].as_array().expect("a choice of rules");
            assert!(rules.len() >= 11, "{list}: {rules:?}");
        }
        assert_eq!(book["$defs"]["ConditionMinSubtotal"]["anyOf"][0]["required"][0], "max_subtotal");
        assert_eq!(book["$defs"]["PriceBook"]["required"], serde_json::json!(["format", "currency", "skus"]));
    }
}
