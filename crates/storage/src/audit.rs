//! Who saw or changed whose data, append-only: there is a way in and a way to read. Only names and telephones of a person who was erased are
//! taken out of reasons.

use crate::{
    Query, Result, Row, Tx, new_id,
    sealed::{AUDIT_IP, AUDIT_REASON},
    value, values,
};
use ids::MemberId;
use pricing::Instant;
use wire::AuditEntry;

fn read(on: &impl Query, row: &Row) -> Result<AuditEntry> {
    let id = row.text("id")?;
    let ip = AUDIT_IP.open(on, &id, &row.text("ip")?)?;
    Ok(AuditEntry {
        at: row.instant("at")?,
        actor_kind: row.text("actor_kind")?,
        actor: row.text("actor")?,
        role: row.text("role")?,
        action: row.text("action")?,
        subject_kind: row.text("subject_kind")?,
        subject: row.text("subject")?,
        member: row.maybe_id("member")?,
        fields: row.json("fields")?,
        reason: AUDIT_REASON.open(on, &id, &row.text("reason")?)?,
        channel: row.text("channel")?,
        place: row.maybe_id("place")?,
        ip: (!ip.is_empty()).then_some(ip),
    })
}

/// Writes an entry down.
pub async fn insert(on: &impl Query, entry: &AuditEntry) -> Result<()> {
    let sql = "INSERT INTO audit (id, at, actor_kind, actor, role, action, subject_kind, subject, member, fields, reason, channel, place, ip)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let id = new_id();
    let reason = AUDIT_REASON.seal(on, &id, &entry.reason)?;
    let ip = AUDIT_IP.seal(on, &id, entry.ip.as_deref().unwrap_or_default())?;
    let mut values = values![&id, entry.at, &entry.actor_kind, &entry.actor, &entry.role, &entry.action];
    values.extend(values![&entry.subject_kind, &entry.subject, entry.member.as_ref(), value::json(&entry.fields)?]);
    values.extend(values![reason, &entry.channel, entry.place.as_ref(), ip]);
    on.run(sql, values).await.map(drop)
}

/// What is wanted of the log.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// About this member.
    pub member: Option<MemberId>,
    /// By this one.
    pub actor: Option<String>,
    /// Before this instant.
    pub before: Option<Instant>,
    /// At most so many.
    pub limit: i64,
}

/// The entries that are wanted, the newest first.
pub async fn find(on: &impl Query, wanted: &Wanted) -> Result<Vec<AuditEntry>> {
    let sql = "SELECT * FROM audit WHERE (CAST($1 AS TEXT) IS NULL OR member = $1) AND (CAST($2 AS TEXT) IS NULL OR actor = $2)
        AND at < $3 ORDER BY at DESC, id DESC LIMIT $4";
    let before = wanted.before.map_or(i64::MAX, |at| at.0);
    let values = values![wanted.member.as_ref(), &wanted.actor, before, wanted.limit];
    on.rows(sql, values).await?.iter().map(|row| read(on, row)).collect()
}

/// All entries about a member, the oldest first.
pub async fn of_member(on: &impl Query, member: &MemberId) -> Result<Vec<AuditEntry>> {
    let sql = "SELECT * FROM audit WHERE member = $1 ORDER BY at, id";
    on.rows(sql, values![member]).await?.iter().map(|row| read(on, row)).collect()
}

/// Takes words that give an erased person away out of the reasons of entries about them.
pub async fn redact(tx: &Tx, member: &MemberId, words: &[String]) -> Result<()> {
    let sql = "SELECT id, reason FROM audit WHERE member = $1 ORDER BY id";
    for row in tx.rows(sql, values![member]).await? {
        let id = row.text("id")?;
        let reason = AUDIT_REASON.open(tx, &id, &row.text("reason")?)?;
        let redacted = words
            .iter()
            .filter(|word| !word.is_empty())
            .fold(reason.clone(), |text, word| text.replace(word.as_str(), "****"));
        if redacted != reason {
            let sealed = AUDIT_REASON.seal(tx, &id, &redacted)?;
            tx.run("UPDATE audit SET reason = $2 WHERE id = $1", values![&id, sealed]).await?;
        }
    }
    Ok(())
}
