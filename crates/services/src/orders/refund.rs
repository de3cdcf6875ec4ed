//! What the shopper gets back: computed by the order's own price book from all that came back so far, and written down with its reasons.

use super::change::Change;
use crate::{Result, ServiceError};
use ids::{OrderNumber, PlaceId, ReturnId};
use pricing::{
    Text,
    book::Promotion,
    returns::{Original, Refund, ReturnError, ReturnOptions, ReturnReason, Returned, ReturnedGift, ReturnedLine},
};
use storage::{
    returns::{self, ReturnRow},
    usage,
};
use wire::ReturnedGoods;

/// What comes back, or will not be sent, and why.
pub(crate) struct Back<'b> {
    /// `return`, `cancel`, `expired`, `missing`, `sent_back` or `exchange`.
    pub(crate) kind: &'static str,
    /// Where the goods came back to.
    pub(crate) place: Option<PlaceId>,
    /// The channel that took them back.
    pub(crate) channel: String,
    pub(crate) reason: String,
    pub(crate) goods: Vec<ReturnedGoods>,
    pub(crate) options: ReturnOptions,
    pub(crate) key: &'b str,
}

/// An order that is to be paid by what comes back.
#[derive(Clone, Debug)]
pub(crate) struct Moving {
    /// Which.
    pub(crate) order: OrderNumber,
    /// What it costs, in minor units.
    pub(crate) most: i64,
    /// What was moved to it.
    pub(crate) moved: i64,
}

/// The units as the core counts them: each line and each gift once.
pub(crate) fn returned(goods: &[ReturnedGoods]) -> Result<Returned> {
    let mut all = Returned { lines: Vec::new(), gifts: Vec::new() };
    for one in goods {
        match (&one.line, &one.gift) {
            (Some(line), None) => match all.lines.iter_mut().find(|known| known.line == *line) {
                Some(known) => known.units = known.units.saturating_add(one.units),
                None => all.lines.push(ReturnedLine { line: line.clone(), units: one.units }),
            },
            (None, Some(gift)) => match all.gifts.iter_mut().find(|known| known.promotion == *gift) {
                Some(known) => known.units = known.units.saturating_add(one.units),
                None => all.gifts.push(ReturnedGift { promotion: gift.clone(), units: one.units }),
            },
            _ => {
                let (zh, en) = ("每一行要写商品行或赠品，二者之一。", "Each row names either a line or a gift.");
                return Err(ServiceError::field("goods", zh, en));
            }
        }
    }
    Ok(all)
}

/// What the core refused, as a wrong field.
fn refused(error: &ReturnError) -> ServiceError {
    let text = crate::orders::words::return_error(error);
    ServiceError::Invalid(vec![wire::FieldError { field: "goods".to_owned(), message: text }])
}

