//! The text of something sealed: `v1.<key id>.<base64url of nonce and ciphertext>`.

use crate::key::NONCE_BYTES;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

const VERSION: &str = "v1";
/// Hexadecimal digits of a key's id.
const ID_DIGITS: usize = 8;
/// Bytes of the tag that proves that nothing was changed.
const TAG_BYTES: usize = 16;

/// A sealed text, taken apart.
pub(crate) struct Parts<'a> {
    pub(crate) key: &'a str,
    pub(crate) nonce: [u8; NONCE_BYTES],
    pub(crate) ciphertext: Vec<u8>,
}

pub(crate) fn write(key: &str, nonce: &[u8], ciphertext: &[u8]) -> String {
    format!("{VERSION}.{key}.{}", URL_SAFE_NO_PAD.encode([nonce, ciphertext].concat()))
}

/// The parts; none if the text is in another form.
pub(crate) fn read(text: &str) -> Option<Parts<'_>> {
    let (key, body) = text.strip_prefix(VERSION)?.strip_prefix('.')?.split_once('.')?;
    let is_id = key.len() == ID_DIGITS && key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let bytes = URL_SAFE_NO_PAD.decode(body).ok().filter(|bytes| bytes.len() >= NONCE_BYTES + TAG_BYTES)?;
    let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE_BYTES>()?;
    is_id.then(|| Parts { key, nonce: *nonce, ciphertext: ciphertext.to_vec() })
}
