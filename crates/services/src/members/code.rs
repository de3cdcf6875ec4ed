//! One-time codes: six digits, short-lived, few tries, and not too many of them.

use super::phone;
use crate::{Result, ServiceError, Services, Who, secret};
use pricing::Instant;
use storage::{
    Tx,
    codes::{self, CodeRow},
    limits,
};
use wire::{CodeSent, RequestCode};

const VALID_SECONDS: i64 = 300;
const AGAIN_SECONDS: i64 = 60;
const TRIES: i64 = 5;
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 3_600_000;
/// Codes to one telephone in an hour.
const PHONE_HOUR: i64 = 5;
/// Codes asked for from one address in an hour: a store's shoppers may share one.
const IP_HOUR: i64 = 30;
/// Codes of the whole shop in an hour, against a flood of messages that the shop pays for.
const SHOP_HOUR: i64 = 2_000;

/// The hash under which a code is stored.
pub(super) fn hash(services: &Services, salt: &str, phone: &str, code: &str) -> String {
    secret::hex(&secret::keyed_hash(&services.0.otp_pepper, &[salt, phone, code]))
}

/// Counts a use and refuses it past `most`.
pub(super) async fn limit(tx: &Tx, name: &str, most: i64, window_ms: i64, now: Instant) -> Result<()> {
    let (uses, ends) = limits::count(tx, name, window_ms, now).await?;
    if uses <= most {
        return Ok(());
    }
    let wait = (ends.0 - now.0).max(0);
    Err(ServiceError::RateLimited { retry_after_seconds: wait / 1000 + i64::from(wait % 1000 > 0) })
}

impl Services {
    /// Sends a one-time code. Whether the number is a member's is not told.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a number that is none, [`ServiceError::RateLimited`].
    pub async fn request_code(&self, who: &Who, request: &RequestCode) -> Result<CodeSent> {
        let phone = phone::normalise(&request.phone);
        let phone = phone.ok_or_else(|| ServiceError::field("phone", phone::WRONG.0, phone::WRONG.1))?;
        let now = self.now();
        let code = format!("{:06}", secret::below(1_000_000)?);
        let salt = secret::hex(&secret::random::<16>()?);
        let tx = self.db().begin().await?;
        limit(&tx, &format!("code:phone:minute:{phone}"), 1, MINUTE_MS, now).await?;
        limit(&tx, &format!("code:phone:hour:{phone}"), PHONE_HOUR, HOUR_MS, now).await?;
        if let Some(ip) = who.ip {
            limit(&tx, &format!("code:ip:{ip}"), IP_HOUR, HOUR_MS, now).await?;
        }
        limit(&tx, "code:shop", SHOP_HOUR, HOUR_MS, now).await?;
        let code_hash = hash(self, &salt, &phone, &code);
        let expires_at = Instant(now.0 + VALID_SECONDS * 1000);
        codes::put(&tx, &CodeRow { phone: phone.clone(), salt, code_hash, tries_left: TRIES, expires_at }).await?;
        tx.commit().await?;
        self.0.messages.send_code(&phone, &code).await.map_err(ServiceError::Internal)?;
        Ok(CodeSent { valid_seconds: VALID_SECONDS, again_after_seconds: AGAIN_SECONDS })
    }
}
