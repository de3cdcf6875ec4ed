//! What members see of themselves.

use super::phone::masked;
use crate::{Result, ServiceError, Services, Who, active::Active, shop::is_on};
use pricing::{Context, Text, book::Promotion};
use storage::{
    members::{self, MemberRow},
    orders, points,
};
use wire::{Account, MemberInfo, Session, WalletCoupon};

const SHOWN_MAX: i64 = 50;

pub(super) fn session_of(member: &MemberRow) -> Session {
    Session { member: Some(info(member)) }
}

fn info(member: &MemberRow) -> MemberInfo {
    MemberInfo {
        id: member.id.clone(),
        name: member.name.clone(),
        phone: masked(&member.phone),
        level: member.level.clone(),
        points: member.points,
        orders: member.orders,
    }
}

impl Services {
    /// Who is looking.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn session(&self, who: &Who) -> Result<Session> {
        let Some(id) = &who.member else { return Ok(Session::default()) };
        Ok(members::by_id(self.db(), id).await?.as_ref().map(session_of).unwrap_or_default())
    }

    /// The member's account: orders, coupons, points.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest.
    pub async fn account(&self, who: &Who) -> Result<Account> {
        let id = who.member.as_ref().ok_or(ServiceError::SignInNeeded)?;
        let member = members::by_id(self.db(), id).await?.ok_or(ServiceError::SignInNeeded)?;
        let active = self.active().await?;
        let context = self.context(who, &active, self.now()).await?;
        Ok(Account {
            orders: orders::summaries(self.db(), id, SHOWN_MAX).await?,
            coupons: wallet(&active, &context),
            points: points::latest(self.db(), id, SHOWN_MAX).await?,
            member: info(&member),
        })
    }
}

/// The codes on offer to everybody, with what keeps this member from using them.
fn wallet(active: &Active, context: &Context) -> Vec<WalletCoupon> {
    let promotions = active.book.document().promotions.iter();
    promotions.filter(|one| is_on(one, context.at)).filter_map(|one| coupon(one, context)).collect()
}

fn coupon(promotion: &Promotion, context: &Context) -> Option<WalletCoupon> {
    let usage = context.usage.iter().find(|usage| usage.promotion == promotion.id);
    let used = usage.map_or((0, 0), |usage| (usage.total, usage.by_member));
    let why_not = if promotion.limit.per_member.is_some_and(|limit| used.1 >= limit) {
        Some(Text::new("你已用过", "You have used it"))
    } else if promotion.limit.total.is_some_and(|limit| used.0 >= limit) {
        Some(Text::new("已全部用完", "All uses are gone"))
    } else {
        None
    };
    let code = promotion.coupon.clone()?;
    Some(WalletCoupon { code, name: promotion.name.clone(), ends: promotion.ends, why_not })
}
