//! The account page.

use super::{levels, session::info, words};
use crate::{
    Result, ServiceError, Services, Who,
    active::Active,
    catalog::product::{one_unit, reason_text},
    shop::is_on,
};
use ::members::{DAY_MS, coupons::CouponState, points as lot_rules};
use ids::MemberId;
use pricing::{Context, Instant, Reason, Text, book::Promotion};
use storage::{lots, members, orders, points};
use wire::{Account, PointsExpiring, PointsOutlook, WalletCoupon, WalletState};

const ORDERS_MAX: i64 = 50;
const POINTS_MAX: i64 = 50;
const COUPONS_MAX: i64 = 100;
/// Points that are lost within so many days are told.
const SOON_DAYS: i64 = 90;

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
            coupons: [own_coupons(self, &active, id).await?, wallet(&active, &context)].concat(),
            points: points::latest(self.db(), id, POINTS_MAX).await?,
            level: levels::progress(self.db(), &active, id, context.at).await?,
            outlook: outlook(self, id, context.at).await?,
            value: self.stored_value(id, active.book.currency()).await?,
            consents: self.privacy(who).await?.consents,
        })
    }
}

/// The coupons that were given to a member, usable ones first.
pub(crate) async fn own_coupons(services: &Services, active: &Active, member: &MemberId) -> Result<Vec<WalletCoupon>> {
    let promotions = &active.book.document().promotions;
    let rows = storage::wallet::of_member(services.db(), member, COUPONS_MAX).await?;
    let now = services.now();
    let own = rows.into_iter().map(|row| {
        let promotion = promotions.iter().find(|one| one.coupon.as_ref() == Some(&row.coupon));
        let over = row.state.is_free() && row.ends.is_some_and(|ends| ends <= now);
        let state = if over { CouponState::Expired } else { row.state };
        WalletCoupon {
            name: promotion.map(|one| one.name.clone()).unwrap_or_default(),
            ends: row.ends,
            why_not: words::state_words(state).or_else(|| promotion.is_none().then(not_on)),
            state: words::wallet_state(state),
            order: row.order,
            code: row.coupon,
        }
    });
    let mut own: Vec<WalletCoupon> = own.collect();
    own.sort_by_key(|coupon| coupon.why_not.is_some());
    Ok(own)
}

fn not_on() -> Text {
    Text::new("活动已结束", "The offer is over")
}

/// Points that wait, and those that will be lost soon.
async fn outlook(services: &Services, member: &MemberId, now: Instant) -> Result<PointsOutlook> {
    let lots = lots::of_member(services.db(), member).await?;
    let waiting = lots.iter().filter(|lot| !lot.released).map(|lot| lot.releases_at);
    let soon = lot_rules::expiring(&lots, now.0.saturating_add(SOON_DAYS * DAY_MS));
    Ok(PointsOutlook {
        pending: lot_rules::pending(&lots),
        pending_until: waiting.min().map(Instant),
        expiring: soon.into_iter().map(|(at, points)| PointsExpiring { at: Instant(at), points }).collect(),
    })
}

/// The coupons for everybody that are on, usable ones first.
fn wallet(active: &Active, context: &Context) -> Vec<WalletCoupon> {
    let promotions = active.book.document().promotions.iter();
    let coupons = promotions.filter(|one| is_on(one, context.at)).filter_map(|promotion| {
        let code = promotion.coupon.clone().filter(|code| !active.is_given_singly(code))?;
        let why_not = personal_reason(active, context, promotion);
        let why_not = why_not.map(|reason| reason_text(&reason, active));
        let (name, ends) = (promotion.name.clone(), promotion.ends);
        Some(WalletCoupon { code, name, ends, why_not, state: WalletState::Open, order: None })
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
