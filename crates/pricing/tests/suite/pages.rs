//! Every rule has its page, and every page is of a rule. That what a page says of amounts is true is tested by the documentation's own tests.

use pricing::{benefit::Rules, condition::Condition};
use std::{fs, path::PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules"))
}

/// What the page of a rule lacks.
fn lacks(key: &str) -> Option<String> {
    let path = folder().join(format!("{key}.md"));
    let Ok(page) = fs::read_to_string(&path) else {
        return Some(format!("the rule {key:?} has no page; write {}", path.display()));
    };
    let parts = [
        (format!("# `{key}`"), "a title that names the rule"),
        (format!("\"{key}\""), "the rule's JSON"),
        ("```rust\n# let check".to_owned(), "a cart before and after"),
        ("\n## Edge cases\n".to_owned(), "its edge cases"),
        ("\n## Rounding\n".to_owned(), "how it rounds"),
    ];
    let missing: Vec<&str> = parts.iter().filter(|(text, _)| !page.contains(text)).map(|(_, what)| *what).collect();
    (!missing.is_empty()).then(|| format!("docs/rules/{key}.md lacks {}", missing.join(", ")))
}

#[test]
fn every_rule_has_a_page() {
    let keys = || Condition::KEYS.iter().chain(Rules::KEYS);
    let found: Vec<String> = keys().filter_map(|key| lacks(key)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    for page in fs::read_dir(folder()).unwrap() {
        let name = page.unwrap().file_name().into_string().unwrap();
        assert!(keys().any(|key| name == format!("{key}.md")), "docs/rules/{name} is of no rule");
    }
}

#[test]
fn a_rule_without_a_page_is_told() {
    assert!(lacks("no_such_rule").unwrap().contains("has no page"));
}
