//! The shop as a customer sees it: Node drives a real browser against the real server.
//!
//! The test files start the server themselves. They are told by the environment: `CONCORD_BIN` is the server, `CONCORD_SITE`
//! its site folder, `CHROMIUM` the browser.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::report::runner;
use super::summary::{self, Counts};
use crate::bundle::{self, Effort};
use crate::{toolchain, workspace};

const FOLDER: &str = "tests/browser";

/// The same bundle that customers get.
pub fn bundle() -> Result<Counts> {
    bundle::build(Effort::Small)?;
    Ok(Counts::one_passed())
}

pub fn tests() -> Result<Counts> {
    let Some(tests) = test_files(FOLDER)? else {
        println!("there is no {FOLDER}/*.test.mjs yet");
        return Ok(Counts::default());
    };
    toolchain::node::ensure()?;
    let chromium = toolchain::chromium()?;
    toolchain::node::install_packages(&workspace::root().join(FOLDER), "they drive the browser")?;
    let mut node = Command::new("node");
    node.env("CONCORD_BIN", workspace::target().join("debug/concord"));
    node.env("CONCORD_SITE", workspace::site()).env("CHROMIUM", chromium);
    run_node(&mut node, &tests)
}

/// The `*.test.mjs` of a folder, if there are any.
pub fn test_files(folder: &str) -> Result<Option<Vec<PathBuf>>> {
    let mut files = workspace::files(&workspace::root().join(folder))?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    Ok((!files.is_empty()).then_some(files))
}

/// So many files at once, each with a server and a browser of its own: by itself Node leaves one processor idle, which on two is half of them.
const FILES_AT_ONCE: &str = "--test-concurrency=2";

/// Runs test files by Node's own runner.
pub fn run_node(node: &mut Command, tests: &[PathBuf]) -> Result<Counts> {
    node.args(["--test", "--test-reporter=spec", FILES_AT_ONCE]).args(tests).current_dir(workspace::root());
    let (success, lines) = runner(node)?;
    Ok(summary::node(&lines).judged_by(success))
}
