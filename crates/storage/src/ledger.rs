//! The ledger: entries that were made once, their postings, and the balances of what belongs to somebody.

use crate::{Query, Result, Row, Tx, Value, bulk, new_id, sealed::LEDGER_NOTE, value, values};
use ids::{OrderNumber, StaffId};
use members::ledger::{Account, Entry, Posting, Unit};
use pricing::Instant;

/// What an entry is written down with.
#[derive(Clone, Copy, Debug)]
pub struct Note<'a> {
    /// When.
    pub at: Instant,
    /// For which order.
    pub order: Option<&'a OrderNumber>,
    /// Who of the shop's own people did it.
    pub staff: Option<&'a StaffId>,
    /// Why, where somebody had to say.
    pub why: Option<&'a str>,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posted {
    /// It is written.
    New,
    /// It was written before, just so; nothing was changed.
    Before,
    /// Another entry has its kind and reference; nothing was changed.
    Other,
    /// An account would be below zero. The transaction must not be committed.
    Short(Account),
}

/// Writes an entry and moves the balances, in the order of the accounts.
pub async fn post(tx: &Tx, entry: &Entry, note: Note<'_>) -> Result<Posted> {
    let id = new_id();
    let insert = "INSERT INTO ledger_entries (id, at, kind, reference, order_number, staff, note)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, reference) DO NOTHING";
    let mut values = values![&id, note.at, entry.kind(), entry.reference(), note.order, note.staff];
    values.extend(values![LEDGER_NOTE.seal_maybe(tx, &id, note.why)?]);
    if tx.run(insert, values).await? == 0 {
        let same = postings_of(tx, entry.kind(), entry.reference()).await? == entry.postings();
        return Ok(if same { Posted::Before } else { Posted::Other });
    }
    for posting in entry.postings().iter().filter(|posting| posting.account.is_guarded()) {
        if !move_balance(tx, posting).await? {
            return Ok(Posted::Short(posting.account.clone()));
        }
    }
    let rows = (0_i64..).zip(entry.postings()).flat_map(|(position, posting)| {
        values![&id, position, posting.account.to_string(), posting.unit.to_string(), posting.amount]
    });
    let head = "INSERT INTO ledger_postings (entry, position, account, unit, amount) VALUES ";
    bulk::insert(tx, head, 5, rows.collect(), "").await?;
    Ok(Posted::New)
}

/// Adds to a balance, or takes from it what is there; false if it is not.
async fn move_balance(tx: &Tx, posting: &Posting) -> Result<bool> {
    let add = "INSERT INTO ledger_balances (account, unit, balance) VALUES ($1, $2, $3)
        ON CONFLICT (account, unit) DO UPDATE SET balance = ledger_balances.balance + excluded.balance";
    let take =
        "UPDATE ledger_balances SET balance = balance + $3 WHERE account = $1 AND unit = $2 AND balance + $3 >= 0";
    let values = values![posting.account.to_string(), posting.unit.to_string(), posting.amount];
    Ok(if posting.amount > 0 { tx.run(add, values).await? } else { tx.run(take, values).await? } == 1)
}

async fn postings_of(tx: &Tx, kind: &str, reference: &str) -> Result<Vec<Posting>> {
    let sql = "SELECT p.account AS account, p.unit AS unit, p.amount AS amount FROM ledger_postings p
        JOIN ledger_entries e ON e.id = p.entry WHERE e.kind = $1 AND e.reference = $2 ORDER BY p.position";
    tx.rows(sql, values![kind, reference]).await?.iter().map(posting).collect()
}

fn posting(row: &Row) -> Result<Posting> {
    Ok(Posting { account: account(row)?, unit: unit(row)?, amount: row.int("amount")? })
}

fn account(row: &Row) -> Result<Account> {
    row.text("account")?.parse().map_err(|error| value::bad("account", error))
}

fn unit(row: &Row) -> Result<Unit> {
    row.text("unit")?.parse().map_err(|error| value::bad("unit", error))
}

/// What an account that belongs to somebody holds.
pub async fn balance(on: &impl Query, account: &Account, unit: Unit) -> Result<i64> {
    let sql = "SELECT balance FROM ledger_balances WHERE account = $1 AND unit = $2";
    let row = on.row(sql, values![account.to_string(), unit.to_string()]).await?;
    row.map_or(Ok(0), |row| row.int("balance"))
}

/// The units of which an account that belongs to somebody holds some.
pub async fn units(on: &impl Query, account: &Account) -> Result<Vec<Unit>> {
    let sql = "SELECT unit FROM ledger_balances WHERE account = $1 AND balance > 0 ORDER BY unit";
    on.rows(sql, values![account.to_string()]).await?.iter().map(unit).collect()
}

/// What some accounts hold in one unit; those that hold nothing are left out.
pub async fn balances(on: &impl Query, accounts: &[Account], unit: Unit) -> Result<Vec<(Account, i64)>> {
    let sql = "SELECT account, balance FROM ledger_balances WHERE unit = $1 AND account IN ({keys}) AND balance > 0";
    let names = accounts.iter().map(Account::to_string);
    let rows = bulk::by_keys(on, sql, &[Value::from(unit.to_string())], names).await?;
    rows.iter().map(|row| Ok((account(row)?, row.int("balance")?))).collect()
}

/// A movement of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// When.
    pub at: Instant,
    /// The kind of entry, its stable word.
    pub kind: String,
    /// More or less.
    pub amount: i64,
    /// The order it belongs to.
    pub order: Option<OrderNumber>,
    /// Why, where somebody had to say.
    pub why: Option<String>,
}

/// The last movements of an account in a unit, newest first.
pub async fn history(on: &impl Query, account: &Account, unit: Unit, limit: i64) -> Result<Vec<Movement>> {
    let sql = "SELECT e.id AS id, e.at AS at, e.kind AS kind, p.amount AS amount, e.order_number AS order_number, e.note AS note
        FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry
        WHERE p.account = $1 AND p.unit = $2 ORDER BY p.entry DESC, p.position LIMIT $3";
    let read = |row: &Row| {
        Ok(Movement {
            at: row.instant("at")?,
            kind: row.text("kind")?,
            amount: row.int("amount")?,
            order: row.maybe_id("order_number")?,
            why: LEDGER_NOTE.open_maybe(on, &row.text("id")?, row.maybe_text("note")?)?,
        })
    };
    on.rows(sql, values![account.to_string(), unit.to_string(), limit]).await?.iter().map(read).collect()
}

/// What an entry moved, if it was written: the sum of what its accounts got.
pub async fn moved(on: &impl Query, kind: &str, reference: &str) -> Result<Option<i64>> {
    let sql = "SELECT CAST(SUM(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END) AS BIGINT) AS moved
        FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry WHERE e.kind = $1 AND e.reference = $2";
    on.row(sql, values![kind, reference]).await?.map_or(Ok(None), |row| row.maybe_int("moved"))
}

/// Forgets what somebody wrote at the entries of an account.
pub async fn forget_notes(tx: &Tx, account: &Account) -> Result<()> {
    let sql = "UPDATE ledger_entries SET note = NULL WHERE note IS NOT NULL
        AND id IN (SELECT entry FROM ledger_postings WHERE account = $1)";
    tx.run(sql, values![account.to_string()]).await.map(drop)
}
