//! Sending what was written down: taken under a lease by whichever server comes first, tried again later and later, given up in the end.

use super::{
    Envelope,
    enqueue::Payload,
    texts::{Shop, words},
};
use crate::{Result, SendError, ServiceError, Services, active::Active};
use jiff::tz::TimeZone;
use money::Locale;
use pricing::Instant;
use std::time::Duration;
use storage::outbox::{self, OutboxRow};
use tokio::task::JoinSet;

/// Messages that are taken at once, and sent side by side.
const BATCH: i64 = 16;
/// One try takes no longer; what answers later counts as failed.
const TRY_MAX: Duration = Duration::from_secs(30);
/// A server that is gone holds its messages no longer: well above the time that a batch takes.
const LEASE_MS: i64 = 120_000;
/// A round ends after so long, so that whoever relays has time for other things; what is left is taken in the next one.
const ROUND_MAX: Duration = Duration::from_secs(20);
/// A message is tried so often: with the waits between, for most of two days.
const TRIES: i64 = 16;
const WAIT_FIRST_MS: i64 = 10_000;
const WAIT_MAX_MS: i64 = 6 * 3_600_000;
/// What was sent is kept so long, for the person who asks what was sent, and then forgotten.
const KEPT_MS: i64 = 90 * 86_400_000;

/// What a round of sending came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relayed {
    /// Messages that left.
    pub sent: u64,
    /// Messages that will be tried again.
    pub put_off: u64,
    /// Messages that were given up.
    pub dead: u64,
}

/// How long to wait after so many tries: twice as long each time.
fn wait_ms(tries: i64) -> i64 {
    let doubled = u32::try_from(tries - 1).ok().and_then(|by| WAIT_FIRST_MS.checked_shl(by.min(30)));
    doubled.unwrap_or(WAIT_MAX_MS).min(WAIT_MAX_MS)
}

impl Services {
    /// Sends the messages that are due, until none is left or some time has passed. Any number of servers may do so at once: each message is taken by one of them. A
    /// message whose server goes away in the middle is sent again by another one, with the same id.
    ///
    /// # Errors
    /// If the database does not answer; what goes wrong with one message is noted with it.
    pub async fn relay_messages(&self) -> Result<Relayed> {
        let mut relayed = Relayed::default();
        let began = std::time::Instant::now();
        while began.elapsed() < ROUND_MAX {
            let now = self.now();
            let lease = storage::new_id();
            let rows = outbox::take(self.db(), &lease, now, Instant(now.0 + LEASE_MS), BATCH).await?;
            if rows.is_empty() {
                return Ok(relayed);
            }
            let active = self.active().await?;
            let mut tries = JoinSet::new();
            for row in rows {
                let (services, active, lease) = (self.clone(), active.clone(), lease.clone());
                tries.spawn(async move { services.relay_one(&active, &lease, row).await });
            }
            while let Some(tried) = tries.join_next().await {
                match tried.map_err(ServiceError::internal)?? {
                    End::Sent => relayed.sent += 1,
                    End::PutOff => relayed.put_off += 1,
                    End::Dead => relayed.dead += 1,
                }
            }
        }
        Ok(relayed)
    }

    /// Forgets messages that were sent long ago; returns how many.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn forget_sent_messages(&self) -> Result<u64> {
        Ok(outbox::delete_sent(self.db(), Instant(self.now().0 - KEPT_MS)).await?)
    }

    async fn relay_one(&self, active: &Active, lease: &str, row: OutboxRow) -> Result<End> {
        let (id, tries) = (row.id.clone(), row.attempts);
        let sent = match self.envelope(active, row) {
            Ok(envelope) => self.try_to_send(&envelope).await,
            Err(error) => Err(SendError::Never(error.to_string().into())),
        };
        let now = self.now();
        let Err(error) = sent else {
            outbox::sent(self.db(), &id, lease, now).await?;
            return Ok(End::Sent);
        };
        let next = match &error {
            SendError::Later(_) if tries < TRIES => Some(Instant(now.0 + wait_ms(tries))),
            _ => None,
        };
        outbox::failed(self.db(), &id, lease, &error.to_string(), next).await?;
        if next.is_some() {
            return Ok(End::PutOff);
        }
        // The error itself may hold an address, so only the table has it, sealed.
        tracing::warn!(id, tries, "a message was given up; see the staff's list of messages");
        Ok(End::Dead)
    }

    async fn try_to_send(&self, envelope: &Envelope) -> Result<(), SendError> {
        match tokio::time::timeout(TRY_MAX, self.0.messages.send(envelope)).await {
            Ok(sent) => sent,
            Err(_) => Err(SendError::Later(format!("no answer within {} s", TRY_MAX.as_secs()).into())),
        }
    }

    /// The message as it leaves: its words are made when it does.
    pub(crate) fn envelope(&self, active: &Active, row: OutboxRow) -> Result<Envelope> {
        let Payload { locale, notice } = serde_json::from_str(&row.payload).map_err(ServiceError::internal)?;
        let locale = Locale::from_tag(&locale).unwrap_or_default();
        let place = active.catalogue.places.first();
        let zone = place.and_then(|place| TimeZone::get(&place.time_zone).ok()).unwrap_or(TimeZone::UTC);
        let shop = Shop { name: active.catalogue.facts.name.get(locale), url: &self.0.public_url, zone };
        let (subject, text) = words(&notice, locale, &shop);
        Ok(Envelope {
            to: serde_json::from_str(&row.recipient).map_err(ServiceError::internal)?,
            id: row.id,
            way: row.way,
            locale,
            subject,
            text,
            notice,
            created_at: row.created_at,
            attempt: row.attempts,
        })
    }
}

enum End {
    Sent,
    PutOff,
    Dead,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_six_hours_and_make_a_day_and_a_half() {
        assert_eq!([1, 2, 3, 12, 40].map(wait_ms), [10_000, 20_000, 40_000, 20_480_000, WAIT_MAX_MS]);
        let all: i64 = (1..TRIES).map(wait_ms).sum();
        assert!((24 * 3_600_000..48 * 3_600_000).contains(&all), "{all}");
    }
}
