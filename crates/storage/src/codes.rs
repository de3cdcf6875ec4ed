//! One-time codes, as salted hashes; one a telephone, which is known by its blind index only.

use crate::{Query, Result, Tx, sealed::phone_index, values};
use pricing::Instant;

/// A code that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// To which telephone, in E.164 form.
    pub phone: String,
    /// The salt of its hash.
    pub salt: String,
    /// The keyed hash of salt, telephone and code.
    pub code_hash: String,
    /// How many wrong tries it still stands.
    pub tries_left: i64,
    /// When it ends.
    pub expires_at: Instant,
}

/// Stores a code in place of the one before.
pub async fn put(tx: &Tx, row: &CodeRow) -> Result<()> {
    let sql = "INSERT INTO otp_codes (phone, salt, code_hash, tries_left, expires_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (phone) DO UPDATE SET salt = excluded.salt, code_hash = excluded.code_hash,
        tries_left = excluded.tries_left, expires_at = excluded.expires_at";
    let phone = phone_index(tx, &row.phone)?;
    tx.run(sql, values![phone, &row.salt, &row.code_hash, row.tries_left, row.expires_at]).await?;
    Ok(())
}

/// Takes one try of the telephone's code, before it is compared, so that two requests never share one; none if there is
/// no code, no try left, or the code has ended.
pub async fn take_try(tx: &Tx, phone: &str, now: Instant) -> Result<Option<CodeRow>> {
    let sql = "UPDATE otp_codes SET tries_left = tries_left - 1 WHERE phone = $1 AND tries_left > 0 AND expires_at > $2
        RETURNING salt, code_hash, tries_left, expires_at";
    let row = tx.row(sql, values![phone_index(tx, phone)?, now]).await?;
    let read = |row: crate::Row| {
        Ok(CodeRow {
            phone: phone.to_owned(),
            salt: row.text("salt")?,
            code_hash: row.text("code_hash")?,
            tries_left: row.int("tries_left")?,
            expires_at: row.instant("expires_at")?,
        })
    };
    row.map(read).transpose()
}

/// Uses a code up, and forgets all that have ended; false if somebody else has used it already.
pub async fn consume(tx: &Tx, phone: &str, code_hash: &str, now: Instant) -> Result<bool> {
    tx.run("DELETE FROM otp_codes WHERE expires_at <= $1", values![now]).await?;
    let phone = phone_index(tx, phone)?;
    Ok(tx.run("DELETE FROM otp_codes WHERE phone = $1 AND code_hash = $2", values![phone, code_hash]).await? == 1)
}

/// Forgets the code of a telephone.
pub async fn forget(tx: &Tx, phone: &str) -> Result<()> {
    tx.run("DELETE FROM otp_codes WHERE phone = $1", values![phone_index(tx, phone)?]).await.map(drop)
}
