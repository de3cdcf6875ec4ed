//! Brings the tables up to date. Each migration is one file, applied once, in one transaction, and never edited after.

use crate::{Db, Error, Query, Result, Tx, values};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, SqlSafeStr};

/// The migrations in their order.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "catalogue", include_str!("../migrations/0001_catalogue.sql")),
    (2, "prices", include_str!("../migrations/0002_prices.sql")),
    (3, "members", include_str!("../migrations/0003_members.sql")),
    (4, "orders", include_str!("../migrations/0004_orders.sql")),
    (5, "versions", include_str!("../migrations/0005_versions.sql")),
    (6, "held", include_str!("../migrations/0006_held.sql")),
    (7, "promotion_units", include_str!("../migrations/0007_promotion_units.sql")),
    (8, "birthdays", include_str!("../migrations/0008_birthdays.sql")),
    (9, "cancelled", include_str!("../migrations/0009_cancelled.sql")),
    (10, "staff", include_str!("../migrations/0010_staff.sql")),
    (11, "stock", include_str!("../migrations/0011_stock.sql")),
    (12, "fulfilments", include_str!("../migrations/0012_fulfilments.sql")),
    (13, "members", include_str!("../migrations/0013_members.sql")),
    (14, "payments", include_str!("../migrations/0014_payments.sql")),
    (15, "privacy", include_str!("../migrations/0015_privacy.sql")),
    (16, "outbox", include_str!("../migrations/0016_outbox.sql")),
    (17, "jobs", include_str!("../migrations/0017_jobs.sql")),
    (18, "tenders", include_str!("../migrations/0018_tenders.sql")),
    (19, "many-orders", include_str!("../migrations/0019_many_orders.sql")),
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
    migrate_to(db, i64::MAX).await
}

/// Applies the migrations up to one of them.
async fn migrate_to(db: &Db, last: i64) -> Result<()> {
    let tx = db.begin().await?;
    if db.is_postgres() {
        tx.rows("SELECT pg_advisory_xact_lock($1)", values![LOCK]).await?;
    }
    let table = "CREATE TABLE IF NOT EXISTS schema_migrations (
        version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)";
    tx.script(table.into_sql_str()).await?;
    let rows = tx.rows("SELECT version, checksum FROM schema_migrations ORDER BY version", vec![]).await?;
    let mut applied = Vec::with_capacity(rows.len());
    for row in &rows {
        applied.push(row.int("version")?);
        check_known(row.int("version")?, &row.text("checksum")?)?;
    }
    for (version, name, sql) in MIGRATIONS.iter().filter(|one| one.0 <= last && !applied.contains(&one.0)) {
        apply(&tx, *version, name, sql, db.is_postgres()).await?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ledger, ledger_proof as proof, lots};
    use members::ledger::{Account, Unit};
    use std::sync::Arc;

    /// Members and orders as they were before there was a ledger.
    const BEFORE: [&str; 4] = [
        "INSERT INTO members (id, phone, name, level, tags, points, orders, created_at) VALUES ('rich', '+1', '', NULL, '[]', 70, 1, 5)",
        "INSERT INTO members (id, phone, name, level, tags, points, orders, created_at) VALUES ('poor', '+2', '', NULL, '[]', 0, 0, 6)",
        "INSERT INTO price_books (id, document, published_at) VALUES ('b', '{}', 1)",
        "INSERT INTO orders (number, owner, idempotency_key, request_hash, member, placed_at, status, channel, delivery, contact, cart, context,
            quote, book, engine, quote_hash, payable_minor, units)
            VALUES ('N1', 'member:rich', 'k', 'h', 'rich', 9, 'placed', 'web', '{}', '{}', '{}', '{}', '{}', 'b', 'e', 'q', 1234, 1)",
    ];

    #[tokio::test]
    async fn points_and_orders_of_before_are_carried_into_the_ledger() {
        testkit::each_database(|database| async move {
            let db =
                Db::open(database.url(), vault::Vault::new(Arc::new(testkit::TestDataKeys::default()))).await.unwrap();
            migrate_to(&db, 12).await.unwrap();
            for row in BEFORE {
                db.run(row, vec![]).await.unwrap();
            }
            migrate(&db).await.unwrap();
            let (rich, poor) = (ids::MemberId::new("rich").unwrap(), ids::MemberId::new("poor").unwrap());
            let account = Account::PointsAvailable(rich.clone());
            assert_eq!(ledger::balance(&db, &account, Unit::Points).await.unwrap(), 70);
            let lots = (lots::of_member(&db, &rich).await.unwrap(), lots::of_member(&db, &poor).await.unwrap());
            assert_eq!((lots.0.len(), lots.0[0].left, lots.0[0].expires_at, lots.1.len()), (1, 70, None, 0));
            let bought = crate::levels::purchases(&db, &rich, pricing::Instant(0)).await.unwrap();
            assert_eq!((bought.len(), bought[0].minor), (1, 1234));
            let wrong = [
                proof::unbalanced(&db).await.unwrap(),
                proof::balances(&db).await.unwrap(),
                proof::points(&db).await.unwrap(),
            ];
            assert!(wrong.concat().is_empty(), "{wrong:?}");
            db.close().await;
        })
        .await;
    }
}
