//! Moving a shop from one database to another: every row of every table, read in one consistent view, written, read back and compared.

use crate::{Db, Error, Query, Result, Row, Tx, Value, bulk, values};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

/// Rows read and written at once.
const BATCH: usize = 500;

/// Every table with the columns of its key, so that what rows refer to comes before them.
pub const TABLES: &[(&str, &[&str])] = &[
    ("settings", &["name"]),
    ("categories", &["slug"]),
    ("translations", &["entity", "id", "field", "locale"]),
    ("products", &["number"]),
    ("variants", &["sku"]),
    ("images", &["product", "position"]),
    ("product_tags", &["product", "tag"]),
    ("search_terms", &["term", "product"]),
    ("places", &["id"]),
    ("stock", &["sku", "place"]),
    ("stock_movements", &["id"]),
    ("stock_keys", &["idempotency_key"]),
    ("bundles", &["sku", "component"]),
    ("consignments", &["id"]),
    ("consignment_lines", &["consignment", "sku"]),
    ("stock_counts", &["id"]),
    ("stock_count_lines", &["count_id", "sku"]),
    ("sourcings", &["id"]),
    ("price_books", &["id"]),
    ("price_book_activations", &["id"]),
    ("promotion_usage", &["promotion"]),
    ("promotion_usage_by_member", &["promotion", "member"]),
    ("members", &["id"]),
    ("points_entries", &["id"]),
    ("staff", &["id"]),
    ("sessions", &["id_hash"]),
    ("otp_codes", &["phone"]),
    ("rate_limits", &["name"]),
    ("orders", &["number"]),
    ("order_items", &["order_number", "position"]),
    ("held_quotes_used", &["id"]),
    ("fulfilments", &["id"]),
    ("fulfilment_lines", &["fulfilment", "position"]),
    ("order_events", &["order_number", "seq"]),
    ("order_returns", &["id"]),
    ("payments", &["id"]),
    ("refunds", &["id"]),
    ("payment_attempts", &["id"]),
    ("payment_inbox", &["provider", "event"]),
    ("demo_payments", &["id"]),
    ("demo_refunds", &["id"]),
    ("jobs", &["name"]),
    ("ledger_entries", &["id"]),
    ("ledger_postings", &["entry", "position"]),
    ("ledger_balances", &["account", "unit"]),
    ("point_lots", &["id"]),
    ("lot_uses", &["order_number", "lot"]),
    ("value_holds", &["payment"]),
    ("gift_cards", &["id"]),
    ("member_cards", &["member"]),
    ("member_code_uses", &["member", "step"]),
    ("coupon_batches", &["id"]),
    ("coupon_codes", &["batch", "number"]),
    ("coupon_uses", &["batch", "member"]),
    ("member_coupons", &["id"]),
    ("member_purchases", &["order_number"]),
    ("member_level_changes", &["id"]),
    ("consents", &["id"]),
    ("audit", &["id"]),
    ("sealing", &["name"]),
    ("outbox", &["id"]),
];

/// What became of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The table.
    pub table: &'static str,
    /// How many rows it has.
    pub rows: u64,
    /// The SHA-256 over all its rows in the order of their key: the same in both databases.
    pub hash: String,
}

/// Copies all rows from one database into another, whose tables were made and are empty, and compares what arrived with what was read. `progress`
/// is told each table as it is done.
///
/// # Errors
/// [`Error::Copy`] if the target is not empty or a table is not the same in the end; nothing is left in the target then but what
/// tables before it hold.
pub async fn copy(from: &Db, to: &Db, progress: &mut (dyn FnMut(&Copied) + Send)) -> Result<Vec<Copied>> {
    for (table, _) in TABLES {
        if count(to, table).await? > 0 {
            return Err(Error::Copy(format!("the target's table {table} is not empty; make a new database")));
        }
    }
    let source = snapshot(from).await?;
    let mut all = Vec::with_capacity(TABLES.len());
    for (table, key) in TABLES {
        let sent = move_table(&source, to, table, key).await?;
        let arrived = hash_of(to, table, key).await?;
        if sent != arrived {
            return Err(Error::Copy(format!("the target's table {table} is not what was sent: {sent:?}, {arrived:?}")));
        }
        progress(&sent);
        all.push(sent);
    }
    Ok(all)
}

