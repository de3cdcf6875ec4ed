//! Big demo catalogues from real data, for shops that want to see how it feels with tens of thousands of products.

pub mod grocery;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::describe;
use crate::{progress, serve, toolchain, workspace};

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
    import(&server, &list, &url, &data)
}

/// Lets the server import the list, which checks and stores it as it does for any shop.
fn import(server: &Path, list: &Path, database_url: &str, data: &Path) -> Result<()> {
    let mut command = Command::new(server);
    command.args(["import", "products"]).arg(list).args(["--commit", "--database-url", database_url]);
    command.arg("--data-dir").arg(data);
    let (done, said) = progress::follow(command.current_dir(workspace::root()), "importing")?;
    said.iter().for_each(|line| println!("{line}"));
    if done {
        return Ok(());
    }
    // The address may hold a password, so only the beginning is repeated.
    bail!(
        "the import failed; the lines above say why (`{}`)",
        describe(Command::new(server).args(["import", "products"]).arg(list))
    )
}
