//! The kinds of tenders, and the split of an order over them.

use super::Gateway;
use crate::{Result, ServiceError, Services, Who};
use ids::PaymentId;
use std::sync::Arc;
use wire::TenderAsk;

/// Paid when the goods are handed over.
pub(crate) const ON_DELIVERY: &str = "pay_on_delivery";
/// Spent by the quote itself; its row says how much that was worth.
pub(crate) const POINTS: &str = "points";
/// Out of what the member of the order stored.
pub(crate) const STORED_VALUE: &str = "stored_value";
/// Out of a gift card, whose code is the ask's reference.
pub(crate) const GIFT_CARD: &str = "gift_card";
/// Goods that came back pay for those that they are exchanged for; the row's reference is the return.
pub(crate) const EXCHANGE: &str = "exchange";
/// Tenders of one order at most.
const TENDERS_MAX: usize = 6;

/// How the money of a tender moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By a payment provider.
    Gateway,
    /// Over the counter: recorded by who takes it.
    Till,
    /// When the goods are handed over.
    OnDelivery,
    /// With the price: points.
    Points,
    /// By goods that came back: what they were paid with is moved to this order, and back if it is refunded.
    Exchange,
    /// Out of money that the shop keeps for somebody: held, captured and given back at once, by nobody but us.
    Purse,
}

/// A tender of an order, checked.
pub(crate) struct Planned {
    pub(crate) tender: String,
    pub(crate) amount_minor: i64,
    /// As it was asked: a card terminal's reference, or a gift card's code, which is never written down.
    pub(crate) reference: Option<String>,
    pub(crate) kind: Kind,
}

impl Services {
    /// How a tender moves money; none if the shop does not take it.
    pub(crate) fn kind_of(&self, tender: &str) -> Option<Kind> {
        match tender {
            "cash" | "card_terminal" => Some(Kind::Till),
            ON_DELIVERY => Some(Kind::OnDelivery),
            POINTS => Some(Kind::Points),
            EXCHANGE => Some(Kind::Exchange),
            STORED_VALUE | GIFT_CARD => Some(Kind::Purse),
            other => self.0.gateways.contains_key(other).then_some(Kind::Gateway),
        }
    }

    /// The payment provider of a tender.
    pub(crate) fn gateway(&self, tender: &str) -> Option<Arc<dyn Gateway>> {
        self.0.gateways.get(tender).cloned()
    }

    /// Checks how an order of `payable` is to be paid. Without asks it is paid when it is handed over.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] with every wrong field: an unknown tender, amounts that do not sum up, a till's tender elsewhere, or another tender
    /// than the one that the price was made for.
    pub(crate) fn planned(
        &self,
        who: &Who,
        asks: &[TenderAsk],
        payable: i64,
        priced_for: Option<&str>,
    ) -> Result<Vec<Planned>> {
        if payable == 0 && asks.is_empty() {
            return Ok(Vec::new());
        }
        if asks.is_empty() {
            let whole = Planned {
                tender: ON_DELIVERY.to_owned(),
                amount_minor: payable,
                reference: None,
                kind: Kind::OnDelivery,
            };
            return Ok(vec![whole]);
        }
        if asks.len() > TENDERS_MAX {
            let (zh, en) = (format!("最多 {TENDERS_MAX} 种付款方式。"), format!("At most {TENDERS_MAX} tenders."));
            return Err(ServiceError::field("payments", zh, en));
        }
        if priced_for.is_some_and(|tender| asks.iter().all(|ask| ask.tender != tender)) {
            let (zh, en) =
                ("付款方式与报价所选的不同，请重新报价。", "The price was made for another tender; quote again.");
            return Err(ServiceError::field("payments", zh, en));
        }
        let amounts = amounts(asks, payable)?;
        let planned = asks.iter().zip(amounts).enumerate();
        planned.map(|(at, (ask, amount))| self.plan(who, at, ask, amount)).collect()
    }

