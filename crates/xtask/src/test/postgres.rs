//! A PostgreSQL server that lives as long as the run: on loopback, on a free port, in a temporary folder.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{capture, find};
use crate::toolchain;

/// PostgreSQL refuses to run as root.
const USER: &str = "postgres";

/// Nothing here has to survive a crash, and tests open many connections.
const HASTY: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/// Many servers and tests are on one machine here.
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c max_connections=300 -c shared_buffers=512MB";

/// The running server. Dropping it stops and removes it.
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    url: String,
}

impl Postgres {
    /// For tests: what it says is not on disk yet.
    pub fn start() -> Result<Self> {
        Self::start_with(HASTY)
    }

    /// For trials and figures: what is committed is on disk.
    pub fn durable() -> Result<Self> {
        Self::start_with("")
    }

    fn start_with(more: &str) -> Result<Self> {
        let programs = programs()?;
        let port = free_port()?;
        let folder = std::env::temp_dir().join(format!("concord-pg-{}", std::process::id()));
        // Made before the first program runs, so that a start that fails half-way is cleaned up, too.
        let server = Self { programs, url: format!("postgres://{USER}@127.0.0.1:{port}/{USER}"), folder };
        server.create()?;
        server.launch(port, more)?;
        println!("PostgreSQL is at {}", server.url);
        Ok(server)
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    fn create(&self) -> Result<()> {
        capture(unprivileged("mkdir").arg("-m").arg("700").arg(&self.folder))?;
        let mut initdb = unprivileged(self.programs.join("initdb"));
        initdb.arg("-D").arg(self.data()).args([
            "--username",
            USER,
            "--auth",
            "trust",
            "--no-sync",
            "--encoding",
            "UTF8",
        ]);
        capture(initdb.args(["--locale", "C"])).map(drop)
    }

    /// Its output goes to a file: a server that keeps our pipe open would keep us waiting for its end.
    fn launch(&self, port: u16, more: &str) -> Result<()> {
        let log = self.folder.join("log");
        let settings = format!("{SETTINGS} {more} -p {port} -k {}", self.folder.display());
        let mut pg_ctl = unprivileged(self.programs.join("pg_ctl"));
        pg_ctl.args(["start", "--wait", "--silent", "-D"]).arg(self.data()).arg("-l").arg(&log).args(["-o", &settings]);
        let started = pg_ctl.stdout(std::process::Stdio::null()).status().context("cannot start pg_ctl")?;
        if started.success() {
            return Ok(());
        }
        bail!("PostgreSQL does not start: {}", std::fs::read_to_string(log).unwrap_or_default())
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn stop(&self) -> Result<()> {
        if self.data().join("postmaster.pid").exists() {
            let mut pg_ctl = unprivileged(self.programs.join("pg_ctl"));
            capture(pg_ctl.args(["stop", "--mode", "immediate", "-D"]).arg(self.data()))?;
        }
        capture(unprivileged("rm").arg("-rf").arg(&self.folder)).map(drop)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            println!("warning: the PostgreSQL in {} may still be there: {error:#}", self.folder.display());
        }
    }
}

/// The folder of `initdb` and its like, after installing them if need be. Debian keeps them off PATH.
pub fn programs() -> Result<PathBuf> {
    if let Some(folder) = installed() {
        return Ok(folder);
    }
    toolchain::install(&["postgresql"], "the storage tests also run on PostgreSQL")?;
    installed().context("postgresql was installed but there is no initdb; put its folder on PATH")
}

fn installed() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort_by_key(|folder| version_of(folder));
    let on_path = || find("initdb").and_then(|program| Some(program.parent()?.to_path_buf()));
    folders.into_iter().rev().find(|folder| folder.join("initdb").is_file()).or_else(on_path)
}

fn version_of(folder: &Path) -> u32 {
    let version = folder.parent().and_then(Path::file_name);
    version.and_then(|version| version.to_string_lossy().parse().ok()).unwrap_or(0)
}

/// The program as an ordinary user, in a folder that such a user may be in.
fn unprivileged(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let is_root = toolchain::is_root();
    let mut command = Command::new(if is_root { "runuser".as_ref() } else { program.as_ref() });
    if is_root {
        command.args(["-u", USER, "--"]).arg(program);
    }
    command.current_dir(std::env::temp_dir());
    command
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).context("no free port on loopback")?.local_addr()?.port())
}
