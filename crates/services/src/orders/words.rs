//! What is said of orders, in both languages.

use orders::{Event, NoChange, Stage};
use pricing::{Text, returns::ReturnError};

/// Where goods are, as the middle of a sentence.
pub(crate) fn stage(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Allocated => ("已分配，还没开始配货", "allocated and not yet being gathered"),
        Stage::Picking => ("正在配货", "being gathered"),
        Stage::Packed => ("已打包", "packed"),
        Stage::Shipped => ("已发出", "with the carrier"),
        Stage::Delivered => ("已送达", "delivered"),
        Stage::Ready => ("已备好，等待自提", "waiting in the store"),
        Stage::Collected => ("已取走", "collected"),
        Stage::Expired => ("逾期未取", "no longer kept for the shopper"),
        Stage::Refused => ("已被门店退回", "refused by the store"),
        Stage::Cancelled => ("已取消", "cancelled"),
        Stage::SentBack => ("已退回", "sent back"),
    }
}

/// Why an order can't be changed any more, and what to do.
pub(crate) fn no_change(why: NoChange) -> Text {
    match why {
        NoChange::Begun => Text::new(
            "已经开始配货，不能再改了。收到后可以在任何门店退货。",
            "The goods are being gathered, so this can't be changed any more. You can bring them back to any store.",
        ),
        NoChange::TooLate => Text::new(
            "下单已超过 24 小时，请联系客服修改。",
            "It is more than 24 hours since the order; ask the shop's service.",
        ),
        NoChange::Over => Text::new("这张订单没有还要送的货了。", "Nothing of this order is still to come."),
        NoChange::NotSent => Text::new("这张订单没有要寄出的货。", "Nothing of this order is sent."),
    }
}

/// Why goods can't come back like that.
pub(crate) fn return_error(error: &ReturnError) -> Text {
    Text::new(format!("这些商品不能这样退：{error}"), format!("These goods can't come back like that: {error}."))
}

/// An event in a short sentence.
pub(crate) fn event(event: &Event, money: &dyn Fn(i64) -> Text, place: &dyn Fn(&ids::PlaceId) -> Text) -> Text {
    match event {
        Event::Placed => Text::new("订单已提交", "Order placed"),
        Event::Paid => Text::new("已付款", "Paid"),
        Event::Payment { tender, state, amount, .. } => payment(tender, state, &money(*amount)),
        Event::Sourced { place: from, why, .. } => {
            let name = place(from);
            Text::new(format!("由{}发货：{}", name.zh, why.zh), format!("From {}: {}", name.en, why.en))
        }
        Event::Picking { .. } => Text::new("开始配货", "Being gathered"),
        Event::Packed { .. } => Text::new("已打包", "Packed"),
        Event::Shipped { carrier, tracking, .. } => {
            Text::new(format!("已发出：{carrier} {tracking}"), format!("Sent by {carrier}, {tracking}"))
        }
        Event::Tracked { news, .. } => Text::new(news.clone(), news.clone()),
        Event::Delivered { .. } => Text::new("已送达", "Delivered"),
        Event::SentBack { why, .. } => {
            Text::new(format!("快递退回：{why}"), format!("The carrier brought it back: {why}"))
        }
        Event::Ready { .. } => Text::new("已备好，可以来店自提", "Ready to collect in the store"),
        Event::Collected { .. } => Text::new("已取货", "Collected"),
        Event::Expired { .. } => {
            Text::new("逾期未取，已退回货架并退款", "Not collected in time; put back and refunded")
        }
        Event::Refused { why, .. } => {
            Text::new(format!("门店无法供货：{why}"), format!("The place can't give it: {why}"))
        }
        Event::Missing { units } => {
            Text::new(format!("有 {units} 件缺货，已为您退款"), format!("{units} missing; refunded"))
        }
        Event::AddressChanged => Text::new("收货地址已修改", "Address changed"),
        Event::Cancelled { units, .. } => Text::new(format!("已取消 {units} 件"), format!("{units} cancelled")),
        Event::Returned { units, amount, .. } => {
            let sum = money(*amount);
            Text::new(format!("退货 {units} 件，应退 {}", sum.zh), format!("{units} returned, {} to give back", sum.en))
        }
        Event::Refunded { tender, amount, state } => refunded(tender, state, &money(*amount)),
        Event::Note { text } => Text::new(text.clone(), text.clone()),
    }
}

/// What people call a tender; a shop's own tenders have names in its shop file, which pages know.
fn tender_name(tender: &str) -> Text {
    let (zh, en) = match tender {
        "pay_on_delivery" | "on_delivery" => ("货到或自提付款", "payment on delivery or at pick-up"),
        "wechat_pay" => ("微信支付", "WeChat Pay"),
        "alipay" => ("支付宝", "Alipay"),
        "stripe" => ("银行卡", "bank card"),
        "unionpay" => ("银联", "UnionPay"),
        "demo_pay" => ("演示支付", "demo payment"),
        "stored_value" => ("储值", "stored value"),
        "gift_card" => ("礼品卡", "gift card"),
        "points" => ("积分", "points"),
        "cash" => ("现金", "cash"),
        "card_terminal" => ("刷卡机", "card terminal"),
        "exchange" => ("换货", "exchange"),
        other => (other, other),
    };
    Text::new(zh, en)
}

fn payment(tender: &str, state: &str, sum: &Text) -> Text {
    let by = tender_name(tender);
    let (zh, en) = match state {
        "captured" => ("收款", "received"),
        "failed" => ("付款失败", "failed"),
        "voided" => ("未扣款，已撤销", "given up"),
        "dropped" => (
            "付款渠道撤销了已授权的款项，发货前请先联系顾客：",
            "is no longer set aside by the provider: ask the shopper to pay before goods leave",
        ),
        "late" => ("迟到的付款，将原路退回", "came too late and goes back"),
        _ => ("付款", "payment"),
    };
    Text::new(format!("{zh} {}（{}）", sum.zh, by.zh), format!("{} by {} {en}", sum.en, by.en))
}

fn refunded(tender: &str, state: &str, sum: &Text) -> Text {
    let by = tender_name(tender);
    let (zh, en) = match state {
        "done" => ("已退款", "given back"),
        "moved" => ("已抵作换货的货款", "paid for the goods it was exchanged for, not given back"),
        "failed" => ("退款失败", "could not be given back"),
        _ => ("退款处理中", "on its way back"),
    };
    Text::new(format!("{zh} {}（{}）", sum.zh, by.zh), format!("{} {en} by {}", sum.en, by.en))
}
