//! The words of messages, in Chinese and English.

use super::Notice;
use jiff::{Timestamp, tz::TimeZone};
use money::{Locale, format_amount};
use pricing::Instant;

/// What a text needs to know of the shop.
pub(super) struct Shop<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Its address, without a slash at the end.
    pub(super) url: &'a str,
    /// Its own clock.
    pub(super) zone: TimeZone,
}

/// Subject and text of a message.
pub(super) fn words(notice: &Notice, locale: Locale, shop: &Shop) -> (String, String) {
    let (subject, body) = match locale {
        Locale::Zh => (subject_zh(notice), zh(notice, shop)),
        Locale::En => (subject_en(notice), en(notice, shop)),
    };
    let link = notice.order().map(|order| format!("\n{}/orders/{order}", shop.url)).unwrap_or_default();
    let subject = match locale {
        Locale::Zh => format!("【{}】{subject}", shop.name),
        Locale::En => format!("[{}] {subject}", shop.name),
    };
    (subject, format!("{body}{link}"))
}

fn subject_zh(notice: &Notice) -> String {
    match notice {
        Notice::OrderPlaced { order, .. } => format!("订单 {order} 已收到"),
        Notice::OrderReady { order, .. } => format!("订单 {order} 可以取货了"),
        Notice::OrderShipped { order, .. } => format!("订单 {order} 已发货"),
        Notice::OrderDelivered { order } => format!("订单 {order} 已送达"),
        Notice::OrderCancelled { order, .. } => format!("订单 {order} 已取消"),
        Notice::Refunded { order, .. } => format!("订单 {order} 已退款"),
        Notice::ReturnTaken { order, .. } => format!("订单 {order} 的退货已收到"),
        Notice::PaymentReceived { order, .. } => format!("订单 {order} 的付款已收到"),
        Notice::PointsExpiring { points, .. } => format!("{points} 积分即将到期"),
        Notice::LevelChanged { level } => format!("您现在是{}", level.get(Locale::Zh)),
        Notice::DataExported => "您的个人数据已导出".to_owned(),
        Notice::CouponIssued { name, .. } => format!("送您一张优惠券：{}", name.get(Locale::Zh)),
    }
}

fn subject_en(notice: &Notice) -> String {
    match notice {
        Notice::OrderPlaced { order, .. } => format!("Order {order} received"),
        Notice::OrderReady { order, .. } => format!("Order {order} is ready"),
        Notice::OrderShipped { order, .. } => format!("Order {order} is on its way"),
        Notice::OrderDelivered { order } => format!("Order {order} delivered"),
        Notice::OrderCancelled { order, .. } => format!("Order {order} cancelled"),
        Notice::Refunded { order, .. } => format!("Refund for order {order}"),
        Notice::ReturnTaken { order, .. } => format!("Return of order {order} received"),
        Notice::PaymentReceived { order, .. } => format!("Payment for order {order} received"),
        Notice::PointsExpiring { points, .. } => format!("{points} points lapse soon"),
        Notice::LevelChanged { level } => format!("You are {} now", level.get(Locale::En)),
        Notice::DataExported => "Your data were exported".to_owned(),
        Notice::CouponIssued { name, .. } => format!("A coupon for you: {}", name.get(Locale::En)),
    }
}

