//! Columns with personal data, sealed at rest. To seal another one: give it a constant here and a place in [`COLUMNS`], and let its table's file
//! write and read it by [`Sealed::seal`] and [`Sealed::open`]. Sealing what was there before and rotating keys follow from the list.

use crate::{Db, Error, Query, Result, values};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// Rows of one transaction when many are sealed.
const STEP: i64 = 200;
/// Characters of a sealed text that name its format and key.
const HEAD: usize = "v1.01234567.".len();

/// A column whose texts are sealed.
#[derive(Clone, Copy, Debug)]
pub struct Sealed {
    /// Its table.
    pub table: &'static str,
    /// The table's key, a text; it goes into the seal, so it never changes.
    pub key: &'static str,
    /// The column.
    pub column: &'static str,
    /// Finds the telephone in its text, if the table has a `phone_index`.
    telephone: Option<fn(&str) -> Option<String>>,
}

/// A member's telephone.
pub const MEMBER_PHONE: Sealed =
    Sealed { telephone: Some(|text| Some(text.to_owned())), ..sealed("members", "id", "phone") };
/// A member's name.
pub const MEMBER_NAME: Sealed = sealed("members", "id", "name");
/// Who is told about an order.
pub const ORDER_CONTACT: Sealed =
    Sealed { telephone: Some(telephone_of_contact), ..sealed("orders", "number", "contact") };
/// Where an order goes.
pub const ORDER_DELIVERY: Sealed = sealed("orders", "number", "delivery");
/// The telephone of one of the shop's own people.
pub const STAFF_PHONE: Sealed =
    Sealed { telephone: Some(|text| Some(text.to_owned())), ..sealed("staff", "id", "phone") };
/// The name of one of the shop's own people.
pub const STAFF_NAME: Sealed = sealed("staff", "id", "name");
/// Why somebody's data was looked at, in that person's own words.
pub const AUDIT_REASON: Sealed = sealed("audit", "id", "reason");
/// The network address from which somebody's data was looked at.
pub const AUDIT_IP: Sealed = sealed("audit", "id", "ip");

/// Who collected goods in a store.
pub const COLLECTED_BY: Sealed = sealed("fulfilments", "id", "collected_by");
/// Why goods could not be given, in somebody's own words.
pub const FULFILMENT_REASON: Sealed = sealed("fulfilments", "id", "reason");
/// Why goods came back, in somebody's own words.
pub const RETURN_REASON: Sealed = sealed("order_returns", "id", "reason");
/// Who gets a message.
pub const OUTBOX_RECIPIENT: Sealed = sealed("outbox", "id", "recipient");
/// What a message tells.
pub const OUTBOX_PAYLOAD: Sealed = sealed("outbox", "id", "payload");
/// Why a message could not be sent.
pub const OUTBOX_ERROR: Sealed = sealed("outbox", "id", "last_error");

/// Why somebody corrected points or stored money.
pub const LEDGER_NOTE: Sealed = sealed("ledger_entries", "id", "note");
/// What a member reads of a movement of points; it may be what somebody wrote.
pub const POINTS_REASON: Sealed = sealed("points_entries", "id", "reason");
/// What a member's code for the till is computed from.
pub const CARD_SECRET: Sealed = sealed("member_cards", "member", "secret");
/// What unique coupon codes are computed from.
pub const BATCH_SECRET: Sealed = sealed("coupon_batches", "id", "secret");

/// All sealed columns.
pub const COLUMNS: &[Sealed] = &[
    MEMBER_PHONE,
    MEMBER_NAME,
    ORDER_CONTACT,
    ORDER_DELIVERY,
    STAFF_PHONE,
    STAFF_NAME,
    AUDIT_REASON,
    AUDIT_IP,
    COLLECTED_BY,
    FULFILMENT_REASON,
    RETURN_REASON,
    OUTBOX_RECIPIENT,
    OUTBOX_PAYLOAD,
    OUTBOX_ERROR,
    LEDGER_NOTE,
    POINTS_REASON,
    CARD_SECRET,
    BATCH_SECRET,
];

