//! What of Alipay's answers we read, and what it means.

use money::{Currency, Decimal, minor_from_decimal};
use serde::Deserialize;
use services::payments::{GatewayError, GatewayState};

/// What every answer has.
#[derive(Debug, Deserialize)]
pub(super) struct Outcome {
    code: String,
    #[serde(default)]
    msg: String,
    sub_code: Option<String>,
    sub_msg: Option<String>,
}

/// A code to be scanned.
#[derive(Debug, Deserialize)]
pub(super) struct Precreated {
    pub(super) qr_code: String,
}

/// A payment that was queried.
#[derive(Debug, Deserialize)]
pub(super) struct Trade {
    pub(super) trade_no: Option<String>,
    pub(super) trade_status: String,
    pub(super) total_amount: Option<String>,
    pub(super) trans_currency: Option<String>,
}

/// What a refund changed.
#[derive(Debug, Deserialize)]
pub(super) struct Refunded {
    #[serde(default)]
    pub(super) fund_change: String,
}

/// A refund that was queried; of one that there is not, the fields are missing.
#[derive(Debug, Deserialize)]
pub(super) struct RefundFound {
    pub(super) out_request_no: Option<String>,
    pub(super) refund_status: Option<String>,
    pub(super) refund_amount: Option<String>,
}

impl Outcome {
    /// Nothing for success; else what the answer means.
    pub(super) fn check(self) -> Result<(), GatewayError> {
        let sub_code = self.sub_code.unwrap_or_default();
        let message = self.sub_msg.unwrap_or(self.msg);
        match self.code.as_str() {
            "10000" => Ok(()),
            // The service is in trouble, or the shopper is still at it.
            "20000" | "10003" => Err(GatewayError::Unknown(message)),
            _ if sub_code.ends_with("SYSTEM_ERROR") => Err(GatewayError::Unknown(message)),
            _ => Err(GatewayError::Refused { code: if sub_code.is_empty() { self.code } else { sub_code }, message }),
        }
    }
}

/// How a payment stands. A closed one was never paid, or all of it went back; in the latter case our refunds say so.
pub(super) fn state(status: &str, total: Option<&str>) -> Result<GatewayState, GatewayError> {
    match status {
        "WAIT_BUYER_PAY" => Ok(GatewayState::Pending),
        "TRADE_SUCCESS" | "TRADE_FINISHED" => Ok(GatewayState::Captured { minor: minor(total)? }),
        "TRADE_CLOSED" => Ok(GatewayState::Voided),
        other => Err(GatewayError::Unknown(format!("a payment is {other}"))),
    }
}

/// `88.8` as 8,880 fen.
fn minor(total: Option<&str>) -> Result<i64, GatewayError> {
    let unclear = || GatewayError::Unknown(format!("{total:?} is no amount"));
    let decimal: Decimal = total.and_then(|total| total.parse().ok()).ok_or_else(unclear)?;
    minor_from_decimal(decimal, Currency::CNY).map_err(|_| unclear())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_mean_what_is_documented() {
        let outcome = |text: &str| serde_json::from_str::<Outcome>(text).unwrap().check();
        assert_eq!(outcome(r#"{"code": "10000", "msg": "Success"}"#), Ok(()));
        let rows = [
            (r#"{"code": "20000", "msg": "Service Currently Unavailable", "sub_code": "isp.unknow-error"}"#, true),
            (r#"{"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.SYSTEM_ERROR"}"#, true),
            (r#"{"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST"}"#, false),
            (r#"{"code": "40002", "msg": "Invalid Arguments"}"#, false),
        ];
        for (text, unknown) in rows {
            assert_eq!(matches!(outcome(text), Err(GatewayError::Unknown(_))), unknown, "{text}");
        }
    }

    #[test]
    fn amounts_are_read_to_the_fen() {
        let captured = |total: &str| state("TRADE_SUCCESS", Some(total));
        assert_eq!(captured("88.8"), Ok(GatewayState::Captured { minor: 8_880 }));
        assert_eq!(captured("0.01"), Ok(GatewayState::Captured { minor: 1 }));
        assert!(captured("0.001").is_err() && captured("x").is_err() && state("TRADE_SUCCESS", None).is_err());
    }
}
