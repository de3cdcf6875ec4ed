//! What the use cases need from the outside: a clock and a way to reach the shopper.

use crate::BoxError;
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

/// Reaches the shopper.
#[async_trait]
pub trait Messages: Send + Sync {
    /// Sends a one-time code to a telephone in E.164 form (`+8613800000001`).
    async fn send_code(&self, phone: &str, code: &str) -> Result<(), BoxError>;
}

/// Writes messages to the log instead of sending them, for a shop without a message provider.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogMessages;

#[async_trait]
impl Messages for LogMessages {
    async fn send_code(&self, phone: &str, code: &str) -> Result<(), BoxError> {
        tracing::info!(phone, code, "one-time code (no message provider is set up, so it is shown here)");
        Ok(())
    }
}
