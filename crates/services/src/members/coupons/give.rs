//! Giving members coupons: by hand, when they sign up, in the month of their birthday.

use super::super::desk::Desk;
use crate::{Permission, Result, ServiceError, Services, Thing, Who};
use ::members::{DAY_MS, coupons::CouponState};
use ids::{MemberId, WalletCouponId};
use jiff::civil::Date;
use pricing::Instant;
use storage::{
    coupons::{self, BatchRow},
    members,
    wallet::{self, WalletRow},
};
use wire::{IssueCoupon, IssuedCoupon};

/// Members that one transaction gives a coupon to.
const GROUP: i64 = 200;

impl Desk<'_> {
    /// Puts a coupon of a batch into a wallet, once for each cause; none if the member has it already.
    pub(crate) async fn give_coupon(
        &self,
        member: &MemberId,
        batch: &BatchRow,
        cause: &str,
    ) -> Result<Option<WalletCouponId>> {
        let last =
            batch.wallet_days.and_then(|days| days.checked_mul(DAY_MS)).and_then(|span| self.now.0.checked_add(span));
        let row = WalletRow {
            id: WalletCouponId::new(storage::new_id()).expect("a UUID is an id"),
            member: member.clone(),
            batch: batch.id.clone(),
            coupon: batch.coupon.clone(),
            cause: cause.to_owned(),
            state: CouponState::Issued,
            issued_at: self.now,
            issued_by: self.staff.cloned(),
            ends: [batch.ends, last.map(Instant)].into_iter().flatten().min(),
            order: None,
            changed_at: self.now,
        };
        Ok(wallet::insert(self.tx, &row).await?.then_some(row.id))
    }

    /// Gives a new member what every new member is given.
    pub(crate) async fn welcome(&self, member: &MemberId) -> Result<()> {
        for batch in coupons::batches_on(self.tx, "sign_up", self.now).await? {
            self.give_coupon(member, &batch, "sign_up").await?;
        }
        Ok(())
    }
}

impl Services {
    /// Gives a member a coupon of a batch, once for each cause.
    ///
    /// # Errors
    /// Without [`Permission::CouponIssue`]; [`ServiceError::NotFound`] for a member or a batch that is none; [`ServiceError::Invalid`].
    pub async fn issue_coupon(&self, who: &Who, member: &MemberId, request: &IssueCoupon) -> Result<IssuedCoupon> {
        let staff = who.require(Permission::CouponIssue)?;
        let cause = request.cause.trim();
        if cause.is_empty() || cause.chars().count() > 100 {
            return Err(ServiceError::field(
                "cause",
                "请写明原因，最多 100 个字。",
                "Say why, in at most 100 characters.",
            ));
        }
        let (active, now) = (self.active().await?, self.now());
        let tx = self.db().begin().await?;
        members::by_id(&tx, member).await?.ok_or(ServiceError::NotFound(Thing::Member))?;
        let batch = coupons::batch(&tx, &request.batch).await?.ok_or(ServiceError::NotFound(Thing::Coupon))?;
        let over = batch.closed_at.is_some() || batch.ends.is_some_and(|ends| ends <= now);
        if over {
            return Err(ServiceError::field("batch", "这批优惠券已停用或过期。", "This batch is closed or over."));
        }
        let id = Desk::new(&tx, &active, now).by(&staff.id).give_coupon(member, &batch, cause).await?;
        tx.commit().await?;
        Ok(IssuedCoupon { id })
    }

    /// Job, once a day: gives members their birthday's coupons in its month, once a year. Who told the month within the last 7 days waits for the job of
    /// another day, so that nobody tells a birthday to get one at once. Returns how many were given.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn give_birthday_coupons(&self) -> Result<i64> {
        let (active, now) = (self.active().await?, self.now());
        let batches = coupons::batches_on(self.db(), "birthday", now).await?;
        if batches.is_empty() {
            return Ok(0);
        }
        let offset = crate::context::offset_minutes(active.catalogue.places.first(), now);
        let today: Date = ::members::day_of(now.0, offset).map_err(ServiceError::internal)?;
        let cause = format!("birthday:{}", today.year());
        let told_before = Instant(now.0 - 7 * DAY_MS);
        let (mut given, mut after) = (0, String::new());
        loop {
            let month = u8::try_from(today.month()).unwrap_or_default();
            let group = members::born_in(self.db(), month, told_before, &after, GROUP).await?;
            let Some(last) = group.last() else { return Ok(given) };
            after = last.to_string();
            let tx = self.db().begin().await?;
            let desk = Desk::new(&tx, &active, now);
            for member in &group {
                for batch in &batches {
                    given += i64::from(desk.give_coupon(member, batch, &cause).await?.is_some());
                }
            }
            tx.commit().await?;
        }
    }

    /// Job: lets coupons in wallets expire whose time is over. Returns how many did.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn expire_coupons(&self) -> Result<i64> {
        Ok(i64::try_from(wallet::expire(self.db(), self.now()).await?).unwrap_or(i64::MAX))
    }
}
