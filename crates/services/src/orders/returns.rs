//! Goods that come back, to any store or warehouse, whichever channel sold them.

use super::{
    change::{Actor, Change},
    goods::by_sku,
    refund::{self, Back, Moving},
    view,
};
use crate::{Permission, Result, ServiceError, Services, Thing, Who};
use ids::{OrderNumber, ReturnId};
use orders::{Event, Stage};
use pricing::returns::{ReturnOptions, ShippingRefund};
use std::collections::BTreeMap;
use storage::{
    orders as rows, payments,
    returns::{self, ReturnRow},
};
use wire::{PreviewReturn, ReturnReceipt, ReturnedGoods, TakeBack};

/// The most rows of goods in one return.
const ROWS_MAX: usize = 500;

fn options(shops_fault: bool) -> ReturnOptions {
    let shipping = if shops_fault { ShippingRefund::Now } else { ShippingRefund::WithEverything };
    ReturnOptions { shipping }
}

pub(super) fn check_goods(goods: &[ReturnedGoods]) -> Result<()> {
    if goods.is_empty() || goods.len() > ROWS_MAX {
        let (zh, en) = ("请选择要退的商品。", "Choose what comes back.");
        return Err(ServiceError::field("goods", zh, en));
    }
    if let Some(at) = goods.iter().position(|one| one.units < 1) {
        return Err(ServiceError::field(format!("goods[{at}].units"), "至少 1 件。", "At least 1."));
    }
    Ok(())
}

impl Services {
    /// What the shopper would get back for goods; nothing is changed.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for somebody else's order; [`ServiceError::Invalid`] for goods that can't come back.
    pub async fn preview_return(
        &self,
        who: &Who,
        number: &OrderNumber,
        request: &PreviewReturn,
    ) -> Result<ReturnReceipt> {
        check_goods(&request.goods)?;
        let row = rows::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        if who.staff.is_some() {
            who.require(Permission::ReturnTake)?;
        } else if !view::may_see(who, &row) {
            return Err(ServiceError::NotFound(Thing::Order));
        }
        let actor = Actor::of(who);
        let active = self.active().await?;
        let tx = self.db().begin().await?;
        let change = Change::open(self, &tx, active, number, &actor).await?;
        let earlier = change.earlier().await?;
        change.check_back(&earlier, &request.goods)?;
        let shops_fault = request.shops_fault && who.staff.is_some();
        let refund = change.refund(&earlier, &refund::returned(&request.goods)?, options(shops_fault)).await?;
        let withheld = change.would_withhold(&refund).await?;
        let money = view::money(change.order.quote.currency);
        let payments = change.payments().await?;
        Ok(ReturnReceipt {
            withheld: withheld.1,
            id: None,
            order: number.clone(),
            kind: "return".to_owned(),
            at: self.now(),
            place: None,
            reason: String::new(),
            reasons: refund::reasons(&refund, withheld, &money),
            refund: view::by_tender(refund, &payments),
            goods: request.goods.clone(),
        })
    }

    /// Takes goods back at a place: they are on the shelf again or put aside, and the shopper gets back what the order's own price book says. The same
    /// key takes them back once.
    ///
    /// # Errors
    /// Without [`Permission::ReturnTake`] at that place, or for the shop's fault without [`Permission::RefundApprove`];
    /// [`ServiceError::Invalid`] for goods that the shopper does not have.
    pub async fn take_back(&self, who: &Who, number: &OrderNumber, request: &TakeBack) -> Result<ReturnReceipt> {
        who.require_at(Permission::ReturnTake, &request.place)?;
        if request.shops_fault {
            who.require_at(Permission::RefundApprove, &request.place)?;
        }
        super::check::key(&request.idempotency_key)?;
        check_goods(&request.goods)?;
        let actor = Actor::of(who);
        let row = self.change_order(number, &actor, |change| {
            let request = request.clone();
            Box::pin(async move { change.take_back(&request).await })
        });
        self.receipt_of(row.await?).await
    }

    /// The receipt of a return.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is none, or it is of somebody else's order.
    pub async fn return_receipt(&self, who: &Who, id: &ReturnId) -> Result<ReturnReceipt> {
        let row = returns::by_id(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::Return))?;
        let order = rows::by_number(self.db(), &row.order).await?.ok_or(ServiceError::NotFound(Thing::Return))?;
        let allowed =
            if who.staff.is_some() { who.require(Permission::OrderSee).is_ok() } else { view::may_see(who, &order) };
        if allowed { self.receipt_of(row).await } else { Err(ServiceError::NotFound(Thing::Return)) }
    }

    pub(super) async fn receipt_of(&self, row: ReturnRow) -> Result<ReturnReceipt> {
        let money = view::money(self.active().await?.book.currency());
        let payments = payments::of_order(self.db(), &row.order).await?;
        Ok(view::receipt(row, &payments, &money))
    }
}

