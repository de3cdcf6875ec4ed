//! What the shop's own people see of messages: those that were given up, and trying them again.

use crate::{Permission, Result, ServiceError, Services, Thing, Who, privacy::mask};
use storage::outbox::{self, OutboxRow};
use wire::{MessageState, StaffMessage};

const MOST: i64 = 100;

fn word(state: MessageState) -> &'static str {
    match state {
        MessageState::Waiting => "waiting",
        MessageState::Sent => "sent",
        MessageState::Dead => "dead",
    }
}

fn wire(row: OutboxRow, state: MessageState) -> StaffMessage {
    let to: super::Recipient = serde_json::from_str(&row.recipient).unwrap_or_default();
    // Providers repeat addresses in their errors.
    let address = [Some(to.phone.as_str()), to.email.as_deref(), Some(to.name.as_str())];
    let hidden = address.into_iter().flatten().filter(|one| !one.is_empty());
    let last_error = hidden.fold(row.last_error, |text, one| text.replace(one, "****"));
    StaffMessage {
        id: row.id,
        way: row.way,
        kind: row.kind,
        to: mask::phone(&to.phone),
        order: row.order,
        created_at: row.created_at,
        state,
        next_at: row.next_at,
        attempts: row.attempts,
        last_error,
        sent_at: row.sent_at,
    }
}

impl Services {
    /// The last messages in a state, newest first, at most 100, their recipients masked.
    ///
    /// # Errors
    /// Without [`Permission::Operate`].
    pub async fn messages(&self, who: &Who, state: MessageState) -> Result<Vec<StaffMessage>> {
        who.require(Permission::Operate)?;
        let rows = outbox::in_state(self.db(), word(state), MOST).await?;
        Ok(rows.into_iter().map(|row| wire(row, state)).collect())
    }

    /// Puts a message that was given up on its way again.
    ///
    /// # Errors
    /// Without [`Permission::Operate`]; [`ServiceError::NotFound`] if there is none that was given up with this id.
    pub async fn retry_message(&self, who: &Who, id: &str) -> Result<()> {
        who.require(Permission::Operate)?;
        if outbox::revive(self.db(), id, self.now()).await? {
            return Ok(());
        }
        Err(ServiceError::NotFound(Thing::Message))
    }
}
