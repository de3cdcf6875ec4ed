//! PostgreSQL with a synchronous standby on this machine, and a door that leads to whichever of them is the primary.

use crate::crash::until;
use anyhow::{Context, Result, bail};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};

/// Whoever runs PostgreSQL, which refuses to run as root.
const USER: &str = "postgres";
/// A promotion takes at most so long.
const PROMOTION_MAX: Duration = Duration::from_secs(60);

/// Two servers, of which one follows the other, and the door.
pub struct Pair {
    programs: PathBuf,
    folder: PathBuf,
    ports: [u16; 2],
    door: Arc<AtomicU16>,
    at: SocketAddr,
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A program that runs as somebody without rights, if we have all of them.
fn unprivileged(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !root {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", USER, "--"]).arg(program);
    command
}

fn capture(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

impl Pair {
    /// Starts both with the programs of `programs` (`initdb`, `pg_ctl`, `pg_basebackup`, `psql`), in a folder of their own.
    ///
    /// # Errors
    /// If one does not start, or the standby does not follow.
    pub async fn start(programs: &Path) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("concord-pair-{}", std::process::id()));
        let ports = [free_port()?, free_port()?];
        let door = Arc::new(AtomicU16::new(ports[0]));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let at = listener.local_addr()?;
        tokio::spawn(lead(listener, Arc::clone(&door)));
        let pair = Self { programs: programs.to_path_buf(), folder, ports, door, at };
        capture(unprivileged("mkdir").arg("-m").arg("700").arg(&pair.folder))?;
        let mut initdb = unprivileged(pair.programs.join("initdb"));
        capture(initdb.arg("-D").arg(pair.data(0)).args(["-U", USER, "-A", "trust", "-E", "UTF8", "--locale", "C"]))?;
        // Commits wait for the standby; only the first server knows its name, so that the other one waits for nobody when it leads.
        pair.launch(0, "-c synchronous_standby_names=second")?;
        let mut backup = unprivileged(pair.programs.join("pg_basebackup"));
        let source = format!("host=127.0.0.1 port={} user={USER} application_name=second", ports[0]);
        capture(backup.args(["-R", "-X", "stream", "-c", "fast", "-d", &source, "-D"]).arg(pair.data(1)))?;
        pair.launch(1, "")?;
        let follows = async || {
            pair.ask(0, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
                .is_ok_and(|told| told == "1")
        };
        until(PROMOTION_MAX, "the standby's start", follows).await?;
        Ok(pair)
    }

    fn data(&self, server: usize) -> PathBuf {
        self.folder.join(format!("server-{server}"))
    }

    fn launch(&self, server: usize, more: &str) -> Result<()> {
        let settings = format!(
            "-c listen_addresses=127.0.0.1 -c max_connections=200 -c max_wal_senders=4 -p {} -k {} {more}",
            self.ports[server],
            self.folder.display()
        );
        let mut start = unprivileged(self.programs.join("pg_ctl"));
        start.arg("-D").arg(self.data(server)).arg("-l").arg(self.folder.join(format!("log-{server}")));
        // A server that keeps our pipe open would keep us waiting for its end.
        start.args(["-w", "-o", &settings, "start"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if !start.status().context("cannot start pg_ctl")?.success() {
            bail!("PostgreSQL does not start; its log is {}", self.folder.join(format!("log-{server}")).display());
        }
        Ok(())
    }

    fn ask(&self, server: usize, sql: &str) -> Result<String> {
        let mut psql = Command::new(self.programs.join("psql"));
        let port = self.ports[server].to_string();
        let told = capture(psql.args(["-h", "127.0.0.1", "-p", &port, "-U", USER, "-At", "-c", sql, USER]))?;
        Ok(told.trim().to_owned())
    }

    /// The address of whichever leads.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://{USER}@{}/{USER}", self.at)
    }

    /// The primary stops as in a power cut, the standby is promoted, and the door leads there.
    ///
    /// # Errors
    /// If the standby does not become the primary in time.
    pub async fn fail_over(&self) -> Result<()> {
        let mut stop = unprivileged(self.programs.join("pg_ctl"));
        capture(stop.arg("-D").arg(self.data(0)).args(["-m", "immediate", "-w", "stop"]))?;
        // Who watches the primary needs some time to be sure.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let mut promote = unprivileged(self.programs.join("pg_ctl"));
        capture(promote.arg("-D").arg(self.data(1)).args(["-w", "promote"]))?;
        let leads = async || self.ask(1, "SELECT pg_is_in_recovery()").is_ok_and(|told| told == "f");
        until(PROMOTION_MAX, "the promotion", leads).await?;
        self.door.store(self.ports[1], Ordering::SeqCst);
        Ok(())
    }
}

/// Connects everybody who comes with the server that leads at the time.
async fn lead(listener: TcpListener, door: Arc<AtomicU16>) {
    while let Ok((mut from, _)) = listener.accept().await {
        let door = Arc::clone(&door);
        tokio::spawn(async move {
            if let Ok(mut to) = TcpStream::connect(("127.0.0.1", door.load(Ordering::SeqCst))).await {
                // Either side may go away at any time: that is what this is for.
                let _ = copy_bidirectional(&mut from, &mut to).await;
            }
        });
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        for server in 0..2 {
            let mut stop = unprivileged(self.programs.join("pg_ctl"));
            // One that is stopped already is no fault.
            let _ = capture(stop.arg("-D").arg(self.data(server)).args(["-m", "immediate", "stop"]));
        }
        let _ = capture(unprivileged("rm").arg("-r").arg(&self.folder));
    }
}
