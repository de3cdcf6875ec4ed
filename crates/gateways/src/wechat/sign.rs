//! Signatures of WeChat Pay's API v3 in both directions, and what it seals in its notices.

use crate::keys::{self, PlatformKey};
use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use pricing::Instant;
use rsa::RsaPrivateKey;
use serde::Deserialize;

/// How old a signed message may be, or ahead of our clock: what WeChat Pay documents.
const WINDOW_SECONDS: u64 = 300;
const NONCE_BYTES: usize = 12;

/// Who signs our requests.
pub(super) struct Merchant {
    pub(super) mchid: String,
    pub(super) serial: String,
    pub(super) key: RsaPrivateKey,
}

/// The four headers of a signed answer or notice.
pub(super) struct Signed<'a> {
    pub(super) timestamp: &'a str,
    pub(super) nonce: &'a str,
    pub(super) signature: &'a str,
    pub(super) serial: &'a str,
}

/// A text that nobody can guess, for one request.
pub(super) fn nonce() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

impl Merchant {
    /// The header `Authorization` of a request; `path` has the query string, too.
    pub(super) fn authorization(&self, method: &str, path: &str, body: &str, now: Instant) -> String {
        let (timestamp, nonce) = (now.0.div_euclid(1000), nonce());
        let message = format!("{method}\n{path}\n{timestamp}\n{nonce}\n{body}\n");
        let signature = keys::sign(&self.key, message.as_bytes());
        format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"{}\",nonce_str=\"{nonce}\",signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{}\"",
            self.mchid, self.serial
        )
    }

    /// The signature by which a page inside WeChat begins a payment.
    pub(super) fn bridge_signature(&self, app_id: &str, timestamp: &str, nonce: &str, package: &str) -> String {
        keys::sign(&self.key, format!("{app_id}\n{timestamp}\n{nonce}\n{package}\n").as_bytes())
    }
}

impl Signed<'_> {
    /// Checks that one of the platform's keys signed this body just now; else why not.
    pub(super) fn check(&self, keys: &[PlatformKey], body: &[u8], now: Instant) -> Result<(), String> {
        let key = keys.iter().find(|key| key.serial.eq_ignore_ascii_case(self.serial));
        let key = key.ok_or_else(|| format!("no platform key has the serial number {:?}", self.serial))?;
        let message = [self.timestamp.as_bytes(), b"\n", self.nonce.as_bytes(), b"\n", body, b"\n"].concat();
        if !keys::verify(&key.key, &message, self.signature) {
            return Err("the signature does not hold".to_owned());
        }
        let seconds: i64 = self.timestamp.parse().map_err(|_| "the timestamp is no number".to_owned())?;
        if now.0.div_euclid(1000).abs_diff(seconds) > WINDOW_SECONDS {
            return Err("the message is too old, or a clock is wrong".to_owned());
        }
        Ok(())
    }
}

/// What is sealed in a notice.
#[derive(Debug, Deserialize)]
pub(super) struct Sealed {
    algorithm: String,
    ciphertext: String,
    nonce: String,
    #[serde(default)]
    associated_data: Option<String>,
}

impl Sealed {
    /// Opens it by the shop's API v3 key of 32 bytes; else why not.
    pub(super) fn open(&self, key: &[u8; 32]) -> Result<Vec<u8>, String> {
        if self.algorithm != "AEAD_AES_256_GCM" {
            return Err(format!("it is sealed by {}", self.algorithm));
        }
        let sealed = STANDARD.decode(&self.ciphertext).map_err(|error| error.to_string())?;
        let nonce: [u8; NONCE_BYTES] = self.nonce.as_bytes().try_into().map_err(|_| "the nonce has not 12 bytes")?;
        let aad = self.associated_data.as_deref().unwrap_or_default().as_bytes();
        let opened = Aes256Gcm::new(&(*key).into()).decrypt(&Nonce::from(nonce), Payload { msg: &sealed, aad });
        opened.map_err(|_| "it does not open with the shop's API v3 key".to_owned())
    }
}