impl Change<'_> {
    /// Units that the shopper has, by line and by gift, less those that came back.
    fn with_shopper(&self, earlier: &[ReturnRow]) -> BTreeMap<(String, bool), i64> {
        let mut units: BTreeMap<(String, bool), i64> = BTreeMap::new();
        for part in self.parts.iter().filter(|part| matches!(part.stage, Stage::Delivered | Stage::Collected)) {
            for line in &part.lines {
                *units.entry((line.line.clone(), line.gift)).or_default() += line.quantity;
            }
        }
        for row in earlier.iter().filter(|row| matches!(row.kind.as_str(), "return" | "exchange")) {
            for one in &row.goods {
                if let Some(key) = key(one) {
                    *units.entry(key).or_default() -= one.units;
                }
            }
        }
        units
    }

    /// Refuses goods that the shopper does not have.
    pub(crate) fn check_back(&self, earlier: &[ReturnRow], goods: &[ReturnedGoods]) -> Result<()> {
        let mut units = self.with_shopper(earlier);
        for (at, one) in goods.iter().enumerate() {
            let left = key(one).and_then(|key| units.get_mut(&key));
            let has = left.as_ref().map_or(0, |left| **left);
            if has < one.units {
                let (zh, en) = (
                    format!("这一行顾客手上只有 {has} 件。"),
                    format!("The shopper has {has} of these and can't bring back {}.", one.units),
                );
                return Err(ServiceError::field(format!("goods[{at}].units"), zh, en));
            }
            if let Some(left) = left {
                *left -= one.units;
            }
        }
        Ok(())
    }

    /// Takes goods back at a place; once for a key.
    async fn take_back(&mut self, request: &TakeBack) -> Result<ReturnRow> {
        let earlier = self.earlier().await?;
        if let Some(known) = earlier.iter().find(|row| row.idempotency_key == request.idempotency_key) {
            let same = known.kind == "return" && known.goods == request.goods;
            return if same { Ok(known.clone()) } else { Err(ServiceError::Conflict) };
        }
        self.bring_back("return", request, None).await
    }

    /// Takes goods back at a place; what they cost pays for another order first, if there is one.
    pub(crate) async fn bring_back(
        &mut self,
        kind: &'static str,
        request: &TakeBack,
        to: Option<&mut Moving>,
    ) -> Result<ReturnRow> {
        self.check_back(&self.earlier().await?, &request.goods)?;
        self.shelve(request).await?;
        let back = Back {
            kind,
            place: Some(request.place.clone()),
            channel: "store".to_owned(),
            reason: request.reason.trim().to_owned(),
            goods: request.goods.clone(),
            options: options(request.shops_fault),
            key: &request.idempotency_key,
        };
        let row = self.give_back(back, to).await?;
        let units = row.goods.iter().map(|one| one.units).sum();
        self.tell(Event::Returned { refund: row.id.clone(), units, amount: row.net() });
        Ok(row)
    }

    /// The goods are on the shelf again, or put aside.
    async fn shelve(&self, request: &TakeBack) -> Result<()> {
        let at = super::goods::AtPlace { tx: self.tx, now: self.now, order: &self.order.number, place: &request.place };
        for quarantine in [false, true] {
            let goods = request.goods.iter().filter(|one| one.quarantine == quarantine);
            let units: Vec<_> = goods.filter_map(|one| Some((self.sku_of(one)?, one.units))).collect();
            let units = by_sku(units.iter().map(|(sku, units)| (sku, *units)));
            if quarantine { at.put_aside(&units).await? } else { at.put_back(&units).await? }
        }
        Ok(())
    }

    fn sku_of(&self, goods: &ReturnedGoods) -> Option<ids::Sku> {
        let quote = &self.order.quote;
        match (&goods.line, &goods.gift) {
            (Some(line), _) => quote.lines.iter().find(|one| one.id == *line).map(|one| one.sku.clone()),
            (None, Some(gift)) => quote.gifts.iter().find(|one| one.promotion == *gift).map(|one| one.sku.clone()),
            (None, None) => None,
        }
    }
}

fn key(goods: &ReturnedGoods) -> Option<(String, bool)> {
    let line = goods.line.as_ref().map(|line| (line.to_string(), false));
    line.or_else(|| goods.gift.as_ref().map(|gift| (gift.to_string(), true)))
}
