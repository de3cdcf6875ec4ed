//! The code that also runs in browsers, checked for that target.

use std::process::Command;

use anyhow::Result;

use super::summary::Counts;
use crate::process::capture;
use crate::toolchain::wasm_compiler;
use crate::ui::Step;
use crate::{bundle, parity, workspace};

/// The pricing core as a module for JavaScript.
const PARITY: &str = "pricing-wasm";

/// Clippy where that compiler has it: it says more than a plain check, such as what is unused without a server.
pub fn check() -> Result<Counts> {
    let compiler = wasm_compiler()?;
    let clippy = capture(compiler.cargo().args(["clippy", "--version"])).is_ok();
    let mut command = compiler.cargo();
    command.args([
        if clippy { "clippy" } else { "check" },
        "--package",
        "pricing",
        "--package",
        PARITY,
        "--package",
        "frontend",
    ]);
    command.args(["--target", "wasm32-unknown-unknown", "--target-dir"]).arg(workspace::target_web());
    if clippy {
        command.args(["--", "-D", "warnings"]);
    }
    Step::start("checking pricing and the page for the browser").run(&mut command)?;
    Ok(Counts::one_passed())
}

/// Carts that the test run compares; `cargo xtask parity` compares more.
const CARTS: u64 = 4_000;

/// Compares the bytes of quotes of both builds. Builds the pricing core for Node, and runs the Node tests that compare its prices with those made natively. They find the
/// module by `CONCORD_PARITY`.
pub fn parity() -> Result<Counts> {
    parity::quick(CARTS)?;
    let folder = workspace::root().join("target/parity");
    bundle::node_module(PARITY, &folder)?;
    let Some(tests) = super::browser::test_files("tests/parity")? else { return Ok(Counts::one_passed()) };
    let mut counts =
        super::browser::run_node(Command::new("node").env("CONCORD_PARITY", folder.join("pricing_wasm.js")), &tests)?;
    counts.passed += 1;
    Ok(counts)
}
