//! The pricing core as an npm package: `target/npm/concord-pricing`, built, installed into a project and tried there.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::capture;
use crate::ui::Step;
use crate::{bundle, schemas, toolchain, workspace};

const NAME: &str = "concord-pricing";

/// Stands in the manifest where the version goes.
const NO_VERSION: &str = "set when the package is built";

#[derive(clap::Args)]
pub struct Options {
    /// Only build the package.
    #[arg(long)]
    no_test: bool,
}

pub fn run(options: &Options) -> Result<()> {
    toolchain::node::ensure()?;
    let tools = workspace::root().join("crates/xtask/npm");
    toolchain::node::install_packages(&tools, "they make the TypeScript types and check them")?;
    let folder = build(&tools)?;
    if !options.no_test {
        test(&tools, &folder)?;
    }
    println!("{} is ready: `npm publish` or `npm install` it", workspace::relative(&folder));
    Ok(())
}

/// Where everything of this command is.
fn work() -> PathBuf {
    workspace::root().join("target/npm")
}

fn build(tools: &Path) -> Result<PathBuf> {
    let folder = work().join(NAME);
    bundle::small_web_module("pricing-wasm", &folder)?;
    let step = Step::start("writing the package");
    copy(&tools.join("package"), &folder)?;
    copy(&workspace::root().join("crates/pricing/schemas"), &folder.join("schemas"))?;
    // As text: Node takes the first of the exports that fits, so their order has to stay.
    let manifest = fs::read_to_string(tools.join("package/package.json"))?;
    if !manifest.contains(NO_VERSION) {
        bail!("the package's manifest does not say {NO_VERSION:?}");
    }
    fs::write(folder.join("package.json"), manifest.replace(NO_VERSION, env!("CARGO_PKG_VERSION")))?;
    fs::write(folder.join("documents.d.ts"), types(tools)?)?;
    step.done("");
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for file in workspace::files(from)? {
        let name = file.file_name().context("a listed file has a name")?;
        fs::copy(&file, to.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// TypeScript declarations of all documents.
fn types(tools: &Path) -> Result<Vec<u8>> {
    let mut node = Command::new("node");
    node.arg(tools.join("types.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = node.spawn().context("cannot start node")?;
    let schema = serde_json::to_vec(&schemas::together()?)?;
    child.stdin.take().context("the program's input is not ours")?.write_all(&schema)?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("no types were made ({})", output.status);
    }
    Ok(output.stdout)
}

/// Installs the packed package into an empty project, and tries it in Node, in `tsc` and in Chromium.
fn test(tools: &Path, folder: &Path) -> Result<()> {
    let project = work().join("project");
    if project.exists() {
        fs::remove_dir_all(&project)?;
    }
    fs::create_dir_all(&project)?;
    fs::write(project.join("package.json"), "{\"private\": true, \"type\": \"module\"}\n")?;
    let packed =
        capture(Command::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(work()).current_dir(folder))?;
    let packed = work().join(packed.lines().last().context("npm packed nothing")?);
    let install = ["install", "--offline", "--no-audit", "--no-fund", "--silent"];
    capture(Command::new("npm").args(install).arg(&packed).current_dir(&project))?;
    let tests = workspace::root().join("tests/npm");
    let step = Step::start("the installed package in Node");
    step.run(Command::new("node").arg("--test").arg(tests.join("package.test.mjs")).env("CONCORD_NPM", &project))?;
    fs::copy(tests.join("use.ts"), project.join("use.ts"))?;
    let strict =
        ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom", "use.ts"];
    let tsc = tools.join("node_modules/.bin/tsc");
    Step::start("its types in tsc").run(Command::new(tsc).args(strict).current_dir(&project))?;
    in_browser(&tests, &project.join("node_modules").join(NAME))
}

fn in_browser(tests: &Path, package: &Path) -> Result<()> {
    let chromium = toolchain::chromium()?;
    toolchain::node::install_packages(&workspace::root().join("tests/browser"), "they drive the browser")?;
    let mut node = Command::new("node");
    node.arg(tests.join("page.mjs")).arg(package).env("CHROMIUM", chromium);
    Step::start("the installed package in Chromium").run(&mut node)
}
