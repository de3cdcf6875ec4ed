//! WeChat Pay, API v3: payments by a code or inside WeChat, refunds, and sealed notices.
//!
//! WeChat Pay takes the money at once: there is nothing to be captured. It counts in renminbi only. Where a shop's platform still signs by certificates,
//! these are given by the operator and not fetched: a file that anybody could swap on the way would be no proof.

mod api;
mod call;
mod sign;

use crate::{PlatformKey, SetupError, http};
use api::{CodeUrl, Prepay, Problem, Refund, RefundTold, Transaction, malformed};
use async_trait::async_trait;
use call::read;
use jiff::{Timestamp, tz::TimeZone};
use money::Currency;
use pricing::Instant;
use reqwest::{Client, Method};
use rsa::RsaPrivateKey;
use serde::Deserialize;
use serde_json::{Value, json};
use services::{
    Clock,
    payments::{
        Amount, Gateway, GatewayError, GatewayState, Notice, NoticeError, NoticeHeaders, NoticeReply, PaymentRef,
        PaymentStart, RefundAsk, RefundSeen, RefundState, Seen, Started,
    },
};
use sign::{Merchant, Sealed, Signed, nonce};
use std::sync::Arc;
use url::Url;
use wire::{PayClient, PayNext};

/// The longest description, in characters: 127 bytes hold at least so many Chinese ones.
const DESCRIPTION_CHARS: usize = 42;
/// The longest reason of a refund, in characters, by the same measure of 80 bytes.
const REASON_CHARS: usize = 26;

/// What WeChat Pay gives to a shop.
pub struct WechatConfig {
    /// The merchant's number.
    pub mchid: String,
    /// The app in whose name is paid.
    pub appid: String,
    /// The serial number of the merchant's own certificate.
    pub serial: String,
    /// The key of that certificate.
    pub private_key: RsaPrivateKey,
    /// The API v3 key.
    pub api_key: [u8; 32],
    /// The keys that WeChat Pay signs with.
    pub platform_keys: Vec<PlatformKey>,
    /// `https://api.mch.weixin.qq.com/`.
    pub url: Url,
    /// The clock that signatures are dated by.
    pub clock: Arc<dyn Clock>,
}

impl WechatConfig {
    fn merchant(&self) -> Merchant {
        Merchant { mchid: self.mchid.clone(), serial: self.serial.clone(), key: self.private_key.clone() }
    }
}

/// WeChat Pay as a gateway.
pub struct WechatPay {
    config: WechatConfig,
    client: Client,
}

/// The envelope of a notice.
#[derive(Deserialize)]
struct Envelope {
    id: String,
    event_type: String,
    resource: Sealed,
}

impl WechatPay {
    /// Sets the gateway up; nothing is asked yet.
    ///
    /// # Errors
    /// If there is no HTTP client to be had.
    pub fn new(config: WechatConfig) -> Result<Self, SetupError> {
        Ok(Self { config, client: http::client()? })
    }

    fn prepay(&self, ask: &PaymentStart) -> Result<Value, GatewayError> {
        let total = renminbi(ask.amount)?;
        Ok(json!({
            "appid": self.config.appid,
            "mchid": self.config.mchid,
            "description": shortened(&ask.description, DESCRIPTION_CHARS),
            "out_trade_no": ask.payment.as_str(),
            "time_expire": rfc3339(ask.expires_at)?,
            "attach": ask.order.as_str(),
            "notify_url": ask.notify_url,
            "amount": {"total": total, "currency": "CNY"},
        }))
    }

    async fn start_code(&self, ask: &PaymentStart) -> Result<PayNext, GatewayError> {
        let answer = self.call(Method::POST, "/v3/pay/transactions/native", Some(&self.prepay(ask)?)).await?;
        let CodeUrl { code_url } = read(&answer)?;
        Ok(PayNext::Qr { text: code_url })
    }

    async fn start_inside(&self, ask: &PaymentStart, openid: &str) -> Result<PayNext, GatewayError> {
        let mut body = self.prepay(ask)?;
        body["payer"] = json!({"openid": openid});
        let answer = self.call(Method::POST, "/v3/pay/transactions/jsapi", Some(&body)).await?;
        let Prepay { prepay_id } = read(&answer)?;
        let (app_id, nonce) = (self.config.appid.clone(), nonce());
        let timestamp = self.config.clock.now().0.div_euclid(1000).to_string();
        let package = format!("prepay_id={prepay_id}");
        let signature = self.config.merchant().bridge_signature(&app_id, &timestamp, &nonce, &package);
        Ok(PayNext::WechatBridge { app_id, timestamp, nonce, package, signature })
    }

