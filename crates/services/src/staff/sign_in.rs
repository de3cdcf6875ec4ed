//! Signing in with a one-time code, as members do, into a session that is short.

use super::{info, of_row};
use crate::{Result, ServiceError, Services, SessionToken, Who, members::session};
use storage::{sessions, staff};
use wire::{SignIn, StaffSession};

/// A successful sign-in.
#[derive(Clone, Debug)]
pub struct StaffSignedIn {
    /// The answer for the browser.
    pub session: StaffSession,
    /// The new session's secret: the old session is gone.
    pub token: SessionToken,
}

impl Services {
    /// Signs one of the shop's own people in. The session ends after a working day, however it is used. A telephone that is nobody's
    /// is answered like a wrong code, so that nobody learns whose number it is.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a number or code that is none, [`ServiceError::WrongCode`], [`ServiceError::RateLimited`].
    pub async fn staff_sign_in(&self, who: &Who, request: &SignIn) -> Result<StaffSignedIn> {
        let now = self.now();
        let (phone, code_hash) = self.checked_code(who, request, now).await?;
        let tx = self.db().begin().await?;
        if !storage::codes::consume(&tx, &phone, &code_hash, now).await? {
            return Err(ServiceError::WrongCode { tries_left: 0 });
        }
        let found = staff::by_phone(&tx, &phone).await?.and_then(of_row);
        let Some(staff) = found else {
            // The code is spent all the same.
            tx.commit().await?;
            return Err(ServiceError::WrongCode { tries_left: 0 });
        };
        let token = session::start_staff(&tx, &staff.id, now).await?;
        if let Some(old) = who.session_text() {
            sessions::delete(&tx, &old).await?;
        }
        tx.commit().await?;
        Ok(StaffSignedIn { session: StaffSession { staff: Some(info(&staff)) }, token })
    }

    /// Who of the shop's own people is looking; none for everybody else.
    #[must_use]
    pub fn staff_session(&self, who: &Who) -> StaffSession {
        StaffSession { staff: who.staff.as_ref().map(info) }
    }
}
