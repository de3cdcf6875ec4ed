//! Alipay's open platform: payments on its page or by a code, refunds, and signed notices.
//!
//! Alipay takes the money at once: there is nothing to be captured. A payment that is given up is closed and never cancelled: `alipay.trade.cancel` would
//! by itself give back what was paid meanwhile, past our books. Keys are in the mode of public keys, not of certificates.

mod api;
mod sign;

use crate::{SetupError, http};
use api::{Outcome, Precreated, RefundFound, Refunded, Trade, state};
use async_trait::async_trait;
use ids::PaymentId;
use jiff::{Timestamp, tz::TimeZone};
use money::{Currency, minor_to_decimal};
use pricing::Instant;
use reqwest::Client;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use services::{
    Clock,
    payments::{
        About, Amount, Gateway, GatewayError, GatewayState, Notice, NoticeError, NoticeHeaders, NoticeReply,
        PaymentRef, PaymentStart, RefundAsk, RefundSeen, RefundState, Seen, Started,
    },
};
use sign::{Envelope, Params};
use std::sync::Arc;
use url::Url;
use wire::{PayClient, PayNext};

const QUERY: &str = "alipay.trade.query";
const NOT_THERE: &str = "ACQ.TRADE_NOT_EXIST";
/// The longest subject, in characters.
const SUBJECT_CHARS: usize = 128;

/// What Alipay gives to a shop.
pub struct AlipayConfig {
    /// The app's id.
    pub app_id: String,
    /// The app's own key.
    pub private_key: RsaPrivateKey,
    /// The key that Alipay signs with.
    pub alipay_key: RsaPublicKey,
    /// `https://openapi.alipay.com/gateway.do`.
    pub url: Url,
    /// The clock that requests are dated by.
    pub clock: Arc<dyn Clock>,
}

/// Alipay as a gateway.
pub struct Alipay {
    config: AlipayConfig,
    client: Client,
}

impl Alipay {
    /// Sets the gateway up; nothing is asked yet.
    ///
    /// # Errors
    /// If there is no HTTP client to be had.
    pub fn new(config: AlipayConfig) -> Result<Self, SetupError> {
        Ok(Self { config, client: http::client()? })
    }

    /// The signed parameters of a request.
    fn params(&self, method: &str, content: &Value, more: &[(&str, &str)]) -> Result<Params, GatewayError> {
        let timestamp = beijing(self.config.clock.now())?;
        let content = content.to_string();
        let common = [
            ("app_id", self.config.app_id.as_str()),
            ("method", method),
            ("format", "JSON"),
            ("charset", "utf-8"),
            ("sign_type", "RSA2"),
            ("timestamp", &timestamp),
            ("version", "1.0"),
            ("biz_content", &content),
        ];
        let all = common.iter().chain(more);
        let mut params: Params = all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let signature = sign::of_request(&self.config.private_key, &params);
        params.insert("sign".to_owned(), signature);
        Ok(params)
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        content: &Value,
        more: &[(&str, &str)],
    ) -> Result<T, GatewayError> {
        let params = self.params(method, content, more)?;
        // The character set is looked for in the address, before the body is read.
        let mut url = self.config.url.clone();
        url.query_pairs_mut().append_pair("charset", "utf-8");
        let answer = http::send(self.client.post(url).form(&params)).await?;
        if !answer.status.is_success() {
            return Err(answer.unclear());
        }
        let unclear = |error: serde_json::Error| GatewayError::Unknown(error.to_string());
        let envelope: Envelope = serde_json::from_slice(&answer.body).map_err(unclear)?;
        let object = envelope.opened(&self.config.alipay_key, method).map_err(GatewayError::Unknown)?;
        serde_json::from_str::<Outcome>(object).map_err(unclear)?.check()?;
        serde_json::from_str(object).map_err(unclear)
    }

