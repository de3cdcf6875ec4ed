//! What is wrong with the files of an import, and where.

use crate::ServiceError;
use pricing::Text;
use std::fmt;

/// Where something stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) file: String,
    pub(super) line: u64,
}

/// Something in a file that can't be used as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name.
    pub file: String,
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The column's name, or empty where the whole row or file is meant.
    pub column: String,
    /// What is wrong and what to do.
    pub message: Text,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.column.is_empty() { "" } else { " " };
        write!(f, "{}:{}{gap}{}: {}", self.file, self.line, self.column, self.message.en)
    }
}

/// What was found while reading: faults forbid the import, warnings don't.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
}

fn at(spot: &Spot, column: &str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault { file: spot.file.clone(), line: spot.line, column: column.to_owned(), message: Text::new(zh, en) }
}

impl Findings {
    pub(super) fn fault(&mut self, spot: &Spot, column: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.faults.push(at(spot, column, zh, en));
    }

    pub(super) fn warn(&mut self, spot: &Spot, column: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.warnings.push(at(spot, column, zh, en));
    }

    /// Faults in the order of the files' lines.
    pub(super) fn sorted(mut self) -> Self {
        self.faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        self.warnings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        self
    }
}

/// Refuses a commit while there are faults.
pub(super) fn refuse(faults: &[Fault]) -> Result<(), ServiceError> {
    if faults.is_empty() {
        return Ok(());
    }
    Err(ServiceError::BadData(faults.iter().map(ToString::to_string).collect()))
}
