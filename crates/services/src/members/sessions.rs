//! Sessions: an opaque secret in the shopper's cookie, of which only the hash is stored.

use crate::{
    Result, Services, Who,
    secret::{cookie_secret, hex, sha256},
};
use ids::MemberId;
use pricing::Instant;
use storage::{
    Query, Tx, orders,
    sessions::{self, SessionRow},
};
use wire::Session;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// A session that is not used ends after this.
const IDLE_MS: i64 = 14 * DAY_MS;
/// Any session ends after this.
const WHOLE_MS: i64 = 90 * DAY_MS;
/// A session's last use is written down no more often than this.
const TOUCH_MS: i64 = 60 * 60 * 1000;

/// A new session's secret, for the cookie. Only its hash is stored.
#[derive(Clone, Debug)]
pub struct SessionToken {
    /// What the cookie holds: 43 characters of base64url.
    pub secret: String,
    /// Its SHA-256, as in [`Who::session`].
    pub hash: [u8; 32],
    /// How long the cookie may live.
    pub max_age_seconds: i64,
}

/// A session that was found.
#[derive(Clone, Debug)]
pub struct FoundSession {
    /// The hash of its secret.
    pub hash: [u8; 32],
    /// The member who signed in, or none for a guest.
    pub member: Option<MemberId>,
}

/// A successful sign-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who signed in.
    pub member: MemberId,
    /// The answer for the browser.
    pub session: Session,
    /// The new session's secret: the old session is gone.
    pub token: SessionToken,
}

fn new_token() -> Result<SessionToken> {
    let secret = cookie_secret()?;
    let hash = sha256(secret.as_bytes());
    Ok(SessionToken { secret, hash, max_age_seconds: WHOLE_MS / 1000 })
}

async fn begin(on: &impl Query, token: &SessionToken, member: Option<&MemberId>, now: Instant) -> Result<()> {
    let row = SessionRow {
        id_hash: hex(&token.hash),
        member: member.cloned(),
        created_at: now,
        seen_at: now,
        expires_at: Instant(now.0 + IDLE_MS),
    };
    Ok(sessions::insert(on, &row).await?)
}

impl Services {
    /// Starts a guest's session.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn session_start(&self) -> Result<SessionToken> {
        let (token, now) = (new_token()?, self.now());
        sessions::delete_ended(self.db(), now).await?;
        begin(self.db(), &token, None, now).await?;
        Ok(token)
    }

    /// Finds the session of a cookie's secret and keeps it alive; none if there is none or it ended.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn session_find(&self, secret: &str) -> Result<Option<FoundSession>> {
        let (hash, now) = (sha256(secret.as_bytes()), self.now());
        let Some(row) = sessions::find(self.db(), &hex(&hash), now).await? else { return Ok(None) };
        if now.0 - row.seen_at.0 > TOUCH_MS {
            let ends = (now.0 + IDLE_MS).min(row.created_at.0 + WHOLE_MS);
            sessions::touch(self.db(), &row.id_hash, now, Instant(ends)).await?;
        }
        Ok(Some(FoundSession { hash, member: row.member }))
    }

    /// Ends the session of `who`.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn sign_out(&self, who: &Who) -> Result<()> {
        if let Some(session) = who.session_text() {
            sessions::delete(self.db(), &session).await?;
        }
        Ok(())
    }

    /// A new session for a member in place of the one before, so that a secret that was planted is worth nothing.
    pub(crate) async fn rotate(&self, tx: &Tx, who: &Who, member: &MemberId, now: Instant) -> Result<SessionToken> {
        let token = new_token()?;
        begin(tx, &token, Some(member), now).await?;
        if let Some(old) = who.session_text() {
            orders::move_session(tx, &old, &hex(&token.hash)).await?;
            sessions::delete(tx, &old).await?;
        }
        Ok(token)
    }
}
