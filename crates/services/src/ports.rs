//! What the use cases need from the outside: a clock and a way to reach the shopper.

use crate::{BoxError, Envelope, members::phone};
use async_trait::async_trait;
use pricing::Instant;
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970 in UTC.
    fn now(&self) -> Instant;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A way by which messages leave. Each message is written down once for each way that can reach its recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageWay {
    /// Its name, which is stored with messages: `log`, `smtp`, `webhook`.
    pub name: &'static str,
    /// What it needs to know of a recipient.
    pub needs: Reach,
}

/// What a way of sending needs to know of a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// Either.
    Any,
}

/// Why a message could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// It may go later.
    #[error("{0}")]
    Later(BoxError),
    /// It will never go: the address does not exist, or the message is not taken.
    #[error("{0}")]
    Never(BoxError),
}

/// A parcel that a carrier is to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The goods.
    pub fulfilment: ids::FulfilmentId,
    /// The carrier's name, as it was typed; empty where the port decides.
    pub carrier: String,
    /// The carrier's number, as it was typed; empty where the carrier gives one.
    pub tracking: String,
}

/// A parcel that a carrier takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The carrier's name.
    pub carrier: String,
    /// The carrier's number.
    pub tracking: String,
}

/// Takes parcels to shoppers.
#[async_trait]
pub trait Carrier: Send + Sync {
    /// Books a parcel. It is called within a change of an order, so it must answer quickly; the same parcel booked again is the same booking.
    async fn book(&self, parcel: &Parcel) -> Result<Booked, BoxError>;
}

/// The shop's own drivers, and carriers whose number is typed: what people say is taken down, and a parcel without a number gets one that
/// follows from its goods.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnCarrier;

#[async_trait]
impl Carrier for OwnCarrier {
    async fn book(&self, parcel: &Parcel) -> Result<Booked, BoxError> {
        let number = || {
            let hash = crate::secret::hex(&crate::secret::sha256(parcel.fulfilment.as_str().as_bytes()));
            format!("CC{}", hash[..12].to_uppercase())
        };
        let named = |text: &str, otherwise: &dyn Fn() -> String| {
            if text.is_empty() { otherwise() } else { text.to_owned() }
        };
        Ok(Booked {
            carrier: named(&parcel.carrier, &|| "Concord".to_owned()),
            tracking: named(&parcel.tracking, &number),
        })
    }
}

/// Reaches the shopper.
#[async_trait]
pub trait Messages: Send + Sync {
    /// Sends a one-time code to a telephone in E.164 form (`+8613800000001`), at once: somebody waits for it.
    async fn send_code(&self, phone: &str, code: &str) -> Result<(), BoxError>;

    /// The ways by which messages leave.
    fn ways(&self) -> Vec<MessageWay>;

    /// Sends a message by the way that it names. It may come a second time with the same id, when it was not known that it had been sent.
    async fn send(&self, envelope: &Envelope) -> Result<(), SendError>;
}

/// Writes messages to the log instead of sending them, for a shop without a message provider.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogMessages;

#[async_trait]
impl Messages for LogMessages {
    async fn send_code(&self, phone: &str, code: &str) -> Result<(), BoxError> {
        let phone = phone::masked(phone);
        tracing::info!(phone, code, "one-time code (no message provider is set up, so it is shown here)");
        Ok(())
    }

    fn ways(&self) -> Vec<MessageWay> {
        vec![MessageWay { name: "log", needs: Reach::Any }]
    }

    async fn send(&self, envelope: &Envelope) -> Result<(), SendError> {
        let phone = phone::masked(&envelope.to.phone);
        let (id, subject, text) = (&envelope.id, &envelope.subject, &envelope.text);
        tracing::info!(id, phone, subject, text, "message (no message provider is set up, so it is shown here)");
        Ok(())
    }
}
