//! Big demo catalogues from real data, for shops that want to see how it feels with tens of thousands of products.

mod grocery;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::process::{Running, describe};
use crate::{serve, toolchain, workspace};

#[derive(clap::Args)]
pub struct Options {
    /// Some 68,000 groceries with the prices that 2,469 households paid for them.
    #[arg(long, required = true)]
    grocery: bool,
    /// Only write the product list, and import nothing.
    #[arg(long)]
    csv_only: bool,
    /// The shop's database; without it, SQLite in the data folder.
    #[arg(long)]
    database_url: Option<String>,
    /// Where the shop keeps its files.
    #[arg(long, default_value = "data")]
    data_dir: PathBuf,
    /// Compile the server fast instead of for speed.
    #[arg(long)]
    dev: bool,
}

pub fn run(options: &Options) -> Result<()> {
    debug_assert!(options.grocery, "it is the only catalogue so far, so it is required");
    let data = workspace::root().join(&options.data_dir);
    std::fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
    let list = grocery::product_list(&data)?;
    if options.csv_only {
        return Ok(());
    }
    toolchain::c_compiler()?;
    let server = serve::build_server(if options.dev { "dev" } else { serve::START })?;
    let url = serve::database_url(options.database_url.as_deref(), &data);
    import(&server, &list, &url)
}

/// Lets the server import the list, which checks and stores it as it does for any shop.
fn import(server: &Path, list: &Path, database_url: &str) -> Result<()> {
    let mut command = Command::new(server);
    command.args(["import", "products"]).arg(list).args(["--commit", "--database-url", database_url]);
    command.current_dir(workspace::root()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Running::start(&mut command)?;
    let bar = progress_bar();
    for line in child.lines() {
        match progress(&line) {
            Some((done, total)) => {
                bar.set_length(total);
                bar.set_position(done);
            }
            None => bar.suspend(|| println!("{line}")),
        }
    }
    bar.finish_and_clear();
    if child.wait()?.success() {
        return Ok(());
    }
    // The address may hold a password, so only the beginning is repeated.
    bail!(
        "the import failed; the lines above say why (`{}`)",
        describe(Command::new(server).args(["import", "products"]).arg(list))
    )
}

fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("  importing {bar:40} {human_pos}/{human_len}  {eta} left") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The first `done/total` of a line that says how far the import is, such as `imported 1500/67000`.
fn progress(line: &str) -> Option<(u64, u64)> {
    let pair = line.split_whitespace().find_map(|word| word.split_once('/'))?;
    let number = |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u64>().ok();
    let (done, total) = (number(pair.0)?, number(pair.1)?);
    (done <= total).then_some((done, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_how_far_the_import_is() {
        assert_eq!(progress("imported 1500/67000 products"), Some((1500, 67000)));
        assert_eq!(progress("wrote /tmp/a.csv"), None);
        assert_eq!(progress("row 7: price is missing"), None);
    }
}