    fn trade(&self, ask: &PaymentStart) -> Result<Value, GatewayError> {
        Ok(json!({
            "out_trade_no": ask.payment.as_str(),
            "total_amount": renminbi(ask.amount)?,
            "subject": ask.description.chars().take(SUBJECT_CHARS).collect::<String>(),
            "time_expire": beijing(ask.expires_at)?,
            "passback_params": ask.order.as_str(),
        }))
    }

    /// The page is an address that we sign: Alipay hears of the payment when the shopper opens it.
    fn page(&self, ask: &PaymentStart) -> Result<PayNext, GatewayError> {
        let mut content = self.trade(ask)?;
        content["product_code"] = json!("FAST_INSTANT_TRADE_PAY");
        let urls = [("notify_url", ask.notify_url.as_str()), ("return_url", ask.return_url.as_str())];
        let params = self.params("alipay.trade.page.pay", &content, &urls)?;
        let mut url = self.config.url.clone();
        url.query_pairs_mut().extend_pairs(&params);
        Ok(PayNext::Redirect { url: url.into() })
    }

    async fn code(&self, ask: &PaymentStart) -> Result<PayNext, GatewayError> {
        let urls = [("notify_url", ask.notify_url.as_str())];
        let precreated: Precreated = self.call("alipay.trade.precreate", &self.trade(ask)?, &urls).await?;
        Ok(PayNext::Qr { text: precreated.qr_code })
    }
}

fn renminbi(amount: Amount) -> Result<String, GatewayError> {
    if amount.currency == Currency::CNY {
        return Ok(minor_to_decimal(amount.minor, Currency::CNY).to_string());
    }
    let message = format!("Alipay takes renminbi and not {}", amount.currency.code());
    Err(GatewayError::Refused { code: "currency".to_owned(), message })
}

/// The hour of Beijing, which is what Alipay's times are in.
fn beijing(at: Instant) -> Result<String, GatewayError> {
    let refused = |error: jiff::Error| GatewayError::Refused { code: "time".to_owned(), message: error.to_string() };
    let time = Timestamp::from_millisecond(at.0).map_err(refused)?;
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    Ok(time.to_zoned(zone).strftime("%Y-%m-%d %H:%M:%S").to_string())
}

fn trade_no(payment: &PaymentRef) -> Value {
    json!({"out_trade_no": payment.payment.as_str()})
}

