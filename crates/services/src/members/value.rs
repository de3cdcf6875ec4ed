//! Stored money: topped up, held for a payment, captured, freed, refunded; and gift cards, which are money on a code.

use super::desk::{Booked, Desk, sure};
use crate::{Result, ServiceError};
use ::members::ledger::{Deed, Purse, Unit};
use ids::{MemberId, OrderNumber, PaymentId};
use money::Currency;
use storage::{
    ledger, persons,
    purses::{self, CardRow, HoldRow},
};

const DIFFER: &str = "a payment's stored money is not what the ledger says; `concord ledger prove` lists where";

impl Desk<'_> {
    /// Sets money of a purse apart for a payment, once per payment; false if there is too little, and then the transaction must not be committed. Which
    /// card it is says [`Desk::card`], which refuses those that can't be used.
    pub(crate) async fn hold_value(
        &self,
        purse: &Purse,
        payment: &PaymentId,
        order: Option<&OrderNumber>,
        (minor, currency): (i64, Currency),
    ) -> Result<bool> {
        let entry = Deed::Hold { purse, payment }.money(payment.as_str(), minor, currency);
        match self.post(entry, order, None).await? {
            Booked::Short => Ok(false),
            Booked::Before => Ok(true),
            Booked::New => {
                let (payment, purse) = (payment.clone(), purse.clone());
                let row = HoldRow { payment, purse, currency, held: minor, captured: 0, freed: 0, refunded: 0 };
                sure(purses::insert_hold(self.tx, &row).await?, DIFFER)?;
                Ok(true)
            }
        }
    }

    /// What a purse holds.
    pub(crate) async fn in_purse(&self, purse: &Purse, currency: Currency) -> Result<i64> {
        Ok(ledger::balance(self.tx, &purse.account(), Unit::Money(currency)).await?)
    }

    /// Another currency of which a purse holds some.
    pub(crate) async fn other_currency(&self, purse: &Purse, than: Currency) -> Result<Option<Currency>> {
        let units = ledger::units(self.tx, &purse.account()).await?;
        Ok(units.into_iter().find_map(|unit| match unit {
            Unit::Money(currency) if currency != than => Some(currency),
            _ => None,
        }))
    }

    async fn held(&self, payment: &PaymentId) -> Result<HoldRow> {
        let hold = purses::hold(self.tx, payment).await?;
        hold.ok_or_else(|| ServiceError::internal(format!("nothing is held for payment {payment}")))
    }

    /// Makes held money the shop's, once per `reference`.
    ///
    /// # Errors
    /// If that is more than is held.
    pub(crate) async fn capture_value(&self, payment: &PaymentId, reference: &str, minor: i64) -> Result<()> {
        let hold = self.held(payment).await?;
        let entry = Deed::Capture { payment }.money(reference, minor, hold.currency);
        self.moved(entry, payment, (minor, 0, 0)).await
    }

    /// Where money of a payment goes back to: its purse, or who stored what was on the card since.
    async fn back_to(&self, hold: &HoldRow) -> Result<Purse> {
        let Purse::Card(card) = &hold.purse else { return Ok(hold.purse.clone()) };
        let member = purses::card(self.tx, card).await?.and_then(|card| card.redeemed_by);
        Ok(member.map_or_else(|| hold.purse.clone(), Purse::Member))
    }

    /// Lets held money go back to its purse, once per `reference`.
    ///
    /// # Errors
    /// If that is more than is held.
    pub(crate) async fn free_value(&self, payment: &PaymentId, reference: &str, minor: i64) -> Result<()> {
        let hold = self.held(payment).await?;
        let entry = Deed::Free { purse: &self.back_to(&hold).await?, payment }.money(reference, minor, hold.currency);
        self.moved(entry, payment, (0, minor, 0)).await
    }

    /// Gives captured money back to its purse, once per `reference` (the refund's id).
    ///
    /// # Errors
    /// If that is more than was captured and not given back before.
    pub(crate) async fn refund_value(&self, payment: &PaymentId, reference: &str, minor: i64) -> Result<()> {
        let hold = self.held(payment).await?;
        let entry = Deed::Refund { purse: &self.back_to(&hold).await? }.money(reference, minor, hold.currency);
        self.moved(entry, payment, (0, 0, minor)).await
    }

    /// True if money of a payment can go back to where it came from: a card that is over, and what an erased person stored, nobody can open any more.
    pub(crate) async fn can_refund_value(&self, payment: &PaymentId) -> Result<bool> {
        match self.back_to(&self.held(payment).await?).await? {
            Purse::Member(member) => Ok(persons::erased_at(self.tx, &member).await?.is_none()),
            Purse::Card(card) => {
                let over = |card: CardRow| card.blocked || card.expires_at.is_some_and(|expires| expires <= self.now);
                Ok(purses::card(self.tx, &card).await?.is_some_and(|card| !over(card)))
            }
        }
    }

    /// Captured money whose purse is not there any more was handed over in cash, once per `reference` (the refund's id).
    ///
    /// # Errors
    /// If that is more than was captured and not given back before.
    pub(crate) async fn pay_out_value(&self, payment: &PaymentId, reference: &str, minor: i64) -> Result<()> {
        let hold = self.held(payment).await?;
        let entry = Deed::PayOut { tender: "cash" }.money(reference, minor, hold.currency);
        self.moved(entry, payment, (0, 0, minor)).await
    }

    async fn moved(
        &self,
        entry: Result<::members::ledger::Entry, ::members::ledger::BadEntry>,
        payment: &PaymentId,
        (captured, freed, refunded): (i64, i64, i64),
    ) -> Result<()> {
        let order = storage::payments::by_id(self.tx, payment).await?.map(|row| row.order);
        match self.post(entry, order.as_ref(), None).await? {
            Booked::Before => Ok(()),
            Booked::Short => sure(false, "a payment would take more stored money than is held for it"),
            Booked::New => {
                let moved = purses::move_hold(self.tx, payment, captured, freed, refunded).await?;
                sure(moved, "a payment would move more stored money than there is of it")
            }
        }
    }

    /// Stores money with a member that was paid by a tender, once per `reference`.
    pub(crate) async fn top_up(
        &self,
        member: &MemberId,
        tender: &str,
        reference: &str,
        (minor, currency): (i64, Currency),
    ) -> Result<()> {
        let entry = Deed::TopUp { member, tender }.money(reference, minor, currency);
        sure(self.post(entry, None, None).await? != Booked::Short, DIFFER)
    }

    /// Gives stored money, or takes some that is there, for a reason; once per `reference`. False if there is too little to take, and then the transaction
    /// must not be committed.
    pub(crate) async fn adjust_value(
        &self,
        member: &MemberId,
        reference: &str,
        (minor, currency): (i64, Currency),
        why: &str,
    ) -> Result<bool> {
        let entry = Deed::AdjustValue(member).money(reference, minor, currency);
        Ok(self.post(entry, None, Some(why)).await? != Booked::Short)
    }
}
