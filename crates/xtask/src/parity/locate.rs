//! From a block whose digests differ to the seed, the quote and the first field.

use anyhow::Result;
use serde_json::Value;

use super::side::Side;

/// Says where the first difference of a block is, and how to see it again.
pub fn difference(native: &Side, wasm: &Side, generator: &str, first: u64, books: u64) -> Result<String> {
    let words = ["digests", generator, &first.to_string(), &books.to_string(), "1"];
    let (left, right) = (native.lines(&words)?, wasm.lines(&words)?);
    let Some(at) = left.iter().zip(&right).position(|(one, other)| one != other) else {
        return Ok(format!(
            "generator {generator}, seeds {first} to {}: the block differs and no book by itself does; one build keeps something between quotes",
            first + books - 1
        ));
    };
    let seed = first + at as u64;
    let words = ["answers", generator, &seed.to_string()];
    let text = first_difference(&native.lines(&words)?, &wasm.lines(&words)?);
    let again = format!("cargo xtask parity --generator {generator} --first {seed} --carts 10");
    let text = text.unwrap_or_else(|| "the digests differ and the texts do not".to_owned());
    Ok(format!("generator {generator}, seed {seed}, {}: {text}\nagain: {again}", wasm.name))
}

/// The first of two lists of answers that differs, and its first field that does.
pub fn first_difference(native: &[String], wasm: &[String]) -> Option<String> {
    if native.len() != wasm.len() {
        return Some(format!("{} answers natively and {} otherwise", native.len(), wasm.len()));
    }
    let (one, other) = native.iter().zip(wasm).find(|(one, other)| one != other)?;
    let parse = |line: &str| serde_json::from_str::<Value>(line).unwrap_or_else(|_| Value::String(line.to_owned()));
    let (one, other) = (parse(one), parse(other));
    let quote = |answer: &Value| {
        let text = answer["text"].as_str().unwrap_or_default();
        serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
    };
    let (path, left, right) = field("", &quote(&one), &quote(&other)).unwrap_or_default();
    Some(format!("{}: {path}: {left} natively, {right} otherwise", one["of"].as_str().unwrap_or("?")))
}

/// The path of the first field that differs, and both values.
fn field(path: &str, one: &Value, other: &Value) -> Option<(String, String, String)> {
    if one == other {
        return None;
    }
    let inside = match (one, other) {
        (Value::Object(left), Value::Object(right)) => left
            .iter()
            .find_map(|(key, value)| field(&format!("{path}.{key}"), value, right.get(key).unwrap_or(&Value::Null))),
        (Value::Array(left), Value::Array(right)) => {
            let both = left.iter().zip(right).enumerate();
            both.into_iter().find_map(|(at, (one, other))| field(&format!("{path}[{at}]"), one, other))
        }
        _ => None,
    };
    inside.or_else(|| {
        let path = if path.is_empty() { "all" } else { path.trim_start_matches('.') };
        Some((path.to_owned(), one.to_string(), other.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(of: &str, text: &str) -> String {
        serde_json::json!({ "of": of, "text": text }).to_string()
    }

    #[test]
    fn the_first_field_is_named_with_both_values() {
        let rows = [
            (
                r#"{"a":1,"lines":[{"net":5},{"net":7}]}"#,
                r#"{"a":1,"lines":[{"net":5},{"net":8}]}"#,
                "lines[1].net: 7 natively, 8",
            ),
            (r#"{"a":1}"#, r#"{"a":2}"#, "a: 1 natively, 2"),
            (r#"{"a":[1]}"#, r#"{"a":[1,2]}"#, "a: [1] natively, [1,2]"),
            ("too large", r#"{"a":1}"#, "all: \"too large\" natively"),
        ];
        for (one, other, expected) in rows {
            let same = answer("cart 0, pinned", "{}");
            let text =
                first_difference(&[same.clone(), answer("cart 0, best", one)], &[same, answer("cart 0, best", other)]);
            let text = text.expect("they differ");
            assert!(text.starts_with(&format!("cart 0, best: {expected}")), "{text}");
        }
    }

    #[test]
    fn equal_lists_do_not_differ_and_lengths_count() {
        let one = answer("book", "x");
        assert_eq!(first_difference(std::slice::from_ref(&one), std::slice::from_ref(&one)), None);
        assert!(first_difference(&[one], &[]).is_some());
    }
}
