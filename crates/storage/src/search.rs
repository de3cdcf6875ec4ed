//! Finding products by words: an inverted index of our own, the same on both databases.
//!
//! Latin words are folded to lower case and matched from their beginning; runs of Chinese characters are cut into pairs, and
//! into single characters for searches of one character. A product must match every word of the search.

use crate::{Query, Result, Tx, Value, bulk, values};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// Words shorter than this are matched whole: too much begins with `a`.
const PREFIX_CHARS_MIN: usize = 3;
/// Longer words are cut, on both sides.
const TERM_CHARS_MAX: usize = 24;
/// Words of a search that count; the others are dropped.
const WORDS_MAX: usize = 8;

/// What a search looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A term as a whole.
    Whole(String),
    /// All terms that begin so.
    Prefix(String),
}

/// Chinese, Japanese and Korean characters: written without spaces.
fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3134f)
}

/// Full-width letters and digits are the same as the others.
fn fold(c: char) -> char {
    match u32::from(c) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Cuts a text into runs of letters and digits, each of one kind of script; true for Chinese.
fn runs(text: &str) -> Vec<(bool, Vec<char>)> {
    let mut runs: Vec<(bool, Vec<char>)> = Vec::new();
    let mut open = false;
    for c in text.chars().map(fold).flat_map(char::to_lowercase) {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        match runs.last_mut() {
            Some((cjk, run)) if open && *cjk == is_cjk(c) => run.push(c),
            _ => runs.push((is_cjk(c), vec![c])),
        }
        open = true;
    }
    runs
}

fn word(run: &[char]) -> String {
    run.iter().take(TERM_CHARS_MAX).collect()
}

/// Adds the terms of a text to an index entry; a term keeps the highest weight it was given.
pub fn add_terms(terms: &mut BTreeMap<String, i64>, text: &str, weight: i64) {
    let mut add = |term: String, weight: i64| {
        let entry = terms.entry(term).or_insert(0);
        *entry = weight.max(*entry);
    };
    for (cjk, run) in runs(text) {
        if !cjk {
            add(word(&run), weight);
            continue;
        }
        run.iter().for_each(|c| add(c.to_string(), weight));
        run.windows(2).for_each(|pair| add(pair.iter().collect(), weight * 2));
    }
}

/// What a search text looks for; nothing for a text without letters and digits.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for (cjk, run) in runs(text) {
        match (cjk, run.len()) {
            (true, 1) => words.push(Word::Whole(run[0].to_string())),
            (true, _) => words.extend(run.windows(2).map(|pair| Word::Whole(pair.iter().collect()))),
            (false, short) if short < PREFIX_CHARS_MIN => words.push(Word::Whole(word(&run))),
            (false, _) => words.push(Word::Prefix(word(&run))),
        }
    }
    words.dedup();
    words.truncate(WORDS_MAX);
    words
}

/// The least text that is greater than every text that begins with `prefix`, compared by code point as both databases do.
fn after(prefix: &str) -> String {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            chars.push(next);
            break;
        }
    }
    chars.into_iter().collect()
}

/// The products that match all words, with their weights: the sum over the words of the best term of each.
///
/// A word may match 90,000 products. The database hands them over as one list for each weight, since a row for each of them would
/// cost ten times what finding them does.
pub async fn find(on: &impl Query, words: &[Word]) -> Result<Vec<(i64, i64)>> {
    let mut values: Vec<Value> = Vec::new();
    let parts: Vec<String> = words.iter().map(|word| part(word, &mut values)).collect();
    let matches = match parts.as_slice() {
        [] => return Ok(Vec::new()),
        [only] => only.clone(),
        several => format!(
            "SELECT product, SUM(weight) AS weight FROM ({}) AS parts GROUP BY product HAVING COUNT(*) = {}",
            several.join(" UNION ALL "),
            several.len()
        ),
    };
    let sql = format!(
        "SELECT CAST(weight AS BIGINT) AS weight, string_agg(CAST(product AS TEXT), ',') AS products
         FROM ({matches}) AS matches GROUP BY weight"
    );
    let mut found = Vec::new();
    for row in on.rows(AssertSqlSafe(sql), values).await? {
        let weight = row.int("weight")?;
        found.extend(row.ints("products")?.into_iter().map(|product| (product, weight)));
    }
    Ok(found)
}

/// The statement that finds the products of one word; its values are added to `values`.
fn part(word: &Word, values: &mut Vec<Value>) -> String {
    let at = values.len();
    match word {
        Word::Whole(term) => {
            values.extend(values![term]);
            format!("SELECT product, weight FROM search_terms WHERE term = ${}", at + 1)
        }
        Word::Prefix(term) => {
            values.extend(values![term, after(term)]);
            let range = format!("term >= ${} AND term < ${}", at + 1, at + 2);
            format!("SELECT product, MAX(weight) AS weight FROM search_terms WHERE {range} GROUP BY product")
        }
    }
}

/// Replaces the index entries of some products.
pub async fn put(tx: &Tx, numbers: &[i64], entries: &[(i64, BTreeMap<String, i64>)]) -> Result<()> {
    let sql = "DELETE FROM search_terms WHERE product IN ({keys})";
    bulk::by_keys(tx, sql, &[], numbers.iter().copied()).await?;
    let rows = entries
        .iter()
        .flat_map(|(product, terms)| terms.iter().flat_map(|(term, weight)| values![term, *product, *weight]));
    bulk::insert(tx, "INSERT INTO search_terms (term, product, weight) VALUES ", 3, rows.collect(), "").await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_cut_into_pairs_and_latin_into_words() {
        let whole = |text: &str| Word::Whole(text.into());
        let prefix = |text: &str| Word::Prefix(text.into());
        assert_eq!(words("乌龙茶"), [whole("乌龙"), whole("龙茶")]);
        assert_eq!(words("茶"), [whole("茶")]);
        assert_eq!(words("Green TEA ２５０g"), [prefix("green"), prefix("tea"), prefix("250g")]);
        assert_eq!(words("T恤 xl"), [whole("t"), whole("恤"), whole("xl")]);
        assert_eq!(words(" —— "), []);
    }

    #[test]
    fn a_prefix_is_a_range() {
        assert_eq!(after("tea"), "teb");
        assert_eq!(after("a\u{10ffff}"), "b");
        assert_eq!(after("\u{d7ff}"), "\u{e000}");
    }

    #[test]
    fn a_term_keeps_its_highest_weight() {
        let mut terms = BTreeMap::new();
        add_terms(&mut terms, "Tea 绿茶", 5);
        add_terms(&mut terms, "tea", 1);
        let expected = [("tea", 5), ("绿", 5), ("绿茶", 10), ("茶", 5)];
        assert_eq!(terms.into_iter().collect::<Vec<_>>(), expected.map(|(term, weight)| (term.to_owned(), weight)));
    }
}
