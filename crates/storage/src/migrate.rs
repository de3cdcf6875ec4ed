//! Brings the tables up to date. Each migration is one file, applied once, in one transaction, and never edited after.

use crate::{Db, Error, Query, Result, Tx, values};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, SqlSafeStr};

/// The migrations in their order.
const MIGRATIONS: [(i64, &str, &str); 9] = [
    (1, "catalogue", include_str!("../migrations/0001_catalogue.sql")),
    (2, "prices", include_str!("../migrations/0002_prices.sql")),
    (3, "members", include_str!("../migrations/0003_members.sql")),
    (4, "orders", include_str!("../migrations/0004_orders.sql")),
    (5, "versions", include_str!("../migrations/0005_versions.sql")),
    (6, "held", include_str!("../migrations/0006_held.sql")),
    (7, "promotion_units", include_str!("../migrations/0007_promotion_units.sql")),
    (8, "birthdays", include_str!("../migrations/0008_birthdays.sql")),
    (9, "cancelled", include_str!("../migrations/0009_cancelled.sql")),
];

/// Any number will do, as long as nobody else takes the same lock in this database.
const LOCK: i64 = 0x00c0_4c04;

/// The few words in which the databases differ: in PostgreSQL texts are compared byte by byte, as SQLite does, so that both
/// sort alike and a range of terms is a range of the index; in SQLite tables whose rows are mostly key are kept in it.
fn dialect(sql: &str, postgres: bool) -> String {
    if postgres {
        sql.replace(" TEXT", " TEXT COLLATE \"C\"").replace("{compact}", "")
    } else {
        sql.replace("{compact}", " WITHOUT ROWID")
    }
}

fn checksum(sql: &str) -> String {
    Sha256::digest(sql.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Applies all migrations that the database does not have yet; refuses a database whose migrations are not ours.
pub async fn migrate(db: &Db) -> Result<()> {
    let tx = db.begin().await?;
    if db.is_postgres() {
        tx.rows("SELECT pg_advisory_xact_lock($1)", values![LOCK]).await?;
    }
    let table = "CREATE TABLE IF NOT EXISTS schema_migrations (
        version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)";
    tx.script(table.into_sql_str()).await?;
    let rows = tx.rows("SELECT version, checksum FROM schema_migrations ORDER BY version", vec![]).await?;
    let mut applied = 0;
    for row in &rows {
        applied = row.int("version")?;
        check_known(applied, &row.text("checksum")?)?;
    }
    for (version, name, sql) in MIGRATIONS.into_iter().filter(|one| one.0 > applied) {
        apply(&tx, version, name, sql, db.is_postgres()).await?;
    }
    tx.commit().await
}

fn check_known(version: i64, found: &str) -> Result<()> {
    match MIGRATIONS.iter().find(|one| one.0 == version) {
        Some(one) if checksum(one.2) == found => Ok(()),
        Some(one) => Err(Error::Migration(format!("number {version} ({}) was applied from another text", one.1))),
        None => Err(Error::Migration(format!("the database is newer than this program: it has number {version}"))),
    }
}

async fn apply(tx: &Tx, version: i64, name: &str, sql: &str, postgres: bool) -> Result<()> {
    tracing::info!(version, name, "migrating the database");
    tx.script(AssertSqlSafe(dialect(sql, postgres)).into_sql_str()).await?;
    let insert = "INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)";
    tx.run(insert, values![version, name, checksum(sql)]).await?;
    Ok(())
}
