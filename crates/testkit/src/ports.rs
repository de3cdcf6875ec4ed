//! A clock that stands, a mailbox that keeps what was sent, and keys that a test may change.

use async_trait::async_trait;
use pricing::Instant;
use services::{BoxError, Clock, KeyRing, KeyStore, Messages};
use std::sync::{
    Arc, Mutex, PoisonError,
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

    /// Moves the clock forward by less than a second.
    pub fn advance_milliseconds(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
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

/// Keys of held quotes that a test may rotate.
#[derive(Debug)]
pub struct TestKeys(Mutex<Arc<KeyRing>>);

impl Default for TestKeys {
    fn default() -> Self {
        Self(Mutex::new(Arc::new(KeyRing::generate(Instant(0)).expect("there is randomness"))))
    }
}

impl TestKeys {
    /// Lets another key sign; with `forget` the others are known no more.
    ///
    /// # Panics
    /// If there is no randomness.
    pub fn rotate(&self, now: Instant, forget: bool) {
        let mut ring = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *ring = Arc::new(ring.rotated(now, forget).expect("there is randomness"));
    }
}

impl KeyStore for TestKeys {
    fn ring(&self) -> Result<Arc<KeyRing>, BoxError> {
        Ok(Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}