const fn sealed(table: &'static str, key: &'static str, column: &'static str) -> Sealed {
    Sealed { table, key, column, telephone: None }
}

fn telephone_of_contact(json: &str) -> Option<String> {
    serde_json::from_str::<wire::Contact>(json).ok().map(|contact| contact.phone)
}

/// The blind index of a telephone in E.164 form; none for an empty one.
pub fn phone_index(on: &impl Query, phone: &str) -> Result<Option<String>> {
    Ok(if phone.is_empty() { None } else { Some(on.vault().index("phone", phone)?) })
}

impl Sealed {
    /// Seals the text of the row with this key.
    pub fn seal(&self, on: &impl Query, row: &str, text: &str) -> Result<String> {
        Ok(on.vault().seal(self.table, self.column, row, text)?)
    }

    /// Opens the text of the row with this key.
    pub fn open(&self, on: &impl Query, row: &str, sealed: &str) -> Result<String> {
        Ok(on.vault().open(self.table, self.column, row, sealed)?)
    }

    /// Seals the text of the row with this key, if there is one.
    pub fn seal_maybe(&self, on: &impl Query, row: &str, text: Option<&str>) -> Result<Option<String>> {
        text.map(|text| self.seal(on, row, text)).transpose()
    }

    /// Opens the text of the row with this key, if there is one.
    pub fn open_maybe(&self, on: &impl Query, row: &str, sealed: Option<String>) -> Result<Option<String>> {
        sealed.map(|sealed| self.open(on, row, &sealed)).transpose()
    }

    /// Seals a document.
    pub fn seal_json<T: Serialize>(&self, on: &impl Query, row: &str, document: &T) -> Result<String> {
        self.seal(on, row, &crate::value::json(document)?)
    }

    /// Opens a document.
    pub fn open_json<T: DeserializeOwned>(&self, on: &impl Query, row: &str, sealed: &str) -> Result<T> {
        let text = self.open(on, row, sealed)?;
        serde_json::from_str(&text).map_err(|error| crate::value::bad(self.column, error))
    }

    fn name(&self) -> String {
        format!("{}.{}", self.table, self.column)
    }

    /// What stands in the column now, in the order of keys after `after`.
    async fn texts(&self, on: &impl Query, after: &str) -> Result<Vec<(String, String)>> {
        let Self { table, key, column, .. } = self;
        let sql = format!(
            "SELECT {key} AS id, {column} AS text FROM {table} WHERE {key} > $1 AND {column} IS NOT NULL ORDER BY {key} LIMIT $2"
        );
        let rows = on.rows(AssertSqlSafe(sql), values![after, STEP]).await?;
        rows.iter().map(|row| Ok((row.text("id")?, row.text("text")?))).collect()
    }

    /// Puts a sealed text in the place of what stood there, unless somebody has written another one meanwhile.
    async fn replace(&self, on: &impl Query, row: &str, old: &str, plain: &str) -> Result<u64> {
        let Self { table, key, column, telephone } = self;
        let mut values = values![row, old, self.seal(on, row, plain)?];
        let index = if let Some(find) = telephone {
            values.extend(values![phone_index(on, &find(plain).unwrap_or_default())?]);
            ", phone_index = $4"
        } else {
            ""
        };
        let sql = format!("UPDATE {table} SET {column} = $3{index} WHERE {key} = $1 AND {column} = $2");
        on.run(AssertSqlSafe(sql), values).await
    }

