//! Signing in: the right code makes a member of a telephone number, and a new session of the old one.

use super::{
    Desk, code, phone,
    session::{self, SessionToken},
};
use crate::{Result, ServiceError, Services, Who, secret};
use ids::MemberId;
use pricing::Instant;
use storage::{
    codes, limits,
    members::{self, MemberRow},
    orders, sessions,
};
use wire::{Session, SignIn};

/// Tries from one address in an hour.
const IP_HOUR: i64 = 60;
const HOUR_MS: i64 = 3_600_000;

/// A successful sign-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who signed in.
    pub member: MemberId,
    /// The answer for the browser.
    pub session: Session,
    /// The new session's secret: the old session is gone, so that nobody who knew it is signed in with it.
    pub token: SessionToken,
}

impl Services {
    /// Signs in with a one-time code, and makes the member on the first time.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a number or code that is none, [`ServiceError::WrongCode`],
    /// [`ServiceError::RateLimited`].
    pub async fn sign_in(&self, who: &Who, request: &SignIn) -> Result<SignedIn> {
        let now = self.now();
        let (phone, code_hash) = self.checked_code(who, request, now).await?;
        let active = self.active().await?;
        let tx = self.db().begin().await?;
        if !codes::consume(&tx, &phone, &code_hash, now).await? {
            return Err(ServiceError::WrongCode { tries_left: 0 });
        }
        let member = find_or_make(&Desk::new(&tx, &active, now), &phone).await?;
        let token = session::start(&tx, Some(member.id.clone()), now).await?;
        if let Some(old) = who.session_text() {
            // What the guest ordered in this browser stays in sight.
            orders::move_session(&tx, &old, &secret::hex(&token.hash)).await?;
            sessions::delete(&tx, &old).await?;
        }
        tx.commit().await?;
        Ok(SignedIn { member: member.id.clone(), session: Session { member: Some(session::info(member)) }, token })
    }

    /// The telephone in E.164 form and the hash of its code, which has still to be consumed, if the code is right.
    pub(crate) async fn checked_code(&self, who: &Who, request: &SignIn, now: Instant) -> Result<(String, String)> {
        let phone = phone::normalise(&request.phone);
        let phone = phone.ok_or_else(|| ServiceError::field("phone", phone::WRONG.0, phone::WRONG.1))?;
        let digits = request.code.trim();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ServiceError::field("code", "验证码是六位数字。", "A code has six digits."));
        }
        let code_hash = self.check_code(who, &phone, digits, now).await?;
        Ok((phone, code_hash))
    }

    /// Takes one try of the code and compares it. The try is spent whatever comes of it.
    async fn check_code(&self, who: &Who, phone: &str, digits: &str, now: Instant) -> Result<String> {
        let tx = self.db().begin().await?;
        limits::delete_ended(&tx, now).await?;
        if let Some(ip) = who.ip {
            code::limit(&tx, &format!("sign-in:ip:{ip}"), IP_HOUR, HOUR_MS, now).await?;
        }
        let row = codes::take_try(&tx, phone, now).await?;
        tx.commit().await?;
        let row = row.ok_or(ServiceError::WrongCode { tries_left: 0 })?;
        if !secret::same(&row.code_hash, &code::hash(self, &row.salt, phone, digits)) {
            return Err(ServiceError::WrongCode { tries_left: row.tries_left });
        }
        Ok(row.code_hash)
    }
}

async fn find_or_make(desk: &Desk<'_>, phone: &str) -> Result<MemberRow> {
    let new = MemberRow {
        id: MemberId::new(storage::new_id()).expect("a UUID is an id"),
        phone: phone.to_owned(),
        name: String::new(),
        level: None,
        tags: Vec::new(),
        points: 0,
        orders: 0,
        created_at: desk.now,
        birthday_month: None,
        birthday_told_at: None,
    };
    if members::insert(desk.tx, &new).await? {
        desk.welcome(&new.id).await?;
    }
    let row = members::by_phone(desk.tx, phone).await?;
    row.ok_or_else(|| ServiceError::internal("the member that was just made is not there"))
}
