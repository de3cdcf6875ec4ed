//! Real servers on one database: started, killed in the middle of anything, started again.

use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

/// A server gets so long to answer after its start.
const START_MAX: Duration = Duration::from_secs(60);

/// How servers are started.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The binary `concord`.
    pub binary: PathBuf,
    /// The database.
    pub database_url: String,
    /// The folder of keys, logs and the clock's file.
    pub folder: PathBuf,
    /// More variables of the environment.
    pub env: Vec<(String, String)>,
    /// How far the clock of each server is ahead of the one before it, in milliseconds.
    pub skew_ms: i64,
}

/// A server.
struct Server {
    port: u16,
    child: Mutex<Option<Child>>,
}

/// All servers.
pub struct Cluster {
    setup: Setup,
    servers: Vec<Server>,
    /// By how much all clocks were moved, in milliseconds.
    moved: AtomicI64,
}

impl Setup {
    /// The file that moves the clock of a server.
    fn clock_file(&self, port: u16) -> PathBuf {
        self.folder.join(format!("clock-{port}"))
    }

    fn log(&self, port: u16) -> PathBuf {
        self.folder.join(format!("server-{port}.log"))
    }
}

/// A port that nobody listens on.
fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

impl Cluster {
    /// Starts so many servers; the first one makes the shop.
    ///
    /// # Errors
    /// If one does not answer in time.
    pub async fn start(setup: Setup, count: usize) -> Result<Self> {
        std::fs::create_dir_all(&setup.folder)?;
        let ports = (0..count).map(|_| free_port()).collect::<Result<Vec<_>>>()?;
        let servers = ports.into_iter().map(|port| Server { port, child: Mutex::new(None) }).collect();
        let cluster = Self { setup, servers, moved: AtomicI64::new(0) };
        cluster.jump(0).await?;
        for server in 0..count {
            cluster.revive(server).await?;
        }
        Ok(cluster)
    }

    /// How many servers there are, alive or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.servers.len()
    }

    /// The address of a server.
    #[must_use]
    pub fn base(&self, server: usize) -> String {
        format!("http://127.0.0.1:{}", self.servers[server % self.servers.len()].port)
    }

    /// Kills a server as a power cut would.
    pub fn kill(&self, server: usize) {
        let server = &self.servers[server % self.servers.len()];
        let child = server.child.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(mut child) = child {
            // `kill` sends SIGKILL on Unix. One that is dead already is no fault.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts a server that is dead and waits until it answers.
    ///
    /// # Errors
    /// If it does not answer in time.
    pub async fn revive(&self, server: usize) -> Result<()> {
        let server = &self.servers[server % self.servers.len()];
        let child = self.spawn(server.port)?;
        *server.child.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(child);
        let ready = format!("http://127.0.0.1:{}/readyz", server.port);
        let begun = Instant::now();
        while begun.elapsed() < START_MAX {
            if reqwest::get(&ready).await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        bail!(
            "the server on port {} does not answer; its log is {}",
            server.port,
            self.setup.log(server.port).display()
        )
    }

    fn spawn(&self, port: u16) -> Result<Child> {
        let path = self.setup.log(port);
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&path)?;
        let errors = log.try_clone()?;
        let mut command = Command::new(&self.setup.binary);
        command.args(["serve", "--demo", "--addr", &format!("127.0.0.1:{port}")]);
        command.args(["--auth-per-minute", "100000", "--orders-per-minute", "1000000"]);
        command.env("CONCORD_DATABASE_URL", &self.setup.database_url).env("CONCORD_DATA_DIR", &self.setup.folder);
        command.env("CONCORD_CLOCK_FILE", self.setup.clock_file(port)).env("NO_COLOR", "1");
        command.envs(self.setup.env.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        command.spawn().with_context(|| format!("cannot start {}", self.setup.binary.display()))
    }

    /// What time it is for the first server, in seconds since 1970.
    #[must_use]
    pub fn now_seconds(&self) -> i64 {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(now.as_secs()).unwrap_or(i64::MAX).saturating_add(self.moved.load(Ordering::SeqCst) / 1000)
    }

    /// The addresses at which the servers hear a payment provider.
    #[must_use]
    pub fn hooks(&self) -> Vec<String> {
        (0..self.count()).map(|server| format!("{}/api/v1/hooks/stripe", self.base(server))).collect()
    }

    /// Everything that servers have written to their logs.
    #[must_use]
    pub fn logs(&self) -> String {
        let read = |server: &Server| std::fs::read_to_string(self.setup.log(server.port)).unwrap_or_default();
        self.servers.iter().map(read).collect()
    }

    /// Moves all clocks forward.
    ///
    /// # Errors
    /// If the file can't be written.
    pub async fn jump(&self, seconds: i64) -> Result<()> {
        let moved = self.moved.fetch_add(seconds * 1000, Ordering::SeqCst) + seconds * 1000;
        for (server, skew) in self.servers.iter().zip(0..) {
            write_whole(&self.setup.clock_file(server.port), &(moved + skew * self.setup.skew_ms).to_string())?;
        }
        // Servers read it twenty times a second.
        tokio::time::sleep(Duration::from_millis(120)).await;
        Ok(())
    }
}

/// Nobody reads half a file.
fn write_whole(file: &Path, text: &str) -> Result<()> {
    let draft = file.with_extension("new");
    std::fs::write(&draft, text)?;
    Ok(std::fs::rename(draft, file)?)
}

impl Drop for Cluster {
    fn drop(&mut self) {
        (0..self.servers.len()).for_each(|server| self.kill(server));
    }
}
