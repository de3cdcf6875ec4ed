//! What the use cases need of a payment provider. Adapters are in the crate `gateways`.
//!
//! Every call names the payment or the refund by our own id, and may be made again: a gateway does a thing once per id. A call without an answer is
//! [`GatewayError::Unknown`] and says nothing about what happened; who made it asks later.

use async_trait::async_trait;
use ids::{OrderNumber, PaymentId, RefundId};
use money::Currency;
use pricing::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::{PayClient, PayNext};

/// An amount in minor units of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Minor units.
    pub minor: i64,
    /// Of what.
    pub currency: Currency,
}

/// What a gateway is told to begin a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentStart {
    /// The payment: 32 letters and digits.
    pub payment: PaymentId,
    /// What the gateway called it in an earlier answer, if there was one.
    pub provider_ref: Option<String>,
    /// The order, for people.
    pub order: OrderNumber,
    /// How much.
    pub amount: Amount,
    /// What the shopper reads on the gateway's page.
    pub description: String,
    /// Where the gateway sends its notices.
    pub notify_url: String,
    /// Where the shopper comes back to.
    pub return_url: String,
    /// What the shopper pays with.
    pub client: PayClient,
    /// After this it can't be paid any more.
    pub expires_at: Instant,
}

/// A payment that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// How it stands, with the gateway's own name for it.
    pub seen: Seen,
    /// What the shopper does next.
    pub next: Option<PayNext>,
}

/// A payment as a gateway is asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRef {
    /// Our id.
    pub payment: PaymentId,
    /// The gateway's own name for it, as far as it is known.
    pub provider_ref: Option<String>,
    /// What was to be paid.
    pub amount: Amount,
}

/// What a gateway says of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// How it stands.
    pub state: GatewayState,
    /// The gateway's own name for it.
    pub provider_ref: Option<String>,
}

/// How a payment stands at its gateway. Amounts are minor units of the payment's currency: an adapter turns away other currencies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum GatewayState {
    /// The gateway never heard of it.
    NotFound,
    /// The shopper is to pay.
    Pending,
    /// Set aside for the shop.
    Authorised {
        /// How much.
        minor: i64,
    },
    /// The shop has it.
    Captured {
        /// How much.
        minor: i64,
    },
    /// Given up, or let go.
    Voided,
    /// Refused for good.
    Failed {
        /// In the gateway's words.
        why: String,
    },
}

/// What a gateway is told to give back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundAsk {
    /// The refund: 32 letters and digits. It is done once.
    pub refund: RefundId,
    /// The gateway's own name for the refund, as far as it is known.
    pub refund_ref: Option<String>,
    /// Of which payment.
    pub payment: PaymentRef,
    /// How much.
    pub amount: Amount,
    /// What the shop has of the payment altogether.
    pub captured: Amount,
    /// Why, for the shopper.
    pub reason: String,
    /// Where the gateway sends its notices.
    pub notify_url: String,
}

/// What a gateway says of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundSeen {
    /// How it stands.
    pub state: RefundState,
    /// The gateway's own name for it.
    pub provider_ref: Option<String>,
}

/// How a refund stands at its gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RefundState {
    /// The gateway never heard of it.
    NotFound,
    /// The gateway is at it.
    Pending,
    /// The shopper has the money.
    Done,
    /// Refused for good.
    Failed {
        /// In the gateway's words.
        why: String,
    },
}

/// Why a gateway did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// No answer, or none that can be trusted: it may have been done.
    #[error("no answer that can be trusted: {0}")]
    Unknown(String),
    /// It was refused, and nothing was done.
    #[error("refused ({code}): {message}")]
    Refused {
        /// The gateway's code.
        code: String,
        /// The gateway's words.
        message: String,
    },
}

/// What a gateway tells by itself, verified and read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The gateway's id of the event: the same when it is told again.
    pub event: String,
    /// What it is about.
    pub about: About,
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum About {
    /// A payment.
    Payment {
        /// Our id.
        payment: PaymentId,
        /// How it stands.
        seen: Seen,
    },
    /// A refund.
    Refund {
        /// Our id.
        refund: RefundId,
        /// How it stands.
        seen: RefundSeen,
    },
    /// Something that we have no use for.
    Other {
        /// The gateway's name for the kind of event.
        kind: String,
    },
}

/// Why a notice is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// It is not signed by the gateway, or is too old.
    #[error("the notice is not the gateway's: {0}")]
    Untrusted(String),
    /// It is signed, and not as documented.
    #[error("the notice can't be read: {0}")]
    Malformed(String),
}

/// What a gateway wants to hear when it told us something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeReply {
    /// The HTTP status.
    pub status: u16,
    /// The media type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

/// The headers of a notice, by their names in lower case.
pub type NoticeHeaders = BTreeMap<String, String>;

/// A payment provider.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// The tender that it is, such as `wechat_pay`: the last part of the address of its notices, too.
    fn tender(&self) -> &str;

    /// Begins a payment, or tells again how it goes on.
    async fn start(&self, ask: &PaymentStart) -> Result<Started, GatewayError>;

    /// How a payment stands.
    async fn query(&self, payment: &PaymentRef) -> Result<Seen, GatewayError>;

    /// Takes what was set aside.
    async fn capture(&self, payment: &PaymentRef, amount: Amount) -> Result<Seen, GatewayError>;

    /// Gives a payment up, or lets go what was set aside. A payment that was paid meanwhile is told as it stands.
    async fn void(&self, payment: &PaymentRef) -> Result<Seen, GatewayError>;

    /// Gives money back.
    async fn refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError>;

    /// How a refund stands.
    async fn query_refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError>;

    /// Verifies and reads a notice.
    fn notification(&self, headers: &NoticeHeaders, body: &[u8]) -> Result<Notice, NoticeError>;

    /// What the gateway wants to hear: with `taken` it need not tell again.
    fn reply(&self, taken: bool) -> NoticeReply;
}
