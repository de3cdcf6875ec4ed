//! A clock that stands, a mailbox that keeps what was sent, and keys that a test may change.

use async_trait::async_trait;
use pricing::Instant;
use services::{
    BoxError, Clock, DataKeyRing, DataKeys, Envelope, KeyRing, KeyStore, MessageWay, Messages, Reach, SendError,
};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
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

/// Keeps one-time codes and messages instead of sending them.
#[derive(Debug, Default)]
pub struct Mailbox {
    codes: Mutex<Vec<(String, String)>>,
    messages: Mutex<Vec<Envelope>>,
    refusal: Mutex<Option<bool>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Mailbox {
    /// The last code sent to a telephone in E.164 form.
    #[must_use]
    pub fn last(&self, phone: &str) -> Option<String> {
        locked(&self.codes).iter().rev().find(|(to, _)| to == phone).map(|(_, code)| code.clone())
    }

    /// The messages that came, in the order in which they did.
    #[must_use]
    pub fn messages(&self) -> Vec<Envelope> {
        locked(&self.messages).clone()
    }

    /// From now on messages are refused, for now (false) or for good (true), or taken again (none).
    pub fn refuse(&self, for_good: Option<bool>) {
        *locked(&self.refusal) = for_good;
    }
}

#[async_trait]
impl Messages for Mailbox {
    async fn send_code(&self, phone: &str, code: &str) -> Result<(), BoxError> {
        locked(&self.codes).push((phone.to_owned(), code.to_owned()));
        Ok(())
    }

    fn ways(&self) -> Vec<MessageWay> {
        vec![MessageWay { name: "mailbox", needs: Reach::Phone }]
    }

    async fn send(&self, envelope: &Envelope) -> Result<(), SendError> {
        let refused = format!("{} is not taken", envelope.to.phone);
        match *locked(&self.refusal) {
            Some(true) => return Err(SendError::Never(refused.into())),
            Some(false) => return Err(SendError::Later(refused.into())),
            None => locked(&self.messages).push(envelope.clone()),
        }
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

/// Data keys that a test may rotate.
#[derive(Debug)]
pub struct TestDataKeys(Mutex<Arc<DataKeyRing>>);

impl Default for TestDataKeys {
    fn default() -> Self {
        Self(Mutex::new(Arc::new(DataKeyRing::generate(0).expect("there is randomness"))))
    }
}

impl TestDataKeys {
    /// Puts another ring in the place of this one.
    pub fn change(&self, change: impl FnOnce(&DataKeyRing) -> DataKeyRing) {
        let mut ring = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *ring = Arc::new(change(&ring));
    }
}

impl DataKeys for TestDataKeys {
    fn ring(&self) -> Result<Arc<DataKeyRing>, BoxError> {
        Ok(Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}
