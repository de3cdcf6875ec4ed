//! Price books: stored once under their hash, and which one holds when.

use crate::{Query, Result, Tx, new_id, values};
use ids::PriceBookId;
use pricing::Instant;

/// Stores a price book's canonical text; the same book again changes nothing.
pub async fn insert(tx: &Tx, id: &PriceBookId, document: &str, at: Instant) -> Result<()> {
    let sql = "INSERT INTO price_books (id, document, published_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
    tx.run(sql, values![id, document, at]).await?;
    Ok(())
}

/// Makes a stored price book hold from an instant on.
pub async fn activate(tx: &Tx, id: &PriceBookId, from: Instant) -> Result<()> {
    let sql = "INSERT INTO price_book_activations (id, book, from_instant) VALUES ($1, $2, $3)";
    tx.run(sql, values![new_id(), id, from]).await?;
    Ok(())
}

/// The book that holds at an instant: the one that was activated for the latest instant before it, of several the last.
pub async fn active(on: &impl Query, at: Instant) -> Result<Option<PriceBookId>> {
    let sql =
        "SELECT book FROM price_book_activations WHERE from_instant <= $1 ORDER BY from_instant DESC, id DESC LIMIT 1";
    on.row(sql, values![at]).await?.map(|row| row.id("book")).transpose()
}

/// A price book's canonical text.
pub async fn document(on: &impl Query, id: &PriceBookId) -> Result<Option<String>> {
    let row = on.row("SELECT document FROM price_books WHERE id = $1", values![id]).await?;
    row.map(|row| row.text("document")).transpose()
}
