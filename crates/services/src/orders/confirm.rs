//! What follows when an order is confirmed, which is when it is paid or need not be paid first; and when nothing of it is left.

use super::change::Change;
use crate::Result;
use storage::members;

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

    /// Nothing of it reaches the shopper: it is no order of its member's, so that what is for a first order can still be had. Its coupons, points, goods
    /// and uses of limited promotions went back with its refund.
    pub(crate) async fn never_was(&self) -> Result<()> {
        match self.order.context.member.as_ref().and_then(|member| member.id.as_ref()) {
            Some(member) => Ok(members::uncount_order(self.tx, member).await?),
            None => Ok(()),
        }
    }
}
