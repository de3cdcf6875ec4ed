//! One data key: AES-256-GCM-SIV.

use crate::VaultError;
use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use rand::{TryRng, rngs::SysRng};
use secrecy::{ExposeSecret, SecretBox};

/// Bytes of a nonce.
pub(crate) const NONCE_BYTES: usize = 12;
/// Bytes of a key.
pub(crate) const KEY_BYTES: usize = 32;

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    SysRng.try_fill_bytes(&mut bytes).map_err(|error| VaultError::NoRandomness(error.into()))?;
    Ok(bytes)
}

/// A nonce for one text.
pub(crate) fn nonce() -> Result<[u8; NONCE_BYTES], VaultError> {
    random()
}

/// A key with its name. Neither its secret nor its cipher outlives it in memory.
pub(crate) struct Key {
    id: String,
    secret: SecretBox<[u8; KEY_BYTES]>,
    cipher: Aes256GcmSiv,
}

impl Key {
    /// The key of these bytes, named by a hash of them, so that nobody can give two keys one name.
    pub(crate) fn new(secret: SecretBox<[u8; KEY_BYTES]>) -> Self {
        let cipher = Aes256GcmSiv::new(secret.expose_secret().into());
        let name = crate::ring::mac(secret.expose_secret(), &["concord", "data key"]);
        Self { id: crate::ring::hex(&name[..4]), secret, cipher }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn secret(&self) -> &SecretBox<[u8; KEY_BYTES]> {
        &self.secret
    }

    pub(crate) fn seal(&self, nonce: &[u8; NONCE_BYTES], place: &[u8], text: &[u8]) -> Vec<u8> {
        let sealed = self.cipher.encrypt(&Nonce::from(*nonce), Payload { msg: text, aad: place });
        sealed.expect("only texts of 64 GiB and more can't be sealed")
    }

    /// The text, if it was sealed with this key for this place and is unchanged.
    pub(crate) fn open(&self, nonce: &[u8; NONCE_BYTES], place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        self.cipher.decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: place }).ok()
    }
}
