//! Measures what matters and prints one table: quotes natively and as WebAssembly, sizes, and the server under load.

mod loops;
mod pages;
pub mod peers;
mod quotes;
mod server;
mod sizes;

use anyhow::Result;
use clap::ValueEnum;

#[derive(clap::Args)]
pub struct Options {
    /// Only one part.
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Also measures other systems on the same workload, by their harnesses in the shared folder: `--peers`, or `--peers rules,medusa,oscar`.
    #[arg(long, value_enum, value_delimiter = ',', num_args = 0.., default_missing_value = "rules")]
    peers: Vec<peers::Peer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The pricing core, natively and as WebAssembly.
    Quotes,
    /// What a browser downloads.
    Sizes,
    /// The server's pages and API under load.
    Server,
    /// Lighthouse's scores of the pages.
    Pages,
}

/// A row of the table: what was measured, and the figure.
type Row = (String, String);

pub fn run(options: &Options) -> Result<()> {
    let wants = |part: Part| options.only.is_none_or(|only| only == part);
    let mut rows: Vec<Row> = Vec::new();
    if wants(Part::Quotes) {
        let shared = peers::folder();
        let (measured, times) = quotes::measure(shared.as_deref())?;
        rows.extend(measured);
        match shared {
            Some(folder) => rows.extend(peers::measure(&folder, &options.peers, &times)?),
            None => rows.push((
                "peers' workload".to_owned(),
                "not measured: CONCORD_SHARED names no folder with it".to_owned(),
            )),
        }
    }
    if wants(Part::Sizes) {
        rows.extend(sizes::measure()?);
    }
    if wants(Part::Server) {
        rows.extend(server::measure()?);
    }
    if wants(Part::Pages) {
        rows.extend(pages::measure()?);
    }
    let width = rows.iter().map(|(what, _)| what.chars().count()).max().unwrap_or(0);
    println!();
    rows.iter().for_each(|(what, figure)| println!("{what:width$}  {figure}"));
    Ok(())
}