impl Change<'_> {
    /// The refunds of this order so far, in their order.
    pub(crate) async fn earlier(&self) -> Result<Vec<ReturnRow>> {
        Ok(returns::of_order(self.tx, &self.order.number).await?)
    }

    /// What the shopper would get back.
    pub(crate) async fn refund(
        &self,
        earlier: &[ReturnRow],
        back: &Returned,
        options: ReturnOptions,
    ) -> Result<Refund> {
        let book = self.services.book_of(&self.order.quote.book).await?;
        let before = earlier.iter().fold(Refund::default(), |sum, one| sum.and(&one.refund));
        let tenders = self.tenders().await?;
        let order = &self.order;
        let original = Original { quote: &order.quote, cart: &order.cart, context: &order.context, tenders: &tenders };
        book.refund(&original, &before, back, options).map_err(|error| refused(&error))
    }

    /// Computes a refund, writes it down and gives back all that follows from it; none if the same key did so already.
    /// With an order to pay, the money goes there first.
    pub(crate) async fn give_back(&mut self, back: Back<'_>, to: Option<&mut Moving>) -> Result<ReturnRow> {
        let earlier = self.earlier().await?;
        let units = returned(&back.goods)?;
        let refund = self.refund(&earlier, &units, back.options).await?;
        let mut row = ReturnRow {
            id: ReturnId::new(storage::new_id()).expect("a UUID is an id"),
            order: self.order.number.clone(),
            seq: i64::try_from(earlier.len()).unwrap_or(i64::MAX).saturating_add(1),
            kind: back.kind.to_owned(),
            at: self.now,
            place: back.place,
            channel: back.channel,
            actor_kind: self.actor.kind.to_owned(),
            actor: self.actor.id.clone(),
            reason: back.reason,
            returned: units,
            refund,
            goods: back.goods,
            idempotency_key: back.key.to_owned(),
            withheld_points: 0,
            withheld_minor: 0,
        };
        returns::insert(self.tx, &row).await?;
        self.settle(&mut row, to).await?;
        Ok(row)
    }

    /// Points, levels and coupons follow the refund: spent points come back, earned ones go, what came back counts no more towards a level. With the last
    /// goods of an order its coupons can be used again, and what limited promotions counted for it may be had by others. Then the money goes back, less the
    /// worth of points that were earned with these goods and are spent.
    async fn settle(&mut self, row: &mut ReturnRow, to: Option<&mut Moving>) -> Result<()> {
        let desk = self.desk();
        let (order, reference) = (&self.order.number, row.id.as_str());
        if let Some(member) = &self.order.member {
            // What comes back first may be taken then, so that less is withheld.
            desk.give_back_points(member, order, reference, row.refund.points_back).await?;
            // An order that was never confirmed has earned nothing.
            if self.order.paid {
                let clawed = desk.claw_back_points(member, order, reference, row.refund.points_clawed).await?;
                self.withhold(row, clawed.withhold).await?;
                desk.brought_back(order, row.refund.total).await?;
            }
        }
        if self.takes_the_last(&row.id).await? {
            desk.give_back_coupons(order).await?;
            self.give_back_uses().await?;
        }
        let reason = Text::new("订单退款", "Refund of an order");
        let (mut shares, key) = (row.shares()?, row.id.as_str());
        if let Some(moving) = to {
            shares = self.move_shares(&shares, moving, key, &Text::new("换货", "Exchange of goods")).await?;
        }
        self.refund_tenders(&shares, key, &reason).await
    }

    /// Keeps back what points are worth, at the rate of the order's own price book and never more than the refund.
    async fn withhold(&self, row: &mut ReturnRow, points: i64) -> Result<()> {
        if points > 0 {
            row.withheld_points = points;
            row.withheld_minor = self.worth(points).await?.min(row.refund.total);
            returns::withhold(self.tx, row).await?;
        }
        Ok(())
    }

    async fn worth(&self, points: i64) -> Result<i64> {
        let book = self.services.book_of(&self.order.quote.book).await?;
        book.points_worth(points).map_err(ServiceError::internal)
    }

    /// Points that a refund would keep back the worth of, and that worth in minor units; nothing is changed.
    pub(crate) async fn would_withhold(&self, refund: &Refund) -> Result<(i64, i64)> {
        let Some(member) = self.order.member.as_ref().filter(|_| self.order.paid) else { return Ok((0, 0)) };
        let short = self.desk().would_lack(member, &self.order.number, refund.points_clawed).await?;
        let points = (short - refund.points_back).max(0);
        Ok((points, self.worth(points).await?.min(refund.total)))
    }

    /// True if with this refund all goods of the order came back or were never sent, and before it not yet.
    async fn takes_the_last(&self, refund: &ReturnId) -> Result<bool> {
        let (all, ordered) = (self.earlier().await?, self.order.quote.lines.iter().map(|line| line.quantity).sum());
        let units = |row: &ReturnRow| row.returned.lines.iter().map(|line| line.units).sum::<i64>();
        let back: i64 = all.iter().map(units).sum();
        let here: i64 = all.iter().filter(|row| row.id == *refund).map(units).sum();
        Ok(back >= ordered && back - here < ordered)
    }

    /// What limited promotions counted for the order may be had again, by the same member too: a coupon that is back in a wallet is of use there.
    async fn give_back_uses(&self) -> Result<()> {
        let book = self.services.book_of(&self.order.quote.book).await?;
        let limited = |one: &&Promotion| !one.limit.is_none();
        for promotion in book.document().promotions.iter().filter(limited) {
            let Some(took) = self.order.quote.applied.iter().find(|one| one.promotion == promotion.id) else {
                continue;
            };
            usage::uncount(self.tx, &promotion.id, self.order.member.as_ref(), (took.amount, took.units)).await?;
        }
        Ok(())
    }
}

/// The reasons of a refund in words; `withheld` are points whose worth is kept back, and that worth.
pub(crate) fn reasons(refund: &Refund, withheld: (i64, i64), money: &dyn Fn(i64) -> Text) -> Vec<Text> {
    let say = |reason: &ReturnReason| match reason {
        ReturnReason::ReEvaluated { name, was, now, .. } => {
            let (was, now) = (money(*was), money(*now));
            Text::new(
                format!("“{}”原来优惠 {}，留下的商品只够优惠 {}", name.zh, was.zh, now.zh),
                format!("“{}” gave {}; the goods that are kept earn {}", name.en, was.en, now.en),
            )
        }
        ReturnReason::GiftKept { name, sku, units, value, .. } => {
            let value = money(*value);
            Text::new(
                format!("留下“{}”的赠品 {sku} {units} 件，不再满足条件，按 {} 计", name.zh, value.zh),
                format!("{units} {sku} of “{}” kept and no longer earned: {}", name.en, value.en),
            )
        }
        ReturnReason::NoLess => {
            Text::new("这几件退回后不再有钱可退，也不会多收", "These units bring nothing more, and nothing is charged")
        }
        ReturnReason::InSteps => Text::new("按分次退货计算", "Counted as if the goods had come back one after another"),
        ReturnReason::ShippingKept => {
            Text::new("还有商品没退，运费暂不退", "Shipping is given back when everything is back")
        }
    };
    let kept_back = (withheld.1 > 0).then(|| {
        let (points, worth) = (withheld.0, money(withheld.1));
        Text::new(
            format!("这些商品获得的积分中有 {points} 分已经用掉，从退款中扣除 {}", worth.zh),
            format!("{points} of the points that these goods earned are spent; {} is kept back for them", worth.en),
        )
    });
    refund.reasons.iter().map(say).chain(kept_back).collect()
}
