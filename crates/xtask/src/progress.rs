//! A bar for programs that say how far they are.

use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};

use crate::process::Running;

/// Runs a program that writes lines such as `imported 1500/67000` and shows them as a bar. Returns whether it succeeded, and its other lines.
pub fn follow(command: &mut Command, label: &str) -> Result<(bool, Vec<String>)> {
    let mut child = Running::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let bar = bar(label);
    let mut said = Vec::new();
    for line in child.lines() {
        match position(&line) {
            Some((done, total)) => {
                bar.set_length(total);
                bar.set_position(done);
            }
            None => said.push(line),
        }
    }
    bar.finish_and_clear();
    Ok((child.wait()?.success(), said))
}

fn bar(label: &str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(label.to_owned());
    if let Ok(style) = ProgressStyle::with_template("  {msg} {bar:40} {human_pos}/{human_len}  {eta} left") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The first `done/total` of a line that says how far the program is, such as `imported 1500/67000`.
fn position(line: &str) -> Option<(u64, u64)> {
    let pair = line.split_whitespace().find_map(|word| word.split_once('/'))?;
    let number = |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u64>().ok();
    let (done, total) = (number(pair.0)?, number(pair.1)?);
    (done <= total).then_some((done, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_how_far_the_program_is() {
        assert_eq!(position("imported 1500/67000 products"), Some((1500, 67000)));
        assert_eq!(position("wrote /tmp/a.csv"), None);
        assert_eq!(position("row 7: price is missing"), None);
    }
}
