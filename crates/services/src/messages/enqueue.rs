//! Writing a message down, in the transaction of what it tells of.

use super::{Notice, Recipient};
use crate::{
    MessageWay, Reach, Result, ServiceError, Services,
    privacy::consent::{self, Purpose},
};
use ids::MemberId;
use money::Locale;
use serde::{Deserialize, Serialize};
use storage::{
    Tx, members,
    outbox::{self, OutboxRow},
};
use wire::Contact;

/// A message to be sent.
pub(crate) struct Message<'a> {
    /// To whom.
    pub(crate) to: To<'a>,
    /// What it tells.
    pub(crate) notice: Notice,
}

/// To whom a message goes.
pub(crate) enum To<'a> {
    /// A member, by the member's own telephone.
    Member(&'a MemberId),
    /// Whoever an order names, in the language that it names; the member is whose order it is.
    Contact(&'a Contact, Option<&'a MemberId>),
}

/// What is stored of a message besides its recipient.
#[derive(Serialize, Deserialize)]
pub(super) struct Payload {
    pub(super) locale: String,
    pub(super) notice: Notice,
}

impl Services {
    /// Writes a message down, once for each way that can reach its recipient. It is sent after the transaction was committed, and never
    /// if it was not. Nothing is written for a person without an address, or where a member did not allow advertising.
    pub(crate) async fn enqueue(&self, tx: &Tx, message: &Message<'_>) -> Result<()> {
        let Some((recipient, locale)) = recipient(tx, &message.to).await? else { return Ok(()) };
        let member = match message.to {
            To::Member(id) => Some(id),
            To::Contact(_, member) => member,
        };
        let payload = Payload { locale: locale.tag().to_owned(), notice: message.notice.clone() };
        let (recipient_text, payload) = (json(&recipient)?, json(&payload)?);
        for way in self.0.messages.ways() {
            if !reaches(way, &recipient) || !allowed(tx, way, member, &message.notice).await? {
                continue;
            }
            let row = OutboxRow {
                id: storage::new_id(),
                way: way.name.to_owned(),
                kind: message.notice.word().to_owned(),
                member: member.cloned(),
                order: message.notice.order().cloned(),
                recipient: recipient_text.clone(),
                payload: payload.clone(),
                created_at: self.now(),
                state: String::new(),
                next_at: self.now(),
                attempts: 0,
                last_error: String::new(),
                sent_at: None,
            };
            outbox::insert(tx, &row).await?;
        }
        Ok(())
    }
}

fn json<T: Serialize>(document: &T) -> Result<String> {
    serde_json::to_string(document).map_err(ServiceError::internal)
}

async fn recipient(tx: &Tx, to: &To<'_>) -> Result<Option<(Recipient, Locale)>> {
    Ok(match to {
        To::Member(id) => members::by_id(tx, id)
            .await?
            .map(|row| (Recipient { name: row.name, phone: row.phone, email: None }, Locale::default())),
        To::Contact(contact, _) => {
            let locale = contact.language.as_deref().and_then(Locale::from_tag).unwrap_or_default();
            let Contact { name, phone, email, .. } = (*contact).clone();
            Some((Recipient { name, phone, email }, locale))
        }
    })
}

fn reaches(way: MessageWay, to: &Recipient) -> bool {
    let (phone, email) = (!to.phone.is_empty(), to.email.is_some());
    match way.needs {
        Reach::Email => email,
        Reach::Phone => phone,
        Reach::Any => phone || email,
    }
}

/// Messages about orders and accounts need no consent; what advertises needs the one for its way.
async fn allowed(tx: &Tx, way: MessageWay, member: Option<&MemberId>, notice: &Notice) -> Result<bool> {
    if !notice.advertises() {
        return Ok(true);
    }
    let Some(member) = member else { return Ok(false) };
    let purpose = if way.needs == Reach::Email { Purpose::MarketingEmail } else { Purpose::MarketingSms };
    consent::is_given(tx, member, purpose).await
}
