//! From a crate to a WebAssembly module that a page, or Node, can load.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::{Bindgen, Output};

use super::{Effort, panics};
use crate::process::capture;
use crate::toolchain::{Compiler, node, wasm_compiler};
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

/// For size, again and again until it helps no more, from control flow that is made anew first: the compiler's own costs a hundredth more. The lowest kilobyte
/// of the memory is the far end of the stack, which grows down to it: no program that still works has anything there, and then offsets can be folded into
/// loads.
const OPTIMISATIONS: [&str; 7] =
    ["--flatten", "--rereloop", "-Oz", "--converge", "--low-memory-unused", "--strip-debug", "--strip-producers"];

/// A finished file and its name in the bundle's folder.
pub struct Asset {
    pub name: String,
    pub content: Vec<u8>,
}

/// What the linker has to leave in a module that is split afterwards: which code and data needs which.
const RELOCATIONS: &str = "-Clink-arg=--emit-relocs";

/// Compiles a crate whose library is a `cdylib`, and returns the module's path.
pub fn compile(package: &str, compiler: Compiler, effort: Effort, flags: &[&str]) -> Result<PathBuf> {
    let (profile, folder) = match effort {
        Effort::Small => ("wasm", "wasm"),
        Effort::Quick => ("dev", "debug"),
    };
    let target = workspace::target_web();
    let mut cargo = compiler.cargo();
    cargo.args(["rustc", "--package", package, "--target", TARGET, "--profile", profile, "--target-dir"]).arg(&target);
    cargo.arg("--").args(flags);
    Step::start(&format!("compiling {package} for the browser ({profile} profile)")).run(&mut cargo)?;
    Ok(target.join(TARGET).join(folder).join(format!("{}.wasm", package.replace('-', "_"))))
}

/// The page's module in parts, with its glue, optimised if there is an optimiser.
pub struct Page {
    /// All files.
    pub files: Vec<Asset>,
    /// The module files that a part of the program consists of, by the part's name.
    pub parts: BTreeMap<String, Vec<String>>,
}

/// Compiles, splits, binds and optimises the page's program.
pub fn page(compiler: Compiler, effort: Effort, wasm_opt: Option<&Path>) -> Result<Page> {
    let module = compile("frontend", compiler, effort, &[RELOCATIONS])?;
    let folder = workspace::target_web().join("bindgen");
    empty(&folder)?;
    let step = Step::start("splitting the program and writing its glue");
    let main = workspace::target_web().join("concord.wasm");
    let parts = split(&module, &main, &folder)?;
    bindgen(&main, "concord").web(true)?.keep_lld_exports(true).generate(&folder).context("wasm-bindgen failed")?;
    step.done(&format!("{} parts", parts.len()));
    if let Some(program) = wasm_opt {
        optimise(program, &folder)?;
    }
    Ok(Page { files: assets(&folder)?, parts })
}

/// Writes the parts into the folder and the rest to `main`.
fn split(module: &Path, main: &Path, folder: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let input = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = main;
    options.link_name = "./parts.js";
    options.main_module = "./concord.js";
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting failed: {error:#}"))?;
    let file = |name: String| format!("{name}.wasm");
    Ok(split.prefetch_map.into_iter().map(|(part, names)| (part, names.into_iter().map(file).collect())).collect())
}

/// Builds a crate as a module that Node can `require`, into `folder`; it is called like the crate. It is compiled as the page
/// is: so it computes as the page does, and shares the page's compiled dependencies.
pub fn node_module(package: &str, folder: &Path) -> Result<()> {
    let module = compile(package, wasm_compiler()?, Effort::Small, &[])?;
    empty(folder)?;
    let name = package.replace('-', "_");
    bindgen(&module, &name).nodejs(true)?.generate(folder).context("wasm-bindgen failed")
}

/// Builds a crate as a module that both a page and Node can `import`, into `folder`; otherwise as [`node_module`].
pub fn web_module(package: &str, folder: &Path) -> Result<()> {
    write(&mut bound(package)?, folder)
}

/// As [`web_module`], without the words of panics and optimised if there is an optimiser.
pub fn small_web_module(package: &str, folder: &Path) -> Result<()> {
    let mut output = bound(package)?;
    panics::silence(output.wasm_mut());
    write(&mut output, folder)?;
    node::wasm_opt()?.map_or(Ok(()), |program| optimise(&program, folder))
}

fn bound(package: &str) -> Result<Output> {
    let module = compile(package, wasm_compiler()?, Effort::Small, &[])?;
    let mut bindgen = bindgen(&module, &package.replace('-', "_"));
    bindgen.web(true)?.omit_default_module_path(false).generate_output().context("wasm-bindgen failed")
}

fn write(output: &mut Output, folder: &Path) -> Result<()> {
    empty(folder)?;
    output.emit(folder).context("wasm-bindgen failed")?;
    fs::write(folder.join("package.json"), "{\"type\": \"module\"}\n").context("cannot write package.json")
}

fn bindgen(module: &Path, name: &str) -> Bindgen {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen
}

fn optimise(program: &Path, folder: &Path) -> Result<()> {
    let step = Step::start("wasm-opt: making the modules smaller");
    for module in workspace::files(folder)?.iter().filter(|path| path.extension().is_some_and(|one| one == "wasm")) {
        let mut command = Command::new(program);
        command.args(OPTIMISATIONS).args(WASM_FEATURES).arg(module).arg("-o").arg(module);
        capture(&mut command)?;
    }
    step.done("");
    Ok(())
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
