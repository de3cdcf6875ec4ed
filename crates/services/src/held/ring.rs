//! The keys of held quotes: one signs, several are known. Ed25519 after RFC 8032.

use super::HeldProblem;
use crate::{BoxError, secret};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use pricing::Instant;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// The version of the key ring's text.
const FORMAT: u32 = 1;
/// A key that signs no more is known for so long: longer than any quote is held.
const KNOWN_MS: i64 = 24 * 60 * 60 * 1000;

/// Where the keys are. It is asked whenever one is needed, so that a rotation takes effect while the server runs.
pub trait KeyStore: Send + Sync {
    /// The keys now.
    ///
    /// # Errors
    /// If they can't be read.
    fn ring(&self) -> Result<Arc<KeyRing>, BoxError>;
}

/// Keys that never change.
pub struct FixedKeys(Arc<KeyRing>);

impl FixedKeys {
    /// Keys that are those of `ring` for good.
    #[must_use]
    pub fn new(ring: KeyRing) -> Self {
        Self(Arc::new(ring))
    }
}

impl KeyStore for FixedKeys {
    fn ring(&self) -> Result<Arc<KeyRing>, BoxError> {
        Ok(Arc::clone(&self.0))
    }
}

/// The keys of held quotes: one signs, several are known. Its text holds the secret half of the one that signs.
pub struct KeyRing {
    keys: Vec<Key>,
    signer: SigningKey,
    known: Vec<(String, VerifyingKey)>,
}

/// A text is no key ring.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no key ring: {0}")]
pub struct KeyRingError(String);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    keys: Vec<Key>,
}

/// A key as it is written down; the first is the one that signs and the only one with its secret half.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    id: String,
    made: Instant,
    public: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retired: Option<Instant>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").field("ids", &self.ids()).finish_non_exhaustive()
    }
}

fn bad(reason: impl fmt::Display) -> KeyRingError {
    KeyRingError(reason.to_string())
}

fn bytes(text: &str) -> Result<[u8; 32], KeyRingError> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(bad)?;
    bytes.try_into().map_err(|_| bad("a key has 32 bytes"))
}

/// A key is named by the hash of its public half, so that nobody can give two keys one name.
fn id_of(key: &VerifyingKey) -> String {
    secret::hex(&secret::sha256(key.as_bytes())[..8])
}

fn new_key(now: Instant) -> Result<Key, BoxError> {
    let signer = SigningKey::from_bytes(&secret::random::<32>()?);
    let public = signer.verifying_key();
    Ok(Key {
        id: id_of(&public),
        made: now,
        public: URL_SAFE_NO_PAD.encode(public.as_bytes()),
        secret: Some(URL_SAFE_NO_PAD.encode(signer.to_bytes())),
        retired: None,
    })
}

impl KeyRing {
    /// A ring of one new key.
    ///
    /// # Errors
    /// If the operating system has no randomness to give.
    pub fn generate(now: Instant) -> Result<Self, BoxError> {
        Ok(Self::of(vec![new_key(now)?])?)
    }

    fn of(keys: Vec<Key>) -> Result<Self, KeyRingError> {
        let secret = keys.first().and_then(|key| key.secret.as_deref());
        let signer = SigningKey::from_bytes(&bytes(secret.ok_or_else(|| bad("its first key has no secret half"))?)?);
        let mut known = Vec::with_capacity(keys.len());
        for key in &keys {
            let public = VerifyingKey::from_bytes(&bytes(&key.public)?).map_err(bad)?;
            if id_of(&public) != key.id {
                return Err(bad(format!("key {} has another public half", key.id)));
            }
            known.push((key.id.clone(), public));
        }
        if known[0].1 != signer.verifying_key() {
            return Err(bad("the halves of its first key don't belong together"));
        }
        Ok(Self { keys, signer, known })
    }

    /// Reads a ring's text.
    ///
    /// # Errors
    /// With what is wrong with it; the text itself is not repeated, since it holds a secret.
    pub fn parse(text: &str) -> Result<Self, KeyRingError> {
        let file: File = serde_json::from_str(text)
            .map_err(|error| bad(format!("line {}, column {} can't be read", error.line(), error.column())))?;
        if file.format != FORMAT {
            return Err(bad(format!("it has format {}, this program reads {FORMAT}", file.format)));
        }
        Self::of(file.keys)
    }