#[async_trait]
impl Gateway for Alipay {
    fn tender(&self) -> &'static str {
        "alipay"
    }

    async fn start(&self, ask: &PaymentStart) -> Result<Started, GatewayError> {
        let next = match ask.client {
            PayClient::Web | PayClient::Wechat { .. } => self.page(ask)?,
            PayClient::Qr => self.code(ask).await?,
        };
        Ok(Started { seen: Seen { state: GatewayState::Pending, provider_ref: None }, next: Some(next) })
    }

    async fn query(&self, payment: &PaymentRef) -> Result<Seen, GatewayError> {
        match self.call::<Trade>(QUERY, &trade_no(payment), &[]).await {
            Ok(trade) if trade.trans_currency.as_deref().unwrap_or("CNY") != "CNY" => {
                Err(GatewayError::Unknown("the payment is not in renminbi".to_owned()))
            }
            Ok(trade) => {
                let state = state(&trade.trade_status, trade.total_amount.as_deref())?;
                Ok(Seen { state, provider_ref: trade.trade_no })
            }
            Err(GatewayError::Refused { code, .. }) if code == NOT_THERE => {
                Ok(Seen { state: GatewayState::NotFound, provider_ref: None })
            }
            Err(error) => Err(error),
        }
    }

    /// The money was taken when the shopper paid.
    async fn capture(&self, payment: &PaymentRef, _amount: Amount) -> Result<Seen, GatewayError> {
        self.query(payment).await
    }

    async fn void(&self, payment: &PaymentRef) -> Result<Seen, GatewayError> {
        match self.call::<Value>("alipay.trade.close", &trade_no(payment), &[]).await {
            Ok(_) => Ok(Seen { state: GatewayState::Voided, provider_ref: None }),
            // It was paid or closed meanwhile, or the shopper never opened it.
            Err(GatewayError::Refused { .. }) => self.query(payment).await,
            Err(error) => Err(error),
        }
    }

    async fn refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        let content = json!({
            "out_trade_no": ask.payment.payment.as_str(),
            "out_request_no": ask.refund.as_str(),
            "refund_amount": renminbi(ask.amount)?,
            "refund_reason": ask.reason,
        });
        let refunded: Refunded = self.call("alipay.trade.refund", &content, &[]).await?;
        if refunded.fund_change == "Y" {
            return Ok(RefundSeen { state: RefundState::Done, provider_ref: None });
        }
        // Nothing moved by this call: it was done before, or is still on its way.
        let seen = self.query_refund(ask).await?;
        let is_new = seen.state == RefundState::NotFound;
        Ok(if is_new { RefundSeen { state: RefundState::Pending, provider_ref: None } } else { seen })
    }

    async fn query_refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        let content = json!({
            "out_trade_no": ask.payment.payment.as_str(),
            "out_request_no": ask.refund.as_str(),
        });
        let seen = |state| RefundSeen { state, provider_ref: None };
        let found = match self.call::<RefundFound>("alipay.trade.fastpay.refund.query", &content, &[]).await {
            Ok(found) => found,
            Err(GatewayError::Refused { code, .. }) if code == NOT_THERE => return Ok(seen(RefundState::NotFound)),
            Err(error) => return Err(error),
        };
        Ok(seen(match (&found.out_request_no, found.refund_status.as_deref()) {
            (_, Some("REFUND_SUCCESS")) => RefundState::Done,
            // Before the status was added to the interface, the amount alone said that it was done.
            (Some(_), None) if found.refund_amount.is_some() => RefundState::Done,
            (Some(_), _) => RefundState::Pending,
            (None, _) => RefundState::NotFound,
        }))
    }

    fn notification(&self, _headers: &NoticeHeaders, body: &[u8]) -> Result<Notice, NoticeError> {
        let params: Params = url::form_urlencoded::parse(body).into_owned().collect();
        if !sign::is_of(&self.config.alipay_key, &params) {
            return Err(NoticeError::Untrusted("the signature does not hold".to_owned()));
        }
        let field = |name: &str| params.get(name).map(String::as_str);
        if field("app_id") != Some(self.config.app_id.as_str()) {
            return Err(NoticeError::Untrusted(format!("it is for the app {:?}", field("app_id"))));
        }
        let missing = |name: &str| NoticeError::Malformed(format!("there is no {name}"));
        let event = field("notify_id").ok_or_else(|| missing("notify_id"))?.to_owned();
        let Some(status) = field("trade_status") else {
            return Ok(Notice {
                event,
                about: About::Other { kind: field("notify_type").unwrap_or_default().to_owned() },
            });
        };
        let payment = field("out_trade_no").map(PaymentId::new).and_then(Result::ok);
        let payment = payment.ok_or_else(|| missing("out_trade_no"))?;
        let state = told(status, &params)?;
        Ok(Notice {
            event,
            about: About::Payment { payment, seen: Seen { state, provider_ref: field("trade_no").map(str::to_owned) } },
        })
    }

    fn reply(&self, taken: bool) -> NoticeReply {
        let (status, body) = if taken { (200, "success") } else { (400, "fail") };
        NoticeReply { status, content_type: "text/plain", body: body.to_owned() }
    }
}

/// How a payment stands by its notice. One that is closed after a refund had been paid: it stays so.
fn told(status: &str, params: &Params) -> Result<GatewayState, NoticeError> {
    let was_paid = params.contains_key("gmt_payment") || params.contains_key("refund_fee");
    let status = if status == "TRADE_CLOSED" && was_paid { "TRADE_FINISHED" } else { status };
    let total = params.get("total_amount").map(String::as_str);
    state(status, total).map_err(|error| NoticeError::Malformed(error.to_string()))
}
