//! CSV files as rows of named cells.

use super::findings::{Findings, Spot};
use csv::{ErrorKind, Position, ReaderBuilder, StringRecord};
use std::collections::HashMap;

/// The columns of a kind of file.
pub(super) struct Layout {
    /// Without these there is nothing to import.
    pub(super) required: &'static [&'static str],
    /// Others of this kind of file, used or not; one that ends in ` / ` stands for all that begin so.
    pub(super) known: &'static [&'static str],
}

/// A file that was read.
pub(super) struct Table {
    file: String,
    columns: HashMap<String, usize>,
    /// Each with the line on which it begins.
    records: Vec<(u64, StringRecord)>,
}

/// Counts lines. The reader's own count is one behind after line ends of two characters and after empty lines.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the record that the reader found from this byte on; records are asked for in their order.
    fn of(&mut self, position: Option<&Position>) -> u64 {
        let from = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.at);
        while let Some(byte) = self.text.get(self.at)
            && (self.at < from || matches!(byte, b'\r' | b'\n'))
        {
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}

/// A row of a file.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    record: &'a StringRecord,
    line: u64,
}

impl<'a> Row<'a> {
    /// A cell without white space around it; empty where there is no such column.
    pub(super) fn get(&self, column: &str) -> &'a str {
        let at = self.table.columns.get(column);
        at.and_then(|&at| self.record.get(at)).map_or("", str::trim)
    }

    pub(super) fn spot(&self) -> Spot {
        Spot { file: self.table.file.clone(), line: self.line }
    }
}

impl Table {
    /// Reads a file; none if nothing of it can be used. Rows of a wrong length are left out and reported.
    pub(super) fn read(file: &str, bytes: &[u8], layout: &Layout, findings: &mut Findings) -> Option<Self> {
        let text = utf8(file, bytes, findings)?;
        let mut reader = ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
        let top = Spot { file: file.to_owned(), line: 1 };
        let names: Vec<String> = match reader.headers() {
            Ok(headers) => headers.iter().map(|name| name.trim().to_owned()).collect(),
            Err(error) => {
                findings.fault(&top, "", format!("读不出表头：{error}"), format!("the header can't be read: {error}"));
                return None;
            }
        };
        let columns = columns(&names, layout, &top, findings)?;
        let mut table = Self { file: file.to_owned(), columns, records: Vec::new() };
        let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
        for record in reader.records() {
            match record {
                Ok(record) => table.records.push((lines.of(record.position()), record)),
                Err(error) => bad_row(file, lines.of(error.position()), &error, findings),
            }
        }
        Some(table)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|(line, record)| Row { table: self, record, line: *line })
    }

    pub(super) fn len(&self) -> usize {
        self.records.len()
    }
}

fn utf8<'a>(file: &str, bytes: &'a [u8], findings: &mut Findings) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let breaks = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
            let spot = Spot { file: file.to_owned(), line: breaks as u64 + 1 };
            let en = "the file is not UTF-8; save it again as “CSV UTF-8 (comma delimited)”";
            findings.fault(&spot, "", "文件不是 UTF-8 编码，请另存为“CSV UTF-8（逗号分隔）”", en);
            None
        }
    }
}

fn columns(names: &[String], layout: &Layout, top: &Spot, findings: &mut Findings) -> Option<HashMap<String, usize>> {
    let mut columns = HashMap::new();
    let mut unknown = Vec::new();
    for (at, name) in names.iter().enumerate() {
        if columns.insert(name.clone(), at).is_some() && !name.is_empty() {
            findings.fault(top, name, "这一列出现了两次，请删掉一列", "this column is there twice; delete one of them");
        }
        if !known(name, layout) {
            unknown.push(name.as_str());
        }
    }
    if !unknown.is_empty() {
        let list = unknown.join(", ");
        let en = format!("columns that are not imported: {list}");
        findings.warn(top, "", format!("不会导入的列：{list}"), en);
    }
    let missing = layout.required.iter().filter(|name| !columns.contains_key(**name));
    let before = findings.faults.len();
    for name in missing {
        let en = "this column is missing; the first row must name the columns, separated by commas";
        findings.fault(top, name, "缺少这一列；第一行必须是用逗号分隔的列名", en);
    }
    (findings.faults.len() == before).then_some(columns)
}

fn known(name: &str, layout: &Layout) -> bool {
    let fits = |known: &&str| *known == name || (known.ends_with(" / ") && name.starts_with(*known));
    name.is_empty() || name.contains("metafields.") || layout.required.iter().chain(layout.known).any(fits)
}

fn bad_row(file: &str, line: u64, error: &csv::Error, findings: &mut Findings) {
    let spot = Spot { file: file.to_owned(), line };
    match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => findings.fault(
            &spot,
            "",
            format!("这一行有 {len} 格，表头有 {expected_len} 格；请检查逗号和引号"),
            format!("this row has {len} cells and the header {expected_len}; check its commas and quotes"),
        ),
        _ => findings.fault(&spot, "", format!("读不出这一行：{error}"), format!("this row can't be read: {error}")),
    }
}
