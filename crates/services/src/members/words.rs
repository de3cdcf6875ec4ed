//! Words for what a member reads of ledgers and levels, in both languages.

use crate::active::Active;
use ::members::{coupons::CouponState, levels::Measure};
use ids::LevelId;
use money::{Locale, format_amount};
use pricing::Text;
use storage::ledger::Movement;
use wire::{ValueEntry, WalletState};

/// The shop's name of a level.
pub(super) fn level_name(active: &Active, level: &LevelId) -> Text {
    let levels = &active.book.document().levels;
    let known = levels.iter().find(|one| one.id == *level).map(|one| one.name.clone());
    known.unwrap_or_else(|| Text::new(level.as_str(), level.as_str()))
}

/// What is missing to a level: money or orders.
pub(super) fn missing_words(active: &Active, measure: Measure, missing: i64) -> (String, String) {
    match measure {
        Measure::Spend => {
            let amount = |locale| format_amount(missing, active.book.currency(), locale);
            (format!("消费 {}", amount(Locale::Zh)), amount(Locale::En))
        }
        Measure::Orders => {
            let orders = if missing == 1 { "order" } else { "orders" };
            (format!("下 {missing} 单"), format!("{missing} {orders}"))
        }
    }
}

/// A movement of stored money as its owner reads it.
pub(super) fn value_entry(movement: Movement) -> ValueEntry {
    let reason = match movement.kind.as_str() {
        "top-up" => Text::new("充值", "Topped up"),
        "card-redeem" => Text::new("礼品卡存入", "From a gift card"),
        "hold" => Text::new("付款预留", "Set apart for a payment"),
        "free" => Text::new("预留退回", "Payment not made, money back"),
        "refund" => Text::new("退款", "Refund"),
        "pay-out" => Text::new("退款付现", "Refund paid out"),
        _ => {
            let why = movement.why.unwrap_or_default();
            if why.is_empty() { Text::new("余额调整", "Balance corrected") } else { Text::new(why.clone(), why) }
        }
    };
    ValueEntry { at: movement.at, amount: movement.amount, reason, order: movement.order }
}

/// Where a coupon stands, as its owner sees it.
pub(super) fn wallet_state(state: CouponState) -> WalletState {
    match state {
        CouponState::Issued => WalletState::Issued,
        CouponState::Reserved => WalletState::Reserved,
        CouponState::Used => WalletState::Used,
        CouponState::Returned => WalletState::Returned,
        CouponState::Expired | CouponState::Void => WalletState::Expired,
    }
}

/// Why a coupon of a wallet can't be used now; none if it can.
pub(super) fn state_words(state: CouponState) -> Option<Text> {
    match state {
        CouponState::Issued | CouponState::Returned => None,
        CouponState::Reserved => Some(Text::new("订单占用中", "Set apart for an order")),
        CouponState::Used => Some(Text::new("已使用", "Used")),
        CouponState::Expired => Some(Text::new("已过期", "Expired")),
        CouponState::Void => Some(Text::new("已收回", "Taken back by the shop")),
    }
}
