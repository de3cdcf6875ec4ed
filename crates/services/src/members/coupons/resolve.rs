//! What a code that a shopper entered is worth, before there is an order.

use super::code::{Coder, parts};
use crate::{Result, ServiceError, Services, Who, active::Active, members::code::limit};
use ids::CouponCode;
use pricing::{Instant, Text, book::Promotion};
use storage::{
    Query,
    coupons::{self, BatchRow},
    wallet,
};
use wire::{ResolveCoupon, ResolvedCoupon};

/// Codes that look like unique ones, from one address in an hour.
const TRIES_HOUR: i64 = 120;
const HOUR_MS: i64 = 3_600_000;

/// The batch and the number of a unique code; none if it is none.
pub(super) async fn find(on: &impl Query, code: &CouponCode) -> Result<Option<(BatchRow, i64)>> {
    let Some((prefix, body)) = parts(code) else { return Ok(None) };
    let Some(batch) = coupons::batch_of_prefix(on, &prefix).await? else { return Ok(None) };
    let number = Coder::new(&batch)?.and_then(|coder| coder.number(&body));
    Ok(number.map(|number| (batch, number)))
}

/// Why nothing of a batch can be used now; none if it can.
pub(super) fn batch_closed(batch: &BatchRow, now: Instant) -> Option<Text> {
    if batch.closed_at.is_some() {
        return Some(Text::new("这批优惠码已停用", "These codes are no longer valid"));
    }
    if batch.starts.is_some_and(|starts| now < starts) {
        return Some(Text::new("还没有到使用时间", "It can't be used yet"));
    }
    batch.ends.is_some_and(|ends| ends <= now).then(|| Text::new("已过期", "It has expired"))
}

pub(super) fn unknown() -> Text {
    Text::new("没有这个优惠码，请检查。", "There is no such code; check what you typed.")
}

pub(super) fn needs_code() -> Text {
    Text::new(
        "这个优惠要用专属码，或账户里的优惠券。",
        "This offer needs a code of your own, or a coupon in your account.",
    )
}

impl Active {
    /// True if the coupons of a generic code are given out singly.
    pub(crate) fn is_given_singly(&self, coupon: &CouponCode) -> bool {
        self.catalogue.given_singly.binary_search(coupon).is_ok()
    }

    /// True unless the promotion's coupons are given out singly: then it is nothing to tell everybody of.
    pub(crate) fn is_for_all(&self, promotion: &Promotion) -> bool {
        promotion.coupon.as_ref().is_none_or(|coupon| !self.is_given_singly(coupon))
    }

    fn name_of(&self, coupon: &CouponCode) -> Option<(Text, Option<Instant>)> {
        let promotions = &self.book.document().promotions;
        let promotion = promotions.iter().find(|one| one.coupon.as_ref() == Some(coupon))?;
        Some((promotion.name.clone(), promotion.ends))
    }
}

impl Services {
    /// What a code is worth: the generic code that the cart then holds, and whether this shopper may use it now.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a text that can be no code, [`ServiceError::RateLimited`].
    pub async fn resolve_coupon(&self, who: &Who, request: &ResolveCoupon) -> Result<ResolvedCoupon> {
        let wrong = |_| ServiceError::field("code", "请填写优惠码。", "Enter a code.");
        let code = CouponCode::new(request.code.trim()).map_err(wrong)?;
        let (active, now) = (self.active().await?, self.now());
        if parts(&code).is_some() {
            self.count_code_try(who, now).await?;
            if let Some((batch, number)) = find(self.db(), &code).await? {
                return self.unique(&active, batch, number, now).await;
            }
        }
        let why_not = match active.name_of(&code) {
            None => Some(unknown()),
            Some(_) if active.is_given_singly(&code) && !self.has_free(who, &code, now).await? => Some(needs_code()),
            Some(_) => None,
        };
        let (name, ends) = active.name_of(&code).unwrap_or_default();
        Ok(ResolvedCoupon { coupon: code, code: None, batch: None, name, ends, why_not })
    }

    async fn count_code_try(&self, who: &Who, now: Instant) -> Result<()> {
        let Some(ip) = who.ip else { return Ok(()) };
        let tx = self.db().begin().await?;
        let counted = limit(&tx, &format!("coupon:ip:{ip}"), TRIES_HOUR, HOUR_MS, now).await;
        tx.commit().await?;
        counted
    }

    async fn unique(&self, active: &Active, batch: BatchRow, number: i64, now: Instant) -> Result<ResolvedCoupon> {
        let state = coupons::code_state(self.db(), &batch.id, number).await?;
        let taken = (!state.is_free()).then(|| Text::new("这个优惠码已经用过了", "This code has been used"));
        let (name, ends) = active.name_of(&batch.coupon).unwrap_or_default();
        let code = Coder::new(&batch)?.map(|coder| coder.code(number));
        let code = code.map(CouponCode::new).transpose().map_err(ServiceError::internal)?;
        let ends = [batch.ends, ends].into_iter().flatten().min();
        let why_not = batch_closed(&batch, now).or(taken);
        Ok(ResolvedCoupon { coupon: batch.coupon, code, batch: Some(batch.id), name, ends, why_not })
    }

    async fn has_free(&self, who: &Who, coupon: &CouponCode, now: Instant) -> Result<bool> {
        let Some(member) = &who.member else { return Ok(false) };
        Ok(!wallet::free(self.db(), member, coupon, now).await?.is_empty())
    }

    /// Refuses a cart with a coupon that is given out singly, if the shopper has no unique code and no coupon of it: before a price is agreed upon.
    pub(crate) async fn check_coupons(
        &self,
        who: &Who,
        coupons: &[CouponCode],
        codes: &[CouponCode],
        active: &Active,
    ) -> Result<()> {
        if codes.len() > pricing::COUPONS_MAX {
            return Err(ServiceError::field("codes", "优惠码太多。", "There are too many codes."));
        }
        for coupon in coupons.iter().filter(|coupon| active.is_given_singly(coupon)) {
            let mut known = self.has_free(who, coupon, self.now()).await?;
            for code in codes {
                known |= find(self.db(), code).await?.is_some_and(|(batch, _)| batch.coupon == *coupon);
            }
            if !known {
                let why = needs_code();
                return Err(ServiceError::field(
                    "codes",
                    format!("{coupon}：{}", why.zh),
                    format!("{coupon}: {}", why.en),
                ));
            }
        }
        Ok(())
    }
}
