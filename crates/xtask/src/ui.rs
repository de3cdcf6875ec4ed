//! What a person sees while something long runs: one line per step, with its time.

use std::io::IsTerminal;
use std::process::{Command, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::process::{Running, describe};

/// Without a terminal, a sign of life is printed this often.
const HEARTBEAT_SECONDS: u64 = 30;

/// One step of a longer job.
pub struct Step {
    label: String,
    started: Instant,
    spinner: Option<ProgressBar>,
}

impl Step {
    pub fn start(label: &str) -> Self {
        let spinner = std::io::stdout().is_terminal().then(|| spinner(label));
        if spinner.is_none() {
            println!("  … {label}");
        }
        Self { label: label.to_owned(), started: Instant::now(), spinner }
    }

    /// Shows what is going on right now. Only a terminal shows it: a log keeps the lines that matter.
    pub fn detail(&self, text: &str) {
        if let Some(spinner) = &self.spinner {
            spinner.set_message(format!("{}  {}", self.label, shorten(text, 60)));
        }
    }

    /// Shows how much is done. Without a terminal it is said at each tenth; `told` keeps which was said last.
    pub fn progress(&self, done: u64, all: u64, told: &mut u64) {
        let text = format!("{done} of {all}");
        self.detail(&text);
        let tenth = done * 10 / all.max(1);
        if tenth > *told {
            *told = tenth;
            self.heartbeat(&text);
        }
    }

    fn heartbeat(&self, text: &str) {
        if self.spinner.is_none() {
            println!("    {}  {}", seconds(self.started.elapsed()), shorten(text, 80));
        }
    }

    /// Ends the step; `result` says in a few words what came out, or is empty.
    pub fn done(self, result: &str) {
        self.end("✓", result);
    }

    pub fn failed(self) {
        self.end("✗", "failed");
    }

    fn end(self, mark: &str, result: &str) {
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
        let line = format!("  {mark} {}  {}  {result}", self.label, seconds(self.started.elapsed()));
        println!("{}", line.trim_end());
    }

    /// Runs a program whose output matters only if it fails; then all of it is shown.
    pub fn run(self, command: &mut Command) -> Result<()> {
        let mut child = Running::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
        let said = self.follow(&child.lines());
        if child.wait()?.success() {
            self.done("");
            return Ok(());
        }
        self.failed();
        said.iter().filter(|line| !is_chatter(line)).for_each(|line| println!("{line}"));
        bail!("`{}` failed", describe(command))
    }

    fn follow(&self, lines: &std::sync::mpsc::Receiver<String>) -> Vec<String> {
        let mut said = Vec::<String>::new();
        let mut next_beat = HEARTBEAT_SECONDS;
        loop {
            match lines.recv_timeout(Duration::from_secs(1)) {
                Ok(line) => {
                    self.detail(line.trim());
                    said.push(line);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return said,
            }
            if self.started.elapsed().as_secs() >= next_beat {
                self.heartbeat(said.last().map_or("", |line| line.trim()));
                next_beat += HEARTBEAT_SECONDS;
            }
        }
    }
}

/// What cargo says about the hundreds of crates that did compile.
fn is_chatter(line: &str) -> bool {
    ["Compiling ", "Checking ", "Downloaded ", "Downloading "].iter().any(|start| line.trim_start().starts_with(start))
}

fn spinner(label: &str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(label.to_owned());
    if let Ok(style) = ProgressStyle::with_template("  {spinner} {elapsed:>4}  {msg}") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}

/// A duration for people: tenths matter only while it is short.
pub fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0..60 => format!("{:.1} s", duration.as_secs_f32()),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

/// Thousands of bytes, as sizes of downloads are written.
pub fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

fn shorten(text: &str, length_max: usize) -> String {
    if text.chars().count() <= length_max {
        return text.to_owned();
    }
    text.chars().take(length_max - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_short_and_long_times() {
        assert_eq!(seconds(Duration::from_millis(1540)), "1.5 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn shortens_by_characters_and_not_by_bytes() {
        assert_eq!(shorten("编译中编译中", 4), "编译中…");
        assert_eq!(shorten("short", 5), "short");
    }
}
