//! Unique codes: `TEA26-4F7K-92MX-QZ0B`. What follows the batch's prefix are sixty bits: the code's number in the batch, hidden, and a keyed hash of it. So
//! codes are computed and not stored; a million of them is made at once, and one is found by what it says of itself. Whoever does not know the
//! batch's secret hits a code once in 2^36 tries for a number, and tries are limited.

use super::super::base32;
use crate::{Result, ServiceError, secret};
use hmac::{Hmac, KeyInit, Mac};
use ids::CouponCode;
use sha2::Sha256;
use storage::coupons::BatchRow;

/// Characters after the prefix.
const CHARS: usize = 12;
/// Bits of the number; the other 36 of the 60 are the hash.
const NUMBER_BITS: u32 = 24;
const TAG_BITS: u32 = 36;
/// The most codes of a batch.
pub(super) const CODES_MAX: i64 = 10_000_000;

/// Computes the codes of a batch.
pub(in crate::members) struct Coder {
    mac: Hmac<Sha256>,
    prefix: String,
    codes: i64,
}

/// A new batch's secret.
pub(super) fn new_secret() -> Result<String> {
    Ok(secret::hex(&secret::random::<32>()?))
}

impl Coder {
    /// The coder of a batch; none if it has no codes.
    pub(super) fn new(batch: &BatchRow) -> Result<Option<Self>> {
        let Some(prefix) = batch.prefix.clone().filter(|_| batch.codes > 0) else { return Ok(None) };
        let mac = Hmac::<Sha256>::new_from_slice(batch.secret.as_bytes()).map_err(ServiceError::internal)?;
        Ok(Some(Self { mac, prefix, codes: batch.codes }))
    }

    fn hash(&self, what: u8, of: u64, bits: u32) -> u64 {
        let mut mac = self.mac.clone();
        mac.update(&[what]);
        mac.update(&of.to_be_bytes());
        let bytes = mac.finalize().into_bytes();
        let first = bytes.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte));
        first >> (64 - bits)
    }

    /// The code with a number, from 0.
    pub(in crate::members) fn code(&self, number: i64) -> String {
        let number = number.unsigned_abs();
        let tag = self.hash(b't', number, TAG_BITS);
        let hidden = number ^ self.hash(b'n', tag, NUMBER_BITS);
        let body = base32::encode_number((hidden << TAG_BITS) | tag, 12);
        format!("{}-{}", self.prefix, base32::grouped(&body))
    }

    /// The number of a code's part after the prefix; none if it is no code of the batch.
    pub(super) fn number(&self, body: &str) -> Option<i64> {
        let bits = base32::decode_number(body)?;
        let tag = bits & ((1 << TAG_BITS) - 1);
        let number = (bits >> TAG_BITS) ^ self.hash(b'n', tag, NUMBER_BITS);
        let known = i64::try_from(number).ok().filter(|number| *number < self.codes)?;
        (self.hash(b't', number, TAG_BITS) == tag).then_some(known)
    }

    /// The codes in their order.
    #[cfg(test)]
    fn all(&self) -> impl Iterator<Item = String> + '_ {
        (0..self.codes).map(|number| self.code(number))
    }
}

/// The parts of what looks like a unique code: its prefix and what follows.
pub(super) fn parts(code: &CouponCode) -> Option<(String, String)> {
    let plain: String = code.as_str().chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
    if !plain.is_ascii() || !(CHARS + 3..=CHARS + 10).contains(&plain.len()) {
        return None;
    }
    let (prefix, body) = plain.split_at(plain.len() - CHARS);
    Some((prefix.to_ascii_uppercase(), base32::plain(body)?))
}

/// What a prefix has to be.
pub(super) fn is_prefix(text: &str) -> bool {
    (3..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn coder(secret: &str, codes: i64) -> Coder {
        Coder { mac: Hmac::new_from_slice(secret.as_bytes()).unwrap(), prefix: "SUMMER".to_owned(), codes }
    }

    fn number(coder: &Coder, code: &str) -> Option<i64> {
        let (prefix, body) = parts(&CouponCode::new(code).unwrap())?;
        assert_eq!(prefix, "SUMMER");
        coder.number(&body)
    }

    #[test]
    fn a_code_says_its_number_to_its_own_batch_only() {
        let (ours, theirs) = (coder("ours", 20_000), coder("theirs", 20_000));
        let codes: HashSet<String> = ours.all().collect();
        assert_eq!(codes.len(), 20_000, "no code twice");
        for wanted in [0, 1, 7, 19_999] {
            let code = ours.code(wanted);
            assert_eq!(number(&ours, &code), Some(wanted), "{code}");
            assert_eq!(number(&ours, &code.to_lowercase().replace('-', " ")), Some(wanted));
            assert_eq!(number(&theirs, &code), None);
        }
        assert_eq!(number(&ours, &ours.code(20_000)), None, "beyond the batch");
    }

    #[test]
    fn a_code_with_one_other_character_is_none() {
        let ours = coder("ours", 20_000);
        let code = ours.code(5);
        for at in 7..code.len() {
            let mut other = code.clone().into_bytes();
            if other[at] == b'-' {
                continue;
            }
            other[at] = if other[at] == b'7' { b'8' } else { b'7' };
            let other = String::from_utf8(other).unwrap();
            assert_eq!(number(&ours, &other), None, "{other}");
        }
        for text in ["SUMMER", "SU-4F7K-92MX", "SUMMER-4F7K-92MX-QZ0", "汉字"] {
            let parts = parts(&CouponCode::new(text).unwrap());
            assert!(parts.is_none_or(|(prefix, _)| prefix != "SUMMER"), "{text}");
        }
    }
}
