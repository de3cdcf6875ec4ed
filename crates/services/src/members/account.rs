//! The account page.

use super::session::info;
use crate::{
    Result, ServiceError, Services, Who,
    active::Active,
    catalog::product::{one_unit, reason_text},
    shop::is_on,
};
use pricing::{Context, Reason, book::Promotion};
use storage::{members, orders, points};
use wire::{Account, WalletCoupon};

const ORDERS_MAX: i64 = 50;
const POINTS_MAX: i64 = 50;

impl Services {
    /// The member's orders, coupons and points.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest.
    pub async fn account(&self, who: &Who) -> Result<Account> {
        let id = who.member.as_ref().ok_or(ServiceError::SignInNeeded)?;
        let member = members::by_id(self.db(), id).await?.ok_or(ServiceError::SignInNeeded)?;
        let active = self.active().await?;
        let context = self.context(who, &active, self.now()).await?;
        Ok(Account {
            member: info(member),
            orders: orders::summaries(self.db(), id, ORDERS_MAX).await?,
            coupons: wallet(&active, &context),
            points: points::latest(self.db(), id, POINTS_MAX).await?,
        })
    }
}

/// The coupons that are on, usable ones first.
fn wallet(active: &Active, context: &Context) -> Vec<WalletCoupon> {
    let promotions = active.book.document().promotions.iter();
    let coupons = promotions.filter(|one| is_on(one, context.at)).filter_map(|promotion| {
        let code = promotion.coupon.clone()?;
        let why_not = personal_reason(active, context, promotion);
        let why_not = why_not.map(|reason| reason_text(&reason, active));
        Some(WalletCoupon { code, name: promotion.name.clone(), ends: promotion.ends, why_not })
    });
    let mut coupons: Vec<WalletCoupon> = coupons.collect();
    coupons.sort_by_key(|coupon| coupon.why_not.is_some());
    coupons
}

/// Why the member could not use a coupon whatever the cart: a cart of one unit is refused for that reason first.
fn personal_reason(active: &Active, context: &Context, promotion: &Promotion) -> Option<Reason> {
    let sku = &active.book.document().skus.first()?.sku;
    let quote = active.book.quote(&one_unit(sku, Some(promotion)), context).ok()?;
    let refused = quote.coupons.into_iter().find_map(|outcome| outcome.refused)?;
    let personal = matches!(
        refused,
        Reason::UsedUp { .. }
            | Reason::UnitsUsedUp { .. }
            | Reason::OtherMonth { .. }
            | Reason::UsedByMember { .. }
            | Reason::BudgetSpent
            | Reason::SignInNeeded
            | Reason::LevelNeeded { .. }
            | Reason::TagNeeded { .. }
            | Reason::OrderNumber { .. }
    );
    personal.then_some(refused)
}
