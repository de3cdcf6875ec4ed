//! The keys: one seals, several open, and one of another kind makes blind indexes.

use crate::{
    BoxError, VaultError,
    key::{KEY_BYTES, Key, random},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::{fmt, fmt::Write, sync::Arc};
use zeroize::{Zeroize, Zeroizing};

/// The version of the ring's text.
const FORMAT: u32 = 1;
/// Bytes of a blind index.
const INDEX_BYTES: usize = 16;

/// Where the data keys are. It is asked whenever one is needed, so that a rotation takes effect while a server runs.
pub trait DataKeys: Send + Sync {
    /// The keys now.
    ///
    /// # Errors
    /// If they can't be read.
    fn ring(&self) -> Result<Arc<Ring>, BoxError>;
}

/// Keys that never change.
pub struct FixedDataKeys(Arc<Ring>);

impl FixedDataKeys {
    /// Keys that are those of `ring` for good.
    #[must_use]
    pub fn new(ring: Ring) -> Self {
        Self(Arc::new(ring))
    }
}

impl DataKeys for FixedDataKeys {
    fn ring(&self) -> Result<Arc<Ring>, BoxError> {
        Ok(Arc::clone(&self.0))
    }
}

/// No keys at all.
pub(crate) struct NoDataKeys;

impl DataKeys for NoDataKeys {
    fn ring(&self) -> Result<Arc<Ring>, BoxError> {
        Err("this program was started without them".into())
    }
}

/// The data keys: the first seals, all open. The key of the blind indexes stays when they rotate: with another one nothing would be found.
pub struct Ring {
    keys: Vec<Made>,
    index: SecretBox<[u8; KEY_BYTES]>,
}

/// A key and when it was made and put aside, in milliseconds since 1970 in UTC.
struct Made {
    key: Arc<Key>,
    made_ms: i64,
    retired_ms: Option<i64>,
}

impl Clone for Made {
    fn clone(&self) -> Self {
        Self { key: Arc::clone(&self.key), ..*self }
    }
}

/// A text is no ring of data keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these are no data keys: {0}")]
pub struct RingError(String);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    index: Zeroizing<String>,
    keys: Vec<Written>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    made_ms: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retired_ms: Option<i64>,
    secret: Zeroizing<String>,
}

impl fmt::Debug for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ring").field("ids", &self.ids()).finish_non_exhaustive()
    }
}

fn bad(reason: impl fmt::Display) -> RingError {
    RingError(reason.to_string())
}

fn secret(text: &str) -> Result<SecretBox<[u8; KEY_BYTES]>, RingError> {
    let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).map_err(|_| bad("a key is no base64url"))?);
    let bytes: [u8; KEY_BYTES] = bytes.as_slice().try_into().map_err(|_| bad("a key has 32 bytes"))?;
    Ok(boxed(bytes))
}

fn boxed(mut bytes: [u8; KEY_BYTES]) -> SecretBox<[u8; KEY_BYTES]> {
    let kept = SecretBox::new(Box::new(bytes));
    bytes.zeroize();
    kept
}

fn text_of(secret: &SecretBox<[u8; KEY_BYTES]>) -> Zeroizing<String> {
    Zeroizing::new(URL_SAFE_NO_PAD.encode(secret.expose_secret()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string never fails");
        text
    })
}

/// HMAC-SHA-256 over parts that can't run together: each is preceded by its length.
pub(crate) fn mac(key: &[u8], parts: &[&str]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

fn new_key(now_ms: i64) -> Result<Made, VaultError> {
    Ok(Made { key: Arc::new(Key::new(boxed(random()?))), made_ms: now_ms, retired_ms: None })
}

impl Ring {
    /// New keys; `now_ms` is milliseconds since 1970 in UTC.
    ///
    /// # Errors
    /// If the operating system has no randomness to give.
    pub fn generate(now_ms: i64) -> Result<Self, VaultError> {
        Ok(Self { keys: vec![new_key(now_ms)?], index: boxed(random()?) })
    }

    /// Reads a ring's text.
    ///
    /// # Errors
    /// With what is wrong with it; the text itself is not repeated, since it holds secrets.
    pub fn parse(text: &str) -> Result<Self, RingError> {
        let file: File = serde_json::from_str(text)
            .map_err(|error| bad(format!("line {}, column {} can't be read", error.line(), error.column())))?;
        if file.format != FORMAT {
            return Err(bad(format!("they have format {}, this program reads {FORMAT}", file.format)));
        }
        let keys = file.keys.into_iter().map(|written| {
            let key = Arc::new(Key::new(secret(&written.secret)?));
            let right = key.id() == written.id;
            let made = Made { key, made_ms: written.made_ms, retired_ms: written.retired_ms };
            if right { Ok(made) } else { Err(bad(format!("key {} has another secret", written.id))) }
        });
        let keys: Vec<Made> = keys.collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(bad("there is none"));
        }
        Ok(Self { keys, index: secret(&file.index)? })
    }

    /// The ring's text, with all its secrets.
    #[must_use]
    pub fn to_text(&self) -> SecretString {
        let written = |made: &Made| Written {
            id: made.key.id().to_owned(),
            made_ms: made.made_ms,
            retired_ms: made.retired_ms,
            secret: text_of(made.key.secret()),
        };
        let file = File { format: FORMAT, index: text_of(&self.index), keys: self.keys.iter().map(written).collect() };
        serde_json::to_string_pretty(&file).expect("a ring has only text keys and writes to memory").into()
    }

    /// A ring in which a new key seals; all others still open.
    ///
    /// # Errors
    /// If the operating system has no randomness to give.
    pub fn rotated(&self, now_ms: i64) -> Result<Self, VaultError> {
        let retired = |made: &Made| Made { retired_ms: made.retired_ms.or(Some(now_ms)), ..made.clone() };
        let keys = std::iter::once(new_key(now_ms)?).chain(self.keys.iter().map(retired)).collect();
        Ok(Self { keys, index: boxed(*self.index.expose_secret()) })
    }

    /// A ring without the keys that were put aside and are named here: nothing that they sealed can be opened any more. The key that
    /// seals stays in any case.
    #[must_use]
    pub fn without(&self, ids: &[&str]) -> Self {
        let goes = |made: &Made| made.retired_ms.is_some() && ids.contains(&made.key.id());
        let (first, others) = self.keys.split_first().expect("a ring has a key that seals");
        let kept = others.iter().filter(|made| !goes(made)).cloned();
        Self { keys: std::iter::once(first.clone()).chain(kept).collect(), index: boxed(*self.index.expose_secret()) }
    }

    /// The ids of the keys; the first seals.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        self.keys.iter().map(|made| made.key.id()).collect()
    }

    pub(crate) fn current(&self) -> &Key {
        &self.keys.first().expect("a ring has a key that seals").key
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Key> {
        self.keys.iter().find(|made| made.key.id() == id).map(|made| &*made.key)
    }

    pub(crate) fn index(&self, kind: &str, value: &str) -> String {
        hex(&mac(self.index.expose_secret(), &[kind, value])[..INDEX_BYTES])
    }
}
