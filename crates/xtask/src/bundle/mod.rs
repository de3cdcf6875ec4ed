//! The browser bundle: the page's wasm, its glue, the style sheet and the static files, in `target/site`.

mod css;
mod inputs;
mod panics;
mod site;
mod wasm;

use anyhow::Result;

pub use site::brotli;
pub use wasm::{node_module, small_web_module, web_module};

use crate::toolchain;
use crate::ui::{Step, kilobytes};

#[derive(clap::Args)]
pub struct Options {
    /// Compile fast instead of small: for trying a change, never for measuring.
    #[arg(long)]
    dev: bool,
    /// Build even if nothing has changed.
    #[arg(long)]
    force: bool,
}

/// How much work goes into the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What customers get: optimised for size and compressed as far as it goes.
    Small,
    /// What a developer waits for.
    Quick,
}

pub fn run(options: &Options) -> Result<()> {
    let effort = if options.dev { Effort::Quick } else { Effort::Small };
    if options.force {
        inputs::forget()?;
    }
    build(effort)
}

/// Builds what has changed since the last bundle, and nothing if that is nothing.
pub fn build(effort: Effort) -> Result<()> {
    let inputs = inputs::hash(effort)?;
    let optimising = effort == Effort::Small && toolchain::node::present();
    let last = inputs::last();
    if let Some(last) = last.as_ref().filter(|last| last.inputs == inputs && last.optimised == optimising) {
        println!("  ✓ browser bundle {} is up to date", last.build);
        return Ok(());
    }
    let compiler = toolchain::wasm_compiler()?;
    let wasm_opt = if effort == Effort::Small { toolchain::node::wasm_opt()? } else { None };
    let page = wasm::page(compiler, effort, wasm_opt.as_deref())?;
    let sheets = css::build()?;
    let step = Step::start("compressing and writing target/site");
    let manifest = site::write(page, sheets, effort)?;
    step.done(&format!(
        "wasm {}, first page {} to download; parts: {}",
        kilobytes(manifest.wasm_bytes),
        kilobytes(manifest.download_bytes()),
        manifest.parts_line()
    ));
    inputs::remember(&inputs::Last { inputs, build: manifest.build, optimised: wasm_opt.is_some() })
}
