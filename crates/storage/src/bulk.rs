//! Many rows in one statement. Only constant fragments are put together; every value is bound.

use crate::{Query, Result, Value};
use sqlx::AssertSqlSafe;
use std::fmt::Write;

/// Bound values of one statement; SQLite allows 32,766.
const VALUES_MAX: usize = 6_000;

/// Inserts rows by `head` (`INSERT INTO t (a, b) VALUES `), a tuple of `width` values each, and `tail` (` ON CONFLICT …`). Says how many rows
/// were written.
pub(crate) async fn insert_counting(
    on: &impl Query,
    head: &'static str,
    width: usize,
    rows: Vec<Value>,
    tail: &'static str,
) -> Result<u64> {
    let step = VALUES_MAX / width * width;
    let mut written = 0;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Value> = rows.by_ref().take(step).collect();
        written += on.run(AssertSqlSafe(statement(head, width, chunk.len() / width, tail)), chunk).await?;
    }
    Ok(written)
}

/// The same for whoever knows that every row is written.
pub(crate) async fn insert(
    on: &impl Query,
    head: &'static str,
    width: usize,
    rows: Vec<Value>,
    tail: &'static str,
) -> Result<()> {
    insert_counting(on, head, width, rows, tail).await.map(drop)
}

/// Inserts rows whose columns are only known when they are read: tables of our own, never names from outside.
pub(crate) async fn insert_dynamic(on: &impl Query, head: &str, width: usize, rows: Vec<Value>) -> Result<()> {
    let step = VALUES_MAX / width * width;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Value> = rows.by_ref().take(step).collect();
        on.run(AssertSqlSafe(statement(head, width, chunk.len() / width, "")), chunk).await?;
    }
    Ok(())
}

fn statement(head: &str, width: usize, rows: usize, tail: &str) -> String {
    let mut sql = String::with_capacity(head.len() + rows * (width * 6 + 3) + tail.len());
    sql.push_str(head);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..width {
            let comma = if column == 0 { "" } else { "," };
            write!(sql, "{comma}${}", row * width + column + 1).expect("writing to a string never fails");
        }
        sql.push(')');
    }
    sql.push_str(tail);
    sql
}

/// Runs a statement once for each group of at most 512 keys and gathers the rows. `{keys}` in the statement becomes their
/// placeholders, which begin after the `first` values. Groups are padded by their last key, so that few different
/// statements are prepared.
pub(crate) async fn by_keys<K>(
    on: &impl Query,
    sql: &'static str,
    first: &[Value],
    keys: impl IntoIterator<Item = K>,
) -> Result<Vec<crate::Row>>
where
    Value: From<K>,
{
    let keys: Vec<Value> = keys.into_iter().map(Value::from).collect();
    let mut rows = Vec::new();
    for group in keys.chunks(512) {
        let width = group.len().next_power_of_two();
        let mut values = first.to_vec();
        values.extend(group.iter().cloned());
        values.resize(first.len() + width, group[group.len() - 1].clone());
        let marks: Vec<String> = (1..=width).map(|at| format!("${}", first.len() + at)).collect();
        rows.extend(on.rows(AssertSqlSafe(sql.replace("{keys}", &marks.join(","))), values).await?);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_become_tuples_of_placeholders() {
        let sql = super::statement("INSERT INTO t (a, b) VALUES ", 2, 2, " ON CONFLICT DO NOTHING");
        assert_eq!(sql, "INSERT INTO t (a, b) VALUES ($1,$2), ($3,$4) ON CONFLICT DO NOTHING");
    }
}
