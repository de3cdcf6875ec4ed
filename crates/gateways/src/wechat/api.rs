//! What of WeChat Pay's answers we read, and what it means.

use ids::{PaymentId, RefundId};
use serde::Deserialize;
use services::payments::{About, GatewayError, GatewayState, NoticeError, RefundSeen, RefundState, Seen};

/// A payment, as it is queried and as it is told.
#[derive(Debug, Deserialize)]
pub(super) struct Transaction {
    pub(super) mchid: Option<String>,
    pub(super) out_trade_no: String,
    transaction_id: Option<String>,
    trade_state: String,
    trade_state_desc: Option<String>,
    amount: Option<TransactionAmount>,
}

#[derive(Debug, Deserialize)]
struct TransactionAmount {
    total: i64,
    currency: Option<String>,
}

/// A refund, as it is asked for and queried.
#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    refund_id: String,
    /// In a notice the field has another name.
    #[serde(alias = "refund_status")]
    status: String,
}

/// A refund as it is told.
#[derive(Debug, Deserialize)]
pub(super) struct RefundTold {
    pub(super) mchid: Option<String>,
    out_refund_no: String,
    #[serde(flatten)]
    refund: Refund,
}

/// What begins a payment by a code.
#[derive(Debug, Deserialize)]
pub(super) struct CodeUrl {
    pub(super) code_url: String,
}

/// What begins a payment inside WeChat.
#[derive(Debug, Deserialize)]
pub(super) struct Prepay {
    pub(super) prepay_id: String,
}

/// An error.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Problem {
    pub(super) code: String,
    pub(super) message: String,
}

impl Problem {
    /// True if there is no such payment or refund.
    pub(super) fn is_missing(code: &str) -> bool {
        ["ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"].contains(&code)
    }
}

impl Transaction {
    /// How the payment stands. One that was refunded had been captured; its refunds say the rest.
    pub(super) fn seen(&self) -> Result<Seen, GatewayError> {
        let state = match self.trade_state.as_str() {
            "SUCCESS" | "REFUND" => GatewayState::Captured { minor: self.total()? },
            "NOTPAY" | "USERPAYING" | "ACCEPT" => GatewayState::Pending,
            "CLOSED" | "REVOKED" => GatewayState::Voided,
            "PAYERROR" => GatewayState::Failed { why: self.trade_state_desc.clone().unwrap_or_default() },
            other => return Err(GatewayError::Unknown(format!("a payment is {other}"))),
        };
        Ok(Seen { state, provider_ref: self.transaction_id.clone() })
    }

    fn total(&self) -> Result<i64, GatewayError> {
        let amount = self.amount.as_ref().filter(|amount| amount.currency.as_deref().unwrap_or("CNY") == "CNY");
        amount.map(|amount| amount.total).ok_or_else(|| GatewayError::Unknown("no amount in renminbi".to_owned()))
    }

    /// The payment as a notice tells it.
    pub(super) fn about(&self) -> Result<About, NoticeError> {
        let payment = PaymentId::new(&self.out_trade_no).map_err(|error| malformed(&error))?;
        Ok(About::Payment { payment, seen: self.seen().map_err(|error| malformed(&error))? })
    }
}

impl Refund {
    /// How the refund stands. One that ended abnormally waits for somebody to name another account.
    pub(super) fn seen(&self) -> Result<RefundSeen, GatewayError> {
        let state = match self.status.as_str() {
            "SUCCESS" => RefundState::Done,
            "PROCESSING" => RefundState::Pending,
            status @ ("CLOSED" | "ABNORMAL") => RefundState::Failed { why: status.to_owned() },
            other => return Err(GatewayError::Unknown(format!("a refund is {other}"))),
        };
        Ok(RefundSeen { state, provider_ref: Some(self.refund_id.clone()) })
    }
}

impl RefundTold {
    /// The refund as a notice tells it.
    pub(super) fn about(&self) -> Result<About, NoticeError> {
        let refund = RefundId::new(&self.out_refund_no).map_err(|error| malformed(&error))?;
        Ok(About::Refund { refund, seen: self.refund.seen().map_err(|error| malformed(&error))? })
    }
}

pub(super) fn malformed(error: &impl std::fmt::Display) -> NoticeError {
    NoticeError::Malformed(error.to_string())
}
