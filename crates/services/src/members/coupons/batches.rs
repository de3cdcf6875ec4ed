//! Batches of coupons, as merchandisers make them.

use super::code::{CODES_MAX, is_prefix, new_secret};
use crate::{Permission, Result, ServiceError, Services, Thing, Who, active::Active};
use ids::CouponBatchId;
use pricing::{Instant, Text};
use storage::{
    Query,
    coupons::{self, BatchRow},
};
use wire::{CouponBatch, CouponCount, FieldError, MakeCouponBatch};

const LISTED_MAX: i64 = 200;
const OCCASIONS: [&str; 2] = ["sign_up", "birthday"];

/// What is wrong with a batch, every field of it.
fn faults(request: &MakeCouponBatch, active: &Active, now: Instant) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let mut say = |wrong: bool, field: &str, zh: &str, en: &str| {
        if wrong {
            faults.push(FieldError { field: field.to_owned(), message: Text::new(zh, en) });
        }
    };
    let promotions = &active.book.document().promotions;
    let known = promotions.iter().any(|one| one.coupon.as_ref() == Some(&request.coupon));
    say(!known, "coupon", "价格簿里没有用这个优惠码的促销。", "No promotion of the price book has this code.");
    let prefix = request.prefix.as_deref();
    let bad = prefix.is_some_and(|prefix| !is_prefix(prefix)) || (prefix.is_none() && request.codes > 0);
    say(bad, "prefix", "前缀要有 3 到 10 个大写字母或数字。", "A prefix has 3 to 10 capital letters and digits.");
    let bad = !(0..=CODES_MAX).contains(&request.codes);
    say(bad, "codes", "最多一千万个码。", "At most 10,000,000 codes.");
    let bad = request.per_member.is_some_and(|most| most < 1);
    say(bad, "per_member", "每人至少一次。", "At least one for each member.");
    let bad = request.wallet_days.is_some_and(|days| !(1..=3_650).contains(&days));
    say(bad, "wallet_days", "天数在 1 到 3650 之间。", "Days are from 1 to 3650.");
    let bad = request.occasion.as_deref().is_some_and(|occasion| !OCCASIONS.contains(&occasion));
    say(bad, "occasion", "场合只能是 sign_up 或 birthday。", "An occasion is sign_up or birthday.");
    let bad = request.ends.is_some_and(|ends| ends <= now || request.starts.is_some_and(|starts| ends <= starts));
    say(bad, "ends", "结束时间要在开始之后，也要在现在之后。", "It ends after it starts, and not in the past.");
    say(request.note.chars().count() > 500, "note", "最多 500 个字。", "At most 500 characters.");
    let key = &request.idempotency_key;
    say(!crate::orders::is_key(key), "idempotency_key", crate::orders::KEY_WORDS.0, crate::orders::KEY_WORDS.1);
    faults
}

async fn wire(on: &impl Query, row: BatchRow) -> Result<CouponBatch> {
    let counts = coupons::counts(on, &row.id).await?;
    let count =
        |(state, count): (::members::coupons::CouponState, i64)| CouponCount { state: state.word().to_owned(), count };
    Ok(CouponBatch {
        id: row.id,
        coupon: row.coupon,
        prefix: row.prefix,
        codes: row.codes,
        per_member: row.per_member,
        starts: row.starts,
        ends: row.ends,
        occasion: row.occasion,
        note: row.note,
        made_at: row.made_at,
        closed_at: row.closed_at,
        counts: counts.into_iter().map(count).collect(),
    })
}

impl Services {
    /// Makes a batch. The same key from the same person gives the same batch. From then on the promotion's own code is worth nothing alone.
    ///
    /// # Errors
    /// Without [`Permission::CouponIssue`]; [`ServiceError::Invalid`] with every wrong field; [`ServiceError::Conflict`] if the key stands for another batch.
    pub async fn make_coupon_batch(&self, who: &Who, request: &MakeCouponBatch) -> Result<CouponBatch> {
        let staff = who.require(Permission::CouponIssue)?;
        let (active, now) = (self.active().await?, self.now());
        let faults = faults(request, &active, now);
        if !faults.is_empty() {
            return Err(ServiceError::Invalid(faults));
        }
        let row = BatchRow {
            id: CouponBatchId::new(storage::new_id()).expect("a UUID is an id"),
            coupon: request.coupon.clone(),
            prefix: request.prefix.clone(),
            secret: new_secret()?,
            codes: request.codes,
            per_member: request.per_member,
            starts: request.starts,
            ends: request.ends,
            wallet_days: request.wallet_days,
            occasion: request.occasion.clone(),
            note: request.note.trim().to_owned(),
            made_at: now,
            made_by: staff.id.clone(),
            request_key: request.idempotency_key.clone(),
            closed_at: None,
        };
        let tx = self.db().begin().await?;
        if !coupons::insert_batch(&tx, &row).await? {
            let known = coupons::batch_of_request(&tx, &staff.id, &request.idempotency_key).await?;
            return match known
                .filter(|known| (&known.coupon, &known.prefix, known.codes) == (&row.coupon, &row.prefix, row.codes))
            {
                Some(known) => wire(&tx, known).await,
                None if row.prefix.is_some() => {
                    Err(ServiceError::field("prefix", "这个前缀已有别的批次在用。", "Another batch has this prefix."))
                }
                None => Err(ServiceError::Conflict),
            };
        }
        // All servers must know from now on that the generic code alone is worth nothing.
        crate::setup::stamp(&tx).await?;
        tx.commit().await?;
        self.reload().await?;
        wire(self.db(), row).await
    }

    /// All batches, newest first, at most 200.
    ///
    /// # Errors
    /// Without [`Permission::CouponIssue`].
    pub async fn coupon_batches(&self, who: &Who) -> Result<Vec<CouponBatch>> {
        who.require(Permission::CouponIssue)?;
        let mut batches = Vec::new();
        for row in coupons::batches(self.db(), LISTED_MAX).await? {
            batches.push(wire(self.db(), row).await?);
        }
        Ok(batches)
    }

    /// Closes a batch: from now on nothing of it can be used. What orders have stays theirs.
    ///
    /// # Errors
    /// Without [`Permission::CouponIssue`]; [`ServiceError::NotFound`].
    pub async fn close_coupon_batch(&self, who: &Who, id: &CouponBatchId) -> Result<CouponBatch> {
        who.require(Permission::CouponIssue)?;
        let tx = self.db().begin().await?;
        coupons::close_batch(&tx, id, self.now()).await?;
        let row = coupons::batch(&tx, id).await?.ok_or(ServiceError::NotFound(Thing::Coupon))?;
        tx.commit().await?;
        wire(self.db(), row).await
    }
}
