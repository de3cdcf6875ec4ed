//! The audit log: who saw or changed whose data. Use cases write their entry before they answer, so that nothing is seen unseen.

use crate::{Permission, Result, ServiceError, Services, Who};
use ids::{MemberId, OrderNumber};
use storage::{Query, audit};
use wire::{AuditEntry, AuditQuery};

const MOST: i64 = 200;
const REASON_CHARS: std::ops::RangeInclusive<usize> = 4..=200;

/// What somebody did.
pub(crate) struct Deed<'a> {
    /// `find`, `see`, `unmask`, `export`, `erase` or `consent`.
    pub(crate) action: &'static str,
    /// With what.
    pub(crate) subject: Subject<'a>,
    /// Whose data, if that is a member.
    pub(crate) member: Option<&'a MemberId>,
    /// What was shown.
    pub(crate) fields: &'a [&'a str],
    /// Why, or empty.
    pub(crate) reason: &'a str,
}

/// With what somebody did something.
pub(crate) enum Subject<'a> {
    /// A member.
    Member(&'a MemberId),
    /// An order.
    Order(&'a OrderNumber),
}

/// A reason that says something.
pub(crate) fn reason(text: &str) -> Result<&str> {
    let text = text.trim();
    if REASON_CHARS.contains(&text.chars().count()) {
        return Ok(text);
    }
    Err(ServiceError::field(
        "reason",
        "请写明原因，4 到 200 个字；本人可以看到。",
        "Say why in 4 to 200 characters; the person may read it.",
    ))
}

impl Services {
    /// Writes an entry into the audit log.
    pub(crate) async fn note(&self, on: &impl Query, who: &Who, deed: &Deed<'_>) -> Result<()> {
        let (actor_kind, actor, role) = match (&who.staff, &who.member) {
            (Some(staff), _) => ("staff", staff.id.to_string(), staff.role.word()),
            (None, Some(member)) => ("member", member.to_string(), "member"),
            (None, None) => ("system", "command line".to_owned(), "operator"),
        };
        let (subject_kind, subject) = match deed.subject {
            Subject::Member(id) => ("member", id.to_string()),
            Subject::Order(number) => ("order", number.to_string()),
        };
        let entry = AuditEntry {
            at: self.now(),
            actor_kind: actor_kind.to_owned(),
            actor,
            role: role.to_owned(),
            action: deed.action.to_owned(),
            subject_kind: subject_kind.to_owned(),
            subject,
            member: deed.member.cloned(),
            fields: deed.fields.iter().map(|field| (*field).to_owned()).collect(),
            reason: deed.reason.to_owned(),
            channel: who.channel.clone(),
            place: who.staff.as_ref().and_then(|staff| staff.place.clone()).or_else(|| who.store.clone()),
            ip: who.ip.map(|ip| ip.to_string()),
        };
        Ok(audit::insert(on, &entry).await?)
    }

    /// The audit log, newest first.
    ///
    /// # Errors
    /// Without [`Permission::AuditSee`].
    pub async fn audit_log(&self, who: &Who, query: &AuditQuery) -> Result<Vec<AuditEntry>> {
        who.require(Permission::AuditSee)?;
        let wanted = audit::Wanted {
            member: query.member.clone(),
            actor: query.actor.clone(),
            before: query.before,
            limit: query.limit.unwrap_or(MOST).clamp(1, MOST),
        };
        Ok(audit::find(&self.stale(), &wanted).await?)
    }
}
