//! From a fresh machine to a running shop, in one command.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::bundle::{self, Effort};
use crate::process::{Running, cargo, interrupted};
use crate::ui::Step;
use crate::{toolchain, workspace};

#[derive(clap::Args)]
pub struct Options {
    /// The port on this machine.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// A `sqlite:` or `postgres:` address; without it, SQLite in the data folder.
    #[arg(long)]
    database_url: Option<String>,
    /// Where the shop keeps its files.
    #[arg(long, default_value = "data")]
    data_dir: PathBuf,
    /// Compile the server for speed, as for a real shop: takes minutes longer.
    #[arg(long, conflicts_with = "dev")]
    release: bool,
    /// Compile fast instead: for trying a change.
    #[arg(long)]
    dev: bool,
}

pub fn run(options: &Options) -> Result<()> {
    check_port(options.port)?;
    println!("Preparing Concord (the first time takes about twelve minutes on two cores, later starts take seconds)");
    toolchain::c_compiler()?;
    bundle::build(if options.dev { Effort::Quick } else { Effort::Small })?;
    let profile = if options.dev {
        "dev"
    } else if options.release {
        "release"
    } else {
        START
    };
    let server = build_server(profile)?;
    let data = workspace::root().join(&options.data_dir);
    std::fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
    let url = database_url(options.database_url.as_deref(), &data);
    start(&server, options.port, &url, &data)
}

/// Better now than after the build.
fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(error) => bail!("port {port} cannot be used ({error}); take another with --port"),
    }
}

/// The database named by the user, or the one in the data folder.
pub fn database_url(given: Option<&str>, data: &Path) -> String {
    given.map_or_else(|| format!("sqlite://{}?mode=rwc", data.join("concord.db").display()), str::to_owned)
}

/// The profile that compiles soon and runs well.
pub const START: &str = "start";

/// Builds the server with a profile and returns its path.
pub fn build_server(profile: &str) -> Result<PathBuf> {
    let mut cargo = cargo();
    cargo.args(["build", "--package", "server"]);
    let folder = if profile == "dev" { "debug" } else { profile };
    cargo.args(["--profile", profile]);
    Step::start(&format!("compiling the server ({profile} profile)")).run(&mut cargo)?;
    Ok(workspace::target().join(folder).join("concord"))
}

/// Runs the server until it ends or is interrupted; an interrupt is not an error.
fn start(server: &Path, port: u16, database_url: &str, data: &Path) -> Result<()> {
    let mut command = Command::new(server);
    command.arg("serve").arg("--addr").arg(format!("127.0.0.1:{port}")).arg("--database-url").arg(database_url);
    command.arg("--data-dir").arg(data).arg("--site-dir").arg(workspace::site()).arg("--demo");
    command.current_dir(workspace::root());
    let status = Running::start(&mut command)?.wait()?;
    if status.success() || interrupted() {
        return Ok(());
    }
    bail!("the server stopped: {status}")
}
