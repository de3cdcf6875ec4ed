//! Rust files as the checks see them: text in strings and comments is blanked out, lines that belong to tests are marked.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace;

/// One Rust file.
pub struct Source {
    /// Its path from the workspace's root.
    pub name: String,
    /// As long as the file, line by line, with blanks for what is in comments, strings and characters.
    pub code: String,
    /// For each line, whether it is test code.
    is_test: Vec<bool>,
}

impl Source {
    pub fn new(name: &str, text: &str) -> Self {
        let code = mask(text);
        let whole = name.starts_with("tests/") || name.contains("/tests/") || name.ends_with("tests.rs");
        let is_test = if whole { vec![true; code.lines().count()] } else { test_lines(&code) };
        Self { name: name.to_owned(), code, is_test }
    }

    /// The number, counted from 1, of the line at this offset.
    pub fn line_at(&self, offset: usize) -> usize {
        self.code[..offset].matches('\n').count() + 1
    }

    /// Lines of code that is shipped, with their numbers.
    pub fn shipped_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.code.lines().zip(&self.is_test).enumerate();
        lines.filter(|(_, (_, is_test))| !**is_test).map(|(index, (line, _))| (index + 1, line))
    }
}

/// All Rust files of the workspace.
pub fn all() -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for folder in ["app", "crates", "tests"] {
        for path in workspace::files(&workspace::root().join(folder))? {
            if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(read(&path)?);
            }
        }
    }
    Ok(sources)
}

fn read(path: &Path) -> Result<Source> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Source::new(&workspace::relative(path), &text))
}

/// Blanks out comments and literals, byte by byte, so that offsets and line numbers stay as they are.
fn mask(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut masked = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let length = literal_length(bytes, at);
        for byte in &bytes[at..at + length.max(1)] {
            let shown = if length > 0 && *byte != b'\n' || !byte.is_ascii() { b' ' } else { *byte };
            masked.push(char::from(shown));
        }
        at += length.max(1);
    }
    masked
}

/// How many bytes the comment or literal that starts here takes; 0 if none starts here.
fn literal_length(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let after_word = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    match rest {
        [b'/', b'/', ..] => rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => block_comment_length(rest),
        [b'"', ..] => string_length(rest),
        [b'r', b'"' | b'#', ..] if !after_word => raw_string_length(rest, 1),
        [b'b' | b'c', b'r', b'"' | b'#', ..] if !after_word => raw_string_length(rest, 2),
        [b'\'', ..] => char_length(rest),
        _ => 0,
    }
}

/// Block comments nest.
fn block_comment_length(rest: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at + 1 < rest.len() {
        match (rest[at], rest[at + 1]) {
            (b'/', b'*') => depth += 1,
            (b'*', b'/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn string_length(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// `prefix` is the length of `r`, `br` or `cr`. A raw identifier such as `r#type` is no string.
fn raw_string_length(rest: &[u8], prefix: usize) -> usize {
    let hashes = rest[prefix..].iter().take_while(|byte| **byte == b'#').count();
    let start = prefix + hashes;
    if rest.get(start) != Some(&b'"') {
        return 0;
    }
    let end = [&b"\""[..], &b"#".repeat(hashes)].concat();
    let body = &rest[start + 1..];
    let found = body.windows(end.len()).position(|window| window == end);
    found.map_or(rest.len(), |position| start + 1 + position + end.len())
}

/// A quote starts a character or a lifetime: a character is closed after one character or an escape.
fn char_length(rest: &[u8]) -> usize {
    let text = &rest[1..rest.len().min(16)];
    if text.first() == Some(&b'\\') {
        let close = text.iter().skip(2).position(|byte| *byte == b'\'');
        return close.map_or(0, |position| position + 4);
    }
    let width = match text.first() {
        Some(0xF0..) => 4,
        Some(0xE0..) => 3,
        Some(0xC0..) => 2,
        _ => 1,
    };
    if text.get(width) == Some(&b'\'') { width + 2 } else { 0 }
}

/// Marks each item under `#[cfg(test)]` or `#[test]`.
fn test_lines(code: &str) -> Vec<bool> {
    let mut marks = vec![false; code.lines().count()];
    for marker in ["#[cfg(test)]", "#[cfg(all(test", "#[cfg(any(test", "#[test]"] {
        for (start, _) in code.match_indices(marker) {
            let end = item_end(code, start + marker.len());
            let first = code[..start].matches('\n').count();
            let last = code[..end].matches('\n').count();
            marks.iter_mut().take(last + 1).skip(first).for_each(|mark| *mark = true);
        }
    }
    marks
}

/// Where the item that starts here ends: at its closing brace, or at a semicolon before any brace.
pub fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, byte) in code.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return offset,
            b'}' => depth -= 1,
            b';' if depth == 0 => return offset,
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_out_comments_and_literals() {
        let text = "let a = \"dbg!(\\\"x\\\")\"; // todo!()\nlet b = r#\"a \" b\"#; /* x /* y */ z */ let c = '\\'';";
        let masked = mask(text);
        assert_eq!(masked.len(), text.len());
        assert!(!masked.contains("dbg") && !masked.contains("todo") && !masked.contains('z') && !masked.contains('\''));
        assert!(masked.contains("let b =") && masked.contains("let c ="));
    }

    #[test]
    fn lifetimes_and_raw_names_stay() {
        let text = "fn f<'a>(r#type: &'a str, c: char) -> bool { c == '人' || c == '{' }";
        let masked = mask(text);
        assert_eq!(masked.len(), text.len());
        assert!(masked.contains("<'a>") && masked.contains("r#type") && !masked.contains("'{'"));
    }

    #[test]
    fn knows_test_code() {
        let text = "fn a() { b.unwrap() }\n#[cfg(test)]\nmod tests {\n    fn x() {}\n}\nfn c() {}\n";
        let shipped: Vec<usize> = Source::new("a.rs", text).shipped_lines().map(|(line, _)| line).collect();
        assert_eq!(shipped, [1, 6]);
        assert_eq!(Source::new("crates/a/tests/b.rs", text).shipped_lines().count(), 0);
        let file_module = "#[cfg(test)]\nmod tests;\nfn a() {}\n";
        assert_eq!(Source::new("a.rs", file_module).shipped_lines().count(), 1);
    }
}
