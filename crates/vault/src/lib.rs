//! Sealing of personal data at rest. It reads and writes nothing: keys come from a [`DataKeys`], texts go in and out.
//!
//! A text is sealed for one place, a row's column of a table, with AES-256-GCM-SIV (RFC 8452): moved to another row, or changed by one
//! bit, it can't be opened. GCM-SIV because many servers seal with one key, and a nonce that comes twice gives nothing away there
//! but that two texts of one place are equal. Sealed texts name their key, so that another key can seal from now on while older ones still open.
//!
//! What has to be found again has a blind index beside it: an HMAC-SHA-256 with a key of its own, cut to 128 bits. Who has the database but
//! not the key can neither read a telephone number nor try all of them.

mod key;
mod ring;
mod sealed;

pub use ring::{DataKeys, FixedDataKeys, Ring, RingError};

use std::{fmt, sync::Arc};

/// An error of whatever holds the keys.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a text could not be sealed or opened. The text itself is never repeated.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The keys can't be had.
    #[error("the data keys can't be read: {0}")]
    NoKeys(BoxError),
    /// The text was sealed with a key that is not on the ring.
    #[error(
        "a text was sealed with the data key {0}, which is not among the keys; restore the keys that belong to this database"
    )]
    UnknownKey(String),
    /// The text is not in the format of a sealed text.
    #[error("a text that should be sealed is not")]
    NotSealed,
    /// The text was changed or comes from another row.
    #[error("a sealed text was changed, or moved from another row")]
    Tampered,
    /// The operating system gave no randomness.
    #[error("no randomness: {0}")]
    NoRandomness(BoxError),
}

/// Seals texts and opens them again; cloning is cheap.
#[derive(Clone)]
pub struct Vault(Arc<dyn DataKeys>);

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

impl Vault {
    /// A vault with keys that may rotate while it is in use.
    #[must_use]
    pub fn new(keys: Arc<dyn DataKeys>) -> Self {
        Self(keys)
    }

    /// A vault that opens nothing, for who has no business with personal data.
    #[must_use]
    pub fn closed() -> Self {
        Self(Arc::new(ring::NoDataKeys))
    }

    /// The keys now.
    ///
    /// # Errors
    /// [`VaultError::NoKeys`].
    pub fn ring(&self) -> Result<Arc<Ring>, VaultError> {
        self.0.ring().map_err(VaultError::NoKeys)
    }

    /// Seals `text` for the column of the row with this key in its table: `v1.<key id>.<base64url of nonce and ciphertext>`.
    ///
    /// # Errors
    /// If there are no keys or no randomness.
    pub fn seal(&self, table: &str, column: &str, row: &str, text: &str) -> Result<String, VaultError> {
        let ring = self.ring()?;
        let key = ring.current();
        let nonce = key::nonce()?;
        Ok(sealed::write(key.id(), &nonce, &key.seal(&nonce, &place(table, column, row), text.as_bytes())))
    }

    /// Opens what was sealed for exactly this place.
    ///
    /// # Errors
    /// Any of [`VaultError`], by what is wrong with the text.
    pub fn open(&self, table: &str, column: &str, row: &str, text: &str) -> Result<String, VaultError> {
        let parts = sealed::read(text).ok_or(VaultError::NotSealed)?;
        let ring = self.ring()?;
        let key = ring.find(parts.key).ok_or_else(|| VaultError::UnknownKey(parts.key.to_owned()))?;
        let plain = key.open(&parts.nonce, &place(table, column, row), &parts.ciphertext);
        String::from_utf8(plain.ok_or(VaultError::Tampered)?).map_err(|_| VaultError::Tampered)
    }

    /// The blind index of a value that was brought into one form before: 32 hexadecimal digits. `kind` keeps apart what must not be
    /// compared, such as telephones and addresses of the network.
    ///
    /// # Errors
    /// [`VaultError::NoKeys`].
    pub fn index(&self, kind: &str, value: &str) -> Result<String, VaultError> {
        Ok(self.ring()?.index(kind, value))
    }
}

/// The id of the key that sealed a text; none if it is no sealed text.
#[must_use]
pub fn key_of(text: &str) -> Option<&str> {
    sealed::read(text).map(|parts| parts.key)
}

/// Where a text belongs: what the cipher authenticates with it. Tables and columns have no `|` in their names, so no two places are one.
fn place(table: &str, column: &str, row: &str) -> Vec<u8> {
    format!("{table}|{column}|{row}").into_bytes()
}

#[cfg(test)]
mod tests;
