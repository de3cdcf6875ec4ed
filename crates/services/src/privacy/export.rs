//! Everything that the shop keeps of a member, in one document that programs can read.

use super::audit::{self, Deed, Subject};
use crate::{
    Permission, Result, ServiceError, Services, Who,
    messages::{Message, Notice, To},
};
use ids::MemberId;
use storage::{audit as log, consents, members::MemberRow, orders, outbox, points, sessions};
use wire::{
    AuditEntry, ExportMessage, ExportOrder, ExportProfile, ExportSession, OrderSummary, PersonExport, WithReason,
};

/// The version of the document.
const FORMAT: u32 = 1;

/// Movements of stored money in an export.
const VALUE_MAX: i64 = 10_000;

impl Services {
    /// Everything that the shop keeps of the member who asks.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest.
    pub async fn export_me(&self, who: &Who) -> Result<PersonExport> {
        let member = who.member.as_ref().filter(|_| who.staff.is_none()).ok_or(ServiceError::SignInNeeded)?;
        self.export(who, member, "").await
    }

    /// Everything that the shop keeps of a member, for the member, by the shop's own people.
    ///
    /// # Errors
    /// Without [`Permission::PersonData`]; [`ServiceError::Invalid`] without a reason; [`ServiceError::NotFound`].
    pub async fn export_person(&self, who: &Who, member: &MemberId, request: &WithReason) -> Result<PersonExport> {
        who.require(Permission::PersonData)?;
        self.export(who, member, audit::reason(&request.reason)?).await
    }

    /// [`Services::export_person`] for whoever may run a command on the shop's own machine.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] without a reason; [`ServiceError::NotFound`].
    pub async fn export_person_here(&self, member: &MemberId, reason: &str) -> Result<PersonExport> {
        self.export(&Who::default(), member, audit::reason(reason)?).await
    }

    async fn export(&self, who: &Who, member: &MemberId, reason: &str) -> Result<PersonExport> {
        let row = self.member_row(member).await?;
        let deed =
            Deed { action: "export", subject: Subject::Member(member), member: Some(member), fields: &["all"], reason };
        let tx = self.db().begin().await?;
        self.note(&tx, who, &deed).await?;
        self.enqueue(&tx, &Message { to: To::Member(member), notice: Notice::DataExported }).await?;
        tx.commit().await?;
        let sessions = sessions::of_member(self.db(), member, self.now()).await?;
        Ok(PersonExport {
            format: FORMAT,
            made_at: self.now(),
            profile: profile(row),
            orders: self.export_orders(member).await?,
            points: points::all(self.db(), member).await?,
            value: self.value_history(member, VALUE_MAX).await?,
            coupons: crate::members::own_coupons(self, &*self.active().await?, member).await?,
            consents: consents::of_member(self.db(), member).await?,
            messages: self.export_messages(member).await?,
            // The network address of the one who looked is not the member's.
            accesses: log::of_member(self.db(), member)
                .await?
                .into_iter()
                .map(|entry| AuditEntry { ip: None, ..entry })
                .collect(),
            sessions: sessions
                .into_iter()
                .map(|one| ExportSession { began: one.created_at, seen: one.seen_at })
                .collect(),
        })
    }

    async fn export_orders(&self, member: &MemberId) -> Result<Vec<ExportOrder>> {
        let mut exported = Vec::new();
        let mut summaries = orders::summaries(self.db(), member, i64::MAX).await?;
        summaries.reverse();
        for summary in summaries {
            // An order is never deleted, so what the list names is there.
            let Some(row) = orders::by_number(self.db(), &summary.number).await? else { continue };
            exported.push(ExportOrder {
                summary: OrderSummary { images: Vec::new(), ..summary },
                name: row.contact.name,
                phone: row.contact.phone,
                email: row.contact.email,
                delivery: row.delivery,
                items: orders::items(self.db(), &row.number).await?,
                quote: row.quote,
            });
        }
        Ok(exported)
    }

    async fn export_messages(&self, member: &MemberId) -> Result<Vec<ExportMessage>> {
        let active = self.active().await?;
        let rows = outbox::of_member(self.db(), member).await?;
        let exported = rows.into_iter().map(|row| {
            let (at, way, sent_at) = (row.created_at, row.way.clone(), row.sent_at);
            let envelope = self.envelope(&active, row)?;
            Ok::<_, ServiceError>(ExportMessage { at, way, sent_at, subject: envelope.subject, text: envelope.text })
        });
        exported.collect()
    }
}

fn profile(row: MemberRow) -> ExportProfile {
    ExportProfile {
        member: row.id,
        name: row.name,
        phone: row.phone,
        level: row.level,
        tags: row.tags,
        birthday_month: row.birthday_month,
        points: row.points,
        since: row.created_at,
    }
}
