//! Payments of an order: how it is to be paid, and where each payment stands.

use ids::{OrderNumber, PaymentId, RefundId};
use pricing::Instant;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One of the tenders an order is to be paid with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TenderAsk {
    /// The tender: `stripe`, `wechat_pay`, `alipay`, `stored_value`, `gift_card`, `pay_on_delivery`, at the till also `cash` and `card_terminal`.
    pub tender: String,
    /// How much in minor units. One tender at most leaves it out, and pays what the others leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// The gift card's code, or the card terminal's reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// A gift card's code is money: it is in no log.
impl fmt::Debug for TenderAsk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reference = self.reference.as_ref().map(|_| "…");
        let mut shown = f.debug_struct("TenderAsk");
        shown.field("tender", &self.tender).field("amount", &self.amount).field("reference", &reference).finish()
    }
}

/// Pays an order that waits for its money by other tenders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PayOtherwise {
    /// Made by the client, once per attempt: the same key never pays twice.
    pub idempotency_key: String,
    /// In place of the payments that are not there yet: together they pay as much as those were to.
    pub payments: Vec<TenderAsk>,
}

/// What the shopper pays with: decides what a gateway answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PayClient {
    /// A browser that goes to the gateway's page and comes back.
    #[default]
    Web,
    /// A screen that shows a code for the shopper's telephone to scan.
    Qr,
    /// A page inside WeChat.
    Wechat {
        /// The shopper's id in the shop's WeChat app.
        openid: String,
    },
}

/// Begins a payment, or tells again how it goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartPayment {
    /// What the shopper pays with.
    #[serde(default)]
    pub client: PayClient,
}

/// Records a refund that was handed over at the till.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordRefund {
    /// The card terminal's reference.
    #[serde(default)]
    pub reference: Option<String>,
}

/// What the shopper does next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PayNext {
    /// Go to the gateway's page.
    Redirect {
        /// Its address.
        url: String,
    },
    /// Scan a code.
    Qr {
        /// What the code says.
        text: String,
    },
    /// Confirm by the gateway's own script.
    ClientSecret {
        /// What the script confirms.
        secret: String,
        /// The shop's public key at the gateway, if it is set up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<String>,
    },
    /// Hand these to `WeixinJSBridge` inside WeChat.
    WechatBridge {
        /// `appId`.
        app_id: String,
        /// `timeStamp`.
        timestamp: String,
        /// `nonceStr`.
        nonce: String,
        /// `package`.
        package: String,
        /// `paySign`; `signType` is RSA.
        signature: String,
    },
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Meant, and nobody was asked yet.
    Created,
    /// The gateway was asked to begin and did not answer: it may have begun.
    Unknown,
    /// The shopper is to pay.
    Pending,
    /// The amount is set aside for the shop.
    Authorised,
    /// The shop has the money.
    Captured,
    /// A part went back.
    PartlyRefunded,
    /// All went back.
    Refunded,
    /// Given up before money moved, or what was set aside was let go.
    Voided,
    /// Refused for good.
    Failed,
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// Decided, and not yet asked for.
    Created,
    /// Asked for, and no answer came: it may have been done.
    Unknown,
    /// The gateway is at it.
    Pending,
    /// The shopper has the money.
    Done,
    /// The gateway refuses for good; somebody has to look at it.
    Failed,
    /// There was nothing to give back: the payment never came.
    Dropped,
}

/// A payment of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// The order.
    pub order: OrderNumber,
    /// The tender.
    pub tender: String,
    /// The last characters of a gift card's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<String>,
    /// What is to be paid by it, in minor units.
    pub amount: i64,
    /// Where it stands.
    pub state: PaymentState,
    /// What the shop has of it, in minor units.
    pub captured: i64,
    /// What went back, in minor units.
    pub refunded: i64,
    /// Until when it can be paid, if it has to be paid before the order is taken in hand.
    pub pay_by: Option<Instant>,
    /// What the shopper does next, once it has begun and while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<PayNext>,
    /// Its refunds, oldest first.
    pub refunds: Vec<PaymentRefund>,
}

/// A refund of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentRefund {
    /// Its id.
    pub id: RefundId,
    /// In minor units.
    pub amount: i64,
    /// Where it stands.
    pub state: RefundStatus,
    /// When it was decided.
    pub at: Instant,
}

/// Money that somebody of the shop hands back to a shopper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoneyBack {
    /// The refund, to be recorded when it is done.
    pub refund: RefundId,
    /// By which it was paid.
    pub tender: String,
    /// In minor units.
    pub amount: i64,
}

/// How an order is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderPayments {
    /// The order.
    pub order: OrderNumber,
    /// What is to be paid altogether, in minor units.
    pub payable: i64,
    /// Whether the order waits for money.
    pub state: OrderMoney,
    /// Until when all of it can be paid; none if the order does not wait.
    pub pay_by: Option<Instant>,
    /// The payments, in the order in which they were asked for.
    pub payments: Vec<Payment>,
}

/// Whether an order waits for money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderMoney {
    /// Something has to be paid first.
    Waiting,
    /// All that has to be paid first is there.
    Settled,
    /// Nothing of the order comes any more; what was paid goes back.
    Cancelled,
}

/// Which ways to pay are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct TenderQuery {
    /// `web` (default), `kiosk` or `till`.
    pub channel: Option<String>,
}

/// How the money of a tender moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TenderWay {
    /// By a payment provider: the shopper goes to its page or scans its code.
    Provider,
    /// By a payment provider whose own script has to run in the page.
    Script,
    /// When the goods are handed over.
    OnDelivery,
    /// Over the counter, recorded by who takes it.
    Counter,
    /// Out of what the member stored.
    StoredValue,
    /// Out of a gift card, whose code is the tender's `reference`.
    GiftCard,
}

/// A tender that the shop takes from this person here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenderOffer {
    /// The tender, as an order's `payments` name it.
    pub tender: String,
    /// How its money moves.
    pub way: TenderWay,
    /// What the member has stored, in minor units; only for `stored_value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<i64>,
}

/// What is on a gift card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiftCardWorth {
    /// The last characters of its code.
    pub ending: String,
    /// What can be paid with it, in minor units.
    pub balance: i64,
    /// Until when it can be used; for ever without.
    pub expires_at: Option<Instant>,
}
