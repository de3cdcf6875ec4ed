//! What is not written in code that is shipped.

use super::source::Source;

/// Each with what to do instead.
const EVERYWHERE: [(&str, &str); 4] = [
    ("todo!", "finish it or leave it out"),
    ("unimplemented!", "finish it or leave it out"),
    ("dbg!", "use tracing"),
    (".unwrap()", "return the error, or say with `expect` why it cannot happen"),
];

/// The same cart must cost the same everywhere and at any time, so prices see no clock, no floats and no hash order.
const IN_PRICES: [(&str, &str); 9] = [
    ("f32", "money is counted in minor units"),
    ("f64", "money is counted in minor units"),
    ("HashMap", "its order differs from run to run; use BTreeMap"),
    ("HashSet", "its order differs from run to run; use BTreeSet"),
    ("SystemTime", "the time is an input"),
    ("std::time", "the time is an input"),
    ("std::fs", "prices do no input or output"),
    ("std::net", "prices do no input or output"),
    ("std::env", "what matters is an input"),
];

const PRICES: [&str; 2] = ["crates/money/src/", "crates/pricing/src/"];

/// Where a word stands because an interface names it: serde's has a method for every number there is.
const NAMED: [(&str, &str); 2] =
    [("crates/pricing/src/tree/writer.rs", "f32"), ("crates/pricing/src/tree/writer.rs", "f64")];

/// Every forbidden word of a file, with its place.
pub fn findings(source: &Source) -> Vec<String> {
    let is_price = PRICES.iter().any(|folder| source.name.starts_with(folder));
    let words = || EVERYWHERE.iter().chain(IN_PRICES.iter().filter(move |_| is_price));
    let lines = source.shipped_lines();
    let found = lines.flat_map(|(number, line)| {
        let named = |word: &str| NAMED.contains(&(source.name.as_str(), word));
        words().filter(move |(word, _)| has_word(line, word) && !named(word)).map(move |word| (number, word))
    });
    found.map(|(number, (word, advice))| format!("{}:{number}: `{word}`: {advice}", source.name)).collect()
}

/// The word by itself, not as a part of another.
fn has_word(line: &str, word: &str) -> bool {
    let part_of_word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let joins = |edge: Option<u8>, outer: Option<u8>| part_of_word(edge) && part_of_word(outer);
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].bytes().next_back();
        let after = line[start + word.len()..].bytes().next();
        !joins(word.bytes().next(), before) && !joins(word.bytes().next_back(), after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_with_their_line_and_not_in_tests() {
        let text = "fn a() {\n    x.unwrap();\n}\n#[cfg(test)]\nmod tests {\n    fn b() { x.unwrap(); }\n}\n";
        let found = findings(&Source::new("crates/a/src/lib.rs", text));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("crates/a/src/lib.rs:2: `.unwrap()`"), "{found:?}");
    }

    #[test]
    fn floats_are_for_others_than_prices() {
        let text = "fn a(x: f64, my_f64: u8) {}\n";
        assert_eq!(findings(&Source::new("crates/pricing/src/a.rs", text)).len(), 1);
        assert!(findings(&Source::new("crates/art/src/a.rs", text)).is_empty());
    }
}
