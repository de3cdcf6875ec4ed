//! One build of the core as a program that carries out the commands of `crates/conformance/src/bin/parity.rs`.

use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};

use super::Native;
use crate::process::{cargo, describe};
use crate::ui::Step;
use crate::{toolchain, workspace};

/// A program, and what comes before the command's words.
pub struct Side {
    /// For people.
    pub name: &'static str,
    program: PathBuf,
    arguments: Vec<PathBuf>,
    chromium: Option<PathBuf>,
}

/// The native build, compiled if need be.
pub fn native(build: Native) -> Result<Side> {
    let mut cargo = cargo();
    let folder = match build {
        Native::Release => {
            cargo.args(["build", "--package", "conformance", "--bin", "parity", "--release"]);
            "release"
        }
        Native::Debug => {
            // The packages of the native tests, so that cargo settles on the same features and has nothing to compile.
            cargo.args(["build", "--workspace", "--exclude", "frontend", "--exclude", "xtask", "--bin", "parity"]);
            "debug"
        }
    };
    Step::start(&format!("compiling the native side ({folder})")).run(&mut cargo)?;
    let program = workspace::target().join(folder).join("parity");
    Ok(Side { name: "native", program, arguments: Vec::new(), chromium: None })
}

/// The module in Node.
pub fn node(module: &Path) -> Side {
    let script = workspace::root().join("tests/parity/node.mjs");
    Side { name: "Node", program: "node".into(), arguments: vec![script, module.to_owned()], chromium: None }
}

/// The module in Chromium, driven by Node.
pub fn chromium(module: &Path) -> Result<Side> {
    let chromium = toolchain::chromium()?;
    let folder = workspace::root().join("tests/browser");
    toolchain::node::install_packages(&folder, "they drive the browser")?;
    let arguments = vec![folder.join("parity-side.mjs"), module.to_owned()];
    Ok(Side { name: "Chromium", program: "node".into(), arguments, chromium: Some(chromium) })
}

impl Side {
    /// Starts a command. It shares our process group, so that the terminal's Ctrl-C ends it with us.
    pub fn start(&self, words: &[&str]) -> Result<Talking> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).args(words).stdin(Stdio::null()).stdout(Stdio::piped());
        if let Some(chromium) = &self.chromium {
            command.env("CHROMIUM", chromium);
        }
        let what = describe(&command);
        let mut child = command.spawn().with_context(|| format!("cannot start `{what}`"))?;
        let out = child.stdout.take().context("the program's output is not ours")?;
        Ok(Talking { child, lines: BufReader::new(out).lines(), what })
    }

    /// All lines that a command prints.
    pub fn lines(&self, words: &[&str]) -> Result<Vec<String>> {
        let mut talking = self.start(words)?;
        let lines = talking.lines.by_ref().collect::<std::io::Result<_>>()?;
        talking.end()?;
        Ok(lines)
    }
}

/// A command that is being carried out. It is ended when nobody listens any more.
pub struct Talking {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    what: String,
}

impl Talking {
    /// The next line.
    pub fn line(&mut self) -> Result<String> {
        match self.lines.next() {
            Some(line) => Ok(line?),
            None => bail!("`{}` ended too early ({})", self.what, self.child.wait()?),
        }
    }

    /// Waits for the end; it is an error unless the program says that all went well.
    pub fn end(mut self) -> Result<()> {
        let status = self.child.wait()?;
        if !status.success() {
            bail!("`{}` failed ({status})", self.what);
        }
        Ok(())
    }
}

impl Drop for Talking {
    fn drop(&mut self) {
        // It has mostly ended by itself, and nothing of it is kept.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
