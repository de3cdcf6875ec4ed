//! What others wrote about payment providers, for our tests: a server that behaves like Stripe's, and libraries that sign and verify. From PyPI, in a folder
//! under `target`, so that nothing of the machine changes.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::python;

/// In exactly these versions.
const PACKAGES: [&str; 3] = ["localstripe==1.15.10", "wechatpayv3==2.0.4", "alipay-sdk-python==3.7.1411"];
/// How often, every tenth of a second, the server is looked for.
const LOOKS_MAX: u32 = 150;

/// The running server, and the Python that it runs in. Dropping it stops the server.
pub struct Providers {
    python: PathBuf,
    server: Child,
    url: String,
}

impl Providers {
    pub fn start() -> Result<Self> {
        let python = installed()?;
        let port = TcpListener::bind(("127.0.0.1", 0)).context("no free port on loopback")?.local_addr()?.port();
        let mut command = Command::new(&python);
        command.args(["-m", "localstripe", "--from-scratch", "--port", &port.to_string()]);
        command.current_dir(std::env::temp_dir()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = command.spawn().context("cannot start localstripe")?;
        let mut providers = Self { python, server, url: format!("http://127.0.0.1:{port}") };
        providers.wait(port)?;
        println!("localstripe is at {}", providers.url);
        Ok(providers)
    }

    fn wait(&mut self, port: u16) -> Result<()> {
        for _ in 0..LOOKS_MAX {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(());
            }
            if let Some(status) = self.server.try_wait()? {
                bail!(
                    "localstripe ended at once ({status}); run `{} -m localstripe` to see why",
                    self.python.display()
                );
            }
            sleep(Duration::from_millis(100));
        }
        bail!("localstripe does not answer on port {port}")
    }

    /// The address of the server.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The Python that has the libraries.
    pub fn python(&self) -> &Path {
        &self.python
    }
}

impl Drop for Providers {
    fn drop(&mut self) {
        // It keeps nothing that has to be written.
        if let Err(error) = self.server.kill().and_then(|()| self.server.wait()) {
            println!("warning: localstripe may still be running: {error}");
        }
    }
}

fn installed() -> Result<PathBuf> {
    python::with("python", &PACKAGES, "localstripe and the providers' libraries are Python")
}
