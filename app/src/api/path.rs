//! Addresses: the same text on the server and in the browser, so that links never change while a page is taken over.

use serde::Serialize;
use std::fmt;

/// A text as a part of an address: everything but unreserved characters is percent-encoded.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(b"0123456789ABCDEF"[usize::from(byte >> 4)]));
            out.push(char::from(b"0123456789ABCDEF"[usize::from(byte & 15)]));
        }
    }
    out
}

/// A query string in the making.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(String);

impl Query {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The fields of a flat request; what is null or empty is left out.
    pub fn of(request: &impl Serialize) -> Self {
        let mut query = Self::new();
        if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(request) {
            for (key, value) in fields {
                match value {
                    serde_json::Value::Null => {}
                    serde_json::Value::String(text) => query.add(&key, &text),
                    other => query.add(&key, &other.to_string()),
                }
            }
        }
        query
    }

    /// Adds a field, unless its value is empty.
    pub fn add(&mut self, key: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        self.0.push_str(key);
        self.0.push('=');
        self.0.push_str(&encode(value));
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_safe_in_both_languages() {
        assert_eq!(encode("龙井 tea/1"), "%E9%BE%99%E4%BA%95%20tea%2F1");
        let request = wire::ProductQuery { q: Some("茶".into()), page: Some(2), ..Default::default() };
        assert_eq!(Query::of(&request).to_string(), "?page=2&q=%E8%8C%B6");
    }
}
