//! A database with very many orders: those that are there are written down again and again under other numbers, with everything that hangs on them.

use anyhow::{Result, ensure};
use storage::{AssertSqlSafe, Db, Query};

/// What hangs on an order, and which of its columns name an order or are keys.
const TABLES: [(&str, &[&str]); 8] = [
    ("orders", &["number", "idempotency_key"]),
    ("order_items", &["order_number"]),
    ("order_events", &["order_number"]),
    ("payments", &["id", "order_number"]),
    ("sourcings", &["id", "order_number"]),
    ("stock_movements", &["id", "order_number"]),
    ("fulfilments", &["id", "order_number"]),
    ("fulfilment_lines", &["fulfilment"]),
];
/// Copies in a row that are of the same guest.
const ORDERS_OF_ONE: i64 = 4;
/// Copies that one statement writes: SQLite keeps others from writing meanwhile.
const BATCH: i64 = 100;

/// Fills the database up to so many orders, all of whose copies came to their end, as old orders have; their movements are written down again as well, so its stock
/// no longer adds up.
///
/// # Errors
/// If there are no orders, or the database does not take them.
pub async fn fill(db: &Db, orders: i64) -> Result<i64> {
    let there = count(db).await?;
    ensure!(there > 0, "there are no orders to write down again");
    let copies = (orders - there).max(0) / there;
    let mut columns = Vec::new();
    for (table, _) in TABLES {
        let row = db.row(AssertSqlSafe(format!("SELECT * FROM {table} LIMIT 1")), vec![]).await?;
        columns.push(row.map(|row| row.columns()).unwrap_or_default());
    }
    for first in (1..=copies).step_by(usize::try_from(BATCH)?) {
        let last = (first + BATCH - 1).min(copies);
        let tx = db.begin().await?;
        for ((table, keys), columns) in TABLES.iter().zip(&columns) {
            if !columns.is_empty() {
                tx.run(AssertSqlSafe(statement(table, keys, columns, (first, last))), vec![]).await?;
            }
        }
        tx.commit().await?;
        // Gigabytes of SQLite's write-ahead log would be searched for every page that is read; in a shop's life it is written back long before it grows so.
        if !db.is_postgres() {
            db.row("PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await?;
        }
    }
    db.run("ANALYZE", vec![]).await?;
    count(db).await
}

async fn count(db: &Db) -> Result<i64> {
    let row = db.row("SELECT CAST(COUNT(*) AS BIGINT) AS orders FROM orders", vec![]).await?;
    Ok(row.map_or(Ok(0), |row| row.int("orders"))?)
}

/// Copies have a `~` in their numbers and are not copied themselves.
fn statement(table: &str, keys: &[&str], columns: &[String], (first, last): (i64, i64)) -> String {
    let pick = |column: &String| match (table, column.as_str()) {
        (_, name) if keys.contains(&name) => format!("t.{name} || '~' || n.at"),
        ("orders", "status") => "'completed'".to_owned(),
        ("orders", "session") => format!("t.session || '~' || (n.at / {ORDERS_OF_ONE})"),
        ("fulfilments", "stage") => "'delivered'".to_owned(),
        (_, name) => format!("t.{name}"),
    };
    let picked: Vec<String> = columns.iter().map(pick).collect();
    let key = keys.last().copied().unwrap_or("id");
    let key = if keys.contains(&"order_number") {
        "order_number"
    } else if table == "orders" {
        "number"
    } else {
        key
    };
    format!(
        "INSERT INTO {table} ({}) WITH RECURSIVE n (at) AS (SELECT {first} UNION ALL SELECT at + 1 FROM n WHERE at < {last})
         SELECT {} FROM {table} t CROSS JOIN n WHERE t.{key} IS NOT NULL AND t.{key} NOT LIKE '%~%'",
        columns.join(", "),
        picked.join(", ")
    )
}
