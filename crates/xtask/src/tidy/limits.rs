//! How long functions and files may get.

use super::source::{Source, item_end};

const FUNCTION_LINES_MAX: usize = 70;
const FILE_LINES_MAX: usize = 400;

/// Files that want to be two.
pub fn long_files(source: &Source) -> Vec<String> {
    let lines = source.code.lines().count();
    if lines <= FILE_LINES_MAX {
        return Vec::new();
    }
    vec![format!("{}:{lines}: {lines} lines, {FILE_LINES_MAX} are allowed", source.name)]
}

/// Functions that want to be several.
pub fn long_functions(source: &Source) -> Vec<String> {
    let starts = source.code.match_indices("fn ").map(|(offset, _)| offset);
    let functions = starts.filter(|offset| is_function(&source.code, *offset));
    functions.filter_map(|offset| too_long(source, offset)).collect()
}

/// `fn` as a word of its own, followed by a name: not the type `fn(u8)` nor the end of another word.
fn is_function(code: &str, offset: usize) -> bool {
    let before = code[..offset].bytes().next_back();
    let is_word = before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && byte != b'_');
    let name = code[offset + 3..].trim_start().bytes().next();
    is_word && name.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

fn too_long(source: &Source, offset: usize) -> Option<String> {
    let first = source.line_at(offset);
    let lines = source.line_at(body_end(&source.code, offset)) - first + 1;
    let name: String = source.code[offset + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let message = || format!("{}:{first}: `{name}` has {lines} lines, {FUNCTION_LINES_MAX} are allowed", source.name);
    (lines > FUNCTION_LINES_MAX).then(message)
}

/// A semicolon inside the parameters, as in `[u8; 4]`, does not end a function without a body.
fn body_end(code: &str, offset: usize) -> usize {
    let mut depth = 0_i32;
    for (at, byte) in code.bytes().enumerate().skip(offset) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' | b';' if depth == 0 => return item_end(code, at),
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(lines: usize) -> Source {
        let body = "    a();\n".repeat(lines - 2);
        Source::new("a.rs", &format!("trait T {{ fn f(a: [u8; 4]); }}\nfn long(a: [u8; 4]) {{\n{body}}}\n"))
    }

    #[test]
    fn seventy_lines_are_allowed_and_no_more() {
        assert_eq!(long_functions(&function(70)), Vec::<String>::new());
        assert_eq!(long_functions(&function(71)), ["a.rs:2: `long` has 71 lines, 70 are allowed"]);
    }

    #[test]
    fn types_and_other_words_are_no_functions() {
        assert!(!is_function("a: fn (u8)", 3) && !is_function("myfn x", 2) && is_function("pub fn x()", 4));
    }

    #[test]
    fn long_files_are_named() {
        assert!(long_files(&Source::new("a.rs", &"x\n".repeat(400))).is_empty());
        assert_eq!(long_files(&Source::new("a.rs", &"x\n".repeat(401))).len(), 1);
    }
}
