//! Deeds that are done once, however often they are asked for: the same key from the same person gets the first answer again.

use crate::{Result, ServiceError, Services, Staff, secret};
use serde::{Serialize, de::DeserializeOwned};
use storage::{Tx, postings};

/// A deed that is being done for the first time.
pub(super) struct Once {
    /// The transaction in which it is done.
    pub(super) tx: Tx,
    key: String,
    hash: String,
}

/// What became of a key.
pub(super) enum Begun<T> {
    /// It is new.
    New(Once),
    /// It was used for the same request before; this was the answer.
    Known(T),
}

fn check(key: &str) -> Result<()> {
    if (8..=100).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    let (zh, en) = ("幂等键要有 8 到 100 个可见的 ASCII 字符。", "A key has 8 to 100 visible ASCII characters.");
    Err(ServiceError::field("idempotency_key", zh, en))
}

impl Services {
    /// Begins a deed, or finds the answer that its key got before. `what` names the kind of deed and what it is done to.
    pub(super) async fn begin_once<T: DeserializeOwned>(
        &self,
        staff: &Staff,
        key: &str,
        what: &str,
        request: &(impl Serialize + Sync),
    ) -> Result<Begun<T>> {
        check(key)?;
        let text = serde_json::to_string(request).map_err(ServiceError::internal)?;
        let hash = secret::hex(&secret::sha256(format!("{what}\n{text}").as_bytes()));
        let key = format!("{}:{key}", staff.id);
        let tx = self.db().begin().await?;
        Ok(match known(postings::key(&tx, &key).await?, &hash)? {
            Some(answer) => Begun::Known(answer),
            None => Begun::New(Once { tx, key, hash }),
        })
    }

    /// Ends it: the deed and its answer are kept together. Its own twin may have been faster; then that one's answer is it.
    pub(super) async fn end_once<T: Serialize + DeserializeOwned>(&self, once: Once, answer: T) -> Result<T> {
        let Once { tx, key, hash } = once;
        let text = serde_json::to_string(&answer).map_err(ServiceError::internal)?;
        match postings::put_key(&tx, &key, &hash, &text, self.now()).await {
            Ok(()) => {
                tx.commit().await?;
                Ok(answer)
            }
            Err(error) if error.is_unique_violation() => {
                drop(tx);
                let twin = known(postings::key(self.db(), &key).await?, &hash)?;
                twin.ok_or_else(|| ServiceError::internal(error))
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn known<T: DeserializeOwned>(found: Option<(String, String)>, hash: &str) -> Result<Option<T>> {
    match found {
        Some((stored, answer)) if stored == hash => {
            serde_json::from_str(&answer).map(Some).map_err(ServiceError::internal)
        }
        Some(_) => Err(ServiceError::Conflict),
        None => Ok(None),
    }
}
