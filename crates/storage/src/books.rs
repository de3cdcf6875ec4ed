//! Price books: stored once under their hash, and which one holds when.

use crate::{Query, Result, Row, Tx, changes, new_id, values};
use ids::PriceBookId;
use pricing::Instant;

/// A stored price book without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookRow {
    /// The hash of its canonical text.
    pub id: PriceBookId,
    /// When it was stored first.
    pub published_at: Instant,
    /// Who published it; none where the server made it of catalogue and settings.
    pub published_by: Option<String>,
    /// What its publisher said of it.
    pub note: Option<String>,
}

/// Why a book was made to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivationKind {
    /// Somebody chose it.
    Chosen,
    /// Somebody went back to it.
    Rollback,
    /// The server made it: of an import, or because gifts ran out.
    Made,
}

/// That a book holds from an instant on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// The book that holds.
    pub book: PriceBookId,
    /// The version that was meant; another than `book` where promotions had to be left out whose gifts have run out.
    pub source: PriceBookId,
    /// From when on.
    pub from: Instant,
    /// Why.
    pub kind: ActivationKind,
    /// When this was decided.
    pub made_at: Instant,
    /// By whom, as they name themselves.
    pub made_by: String,
    /// For what reason.
    pub reason: String,
    /// That it was called off before its time: then it never holds.
    pub cancelled: Option<Cancelled>,
}

/// That something scheduled was called off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// When.
    pub at: Instant,
    /// By whom, as they name themselves.
    pub by: String,
    /// For what reason.
    pub why: String,
}

impl ActivationKind {
    fn word(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Rollback => "rollback",
            Self::Made => "made",
        }
    }

    fn read(word: Option<&str>) -> Self {
        match word {
            Some("chosen") => Self::Chosen,
            Some("rollback") => Self::Rollback,
            // Activations of before the word was kept were all the server's own.
            _ => Self::Made,
        }
    }
}

/// Stores a price book's canonical text; the same book again changes nothing. False if it was there already.
pub async fn insert(tx: &Tx, book: &BookRow, document: &str) -> Result<bool> {
    let sql = "INSERT INTO price_books (id, document, published_at, published_by, note) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO NOTHING";
    let values = values![&book.id, document, book.published_at, &book.published_by, &book.note];
    Ok(tx.run(sql, values).await? == 1)
}

/// Makes a stored price book hold from an instant on.
pub async fn activate(tx: &Tx, one: &Activation) -> Result<()> {
    let sql = "INSERT INTO price_book_activations (id, book, source, from_instant, kind, made_at, made_by, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let mut values = values![new_id(), &one.book, &one.source, one.from, one.kind.word()];
    values.extend(values![one.made_at, &one.made_by, &one.reason]);
    tx.run(sql, values).await?;
    changes::announce(tx).await
}

fn read(row: &Row) -> Result<Activation> {
    let (book, from): (PriceBookId, _) = (row.id("book")?, row.instant("from_instant")?);
    Ok(Activation {
        source: row.maybe_id("source")?.unwrap_or_else(|| book.clone()),
        book,
        kind: ActivationKind::read(row.maybe_text("kind")?.as_deref()),
        made_at: row.maybe_int("made_at")?.map_or(from, Instant),
        made_by: row.maybe_text("made_by")?.unwrap_or_default(),
        reason: row.maybe_text("reason")?.unwrap_or_default(),
        from,
        cancelled: cancelled(row)?,
    })
}

fn cancelled(row: &Row) -> Result<Option<Cancelled>> {
    let Some(at) = row.maybe_int("cancelled_at")? else { return Ok(None) };
    let by = row.maybe_text("cancelled_by")?.unwrap_or_default();
    let why = row.maybe_text("cancelled_why")?.unwrap_or_default();
    Ok(Some(Cancelled { at: Instant(at), by, why }))
}

/// Calls off an activation whose time has not come at the instant of doing so; false if there is no such one any more.
pub async fn cancel(tx: &Tx, one: &Activation, how: &Cancelled) -> Result<bool> {
    let sql = "UPDATE price_book_activations SET cancelled_at = $1, cancelled_by = $2, cancelled_why = $3
        WHERE book = $4 AND from_instant = $5 AND from_instant > $1 AND cancelled_at IS NULL";
    let cancelled = tx.run(sql, values![how.at, &how.by, &how.why, &one.book, one.from]).await? > 0;
    changes::announce(tx).await?;
    Ok(cancelled)
}

/// The activation that holds at an instant: the one for the latest instant up to it, of several the last that was made.
pub async fn active(on: &impl Query, at: Instant) -> Result<Option<Activation>> {
    let sql = "SELECT * FROM price_book_activations WHERE from_instant <= $1 AND cancelled_at IS NULL
        ORDER BY from_instant DESC, id DESC LIMIT 1";
    on.row(sql, values![at]).await?.map(|row| read(&row)).transpose()
}

/// The first activation after an instant, of several for the same instant the last that was made.
pub async fn next(on: &impl Query, at: Instant) -> Result<Option<Activation>> {
    let sql = "SELECT * FROM price_book_activations WHERE from_instant > $1 AND cancelled_at IS NULL
        ORDER BY from_instant, id DESC LIMIT 1";
    on.row(sql, values![at]).await?.map(|row| read(&row)).transpose()
}

/// All activations in the order in which they take effect, those that were called off too.
pub async fn activations(on: &impl Query) -> Result<Vec<Activation>> {
    let sql = "SELECT * FROM price_book_activations ORDER BY from_instant, id";
    on.rows(sql, vec![]).await?.iter().map(read).collect()
}

/// All price books, the newest first.
pub async fn all(on: &impl Query) -> Result<Vec<BookRow>> {
    let sql = "SELECT id, published_at, published_by, note FROM price_books ORDER BY published_at DESC, id";
    let read = |row: &Row| {
        Ok(BookRow {
            id: row.id("id")?,
            published_at: row.instant("published_at")?,
            published_by: row.maybe_text("published_by")?,
            note: row.maybe_text("note")?,
        })
    };
    on.rows(sql, vec![]).await?.iter().map(read).collect()
}

/// Up to two ids that begin with these hexadecimal digits, so that it shows if one is meant.
pub async fn beginning_with(on: &impl Query, digits: &str) -> Result<Vec<PriceBookId>> {
    // Ids are made of 0-9 and a-f, so all that begin alike lie before the same text with a g.
    let sql = "SELECT id FROM price_books WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 2";
    on.rows(sql, values![digits, format!("{digits}g")]).await?.iter().map(|row| row.id("id")).collect()
}

/// A price book's canonical text.
pub async fn document(on: &impl Query, id: &PriceBookId) -> Result<Option<String>> {
    let row = on.row("SELECT document FROM price_books WHERE id = $1", values![id]).await?;
    row.map(|row| row.text("document")).transpose()
}
