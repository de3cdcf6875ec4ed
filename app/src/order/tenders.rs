//! What ways to pay are called, and where a payment stands, in words.

use super::texts::Texts;
use crate::front::Front;
use wire::{Payment, PaymentState as State};

/// The tender that is paid when the goods are handed over.
const ON_DELIVERY: &str = "pay_on_delivery";

/// What people call a way to pay: by the shop's own name for it, if it has one.
#[must_use]
pub fn tender_name(front: Front, tender: &str) -> String {
    let t = Texts(front.locale);
    let facts = front.facts();
    if let Some(one) = facts.shop.tenders.iter().find(|one| one.tender == tender) {
        return front.say(&one.name);
    }
    let name = match tender {
        "wechat_pay" => t.wechat_pay(),
        "alipay" => t.alipay(),
        "stripe" => t.bank_card(),
        "unionpay" => t.unionpay(),
        "demo_pay" => t.demo_pay(),
        "stored_value" => t.stored_value(),
        "gift_card" => t.gift_card(),
        "points" => t.points(),
        "cash" => t.cash(),
        "card_terminal" => t.card_terminal(),
        "exchange" => t.exchange(),
        ON_DELIVERY => t.on_delivery(),
        other => return other.to_owned(),
    };
    name.to_owned()
}

/// Where a payment stands.
#[must_use]
pub fn state_word(front: Front, payment: &Payment) -> String {
    let t = Texts(front.locale);
    let word = match payment.state {
        State::Pending if payment.tender == ON_DELIVERY => t.pay_then(),
        State::Created => t.pay_open(),
        State::Unknown | State::Pending => t.pay_pending(),
        State::Authorised | State::Captured => t.pay_done(),
        State::PartlyRefunded => return t.pay_partly_back(&front.money(payment.refunded)),
        State::Refunded => t.pay_back(),
        State::Voided => t.pay_void(),
        State::Failed => t.pay_failed(),
    };
    word.to_owned()
}

/// The state as style sheets name it.
#[must_use]
pub fn state_key(payment: &Payment) -> &'static str {
    match payment.state {
        State::Pending if payment.tender == ON_DELIVERY => "later",
        State::Created | State::Unknown | State::Pending => "open",
        State::Authorised | State::Captured => "paid",
        State::PartlyRefunded | State::Refunded => "back",
        State::Voided => "void",
        State::Failed => "failed",
    }
}

/// True if the shopper can still pay by it at a provider.
#[must_use]
pub fn can_pay(payment: &Payment) -> bool {
    matches!(payment.state, State::Created | State::Unknown | State::Pending) && payment.tender != ON_DELIVERY
}
