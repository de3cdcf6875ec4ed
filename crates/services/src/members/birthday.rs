//! The month of a member's birthday: told freely, taken back at any time, and told again at most once a year, so that a birthday comes once a year.

use super::session::info;
use crate::{
    Result, ServiceError, Services, Who,
    privacy::consent::{self, Purpose},
};
use pricing::Instant;
use storage::{Tx, members};
use wire::{Session, TellBirthday};

const YEAR_MS: i64 = 365 * 86_400_000;

impl Services {
    /// Tells the month of the member's birthday, or takes it back.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest; [`ServiceError::Invalid`] for a month that is none or that was told less than a year ago.
    pub async fn tell_birthday(&self, who: &Who, request: &TellBirthday) -> Result<Session> {
        let id = who.member.as_ref().ok_or(ServiceError::SignInNeeded)?;
        let row = members::by_id(self.db(), id).await?.ok_or(ServiceError::SignInNeeded)?;
        let tx = self.db().begin().await?;
        match request.month {
            None => members::forget_birthday(&tx, id).await?,
            Some(month) if row.birthday_month == Some(month) => {}
            Some(month) => self.tell(&tx, id, month).await?,
        }
        // To tell the month is to allow its use, and nothing else is.
        consent::answer(self, &tx, who, id, (Purpose::Birthday, request.month.is_some())).await?;
        tx.commit().await?;
        let row = members::by_id(self.db(), id).await?;
        Ok(Session { member: row.map(info) })
    }

    async fn tell(&self, tx: &Tx, id: &ids::MemberId, month: u8) -> Result<()> {
        if !(1..=12).contains(&month) {
            return Err(ServiceError::field("month", "月份是 1 到 12。", "A month is from 1 to 12."));
        }
        let now = self.now();
        if members::tell_birthday(tx, id, month, now, Instant(now.0 - YEAR_MS)).await? {
            return Ok(());
        }
        Err(ServiceError::field(
            "month",
            "生日月一年只能填一次，现在还不能改；填错了请联系店员。",
            "A birthday month can be told once a year; if it was a mistake, ask us to correct it.",
        ))
    }
}
