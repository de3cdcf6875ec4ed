//! The signature of Stripe's notices: `t=…,v1=…` over the time and the body.

use hmac::{Hmac, KeyInit, Mac};
use pricing::Instant;
use services::payments::NoticeError;
use sha2::Sha256;

/// How old a notice may be, or ahead of our clock.
const TOLERANCE_SECONDS: i64 = 300;

/// Checks the header `Stripe-Signature` of a body. A header may carry several signatures while a secret is being changed.
pub(super) fn check(secret: &str, header: &str, body: &[u8], now: Instant) -> Result<(), NoticeError> {
    let untrusted = |why: &str| NoticeError::Untrusted(why.to_owned());
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let time = parts().find(|(name, _)| *name == "t").map(|(_, value)| value);
    let time = time.ok_or_else(|| untrusted("there is no signature"))?;
    let seconds: i64 = time.parse().map_err(|_| untrusted("the signature's time is no number"))?;
    let mac = mac(secret, time, body);
    let signatures = parts().filter(|(name, _)| *name == "v1");
    if !signatures.into_iter().any(|(_, value)| unhex(value).is_some_and(|tag| mac.clone().verify_slice(&tag).is_ok()))
    {
        return Err(untrusted("the signature does not hold"));
    }
    if now.0.div_euclid(1000).abs_diff(seconds) > TOLERANCE_SECONDS.unsigned_abs() {
        return Err(untrusted("the signature is too old, or a clock is wrong"));
    }
    Ok(())
}

fn mac(secret: &str, time: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(secret: &str, time: i64, body: &[u8]) -> String {
        let tag = mac(secret, &time.to_string(), body).finalize().into_bytes();
        let tag: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("t={time},v0=00,v1={tag}")
    }

    #[test]
    fn only_the_secrets_own_recent_signature_holds() {
        let good = header("whsec", 1_000, b"{}");
        let two = format!("t=1000,v1=00ff,{}", good.split_once(',').unwrap().1);
        let rows: [(&str, &str, &[u8], i64, bool); 9] = [
            ("whsec", &good, b"{}", 1_000, true),
            ("whsec", &two, b"{}", 1_000, true),
            ("whsec", &good, b"{}", 1_300, true),
            ("whsec", &good, b"{}", 1_301, false),
            ("whsec", &good, b"{}", 699, false),
            ("other", &good, b"{}", 1_000, false),
            ("whsec", &good, b"{ }", 1_000, false),
            ("whsec", "t=1000,v1=zz", b"{}", 1_000, false),
            ("whsec", "", b"{}", 1_000, false),
        ];
        for (secret, header, body, seconds, holds) in rows {
            let checked = check(secret, header, body, Instant(seconds * 1000));
            assert_eq!(checked.is_ok(), holds, "{secret} {header} {seconds}: {checked:?}");
        }
    }

    #[test]
    fn the_signature_is_the_documented_one() {
        // printf '1614265330.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test
        let tag = mac("whsec_test", "1614265330", b"{\"id\":\"evt_1\"}").finalize().into_bytes();
        let tag: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(tag, "347e9afe3d74ec4c5cbefd270edc9246513ae3da7b375223e302560fbd4146eb");
    }
}
