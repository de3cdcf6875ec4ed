//! What follows when an order is confirmed, which is when it is paid or need not be paid first; and when it is called off without ever having been.

use super::change::Change;
use crate::Result;
use ids::MemberId;
use pricing::book::Promotion;
use storage::{members, usage};

impl Change<'_> {
    /// Uses the coupons that were reserved, books the points that the order earns and counts it towards the member's level: all less what was cancelled
    /// while the order waited, which was never bought. Doing it again changes nothing.
    pub(crate) async fn confirm(&self) -> Result<()> {
        let (desk, number, quote) = (self.desk(), &self.order.number, &self.order.quote);
        desk.use_coupons(number).await?;
        let Some(member) = &self.order.member else { return Ok(()) };
        let earlier = self.earlier().await?;
        let clawed: i64 = earlier.iter().map(|row| row.refund.points_clawed).sum();
        let cancelled: i64 = earlier.iter().map(|row| row.refund.total).sum();
        desk.earn_points(member, number, quote.points_earned - clawed).await?;
        desk.bought(member, number, quote.payable - cancelled).await
    }

    /// Nobody paid: what limited promotions counted for the order may be had by others, and it is no order of its member's. Its coupons, points and
    /// goods went back with its refund.
    pub(crate) async fn never_was(&self) -> Result<()> {
        let book = self.services.book_of(&self.order.quote.book).await?;
        let limited = |one: &&Promotion| !one.limit.is_none();
        for promotion in book.document().promotions.iter().filter(limited) {
            let Some(took) = self.order.quote.applied.iter().find(|one| one.promotion == promotion.id) else {
                continue;
            };
            usage::uncount(self.tx, &promotion.id, self.order.member.as_ref(), (took.amount, took.units)).await?;
        }
        let counted: Option<&MemberId> = self.order.context.member.as_ref().and_then(|member| member.id.as_ref());
        match counted {
            Some(member) => Ok(members::uncount_order(self.tx, member).await?),
            None => Ok(()),
        }
    }
}
