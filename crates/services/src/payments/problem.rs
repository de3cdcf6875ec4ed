//! Why money can't be moved as asked: a closed list, in both languages.

use money::{Currency, Locale, format_amount};
use pricing::Text;

/// Why money can't be moved as asked. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentProblem {
    /// The payment can't be begun any more: it was paid or given up.
    Closed,
    /// The order's time to pay is over.
    TooLate,
    /// The shop does not take the tender, or not here.
    NotOffered {
        /// The tender.
        tender: String,
    },
    /// The gateway refused.
    Refused {
        /// In the gateway's words.
        why: String,
    },
    /// The gateway does not answer.
    NoAnswer,
    /// More than is there would be given back.
    TooMuch {
        /// What could be given back, in minor units.
        left_minor: i64,
    },
    /// A member's stored value or a gift card has less than is to be paid by it.
    TooLittle {
        /// The tender.
        tender: String,
        /// What is there, in minor units.
        there_minor: i64,
        /// Of what.
        currency: Currency,
    },
    /// A member's stored value or a gift card is money of another currency than the order's.
    OtherCurrency {
        /// Of the purse.
        has: Currency,
        /// Of the order.
        needs: Currency,
    },
}

impl PaymentProblem {
    /// The kind as the last part of its address: `/problems/{kind}`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Closed => "payment-closed",
            Self::TooLate => "payment-too-late",
            Self::NotOffered { .. } => "tender-not-offered",
            Self::Refused { .. } => "payment-refused",
            Self::NoAnswer => "payment-no-answer",
            Self::TooMuch { .. } => "refund-too-much",
            Self::TooLittle { .. } => "value-too-little",
            Self::OtherCurrency { .. } => "other-currency",
        }
    }

    /// The kind in a few words, English.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Closed => "The payment is closed",
            Self::TooLate => "The time to pay is over",
            Self::NotOffered { .. } => "The tender is not offered",
            Self::Refused { .. } => "The payment was refused",
            Self::NoAnswer => "The payment provider does not answer",
            Self::TooMuch { .. } => "More than was paid",
            Self::TooLittle { .. } => "Too little is there to pay with",
            Self::OtherCurrency { .. } => "Money of another currency",
        }
    }

    /// What happened and what to do.
    #[must_use]
    pub fn detail(&self) -> Text {
        match self {
            Self::Closed => Text::new(
                "这笔付款已经完成或已取消，不能再付。请查看订单。",
                "This payment is done or was given up. Look at the order.",
            ),
            Self::TooLate => Text::new(
                "付款时间已过，订单已取消。请重新下单；如已扣款，款项会自动退回。",
                "The time to pay is over and the order was called off. Order again; what was paid meanwhile comes back by itself.",
            ),
            Self::NotOffered { tender } => Text::new(
                format!("这里不能用 {tender} 付款，请换一种付款方式。"),
                format!("{tender} can't be used here; choose another way to pay."),
            ),
            Self::Refused { why } => Text::new(
                format!("付款渠道拒绝了：{why}。请换一种付款方式。"),
                format!("The payment provider refused: {why}. Choose another way to pay."),
            ),
            Self::NoAnswer => Text::new(
                "付款渠道暂时没有回应，请稍后再试；不会重复扣款。",
                "The payment provider does not answer right now. Try again in a moment; nothing is charged twice.",
            ),
            Self::TooMuch { left_minor } => Text::new(
                format!("退款超过可退金额，最多还可退 {left_minor}（最小货币单位）。"),
                format!("More than can be given back: {left_minor} minor units are left."),
            ),
            Self::TooLittle { tender, there_minor, currency } => too_little(tender, *there_minor, *currency),
            Self::OtherCurrency { has, needs } => Text::new(
                format!("余额是 {has}，订单要付 {needs}，不能用它付款，请换一种付款方式。"),
                format!("What is there is {has} and the order is in {needs}; choose another way to pay."),
            ),
        }
    }
}

fn too_little(tender: &str, there_minor: i64, currency: Currency) -> Text {
    let amount = |locale| format_amount(there_minor, currency, locale);
    let (zh, en) = if tender == super::tenders::GIFT_CARD {
        ("这张礼品卡只有", "This gift card holds")
    } else {
        ("储值余额只有", "Stored value is")
    };
    Text::new(
        format!("{zh} {}，请改小金额，其余换一种方式付。", amount(Locale::Zh)),
        format!("{en} {}; pay that much or less by it, and the rest otherwise.", amount(Locale::En)),
    )
}