    fn plan(&self, who: &Who, at: usize, ask: &TenderAsk, amount_minor: i64) -> Result<Planned> {
        let field = format!("payments[{at}].tender");
        let refuse = |zh: &str, en: &str| Err(ServiceError::field(&field, zh, en));
        let kind = match self.kind_of(&ask.tender) {
            None | Some(Kind::Points | Kind::Exchange) => {
                return refuse("本店不收这种付款方式。", "The shop does not take this tender.");
            }
            Some(Kind::Till) if who.channel != "till" => {
                return refuse("这种付款方式只能在收银台使用。", "This tender is for the till only.");
            }
            Some(Kind::Purse) if ask.tender == STORED_VALUE && who.member.is_none() => {
                return refuse(
                    "储值要登录后才能用；在收银台请先识别会员。",
                    "Stored value is for members: sign in, or at the till find the member first.",
                );
            }
            Some(kind) => kind,
        };
        if ask.tender == GIFT_CARD && ask.reference.as_ref().is_none_or(|code| code.trim().is_empty()) {
            let field = format!("payments[{at}].reference");
            return Err(ServiceError::field(&field, "请填写礼品卡卡号。", "Enter the gift card's code."));
        }
        let too_long = |reference: &String| reference.len() > 100 || reference.chars().any(char::is_control);
        if ask.reference.as_ref().is_some_and(too_long) {
            let field = format!("payments[{at}].reference");
            return Err(ServiceError::field(&field, "最多 100 个字符。", "At most 100 characters."));
        }
        Ok(Planned { tender: ask.tender.clone(), amount_minor, reference: ask.reference.clone(), kind })
    }
}

/// What each tender pays: those without an amount pay the rest, of which there is one at most, and all sum to what is payable.
fn amounts(asks: &[TenderAsk], payable: i64) -> Result<Vec<i64>> {
    let refuse = |zh: String, en: String| Err(ServiceError::field("payments", zh, en));
    let open = asks.iter().filter(|ask| ask.amount.is_none()).count();
    if open > 1 {
        return refuse(
            "只有一种付款方式可以不写金额。".to_owned(),
            "One tender at most leaves its amount out.".to_owned(),
        );
    }
    let named = asks.iter().try_fold(0_i64, |sum, ask| sum.checked_add(ask.amount.unwrap_or(0)));
    let rest = named.and_then(|named| payable.checked_sub(named));
    let amounts: Vec<i64> = asks.iter().map(|ask| ask.amount.or(rest).unwrap_or(0)).collect();
    let fits = rest.is_some_and(|rest| open == 1 || rest == 0);
    if !fits || amounts.iter().any(|amount| *amount <= 0) {
        return refuse(
            format!("各项付款金额须为正数，合计须等于应付金额 {payable}。"),
            format!("Every amount is positive, and all sum to what is payable: {payable}."),
        );
    }
    Ok(amounts)
}

/// An id that payment providers take.
pub(crate) fn new_payment_id() -> PaymentId {
    PaymentId::new(storage::new_plain_id()).expect("a UUID is an id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_sums_to_what_is_payable() {
        let split = |asked: &[Option<i64>], payable| {
            let ask = |amount: &Option<i64>| TenderAsk { tender: "x".to_owned(), amount: *amount, reference: None };
            amounts(&asked.iter().map(ask).collect::<Vec<_>>(), payable).ok()
        };
        assert_eq!(split(&[None], 100), Some(vec![100]));
        assert_eq!(split(&[Some(30), None], 100), Some(vec![30, 70]));
        assert_eq!(split(&[Some(30), Some(70)], 100), Some(vec![30, 70]));
        for wrong in [
            &[Some(30), Some(60)][..],
            &[Some(100), None],
            &[Some(130), None],
            &[Some(-30), None],
            &[None, None],
            &[Some(100), Some(0)],
            &[Some(i64::MAX), Some(i64::MAX)],
        ] {
            assert_eq!(split(wrong, 100), None, "{wrong:?}");
        }
    }
}