    fn opened(&self, headers: &NoticeHeaders, body: &[u8]) -> Result<(Envelope, Vec<u8>), NoticeError> {
        let header = |name: &str| headers.get(name).map_or("", String::as_str);
        let signed = Signed {
            timestamp: header("wechatpay-timestamp"),
            nonce: header("wechatpay-nonce"),
            signature: header("wechatpay-signature"),
            serial: header("wechatpay-serial"),
        };
        let now = self.config.clock.now();
        signed.check(&self.config.platform_keys, body, now).map_err(NoticeError::Untrusted)?;
        let envelope: Envelope = serde_json::from_slice(body).map_err(|error| malformed(&error))?;
        let opened = envelope.resource.open(&self.config.api_key).map_err(NoticeError::Untrusted)?;
        Ok((envelope, opened))
    }

    fn is_ours(&self, mchid: Option<&str>) -> Result<(), NoticeError> {
        if mchid == Some(self.config.mchid.as_str()) {
            return Ok(());
        }
        Err(NoticeError::Untrusted(format!("it is for the merchant {mchid:?}")))
    }
}

fn renminbi(amount: Amount) -> Result<i64, GatewayError> {
    if amount.currency == Currency::CNY {
        return Ok(amount.minor);
    }
    let message = format!("WeChat Pay takes renminbi and not {}", amount.currency.code());
    Err(GatewayError::Refused { code: "currency".to_owned(), message })
}

fn shortened(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// With the zone of Beijing, as it is documented, and without a fraction.
fn rfc3339(at: Instant) -> Result<String, GatewayError> {
    let refused = |error: jiff::Error| GatewayError::Refused { code: "time".to_owned(), message: error.to_string() };
    let time = Timestamp::from_second(at.0.div_euclid(1000)).map_err(refused)?;
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    Ok(time.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

#[async_trait]
impl Gateway for WechatPay {
    fn tender(&self) -> &'static str {
        "wechat_pay"
    }

    async fn start(&self, ask: &PaymentStart) -> Result<Started, GatewayError> {
        let next = match &ask.client {
            PayClient::Web | PayClient::Qr => self.start_code(ask).await?,
            PayClient::Wechat { openid } => self.start_inside(ask, openid).await?,
        };
        Ok(Started { seen: Seen { state: GatewayState::Pending, provider_ref: None }, next: Some(next) })
    }

    async fn query(&self, payment: &PaymentRef) -> Result<Seen, GatewayError> {
        let path = format!("/v3/pay/transactions/out-trade-no/{}?mchid={}", payment.payment, self.config.mchid);
        match self.call(Method::GET, &path, None).await {
            Ok(answer) => read::<Transaction>(&answer)?.seen(),
            Err(GatewayError::Refused { code, .. }) if Problem::is_missing(&code) => {
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
        let path = format!("/v3/pay/transactions/out-trade-no/{}/close", payment.payment);
        match self.call(Method::POST, &path, Some(&json!({"mchid": self.config.mchid}))).await {
            Ok(_) => Ok(Seen { state: GatewayState::Voided, provider_ref: None }),
            // It was paid or closed meanwhile, or never begun.
            Err(GatewayError::Refused { .. }) => self.query(payment).await,
            Err(error) => Err(error),
        }
    }

    async fn refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        let body = json!({
            "out_trade_no": ask.payment.payment.as_str(),
            "out_refund_no": ask.refund.as_str(),
            "reason": shortened(&ask.reason, REASON_CHARS),
            "notify_url": ask.notify_url,
            "amount": {"refund": renminbi(ask.amount)?, "total": renminbi(ask.captured)?, "currency": "CNY"},
        });
        let answer = self.call(Method::POST, "/v3/refund/domestic/refunds", Some(&body)).await?;
        read::<Refund>(&answer)?.seen()
    }

    async fn query_refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        match self.call(Method::GET, &format!("/v3/refund/domestic/refunds/{}", ask.refund), None).await {
            Ok(answer) => read::<Refund>(&answer)?.seen(),
            Err(GatewayError::Refused { code, .. }) if Problem::is_missing(&code) => {
                Ok(RefundSeen { state: RefundState::NotFound, provider_ref: None })
            }
            Err(error) => Err(error),
        }
    }

    fn notification(&self, headers: &NoticeHeaders, body: &[u8]) -> Result<Notice, NoticeError> {
        let (envelope, opened) = self.opened(headers, body)?;
        let about = if envelope.event_type.starts_with("TRANSACTION.") {
            let transaction: Transaction = serde_json::from_slice(&opened).map_err(|error| malformed(&error))?;
            self.is_ours(transaction.mchid.as_deref())?;
            transaction.about()?
        } else if envelope.event_type.starts_with("REFUND.") {
            let told: RefundTold = serde_json::from_slice(&opened).map_err(|error| malformed(&error))?;
            self.is_ours(told.mchid.as_deref())?;
            told.about()?
        } else {
            services::payments::About::Other { kind: envelope.event_type }
        };
        Ok(Notice { event: envelope.id, about })
    }

    fn reply(&self, taken: bool) -> NoticeReply {
        let (status, code) = if taken { (200, "SUCCESS") } else { (400, "FAIL") };
        NoticeReply { status, content_type: "application/json", body: json!({"code": code, "message": ""}).to_string() }
    }
}
