//! Quotes the same carts by the native and the WebAssembly build of the core and compares the bytes of every quote.
//!
//! Both sides make the carts from their seeds and print a digest for each block of books, so nothing is written to disk and little is
//! sent. Where digests differ, the block is taken apart until the first field that differs is found.

mod locate;
mod side;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::ui::{Step, seconds};
use crate::{bundle, toolchain, workspace};
use side::Side;

const MODULE: &str = "parity-wasm";

/// How many carts are made for each book, as in `crates/conformance/src/parity.rs`.
const CARTS_PER_BOOK: u64 = 10;

/// A digest covers so many books, so a line of either side stands for a thousand carts.
const BLOCK: u64 = 100;

#[derive(clap::Args)]
pub struct Options {
    /// How many generated carts, each quoted in both resolutions.
    #[arg(long, default_value_t = 100_000)]
    carts: u64,
    /// How many of them are also quoted in Chromium.
    #[arg(long, default_value_t = 500)]
    browser: u64,
    /// The seed of the first book.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Only the carts of these generators; all generators share the carts otherwise.
    #[arg(long)]
    generator: Vec<String>,
}

/// What was compared.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    carts: u64,
    cases: u64,
    in_browser: u64,
}

/// Which native build answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Native {
    /// Compiled here, optimised.
    Release,
    /// The one that the native tests have just compiled.
    Debug,
}

pub fn run(options: &Options) -> Result<()> {
    let started = Instant::now();
    let counts = compare(options, Native::Release)?;
    println!(
        "{} carts and {} conformance cases in both resolutions: {} quotes of the same bytes natively and in Node; {} of these carts in Chromium; {}",
        counts.carts,
        counts.cases,
        2 * (counts.carts + counts.cases),
        counts.in_browser,
        seconds(started.elapsed())
    );
    Ok(())
}

/// The comparison for `cargo xtask test`: fewer carts, and none in Chromium.
pub fn quick(carts: u64) -> Result<()> {
    compare(&Options { carts, browser: 0, first: 0, generator: Vec::new() }, Native::Debug).map(|_| ())
}

fn compare(options: &Options, build: Native) -> Result<Counts> {
    let native = side::native(build)?;
    toolchain::node::ensure()?;
    let module = workspace::root().join("target/parity-wasm");
    bundle::web_module(MODULE, &module)?;
    let node = side::node(&module);
    let generators =
        if options.generator.is_empty() { native.lines(&["generators"])? } else { options.generator.clone() };
    let books = |carts: u64| carts.div_ceil(CARTS_PER_BOOK * generators.len().max(1) as u64);
    let mut counts = Counts { cases: cases(&native, &node)?, ..Counts::default() };
    for name in &generators {
        counts.carts += generated(&native, &node, name, options.first, books(options.carts), BLOCK)?;
    }
    if options.browser > 0 {
        let chromium = side::chromium(&module)?;
        for name in &generators {
            counts.in_browser += generated(&native, &chromium, name, options.first, books(options.browser), 5)?;
        }
    }
    Ok(counts)
}

/// Both sides at the same time; the first block that differs ends it.
fn generated(native: &Side, wasm: &Side, generator: &str, first: u64, books: u64, block: u64) -> Result<u64> {
    let step = Step::start(&format!("{}: {} carts of generator {generator}", wasm.name, books * CARTS_PER_BOOK));
    let words = ["digests", generator, &first.to_string(), &books.to_string(), &block.to_string()];
    let (mut left, mut right) = (native.start(&words)?, wasm.start(&words)?);
    let mut told = 0;
    for at in (0..books).step_by(usize::try_from(block)?) {
        let (one, other) = (left.line()?, right.line()?);
        if one != other {
            step.failed();
            bail!("{}", locate::difference(native, wasm, generator, first + at, block.min(books - at))?);
        }
        let done = (at + block).min(books);
        step.progress(done * CARTS_PER_BOOK, books * CARTS_PER_BOOK, &mut told);
    }
    left.end()?;
    right.end()?;
    step.done(&format!("{} quotes, the same bytes", 2 * books * CARTS_PER_BOOK));
    Ok(books * CARTS_PER_BOOK)
}

/// The project's own cases and, where the folder is there, the shared ones.
fn case_files() -> Result<Vec<PathBuf>> {
    let shared = std::env::var_os("CONCORD_SHARED").map_or_else(|| workspace::root().join("../shared"), PathBuf::from);
    let mut files = workspace::files(&workspace::root().join("crates/conformance/cases"))?;
    files.extend(workspace::files(&shared.join("conformance"))?);
    files.retain(|file| file.extension().is_some_and(|end| end == "json"));
    Ok(files)
}

fn cases(native: &Side, wasm: &Side) -> Result<u64> {
    let files = case_files()?;
    if files.is_empty() {
        println!("  ! no conformance cases here; CONCORD_SHARED names the folder that has them");
        return Ok(0);
    }
    let step = Step::start(&format!("{}: conformance cases of {} files", wasm.name, files.len()));
    let names = files.iter().map(|file| file.to_string_lossy());
    let words: Vec<String> = std::iter::once("cases".into()).chain(names).map(std::borrow::Cow::into_owned).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (one, other) = (native.lines(&words)?, wasm.lines(&words)?);
    if let Some(text) = locate::first_difference(&one, &other) {
        step.failed();
        bail!("{} answers otherwise: {text}", wasm.name);
    }
    step.done(&format!("{} quotes, the same bytes", one.len()));
    Ok(one.len() as u64 / 2)
}
