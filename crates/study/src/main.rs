//! How often simpler ways to choose promotions miss the best price, and by how much.
//!
//! Generated shops, promotions and carts (`shop`, `offers`, `carts`) are priced in several ways (`ways`); the differences are counted (`tally`) and
//! written as a table (`report`) and a chart (`chart`) into the docs of the pricing crate. The same seed gives the same files on every machine.

mod carts;
mod chart;
mod draw;
mod offers;
mod report;
mod shop;
mod tally;
mod ways;

use anyhow::{Context as _, Result, anyhow};
use clap::Parser;
use draw::Draw;
use pricing::{CompiledBook, book::Resolution};
use std::path::PathBuf;
use tally::Tally;

/// Promotions in force at once.
const DENSITIES: [usize; 4] = [4, 8, 16, 32];

/// Carts that are filled in one book before the next book is drawn.
const CARTS_PER_BOOK: u64 = 20;

#[derive(Parser)]
#[command(about = "Compares the best price with simpler ways to choose promotions.")]
struct Options {
    /// Carts for each number of promotions.
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    carts: u64,
    /// Where the generated shops begin.
    #[arg(long, default_value_t = 2026)]
    seed: u64,
    /// The folder for `study.md` and `study.svg`.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../pricing/docs"))]
    out: PathBuf,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let mut tallies = Vec::new();
    for density in DENSITIES {
        eprintln!("{} carts with {density} promotions in force", options.carts);
        tallies.push(tally(density, &options)?);
    }
    let write = |name: &str, text: String| {
        let path = options.out.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    write("study.svg", chart::svg(&tallies))?;
    write("study.md", report::markdown(&tallies, options.carts, options.seed))?;
    eprintln!("wrote study.md and study.svg into {}", options.out.display());
    Ok(())
}

fn tally(density: usize, options: &Options) -> Result<Tally> {
    let mut tally = Tally::new(density);
    let (mut book, mut shop) = (None, &shop::SHOPS[0]);
    for at in 0..options.carts {
        let number = at / CARTS_PER_BOOK;
        if at % CARTS_PER_BOOK == 0 {
            let mut draw = Draw::new(options.seed, &[density as u64, number]);
            shop = &shop::SHOPS[(number % shop::SHOPS.len() as u64) as usize];
            let document = offers::book(&mut draw, shop, density);
            book =
                Some(CompiledBook::new(document).map_err(|errors| anyhow!("a generated book is wrong: {errors:?}"))?);
        }
        let book = book.as_ref().expect("the first cart of all draws a book");
        let mut draw = Draw::new(options.seed, &[density as u64, number, at]);
        let (cart, context) = carts::cart(&mut draw, shop, book.document());
        let prices = ways::prices(book, &cart, &context, &mut draw)
            .with_context(|| format!("cart {at} with {density} promotions, seed {}", options.seed))?;
        tally.add(&prices);
    }
    debug_assert_eq!(book.map(|book| book.document().resolution), Some(Resolution::Best));
    Ok(tally)
}
