//! Text in columns for terminals and printers, where a Chinese character is as wide as two Latin ones. Only commands use it, so nothing of it
//! is in what browsers download.

/// Columns of a line.
pub(super) const WIDTH: usize = 64;

/// The ranges of characters that take two columns (East Asian wide and full-width), after Unicode's `EastAsianWidth.txt`.
const WIDE: [(char, char); 11] = [
    ('\u{1100}', '\u{115f}'),
    ('\u{2e80}', '\u{303e}'),
    ('\u{3041}', '\u{a4cf}'),
    ('\u{a960}', '\u{a97f}'),
    ('\u{ac00}', '\u{d7a3}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{fe30}', '\u{fe6f}'),
    ('\u{ff01}', '\u{ff60}'),
    ('\u{ffe0}', '\u{ffe6}'),
    ('\u{1f300}', '\u{1f9ff}'),
    ('\u{20000}', '\u{3fffd}'),
];

/// The ranges of characters that stand on the one before them.
const NONE: [(char, char); 4] =
    [('\u{300}', '\u{36f}'), ('\u{200b}', '\u{200f}'), ('\u{20d0}', '\u{20ff}'), ('\u{fe00}', '\u{fe0f}')];

fn columns(one: char) -> usize {
    let within = |ranges: &[(char, char)]| ranges.iter().any(|(from, to)| (*from..=*to).contains(&one));
    match () {
        () if within(&NONE) => 0,
        () if within(&WIDE) => 2,
        () => 1,
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// The text in pieces of at most so many columns, broken at blanks where there are some, else between characters.
pub(super) fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let used = lines.last().map_or(0, |line| width(line));
        if used > 0 && used + width(word.trim_end()) > most && width(word.trim_end()) <= most {
            lines.push(String::new());
        }
        for one in word.chars() {
            let line = lines.last_mut().expect("there is one from the beginning");
            if width(line) + columns(one) > most && one != ' ' {
                lines.push(one.to_string());
            } else {
                line.push(one);
            }
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// A label, dots, and an amount at the right edge, all from a column on. A long label goes over several lines.
pub(super) fn row(indent: usize, label: &str, amount: &str) -> String {
    let room = WIDTH.saturating_sub(indent + width(amount) + 4).max(8);
    let mut lines = wrap(label, room);
    let last = lines.pop().unwrap_or_default();
    let dots = WIDTH.saturating_sub(indent + width(&last) + width(amount) + 2).max(1);
    let blank = " ".repeat(indent);
    let mut text: String = lines.iter().map(|line| format!("{blank}{line}\n")).collect();
    text.push_str(&format!("{blank}{last} {} {amount}\n", ".".repeat(dots)));
    text
}

/// A note from a column on; its further lines are set in by two more.
pub(super) fn note(indent: usize, text: &str) -> String {
    let lines = wrap(text, WIDTH.saturating_sub(indent + 2).max(8));
    let set = |(at, line): (usize, &String)| format!("{}{line}\n", " ".repeat(indent + if at == 0 { 0 } else { 2 }));
    lines.iter().enumerate().map(set).collect()
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, note, row, width, wrap};

    #[test]
    fn a_chinese_character_takes_two_columns() {
        for (text, columns) in
            [("", 0), ("abc", 3), ("龙井 50g", 8), ("满200减30", 9), ("（已封顶）", 10), ("¥12.00", 6), ("e\u{301}", 1)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn amounts_end_at_the_same_column() {
        for label in [
            "Tea",
            "龙井绿茶",
            "一个很长很长很长很长很长很长很长很长很长很长很长很长很长的名字，比一行还要长，所以要分成两行来写",
        ] {
            for line in row(2, label, "-¥1,234.50").lines() {
                assert!(width(line) <= WIDTH, "{line}");
            }
            let text = row(2, label, "-¥1,234.50");
            let last = text.lines().last().unwrap_or_default();
            assert!(width(last) == WIDTH && last.ends_with(" -¥1,234.50"), "{last}");
        }
    }

    #[test]
    fn nothing_is_lost_and_no_line_is_too_long() {
        let texts = [
            "a bc def",
            "只有汉字没有空格的一段话",
            "averylongwordthatfitsnowhere at all",
            "短 and 长的混在一起 of both",
        ];
        for text in texts {
            for most in 8..20 {
                let lines = wrap(text, most);
                assert!(lines.iter().all(|line| width(line) <= most), "{lines:?}");
                let plain = |text: &str| text.chars().filter(|one| *one != ' ').collect::<String>();
                assert_eq!(plain(&lines.concat()), plain(text));
            }
        }
        assert_eq!(note(2, "kurz"), "  kurz\n");
    }
}
