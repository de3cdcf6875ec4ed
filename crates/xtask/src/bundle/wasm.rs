//! From a crate to a WebAssembly module that a page, or Node, can load.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::Effort;
use crate::toolchain::{Compiler, wasm_compiler};
use crate::ui::Step;
use crate::workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// What every current browser understands and this compiler makes use of; wasm-opt has to be told.
const WASM_FEATURES: [&str; 6] = [
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
];

/// A finished file and its name in the bundle's folder.
pub struct Asset {
    pub name: String,
    pub content: Vec<u8>,
}

/// Compiles a crate whose library is a `cdylib`, and returns the module's path.
pub fn compile(package: &str, compiler: Compiler, effort: Effort) -> Result<PathBuf> {
    let (profile, folder) = match effort {
        Effort::Small => ("wasm", "wasm"),
        Effort::Quick => ("dev", "debug"),
    };
    let target = workspace::target_web();
    let mut cargo = compiler.cargo();
    cargo.args(["build", "--package", package, "--target", TARGET, "--profile", profile, "--target-dir"]).arg(&target);
    Step::start(&format!("compiling {package} for the browser ({profile} profile)")).run(&mut cargo)?;
    Ok(target.join(TARGET).join(folder).join(format!("{}.wasm", package.replace('-', "_"))))
}

/// The page's module and its glue, optimised if there is an optimiser.
pub fn browser_files(module: &Path, wasm_opt: Option<&Path>) -> Result<Vec<Asset>> {
    let folder = workspace::target_web().join("bindgen");
    empty(&folder)?;
    let step = Step::start("wasm-bindgen: the glue between the module and the page");
    bindgen(module, "concord").web(true)?.generate(&folder).context("wasm-bindgen failed")?;
    step.done("");
    if let Some(program) = wasm_opt {
        optimise(program, &folder.join("concord_bg.wasm"))?;
    }
    assets(&folder)
}

/// Builds a crate as a module that Node can `require`, into `folder`; it is called like the crate. It is compiled as the page
/// is: so it computes as the page does, and shares the page's compiled dependencies.
pub fn node_module(package: &str, folder: &Path) -> Result<()> {
    let module = compile(package, wasm_compiler()?, Effort::Small)?;
    empty(folder)?;
    let name = package.replace('-', "_");
    bindgen(&module, &name).nodejs(true)?.generate(folder).context("wasm-bindgen failed")
}

fn bindgen(module: &Path, name: &str) -> Bindgen {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen
}

fn optimise(program: &Path, module: &Path) -> Result<()> {
    let mut command = Command::new(program);
    command.arg("-Oz").args(WASM_FEATURES).arg(module).arg("-o").arg(module);
    Step::start("wasm-opt: making the module smaller").run(&mut command)
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

fn assets(folder: &Path) -> Result<Vec<Asset>> {
    let read = |path: PathBuf| {
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Asset { name, content })
    };
    workspace::files(folder)?.into_iter().map(read).collect()
}
