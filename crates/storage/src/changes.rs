//! Telling the other servers that the price book or the catalogue changed. PostgreSQL carries the word (LISTEN, NOTIFY) as the transaction is
//! committed; on SQLite there is one server, or a few on one machine, and they look for themselves once a second.

use crate::{Db, Query, Result, Tx, values};
use sqlx::postgres::PgListener;

/// The name of the channel; other programs may use the same database server.
const CHANNEL: &str = "concord_changes";

/// Tells all servers, when the transaction is committed, that something that they keep in memory is old.
pub async fn announce(tx: &Tx) -> Result<()> {
    if tx.is_postgres() {
        tx.rows("SELECT pg_notify($1, $2)", values![CHANNEL, "book"]).await?;
    }
    Ok(())
}

/// Hears of changes.
#[derive(Debug)]
pub struct Changes(PgListener);

impl Changes {
    /// Waits for the next change. After a lost connection it answers at once: something may have been missed.
    pub async fn next(&mut self) -> Result<()> {
        self.0.try_recv().await?;
        Ok(())
    }
}

/// Begins to hear of changes; none where the database carries no word.
pub async fn listen(db: &Db) -> Result<Option<Changes>> {
    let Some(pool) = db.postgres() else { return Ok(None) };
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(Some(Changes(listener)))
}
