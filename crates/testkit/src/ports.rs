//! A clock that stands, and a mailbox that keeps what was sent.

use async_trait::async_trait;
use pricing::Instant;
use services::{BoxError, Clock, Messages};
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

/// A clock that stands until it is moved. It starts at 2026-11-22T04:00:00Z.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_795_320_000_000))
    }
}

impl TestClock {
    /// Moves the clock forward.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// Seconds since 1970.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst) / 1000
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

/// Keeps one-time codes instead of sending them.
#[derive(Debug, Default)]
pub struct Mailbox(Mutex<Vec<(String, String)>>);

impl Mailbox {
    /// The last code sent to a telephone in E.164 form.
    #[must_use]
    pub fn last(&self, phone: &str) -> Option<String> {
        let sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter().rev().find(|(to, _)| to == phone).map(|(_, code)| code.clone())
    }
}

#[async_trait]
impl Messages for Mailbox {
    async fn send_code(&self, phone: &str, code: &str) -> Result<(), BoxError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((phone.to_owned(), code.to_owned()));
        Ok(())
    }
}
