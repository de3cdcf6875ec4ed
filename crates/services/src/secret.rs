//! Secrets from the operating system's randomness, and hashes.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use rand::{TryRng, rngs::SysRng};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{Result, ServiceError};

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string never fails");
        text
    })
}

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SysRng.try_fill_bytes(&mut bytes).map_err(ServiceError::internal)?;
    Ok(bytes)
}

/// A secret of 256 bits as text for a cookie.
pub(crate) fn cookie_secret() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// The hash under which a secret of full entropy is stored.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The keyed hash under which a short secret is stored.
pub(crate) fn keyed_hash(key: &[u8], parts: &[&str]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// Compares without telling by its time where the difference is.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// A number below `below` with equal chances.
pub(crate) fn below(below: u32) -> Result<u32> {
    // Values past the last whole multiple would make small numbers likelier.
    let fair = u32::MAX - u32::MAX % below;
    loop {
        let number = u32::from_be_bytes(random()?);
        if number < fair {
            return Ok(number % below);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_keyed_hash_do_not_run_together() {
        assert_ne!(keyed_hash(b"key", &["ab", "c"]), keyed_hash(b"key", &["a", "bc"]));
        assert!(same("abc", "abc") && !same("abc", "abd"));
        assert_eq!(cookie_secret().unwrap().len(), 43);
    }
}