    /// Seals what `again` finds, from the row after `after` on, in steps of their own transactions.
    async fn each(&self, db: &Db, after: String, again: Again) -> Result<u64> {
        let (mut after, mut changed) = (after, 0);
        loop {
            let tx = db.begin().await?;
            let texts = self.texts(&tx, &after).await?;
            let Some((last, _)) = texts.last() else { return Ok(changed) };
            last.clone_into(&mut after);
            for (row, text) in &texts {
                if let Some(plain) = again.plain(self, &tx, row, text)? {
                    changed += self.replace(&tx, row, text, &plain).await?;
                }
            }
            if again == Again::Plain {
                progress(&tx, &self.name(), &after, false).await?;
            }
            tx.commit().await?;
        }
    }
}

/// What is to be sealed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    /// Texts that were written before the column was sealed.
    Plain,
    /// Texts that were sealed with another key than the one that seals now.
    Old,
}

impl Again {
    /// The text to seal; none where nothing is to do.
    fn plain(self, column: &Sealed, on: &impl Query, row: &str, text: &str) -> Result<Option<String>> {
        let ring = on.vault().ring()?;
        match (self, vault::key_of(text)) {
            (Self::Plain, None) => Ok(Some(text.to_owned())),
            (Self::Old, Some(key)) if ring.ids().first() != Some(&key) => Ok(Some(column.open(on, row, text)?)),
            _ => Ok(None),
        }
    }
}

async fn progress(on: &impl Query, name: &str, last: &str, done: bool) -> Result<()> {
    let sql = "INSERT INTO sealing (name, last, done) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET last = excluded.last, done = excluded.done";
    on.run(sql, values![name, last, done]).await.map(drop)
}

/// Notes the keys in a database that has none yet; an error if it belongs to other keys.
pub async fn check_keys(db: &Db) -> Result<()> {
    let ours = db.vault().index("keys", "these")?;
    let sql = "INSERT INTO sealing (name, last, done) VALUES ('keys', $1, 1) ON CONFLICT (name) DO NOTHING";
    db.run(sql, values![&ours]).await?;
    let row = db.row("SELECT last FROM sealing WHERE name = 'keys'", vec![]).await?;
    match row.map(|row| row.text("last")).transpose()? {
        Some(theirs) if theirs == ours => Ok(()),
        _ => Err(Error::OtherKeys),
    }
}

/// Seals what was written before its column was sealed, and goes on where it was interrupted; returns how many texts that were.
/// Several servers may do it at once.
pub async fn seal_plain(db: &Db) -> Result<u64> {
    let mut sealed = 0;
    for column in COLUMNS {
        let name = column.name();
        let row = db.row("SELECT last, done FROM sealing WHERE name = $1", values![&name]).await?;
        let from = match &row {
            Some(row) if row.flag("done")? => continue,
            Some(row) => row.text("last")?,
            None => String::new(),
        };
        sealed += column.each(db, from, Again::Plain).await?;
        progress(db, &name, "", true).await?;
    }
    Ok(sealed)
}

/// Seals with the key that seals now whatever another key sealed; returns how many texts that were. It may be interrupted and done again.
pub async fn reseal(db: &Db) -> Result<u64> {
    let mut sealed = 0;
    for column in COLUMNS {
        sealed += column.each(db, String::new(), Again::Old).await?;
    }
    Ok(sealed)
}

/// How many texts each key sealed, by the keys' ids.
pub async fn keys_in_use(on: &impl Query) -> Result<BTreeMap<String, i64>> {
    let mut counts = BTreeMap::new();
    for Sealed { table, column, .. } in COLUMNS {
        let sql = format!(
            "SELECT substr({column}, 1, {HEAD}) AS head, COUNT(*) AS n FROM {table}
            WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 1"
        );
        for row in on.rows(AssertSqlSafe(sql), vec![]).await? {
            let head = row.text("head")?;
            let key = head.split('.').nth(1).filter(|key| !key.is_empty());
            let key = key.ok_or_else(|| Error::BadValue {
                column: (*column).to_owned(),
                reason: "it is not sealed".to_owned(),
            })?;
            *counts.entry(key.to_owned()).or_default() += row.int("n")?;
        }
    }
    Ok(counts)
}