fn zh(notice: &Notice, shop: &Shop) -> String {
    let l = Locale::Zh;
    match notice {
        Notice::OrderPlaced { order, payable, currency } => {
            let amount = format_amount(*payable, *currency, l);
            format!("您的订单 {order} 已收到，共 {amount}。有新进展会再告诉您。")
        }
        Notice::OrderReady { order, store, code, until } => {
            let until = until.map(|at| format!("，请在 {} 之前来取", day(at, l, shop))).unwrap_or_default();
            format!("您的订单 {order} 已在{}备好，取货码 {code}{until}。取货码请勿告诉他人。", store.get(l))
        }
        Notice::OrderShipped { order, carrier, tracking } => {
            let tracking = if tracking.is_empty() { String::new() } else { format!("，运单号 {tracking}") };
            format!("您的订单 {order} 已由{}发出{tracking}。", carrier.get(l))
        }
        Notice::OrderDelivered { order } => format!("您的订单 {order} 已送达或已取走，谢谢光临。"),
        Notice::OrderCancelled { order, reason } => {
            let why = if reason.is_empty() { String::new() } else { format!("：{}", reason.get(l)) };
            format!("您的订单 {order} 已取消{why}。已付的款会按原路退回。")
        }
        Notice::Refunded { order, amount, currency } => {
            let amount = format_amount(*amount, *currency, l);
            format!("订单 {order} 退款 {amount} 已按原路退回，到账时间以银行为准。")
        }
        Notice::ReturnTaken { order, units } => format!("订单 {order} 退回的 {units} 件商品已收到。"),
        Notice::PaymentReceived { order, amount, currency } => {
            format!("订单 {order} 的付款 {} 已收到。", format_amount(*amount, *currency, l))
        }
        Notice::PointsExpiring { points, on } => {
            format!("您有 {points} 积分将在 {} 到期，下单时可以抵扣。", day(*on, l, shop))
        }
        Notice::LevelChanged { level } => format!("您的会员等级现在是{}。", level.get(l)),
        Notice::DataExported => "您在本店的个人数据刚刚导出了一份。如果不是您要求的，请马上联系我们。".to_owned(),
        Notice::CouponIssued { name, code, until } => {
            let until = until.map(|at| format!("，{} 前有效", day(at, l, shop))).unwrap_or_default();
            let name = name.get(l);
            format!("优惠券“{name}”已放进您的账户，优惠码 {code}{until}。不想再收到这类消息，请在“我的”里关闭。")
        }
    }
}

fn en(notice: &Notice, shop: &Shop) -> String {
    let l = Locale::En;
    match notice {
        Notice::OrderPlaced { order, payable, currency } => {
            let amount = format_amount(*payable, *currency, l);
            format!("We have your order {order} of {amount} and will tell you how it goes on.")
        }
        Notice::OrderReady { order, store, code, until } => {
            let until = until.map(|at| format!(" Please come before {}.", day(at, l, shop))).unwrap_or_default();
            let store = store.get(l);
            format!(
                "Your order {order} waits for you at {store}. Your pick-up code is {code}; keep it to yourself.{until}"
            )
        }
        Notice::OrderShipped { order, carrier, tracking } => {
            let tracking = if tracking.is_empty() { String::new() } else { format!(", tracking number {tracking}") };
            format!("A parcel of your order {order} left with {}{tracking}.", carrier.get(l))
        }
        Notice::OrderDelivered { order } => format!("Your order {order} was delivered or handed over. Thank you."),
        Notice::OrderCancelled { order, reason } => {
            let why = if reason.is_empty() { String::new() } else { format!(": {}", reason.get(l)) };
            format!("Your order {order} was cancelled{why}. What you paid goes back the way it came.")
        }
        Notice::Refunded { order, amount, currency } => {
            let amount = format_amount(*amount, *currency, l);
            format!("{amount} of order {order} went back the way it came; your bank decides when it arrives.")
        }
        Notice::ReturnTaken { order, units } => format!("We have the {units} returned items of order {order}."),
        Notice::PaymentReceived { order, amount, currency } => {
            format!("Your payment of {} for order {order} has arrived.", format_amount(*amount, *currency, l))
        }
        Notice::PointsExpiring { points, on } => {
            format!("{points} of your points lapse on {}; you can spend them on an order.", day(*on, l, shop))
        }
        Notice::LevelChanged { level } => format!("Your member level is {} now.", level.get(l)),
        Notice::DataExported => {
            "A copy of your data in this shop was just made. If you did not ask for it, tell us at once.".to_owned()
        }
        Notice::CouponIssued { name, code, until } => {
            let until = until.map(|at| format!(" until {}", day(at, l, shop))).unwrap_or_default();
            let name = name.get(l);
            format!(
                "The coupon “{name}” is in your account, code {code}{until}. You can stop such messages in your account."
            )
        }
    }
}

