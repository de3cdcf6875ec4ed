//! How many tests passed: read from the closing lines of the test runners.

/// Tests by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Counts {
    pub fn one_passed() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    pub fn one_failed() -> Self {
        Self { failed: 1, ..Self::default() }
    }

    /// Of a check that is one thing: it holds or it does not.
    pub fn of(holds: bool) -> Self {
        if holds { Self::one_passed() } else { Self::one_failed() }
    }

    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }

    /// A runner that fails without a failed test, by a crash for instance, still counts as a failure.
    pub fn judged_by(self, success: bool) -> Self {
        if success || self.failed > 0 { self } else { self.plus(Self::one_failed()) }
    }

    pub fn closing_line(self) -> String {
        let Self { passed, failed, skipped } = self;
        let mut line = format!("{passed} passed, {failed} failed");
        if skipped > 0 {
            line.push_str(&format!(", {skipped} skipped"));
        }
        line
    }
}

/// Reads `Summary [ 0.1s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped`.
pub fn nextest(lines: &[String]) -> Counts {
    let Some(line) = lines.iter().rev().find(|line| line.contains("Summary [")) else { return Counts::default() };
    let mut counts = Counts::default();
    let outcomes = line.split_once("run:").map_or("", |(_, outcomes)| outcomes);
    let words: Vec<&str> = outcomes.split([' ', ',', '(', ')', '/']).filter(|word| !word.is_empty()).collect();
    for pair in words.windows(2) {
        let Ok(count) = pair[0].parse::<u32>() else { continue };
        match pair[1] {
            "passed" => counts.passed += count,
            "failed" | "timed" | "exec" => counts.failed += count,
            "skipped" => counts.skipped += count,
            _ => {}
        }
    }
    counts
}

/// Adds up the lines `test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; …`, one for each test program.
pub fn cargo_test(lines: &[String]) -> Counts {
    let results = lines.iter().filter_map(|line| line.trim_start().strip_prefix("test result:"));
    results.map(one_result).fold(Counts::default(), Counts::plus)
}

fn one_result(result: &str) -> Counts {
    let count = |word: &str| {
        let part = result.split([';', '.']).find(|part| part.trim().ends_with(word));
        part.and_then(|part| part.split_whitespace().next()).and_then(|count| count.parse().ok()).unwrap_or(0)
    };
    Counts { passed: count(" passed"), failed: count(" failed"), skipped: count(" ignored") }
}

/// The lines that name a failed test or an error, each once.
pub fn failures(lines: &[String]) -> impl Iterator<Item = &str> {
    const SIGNS: [&str; 7] = ["FAIL [", "TIMEOUT [", "SIGABRT [", "✖ ", "error", "Diff in ", "thread '"];
    let mut seen = std::collections::BTreeSet::new();
    let named = lines.iter().map(|line| line.trim()).filter(|line| SIGNS.iter().any(|sign| line.starts_with(sign)));
    named.filter(move |line| seen.insert(line.to_owned()))
}

/// Reads Node's closing lines, `ℹ pass 3` or `# pass 3`.
pub fn node(lines: &[String]) -> Counts {
    let count = |word: &str| {
        let mut found = lines.iter().rev().filter_map(|line| closing_count(line, word));
        found.next().unwrap_or(0)
    };
    Counts {
        passed: count("pass"),
        failed: count("fail") + count("cancelled"),
        skipped: count("skipped") + count("todo"),
    }
}

fn closing_count(line: &str, word: &str) -> Option<u32> {
    let rest = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?;
    rest.strip_prefix(word)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn counts(passed: u32, failed: u32, skipped: u32) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn reads_nextest() {
        let text = "────────\n     Summary [   1.2s] 8 tests run: 5 passed (2 slow, 1 flaky), 2 failed, 1 timed out, 4 skipped\n";
        assert_eq!(nextest(&lines(text)), counts(5, 3, 4));
        let stopped = "     Summary [   0.2s] 3/9 tests run: 2 passed, 1 failed, 0 skipped";
        assert_eq!(nextest(&lines(stopped)), counts(2, 1, 0));
        assert_eq!(nextest(&lines("error: no such command")), counts(0, 0, 0));
    }

    #[test]
    fn adds_up_cargo_test() {
        let text = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                    test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(cargo_test(&lines(text)), counts(5, 1, 1));
    }

    #[test]
    fn reads_node() {
        let text = "ℹ tests 6\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\nℹ duration_ms 12.5";
        assert_eq!(node(&lines(text)), counts(3, 2, 1));
        assert_eq!(node(&lines("# pass 2\n# fail 0")), counts(2, 0, 0));
    }

    #[test]
    fn says_what_failed() {
        let text = "   PASS [ 0.1s] a b\n   FAIL [ 0.2s] a c\n  thread 'c' panicked at x.rs:1\n   FAIL [ 0.2s] a c\n✔ fine\n✖ not (2ms)\nerror: no";
        let expected = ["FAIL [ 0.2s] a c", "thread 'c' panicked at x.rs:1", "✖ not (2ms)", "error: no"];
        assert_eq!(failures(&lines(text)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_crash_is_a_failure() {
        assert_eq!(Counts::default().judged_by(false), counts(0, 1, 0));
        assert_eq!(counts(1, 2, 0).judged_by(false), counts(1, 2, 0));
        assert_eq!(counts(1, 0, 2).closing_line(), "1 passed, 0 failed, 2 skipped");
    }
}
