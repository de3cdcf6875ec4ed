//! What an import would do, as people read it in a terminal.

use services::{Change, Fault, ImportPlan, Tally};
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a title may take; a longer one is cut.
const TITLE_WIDTH: usize = 40;

/// The table of what would change, at most `rows_max` rows of it, and the sums.
pub fn plan(plan: &ImportPlan, rows_max: usize) -> String {
    let moved: Vec<_> = plan.items.iter().filter(|item| item.change != Change::Unchanged).collect();
    let mut text = String::new();
    let shown = &moved[..moved.len().min(rows_max)];
    let key_width = shown.iter().map(|item| item.key.width()).max().unwrap_or_default();
    for item in shown {
        let mark = if item.change == Change::Added { '+' } else { '~' };
        let variants = match item.variants {
            0 => String::new(),
            1 => "1 variant".to_owned(),
            many => format!("{many} variants"),
        };
        let row = format!("{mark} {}  {}  {variants}", padded(&item.key, key_width), padded(&item.title, TITLE_WIDTH));
        line(&mut text, row.trim_end());
    }
    if moved.len() > shown.len() {
        line(&mut text, &format!("… and {} more (show them with --all)", moved.len() - shown.len()));
    }
    for name in &plan.new_categories {
        line(&mut text, &format!("+ department {name}"));
    }
    text.push_str(&sums(plan));
    text
}

fn sums(plan: &ImportPlan) -> String {
    let mut text = format!("{} rows read\n", plan.rows);
    let kinds =
        [("products", plan.products), ("variants", plan.variants), ("texts", plan.texts), ("stock counts", plan.stock)];
    for (name, tally) in kinds.into_iter().filter(|(_, tally)| *tally != Tally::default()) {
        let Tally { added, changed, unchanged } = tally;
        line(&mut text, &format!("{name:<13} {added:>7} new  {changed:>7} changed  {unchanged:>7} unchanged"));
    }
    text
}

/// Faults or warnings, one line each, in the form that editors jump to.
pub fn findings(kind: &str, findings: &[Fault]) -> String {
    findings.iter().fold(String::new(), |mut text, fault| {
        line(&mut text, &format!("{kind}: {fault}"));
        text
    })
}

fn line(text: &mut String, line: &str) {
    // Writing to a string never fails.
    let _ = writeln!(text, "{line}");
}

/// The text in exactly `width` columns: cut with an ellipsis or filled up. Chinese characters take two columns.
fn padded(text: &str, width: usize) -> String {
    let mut cut = text.to_owned();
    if text.width() > width {
        let mut columns = 1;
        cut = text
            .chars()
            .take_while(|char| {
                columns += char.width().unwrap_or_default();
                columns <= width
            })
            .collect();
        cut.push('…');
    }
    let missing = width.saturating_sub(cut.width());
    cut + &" ".repeat(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_hold_for_wide_characters() {
        assert_eq!(padded("tea", 5), "tea  ");
        assert_eq!(padded("龙井茶", 8), "龙井茶  ");
        assert_eq!(padded("明前龙井茶叶", 8), "明前龙… ");
        assert!(["明前龙井", "abcdefghij", "a明b前c龙"].iter().all(|text| padded(text, 7).width() == 7));
    }
}