/// One view of the source for as long as the copy takes. On SQLite writers wait meanwhile.
async fn snapshot(from: &Db) -> Result<Tx> {
    let tx = from.begin().await?;
    if from.is_postgres() {
        tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", vec![]).await?;
    }
    Ok(tx)
}

async fn count(on: &impl Query, table: &str) -> Result<i64> {
    let row = on.row(AssertSqlSafe(format!("SELECT COUNT(*) AS rows FROM {table}")), vec![]).await?;
    row.map_or(Ok(0), |row| row.int("rows"))
}

/// The rows of a table after a key, in the key's order.
async fn page(on: &impl Query, table: &str, key: &[&str], after: Option<&[Value]>) -> Result<Vec<Row>> {
    let keys = key.join(", ");
    let marks: Vec<String> = (1..=key.len()).map(|at| format!("${at}")).collect();
    let condition = match after {
        Some(_) => format!("WHERE ({keys}) > ({})", marks.join(", ")),
        None => String::new(),
    };
    let sql = format!("SELECT * FROM {table} {condition} ORDER BY {keys} LIMIT {BATCH}");
    on.rows(AssertSqlSafe(sql), after.map(<[Value]>::to_vec).unwrap_or_default()).await
}

/// Walks through all rows of a table.
async fn walk(on: &impl Query, table: &'static str, key: &[&str], target: Option<&Tx>) -> Result<Copied> {
    let (mut hash, mut rows, mut after) = (Sha256::new(), 0_u64, None::<Vec<Value>>);
    let integers = match target {
        Some(target) if target.is_postgres() => integer_columns(target, table).await?,
        _ => Vec::new(),
    };
    loop {
        let found = page(on, table, key, after.as_deref()).await?;
        let Some(last) = found.last() else { break };
        after = Some(key.iter().map(|column| last.value(column)).collect::<Result<_>>()?);
        let columns = last.columns();
        let mut values = Vec::with_capacity(found.len() * columns.len());
        for row in &found {
            for column in &columns {
                let value = row.value(column)?;
                feed(&mut hash, column, &value);
                // A NULL has no type of its own, but a bound one must have its column's.
                let is_int = integers.contains(column) && value == Value::Text(None);
                values.push(if is_int { Value::Int(None) } else { value });
            }
        }
        rows += found.len() as u64;
        if let Some(target) = target {
            let head = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
            bulk::insert_dynamic(target, &head, columns.len(), values).await?;
        }
    }
    let hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Copied { table, rows, hash })
}

async fn integer_columns(on: &Tx, table: &str) -> Result<Vec<String>> {
    let sql = "SELECT column_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = $1 AND data_type = 'bigint'";
    on.rows(sql, values![table]).await?.iter().map(|row| row.text("name")).collect()
}

async fn move_table(source: &Tx, to: &Db, table: &'static str, key: &[&str]) -> Result<Copied> {
    let tx = to.begin().await?;
    let copied = walk(source, table, key, Some(&tx)).await?;
    tx.commit().await?;
    Ok(copied)
}

async fn hash_of(on: &Db, table: &'static str, key: &[&str]) -> Result<Copied> {
    walk(on, table, key, None).await
}

/// Columns may stand in another order elsewhere only if the tables were made by another program; names are hashed, too.
fn feed(hash: &mut Sha256, column: &str, value: &Value) {
    let text = match value {
        Value::Int(Some(int)) => format!("i{int}"),
        Value::Text(Some(text)) => format!("t{text}"),
        Value::Int(None) | Value::Text(None) => "n".to_owned(),
    };
    for part in [column, &text] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
}

/// The names of all tables in a database but that of the migrations, sorted.
pub async fn tables(on: &Db) -> Result<Vec<String>> {
    let sql = if on.is_postgres() {
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    };
    let mut names = Vec::new();
    for row in on.rows(sql, values![]).await? {
        names.push(row.text("name")?);
    }
    names.retain(|name| name != "schema_migrations");
    names.sort();
    Ok(names)
}