/// The day of an instant on the shop's own clock.
fn day(at: Instant, locale: Locale, shop: &Shop) -> String {
    let at = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(shop.zone.clone());
    let format = match locale {
        Locale::Zh => "%Y年%-m月%-d日 %H:%M",
        Locale::En => "%-d %B %Y, %H:%M",
    };
    at.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::OrderNumber;
    use money::Currency;
    use pricing::Text;

    fn check(notice: &Notice, zh: &str, en: &str) {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        for (locale, name, expected) in [(Locale::Zh, "南窗", zh), (Locale::En, "South Window", en)] {
            let shop = Shop { name, url: "https://shop.example", zone: zone.clone() };
            let (subject, text) = words(notice, locale, &shop);
            assert_eq!(format!("{subject}\n{text}"), expected);
        }
    }

    #[test]
    fn messages_say_what_happened_and_what_to_do() {
        let order = OrderNumber::new("20260101-1").unwrap();
        check(
            &Notice::OrderPlaced { order: order.clone(), payable: 123_450, currency: Currency::CNY },
            "【南窗】订单 20260101-1 已收到\n您的订单 20260101-1 已收到，共 ¥1,234.50。有新进展会再告诉您。\nhttps://shop.example/orders/20260101-1",
            "[South Window] Order 20260101-1 received\nWe have your order 20260101-1 of ¥1,234.50 and will tell you how it goes on.\nhttps://shop.example/orders/20260101-1",
        );
        let store = Text::new("武康路店", "Wukang Road");
        check(
            &Notice::OrderReady { order, store, code: "4711".to_owned(), until: Some(Instant(1_795_320_000_000)) },
            "【南窗】订单 20260101-1 可以取货了\n您的订单 20260101-1 已在武康路店备好，取货码 4711，请在 2026年11月22日 12:00 之前来取。取货码请勿告诉他人。\nhttps://shop.example/orders/20260101-1",
            "[South Window] Order 20260101-1 is ready\nYour order 20260101-1 waits for you at Wukang Road. Your pick-up code is 4711; keep it to yourself. Please come before 22 November 2026, 12:00.\nhttps://shop.example/orders/20260101-1",
        );
    }

    #[test]
    fn the_word_of_a_notice_is_that_of_its_json() {
        let order = OrderNumber::new("1").unwrap();
        let text = Text::new("一", "one");
        let rows = [
            Notice::OrderPlaced { order: order.clone(), payable: 1, currency: Currency::CNY },
            Notice::OrderReady { order: order.clone(), store: text.clone(), code: String::new(), until: None },
            Notice::OrderShipped { order: order.clone(), carrier: text.clone(), tracking: String::new() },
            Notice::OrderDelivered { order: order.clone() },
            Notice::OrderCancelled { order: order.clone(), reason: Text::default() },
            Notice::Refunded { order: order.clone(), amount: 1, currency: Currency::CNY },
            Notice::ReturnTaken { order: order.clone(), units: 1 },
            Notice::PaymentReceived { order, amount: 1, currency: Currency::CNY },
            Notice::PointsExpiring { points: 1, on: Instant(0) },
            Notice::LevelChanged { level: text.clone() },
            Notice::DataExported,
            Notice::CouponIssued { name: text, code: ids::CouponCode::new("A").unwrap(), until: None },
        ];
        for notice in rows {
            let json = serde_json::to_value(&notice).unwrap();
            assert_eq!(json["kind"], notice.word());
            assert_eq!(serde_json::from_value::<Notice>(json).unwrap(), notice);
        }
    }
}
