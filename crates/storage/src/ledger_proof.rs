//! What must be true of the ledger, asked of the database: each question is one statement, so that orders that are placed meanwhile can't make it look wrong.

use crate::{Query, Result, Row, values};
use pricing::Instant;

/// How many differences of a kind are listed.
const LISTED_MAX: i64 = 100;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What is compared: `entry`, `balance`, `lots-available`, `lots-pending`, `points`, `held` or
    /// `payment`.
    pub what: &'static str,
    /// Which entry, account or member.
    pub which: String,
    /// In which unit.
    pub unit: String,
    /// What the postings sum to.
    pub derived: i64,
    /// What is stored, or must be.
    pub stored: i64,
}

/// All postings of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitTotal {
    /// The unit.
    pub unit: String,
    /// What they sum to: 0.
    pub sum: i64,
    /// What belongs to members, gift cards and payments that are held.
    pub owed: i64,
    /// How many there are.
    pub postings: i64,
}

/// What moved in a span of time, by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindTotal {
    /// The kind of entry.
    pub kind: String,
    /// The unit.
    pub unit: String,
    /// Entries.
    pub entries: i64,
    /// What moved from account to account.
    pub moved: i64,
}

/// Accounts that belong to somebody, by their names; see `members::ledger::Account::is_guarded`.
macro_rules! guarded {
    ($column:literal) => {
        concat!(
            "(",
            $column,
            " LIKE 'points-available:%' OR ",
            $column,
            " LIKE 'points-pending:%' OR ",
            $column,
            " LIKE 'value:%' OR ",
            $column,
            " LIKE 'gift-card:%' OR ",
            $column,
            " LIKE 'held:%')"
        )
    };
}

async fn ask(on: &impl Query, what: &'static str, sql: &'static str) -> Result<Vec<Difference>> {
    let read = |row: &Row| {
        Ok(Difference {
            what,
            which: row.text("which")?,
            unit: row.text("unit")?,
            derived: row.int("derived")?,
            stored: row.int("stored")?,
        })
    };
    on.rows(sql, values![LISTED_MAX]).await?.iter().map(read).collect()
}

/// Entries that do not sum to zero, or have no postings.
pub async fn unbalanced(on: &impl Query) -> Result<Vec<Difference>> {
    let sums = "SELECT entry AS which, unit, CAST(SUM(amount) AS BIGINT) AS derived, CAST(0 AS BIGINT) AS stored FROM ledger_postings
        GROUP BY entry, unit HAVING SUM(amount) <> 0 ORDER BY entry, unit LIMIT $1";
    let empty = "SELECT id AS which, kind AS unit, CAST(0 AS BIGINT) AS derived, CAST(0 AS BIGINT) AS stored FROM ledger_entries e
        WHERE NOT EXISTS (SELECT 1 FROM ledger_postings p WHERE p.entry = e.id) ORDER BY id LIMIT $1";
    let mut found = ask(on, "entry", sums).await?;
    found.extend(ask(on, "entry", empty).await?);
    Ok(found)
}

/// Balances that are not the sum of their postings, and sums without a balance.
pub async fn balances(on: &impl Query) -> Result<Vec<Difference>> {
    let wrong = "SELECT b.account AS which, b.unit AS unit, COALESCE(d.total, 0) AS derived, b.balance AS stored FROM ledger_balances b
        LEFT JOIN (SELECT account, unit, CAST(SUM(amount) AS BIGINT) AS total FROM ledger_postings GROUP BY account, unit) d
            ON d.account = b.account AND d.unit = b.unit
        WHERE b.balance <> COALESCE(d.total, 0) ORDER BY b.account, b.unit LIMIT $1";
    let missing = concat!(
        "SELECT d.account AS which, d.unit AS unit, d.total AS derived, CAST(0 AS BIGINT) AS stored
        FROM (SELECT account, unit, CAST(SUM(amount) AS BIGINT) AS total FROM ledger_postings GROUP BY account, unit) d
        WHERE d.total <> 0 AND ",
        guarded!("d.account"),
        " AND NOT EXISTS (SELECT 1 FROM ledger_balances b WHERE b.account = d.account AND b.unit = d.unit)
        ORDER BY d.account, d.unit LIMIT $1"
    );
    let mut found = ask(on, "balance", wrong).await?;
    found.extend(ask(on, "balance", missing).await?);
    Ok(found)
}

