//! Sessions: an opaque secret in a cookie, its hash in the database.

use crate::{Result, Services, Staff, Who, secret, staff};
use ids::{MemberId, StaffId};
use pricing::Instant;
use storage::{
    Query, members,
    sessions::{self, SessionRow},
};
use wire::{MemberInfo, Session};

const DAY_MS: i64 = 86_400_000;
/// A session that is not used ends after so long.
const IDLE_MS: i64 = 30 * DAY_MS;
/// A session ends after so long however it is used.
const LIFE_MS: i64 = 90 * DAY_MS;
/// A session of the shop's own people ends after a working day: tills are shared.
const STAFF_LIFE_MS: i64 = 12 * 3_600_000;
/// How often the last use is written down.
const TOUCH_MS: i64 = 3_600_000;

/// A new session's secret, for the cookie. Only its hash is stored.
#[derive(Clone)]
pub struct SessionToken {
    /// What the cookie holds: 43 characters of base64url.
    pub secret: String,
    /// Its SHA-256, as in [`Who::session`].
    pub hash: [u8; 32],
    /// How long the cookie may live.
    pub max_age_seconds: i64,
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A secret must not get into a log by accident.
        f.debug_struct("SessionToken").finish_non_exhaustive()
    }
}

/// A session that was found.
#[derive(Clone, Debug)]
pub struct FoundSession {
    /// The SHA-256 of its secret, as in [`Who::session`].
    pub hash: [u8; 32],
    /// The member who signed in, or none for a guest.
    pub member: Option<MemberId>,
    /// The one of the shop's own people who signed in.
    pub staff: Option<Staff>,
}

/// Makes a session.
pub(super) async fn start(on: &impl Query, member: Option<MemberId>, now: Instant) -> Result<SessionToken> {
    begin(on, (member, None), (IDLE_MS, LIFE_MS), now).await
}

/// Starts a session of one of the shop's own people.
pub(crate) async fn start_staff(on: &impl Query, staff: &StaffId, now: Instant) -> Result<SessionToken> {
    begin(on, (None, Some(staff.clone())), (STAFF_LIFE_MS, STAFF_LIFE_MS), now).await
}

async fn begin(
    on: &impl Query,
    (member, staff): (Option<MemberId>, Option<StaffId>),
    (idle_ms, life_ms): (i64, i64),
    now: Instant,
) -> Result<SessionToken> {
    let secret = secret::cookie_secret()?;
    let hash = secret::sha256(secret.as_bytes());
    let expires_at = Instant(now.0 + idle_ms);
    let row = SessionRow { id_hash: secret::hex(&hash), member, staff, created_at: now, seen_at: now, expires_at };
    sessions::insert(on, &row).await?;
    Ok(SessionToken { secret, hash, max_age_seconds: life_ms / 1000 })
}

impl Services {
    /// Starts a guest's session.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn session_start(&self) -> Result<SessionToken> {
        let now = self.now();
        sessions::delete_ended(self.db(), now).await?;
        start(self.db(), None, now).await
    }

    /// Finds the session of a cookie's secret and keeps it alive; none if there is none or it has ended.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn session_find(&self, secret: &str) -> Result<Option<FoundSession>> {
        let (now, hash) = (self.now(), secret::sha256(secret.as_bytes()));
        let id_hash = secret::hex(&hash);
        let Some(row) = sessions::find(self.db(), &id_hash, now).await? else { return Ok(None) };
        if now.0 - row.seen_at.0 >= TOUCH_MS && row.staff.is_none() {
            let expires_at = (now.0 + IDLE_MS).min(row.created_at.0 + LIFE_MS);
            sessions::touch(self.db(), &id_hash, now, Instant(expires_at)).await?;
        }
        let staff = match &row.staff {
            Some(id) => storage::staff::by_id(self.db(), id).await?.and_then(staff::of_row),
            None => None,
        };
        Ok(Some(FoundSession { hash, member: row.member, staff }))
    }

    /// Who is looking.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn session(&self, who: &Who) -> Result<Session> {
        let Some(id) = &who.member else { return Ok(Session::default()) };
        Ok(Session { member: members::by_id(self.db(), id).await?.map(info) })
    }

    /// Ends the session; its secret is worth nothing any more.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn sign_out(&self, who: &Who) -> Result<()> {
        if let Some(session) = who.session_text() {
            sessions::delete(self.db(), &session).await?;
        }
        Ok(())
    }
}

/// A member as the member sees it.
pub(super) fn info(row: members::MemberRow) -> MemberInfo {
    MemberInfo {
        id: row.id,
        name: row.name,
        phone: super::phone::masked(&row.phone),
        level: row.level,
        points: row.points,
        orders: row.orders,
        birthday_month: row.birthday_month,
    }
}
