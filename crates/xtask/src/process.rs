//! Starting other programs, so that Ctrl-C reaches them exactly once and nothing is left running.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use anyhow::{Context, Result, bail};

static RUNNING: Mutex<Option<u32>> = Mutex::new(None);
static INTERRUPTS: AtomicU32 = AtomicU32::new(0);
static CLEANING_UP: AtomicBool = AtomicBool::new(false);

/// From now on an interrupt goes to the running child, and this program lives on to clean up after it.
pub fn forward_interrupts() {
    let handler = || {
        let count = INTERRUPTS.fetch_add(1, Ordering::SeqCst);
        let running = RUNNING.lock().map_or(None, |running| *running);
        match running {
            Some(child) => signal_group(child, if count == 0 { "-INT" } else { "-KILL" }),
            // Something outlives its step, and is stopped at the end: the job looks at `interrupted` between its steps.
            None if CLEANING_UP.load(Ordering::SeqCst) => {}
            None => std::process::exit(130),
        }
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        eprintln!("warning: Ctrl-C may leave programs running: {error}");
    }
}

/// Whether the user has asked to stop.
pub fn interrupted() -> bool {
    INTERRUPTS.load(Ordering::SeqCst) > 0
}

/// From now on an interrupt between two children does not end us at once: there is something to clean up.
pub fn promise_cleanup() {
    CLEANING_UP.store(true, Ordering::SeqCst);
}

fn signal_group(child: u32, signal: &str) {
    let outcome = Command::new("kill").args([signal, "--", &format!("-{child}")]).status();
    if let Err(error) = outcome {
        eprintln!("warning: cannot send {signal} to process {child}: {error}");
    }
}

/// A started child. It has a process group of its own: the terminal's Ctrl-C reaches only us, and we pass it on.
pub struct Running(Child);

impl Running {
    pub fn start(command: &mut Command) -> Result<Self> {
        own_group(command);
        let child =
            command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start `{}`", describe(command)))?;
        remember(Some(child.id()));
        Ok(Self(child))
    }

    pub fn wait(mut self) -> Result<ExitStatus> {
        let status = self.0.wait();
        remember(None);
        status.context("lost track of a program that was started")
    }

    /// The lines of both outputs, as they come. Ends when the child has closed both.
    pub fn lines(&mut self) -> Receiver<String> {
        let (sender, receiver) = channel();
        if let Some(stdout) = self.0.stdout.take() {
            read_lines(stdout, sender.clone());
        }
        if let Some(stderr) = self.0.stderr.take() {
            read_lines(stderr, sender);
        }
        receiver
    }
}

fn remember(child: Option<u32>) {
    if let Ok(mut running) = RUNNING.lock() {
        *running = child;
    }
}

fn read_lines(source: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(source);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            if sender.send(String::from_utf8_lossy(&line).trim_end().to_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

/// Runs the command, shows its output as it comes, and returns it as well.
pub fn stream(command: &mut Command) -> Result<(bool, Vec<String>)> {
    let mut child = Running::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let lines = child.lines().into_iter().inspect(|line| println!("{line}")).collect();
    Ok((child.wait()?.success(), lines))
}

/// Runs the command and returns its standard output, or an error with what it said.
pub fn capture(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{}`", describe(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {}", describe(command), output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as one would type it.
pub fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The full path of a program, if it is installed.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A fresh `cargo`, without the variables that the cargo which started us has set for us alone.
pub fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(crate::workspace::root());
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "LD_LIBRARY_PATH" {
            command.env_remove(&*name);
        }
    }
    command
}
