//! Signing in by a one-time code: six digits, five minutes, five tries, and limits that all servers share.

use super::{phone, sessions::SignedIn};
use crate::{
    Result, ServiceError, Services, Who,
    secret::{below, hex, keyed_hash, random, same},
};
use ids::MemberId;
use pricing::Instant;
use storage::{
    Tx,
    codes::{self, CodeRow},
    limits,
    members::{self, MemberRow},
};
use wire::{CodeSent, RequestCode, SignIn};

const VALID_MS: i64 = 5 * 60 * 1000;
const TRIES: i64 = 5;
const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Codes to one telephone in an hour.
const PER_PHONE_HOUR: i64 = 5;
/// Codes asked for from one address in an hour: a store's shoppers share one.
const PER_ADDRESS_HOUR: i64 = 30;
/// Codes over all in a minute, so that nobody can spend the shop's messages.
const OVER_ALL_MINUTE: i64 = 300;
/// Wrong codes from one address in an hour.
const GUESSES_PER_ADDRESS_HOUR: i64 = 60;

fn wrong_phone() -> ServiceError {
    ServiceError::field("phone", "请输入 11 位中国大陆手机号", "enter a mobile number of mainland China, 11 digits")
}

/// Counts one more of `name`; an error if that is more than `most` in the window.
async fn limit(tx: &Tx, name: &str, most: i64, window_ms: i64, now: Instant) -> Result<()> {
    let (uses, ends) = limits::count(tx, name, window_ms, now).await?;
    if uses <= most {
        return Ok(());
    }
    let retry_after_seconds = (ends.0 - now.0).max(0) / 1000 + 1;
    Err(ServiceError::RateLimited { retry_after_seconds })
}

impl Services {
    /// Sends a one-time code to a telephone, whether it is a member's or not.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for what is no mobile number; [`ServiceError::RateLimited`].
    pub async fn request_code(&self, who: &Who, request: &RequestCode) -> Result<CodeSent> {
        let phone = phone::normalise(&request.phone).ok_or_else(wrong_phone)?;
        let now = self.now();
        let code = format!("{:06}", below(1_000_000)?);
        let salt = hex(&random::<16>()?);
        let tx = self.db().begin().await?;
        limits::delete_ended(&tx, now).await?;
        self.check_limits(&tx, who, &phone, now).await?;
        let code_hash = self.code_hash(&salt, &phone, &code);
        let expires_at = Instant(now.0 + VALID_MS);
        codes::put(&tx, &CodeRow { phone: phone.clone(), salt, code_hash, tries_left: TRIES, expires_at }).await?;
        tx.commit().await?;
        self.0.messages.send_code(&phone, &code).await.map_err(ServiceError::Internal)?;
        Ok(CodeSent { valid_seconds: VALID_MS / 1000, again_after_seconds: MINUTE_MS / 1000 })
    }

    async fn check_limits(&self, tx: &Tx, who: &Who, phone: &str, now: Instant) -> Result<()> {
        limit(tx, &format!("code-minute:{phone}"), 1, MINUTE_MS, now).await?;
        limit(tx, &format!("code-hour:{phone}"), PER_PHONE_HOUR, HOUR_MS, now).await?;
        if let Some(ip) = who.ip {
            limit(tx, &format!("code-from:{ip}"), PER_ADDRESS_HOUR, HOUR_MS, now).await?;
        }
        limit(tx, "code-all", OVER_ALL_MINUTE, MINUTE_MS, now).await
    }

    fn code_hash(&self, salt: &str, phone: &str, code: &str) -> String {
        hex(&keyed_hash(&self.0.otp_pepper, &[salt, phone, code]))
    }

    /// Signs in with a code; the first time makes a member. The session before ends, and its orders go along.
    ///
    /// # Errors
    /// [`ServiceError::WrongCode`], [`ServiceError::Invalid`] for what is no mobile number, [`ServiceError::RateLimited`].
    pub async fn sign_in(&self, who: &Who, request: &SignIn) -> Result<SignedIn> {
        let phone = phone::normalise(&request.phone).ok_or_else(wrong_phone)?;
        let now = self.now();
        self.spend_try(who, &phone, request.code.trim(), now).await?;
        let tx = self.db().begin().await?;
        codes::delete(&tx, &phone, now).await?;
        let member = self.member_of(&tx, &phone, now).await?;
        let token = self.rotate(&tx, who, &member.id, now).await?;
        tx.commit().await?;
        Ok(SignedIn { member: member.id.clone(), session: super::account::session_of(&member), token })
    }

    /// Takes a try and compares. The try stays taken whatever comes after, so it is committed by itself.
    async fn spend_try(&self, who: &Who, phone: &str, code: &str, now: Instant) -> Result<()> {
        let tx = self.db().begin().await?;
        if let Some(ip) = who.ip {
            limit(&tx, &format!("guess-from:{ip}"), GUESSES_PER_ADDRESS_HOUR, HOUR_MS, now).await?;
        }
        let row = codes::take_try(&tx, phone, now).await?;
        tx.commit().await?;
        let Some(row) = row else { return Err(ServiceError::WrongCode { tries_left: 0 }) };
        if same(&self.code_hash(&row.salt, phone, code), &row.code_hash) {
            return Ok(());
        }
        Err(ServiceError::WrongCode { tries_left: row.tries_left })
    }

    async fn member_of(&self, tx: &Tx, phone: &str, now: Instant) -> Result<MemberRow> {
        if let Some(member) = members::by_phone(tx, phone).await? {
            return Ok(member);
        }
        let id = MemberId::new(storage::new_id()).expect("a UUID is an id");
        let member = MemberRow {
            id,
            phone: phone.to_owned(),
            name: String::new(),
            level: None,
            tags: Vec::new(),
            points: 0,
            orders: 0,
            created_at: now,
        };
        members::insert(tx, &member).await?;
        // Another request may have been quicker with the same telephone; then that member counts.
        let stored = members::by_phone(tx, phone).await?;
        stored.ok_or_else(|| ServiceError::internal("a member that was just added is not there"))
    }
}