    /// The ring's text, with a secret in it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let file = File { format: FORMAT, keys: self.keys.clone() };
        serde_json::to_string_pretty(&file).expect("a key ring has only text keys and writes to memory")
    }

    /// A ring in which a new key signs. The one that signed is known for a day more, without its secret half; with `forget` no other key is
    /// known, and every quote that is held becomes void.
    ///
    /// # Errors
    /// If the operating system has no randomness to give.
    pub fn rotated(&self, now: Instant, forget: bool) -> Result<Self, BoxError> {
        let mut keys = vec![new_key(now)?];
        if !forget {
            let retired = |key: &Key| Key { secret: None, retired: key.retired.or(Some(now)), ..key.clone() };
            let known = self.keys.iter().map(retired);
            keys.extend(known.filter(|key| key.retired.is_none_or(|at| now.0 - at.0 <= KNOWN_MS)));
        }
        Ok(Self::of(keys)?)
    }

    /// The ids of the known keys; the first signs.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        self.keys.iter().map(|key| key.id.as_str()).collect()
    }

    /// Signs bytes with the key that is named [`KeyRing::ids`] first.
    pub(super) fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.signer.sign(bytes).to_bytes()
    }

    /// Checks that the key with this id signed the bytes.
    pub(super) fn verify(&self, id: &str, bytes: &[u8], signature: &[u8; 64]) -> Result<(), HeldProblem> {
        let (_, key) = self.known.iter().find(|(known, _)| known == id).ok_or(HeldProblem::UnknownKey)?;
        key.verify_strict(bytes, &Signature::from_bytes(signature)).map_err(|_| HeldProblem::Tampered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retired_key_is_known_for_a_day_and_keeps_no_secret() {
        let first = KeyRing::generate(Instant(0)).unwrap();
        let old = first.ids()[0].to_owned();
        let signature = first.sign(b"words");
        let second = KeyRing::parse(&first.rotated(Instant(5), false).unwrap().to_text()).unwrap();
        assert_eq!((second.ids().len(), second.ids()[1]), (2, old.as_str()));
        assert_eq!(second.to_text().matches("\"secret\"").count(), 1);
        assert_eq!(second.verify(&old, b"words", &signature), Ok(()));
        assert_eq!(second.verify(&old, b"word", &signature), Err(HeldProblem::Tampered));
        let third = second.rotated(Instant(6 + KNOWN_MS), false).unwrap();
        assert_eq!(third.ids().len(), 2, "the first key was retired more than a day ago");
        assert_eq!(third.verify(&old, b"words", &signature), Err(HeldProblem::UnknownKey));
        assert_eq!(second.rotated(Instant(6), true).unwrap().ids().len(), 1);
    }

    #[test]
    fn a_text_that_is_no_ring_is_refused_without_being_repeated() {
        let text = KeyRing::generate(Instant(0)).unwrap().to_text();
        for wrong in ["", "{}", &text.replace("\"format\": 1", "\"format\": 2"), &text.replace("\"secret\"", "\"s\"")] {
            let error = KeyRing::parse(wrong).unwrap_err().to_string();
            assert!(error.starts_with("this is no key ring: "), "{error}");
        }
        let other = KeyRing::generate(Instant(0)).unwrap();
        let (mine, theirs) = (&KeyRing::parse(&text).unwrap().keys[0], &other.keys[0]);
        let mixed = text.replace(mine.secret.as_deref().unwrap(), theirs.secret.as_deref().unwrap());
        assert!(KeyRing::parse(&mixed).is_err());
    }

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn signatures_are_those_of_the_standard() {
        let hex = |text: &str| -> Vec<u8> {
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
        };
        let secret = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let signer = SigningKey::from_bytes(&secret.try_into().unwrap());
        let expected = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        assert_eq!(signer.sign(&[0x72]).to_bytes().to_vec(), hex(expected));
    }
}