/// Members whose lots, or the points that quotes use, are not what their accounts hold.
pub async fn points(on: &impl Query) -> Result<Vec<Difference>> {
    let available = "SELECT m.id AS which, 'points' AS unit, COALESCE(b.balance, 0) AS derived, COALESCE(l.total, 0) AS stored FROM members m
        LEFT JOIN ledger_balances b ON b.account = 'points-available:' || m.id AND b.unit = 'points'
        LEFT JOIN (SELECT member, CAST(SUM(left_points) AS BIGINT) AS total FROM point_lots WHERE released = 1 AND left_points > 0
            GROUP BY member) l ON l.member = m.id
        WHERE COALESCE(b.balance, 0) <> COALESCE(l.total, 0) ORDER BY m.id LIMIT $1";
    let pending = "SELECT m.id AS which, 'points' AS unit, COALESCE(b.balance, 0) AS derived, COALESCE(l.total, 0) AS stored FROM members m
        LEFT JOIN ledger_balances b ON b.account = 'points-pending:' || m.id AND b.unit = 'points'
        LEFT JOIN (SELECT member, CAST(SUM(left_points) AS BIGINT) AS total FROM point_lots WHERE released = 0 AND left_points > 0
            GROUP BY member) l ON l.member = m.id
        WHERE COALESCE(b.balance, 0) <> COALESCE(l.total, 0) ORDER BY m.id LIMIT $1";
    let quoted =
        "SELECT m.id AS which, 'points' AS unit, COALESCE(b.balance, 0) AS derived, m.points AS stored FROM members m
        LEFT JOIN ledger_balances b ON b.account = 'points-available:' || m.id AND b.unit = 'points'
        WHERE COALESCE(b.balance, 0) <> m.points ORDER BY m.id LIMIT $1";
    let mut found = ask(on, "lots-available", available).await?;
    found.extend(ask(on, "lots-pending", pending).await?);
    found.extend(ask(on, "points", quoted).await?);
    Ok(found)
}

/// Payments for which another sum is held than their hold says, and those out of purses whose hold says something else than they do.
pub async fn holds(on: &impl Query) -> Result<Vec<Difference>> {
    let paid = "SELECT p.id AS which, COALESCE(h.currency, '') AS unit,
            COALESCE(h.captured_minor - h.refunded_minor, 0) AS derived, p.captured_minor - p.refunded_minor AS stored FROM payments p
        LEFT JOIN value_holds h ON h.payment = p.id
        WHERE p.tender IN ('stored_value', 'gift_card') AND (h.payment IS NULL OR h.held_minor <> p.amount_minor
            OR h.captured_minor <> p.captured_minor OR h.refunded_minor <> p.refunded_minor
            - (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refunds r WHERE r.payment = p.id AND r.moved_to IS NOT NULL)
            OR h.held_minor - h.captured_minor - h.freed_minor <> CASE WHEN p.state = 'authorised' THEN p.amount_minor ELSE 0 END)
        ORDER BY p.id LIMIT $1";
    let sql = "SELECT h.payment AS which, h.currency AS unit, COALESCE(b.balance, 0) AS derived,
            h.held_minor - h.captured_minor - h.freed_minor AS stored FROM value_holds h
        LEFT JOIN ledger_balances b ON b.account = 'held:' || h.payment AND b.unit = h.currency
        WHERE COALESCE(b.balance, 0) <> h.held_minor - h.captured_minor - h.freed_minor ORDER BY h.payment LIMIT $1";
    let mut found = ask(on, "held", sql).await?;
    found.extend(ask(on, "payment", paid).await?);
    Ok(found)
}

/// What all postings of each unit sum to.
pub async fn units(on: &impl Query) -> Result<Vec<UnitTotal>> {
    let sql = concat!(
        "SELECT unit, CAST(SUM(amount) AS BIGINT) AS total, CAST(SUM(CASE WHEN ",
        guarded!("account"),
        " THEN amount ELSE 0 END) AS BIGINT) AS owed, COUNT(*) AS postings FROM ledger_postings GROUP BY unit ORDER BY unit"
    );
    let read = |row: &Row| {
        Ok(UnitTotal {
            unit: row.text("unit")?,
            sum: row.int("total")?,
            owed: row.int("owed")?,
            postings: row.int("postings")?,
        })
    };
    on.rows(sql, vec![]).await?.iter().map(read).collect()
}

/// What moved from `from` on and before `until`, by kind and unit.
pub async fn kinds(on: &impl Query, from: Instant, until: Instant) -> Result<Vec<KindTotal>> {
    let sql = "SELECT e.kind AS kind, p.unit AS unit, COUNT(DISTINCT e.id) AS entries,
            CAST(SUM(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END) AS BIGINT) AS moved
        FROM ledger_entries e JOIN ledger_postings p ON p.entry = e.id
        WHERE e.at >= $1 AND e.at < $2 GROUP BY e.kind, p.unit ORDER BY e.kind, p.unit";
    let read = |row: &Row| {
        Ok(KindTotal {
            kind: row.text("kind")?,
            unit: row.text("unit")?,
            entries: row.int("entries")?,
            moved: row.int("moved")?,
        })
    };
    on.rows(sql, values![from, until]).await?.iter().map(read).collect()
}
