//! What of Stripe's objects we read, and what it means.

use super::amount::from_stripe;
use money::Currency;
use serde::Deserialize;
use services::payments::{GatewayError, GatewayState, RefundSeen, RefundState, Seen};
use std::collections::BTreeMap;

/// A payment intent.
#[derive(Debug, Deserialize)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) status: String,
    amount: i64,
    /// Set once it can be captured; some servers leave it out.
    amount_capturable: Option<i64>,
    /// Set once it was captured; some servers leave it out.
    amount_received: Option<i64>,
    currency: String,
    pub(super) client_secret: Option<String>,
    #[serde(default)]
    pub(super) metadata: BTreeMap<String, String>,
}

/// A refund.
#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    status: Option<String>,
    failure_reason: Option<String>,
    #[serde(default)]
    pub(super) metadata: BTreeMap<String, String>,
}

/// A page of refunds.
#[derive(Debug, Deserialize)]
pub(super) struct Refunds {
    pub(super) data: Vec<Refund>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// An error.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Problem {
    #[serde(default)]
    pub(super) error: ProblemBody,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ProblemBody {
    #[serde(rename = "type")]
    kind: Option<String>,
    code: Option<String>,
    message: Option<String>,
}

impl From<ProblemBody> for GatewayError {
    fn from(body: ProblemBody) -> Self {
        let code = body.code.or(body.kind).unwrap_or_else(|| "unnamed".to_owned());
        Self::Refused { code, message: body.message.unwrap_or_default() }
    }
}

/// A notice.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) data: EventData,
}

#[derive(Debug, Deserialize)]
pub(super) struct EventData {
    pub(super) object: serde_json::Value,
}

impl Intent {
    /// How the payment stands.
    pub(super) fn seen(&self) -> Result<Seen, GatewayError> {
        let currency: Currency = self
            .currency
            .to_ascii_uppercase()
            .parse()
            .map_err(|error: money::UnknownCurrency| GatewayError::Unknown(error.to_string()))?;
        let of =
            |counted: Option<i64>| from_stripe(counted.filter(|counted| *counted > 0).unwrap_or(self.amount), currency);
        let state = match self.status.as_str() {
            "requires_payment_method" | "requires_confirmation" | "requires_action" | "processing" => {
                GatewayState::Pending
            }
            "requires_capture" => GatewayState::Authorised { minor: of(self.amount_capturable)? },
            "succeeded" => GatewayState::Captured { minor: of(self.amount_received)? },
            "canceled" => GatewayState::Voided,
            other => return Err(GatewayError::Unknown(format!("a payment intent is {other}"))),
        };
        Ok(Seen { state, provider_ref: Some(self.id.clone()) })
    }

    /// Turns away a payment in another currency than was asked for.
    pub(super) fn in_currency(self, currency: Currency) -> Result<Self, GatewayError> {
        if self.currency.eq_ignore_ascii_case(currency.code()) {
            return Ok(self);
        }
        Err(GatewayError::Unknown(format!("{} is in {}", self.id, self.currency)))
    }
}

impl Refund {
    /// How the refund stands.
    pub(super) fn seen(&self) -> RefundSeen {
        let why = || self.failure_reason.clone().unwrap_or_else(|| "Stripe names no reason".to_owned());
        let state = match self.status.as_deref() {
            Some("succeeded") => RefundState::Done,
            Some("failed" | "canceled") => RefundState::Failed { why: why() },
            _ => RefundState::Pending,
        };
        RefundSeen { state, provider_ref: Some(self.id.clone()) }
    }
}
