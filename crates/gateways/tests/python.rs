//! The signatures of WeChat Pay and Alipay against the code of others: PyPI's `wechatpayv3` and Alipay's own SDK for Python sign what ours verifies and
//! verify what ours signs. Skipped, with a line, where `CONCORD_TEST_PYTHON` names no Python that has them.
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod common;
#[path = "wechat/server.rs"]
mod server;

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use common::{keys, serve, start};
use gateways::{
    PlatformKey,
    alipay::{Alipay, AlipayConfig},
    private_key, public_key,
    wechat::{WechatConfig, WechatPay},
};
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};
use serde_json::{Value, json};
use server::{API_KEY, APPID, MCHID, MERCHANT_SERIAL, PLATFORM_SERIAL, Platform};
use services::payments::{About, Gateway, GatewayState, NoticeHeaders};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use testkit::TestClock;
use wire::{PayClient, PayNext};

const ID: &str = "0198f00000007000800000000000aaaa";
const APP: &str = "2021000000000000";
const NOW: &str = "1795320000";
const PLATFORM_KEY: usize = 1;

/// What the script answers.
fn python(program: &str, ask: &Value) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python/check.py");
    let mut child = Command::new(program).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(ask.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "see above what Python says");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn private_pem(at: usize) -> String {
    keys()[at].to_pkcs8_pem(LineEnding::LF).unwrap().to_string()
}

fn private_pkcs1(at: usize) -> String {
    keys()[at].to_pkcs1_pem(LineEnding::LF).unwrap().to_string()
}

fn public_pem(at: usize) -> String {
    keys()[at].to_public_key().to_public_key_pem(LineEnding::LF).unwrap()
}

type Seen = Arc<Mutex<Option<(String, String)>>>;

/// Keeps the signature header and the body of a request, and does not answer it as WeChat Pay would.
async fn keep(State(seen): State<Seen>, headers: HeaderMap, body: Bytes) {
    let header = headers["authorization"].to_str().unwrap().to_owned();
    *seen.lock().unwrap() = Some((header, String::from_utf8(body.to_vec()).unwrap()));
}

fn wechat_gateway(url: url::Url) -> WechatPay {
    WechatPay::new(WechatConfig {
        mchid: MCHID.to_owned(),
        appid: APPID.to_owned(),
        serial: MERCHANT_SERIAL.to_owned(),
        private_key: private_key(&private_pem(0)).unwrap(),
        api_key: *API_KEY,
        platform_keys: vec![PlatformKey {
            serial: PLATFORM_SERIAL.to_owned(),
            key: public_key(&public_pem(1)).unwrap(),
        }],
        url,
        clock: Arc::new(TestClock::default()),
    })
    .unwrap()
}

/// What Python is asked about WeChat Pay, and the signatures that it has to come to.
async fn wechat_ask() -> (Value, [String; 2]) {
    let seen = Seen::default();
    let router = Router::new().route("/v3/pay/transactions/native", post(keep)).with_state(seen.clone());
    // The answer has no signature, so it is not believed; what was asked is kept.
    assert!(wechat_gateway(serve(router).await).start(&start(ID, 500, PayClient::Qr)).await.is_err());
    let (header, body) = seen.lock().unwrap().clone().unwrap();
    let field = |name: &str| header.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let message = format!("POST\n/v3/pay/transactions/native\n{NOW}\n{}\n{body}\n", field("nonce_str"));

    let platform = Arc::new(Platform::default());
    let gateway = wechat_gateway(serve(platform.router()).await);
    let client = PayClient::Wechat { openid: "o".to_owned() };
    let begun = gateway.start(&start(ID, 500, client)).await.unwrap();
    let Some(PayNext::WechatBridge { app_id, timestamp, nonce, package, signature }) = begun.next else { panic!() };
    platform.pay(ID);
    let (mut headers, notice) = platform.payment_notice("ours-1", ID);
    headers.insert("wechatpay-signature-type".to_owned(), "WECHATPAY2-SHA256-RSA2048".to_owned());
    let resource = json!({
        "mchid": MCHID, "out_trade_no": ID, "trade_state": "SUCCESS", "transaction_id": "4200", "amount": {"total": 500, "currency": "CNY"},
    });
    let ask = json!({
        "mchid": MCHID, "serial": MERCHANT_SERIAL, "shop_private": private_pem(0), "platform_private": private_pem(PLATFORM_KEY),
        "platform_public": public_pem(PLATFORM_KEY), "platform_serial": PLATFORM_SERIAL,
        "api_key": String::from_utf8(API_KEY.to_vec()).unwrap(), "request_message": message, "bridge": [app_id, timestamp, nonce, package],
        "notice_headers": headers, "notice_body": notice, "resource": resource.to_string(), "now": NOW,
    });
    (ask, [field("signature"), signature])
}

fn alipay_gateway() -> Alipay {
    Alipay::new(AlipayConfig {
        app_id: APP.to_owned(),
        private_key: private_key(&private_pkcs1(0)).unwrap(),
        alipay_key: public_key(&public_pem(PLATFORM_KEY)).unwrap(),
        url: "https://openapi.alipay.com/gateway.do".parse().unwrap(),
        clock: Arc::new(TestClock::default()),
    })
    .unwrap()
}

/// What Python is asked about Alipay, the notice that it signs, and the signature that it has to come to.
async fn alipay_ask() -> (Value, BTreeMap<&'static str, String>, String) {
    let begun = alipay_gateway().start(&start(ID, 500, PayClient::Web)).await.unwrap();
    let Some(PayNext::Redirect { url }) = begun.next else { panic!() };
    let url: url::Url = url.parse().unwrap();
    let mut params: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    let signature = params.remove("sign").unwrap();
    let notice = BTreeMap::from([
        ("app_id", APP.to_owned()),
        ("notify_id", "python-2".to_owned()),
        ("out_trade_no", ID.to_owned()),
        ("subject", "龙井 & 茶杯 + \"双人\"".to_owned()),
        ("total_amount", "5.00".to_owned()),
        ("trade_status", "TRADE_SUCCESS".to_owned()),
    ]);
    let ask = json!({
        "request": params, "request_sign": signature, "notice": notice, "shop_private_pkcs1": private_pkcs1(0),
        "shop_public": public_pem(0), "platform_private_pkcs1": private_pkcs1(PLATFORM_KEY),
    });
    (ask, notice, signature)
}

#[tokio::test]
async fn others_verify_what_we_sign_and_we_verify_what_others_sign() {
    let Ok(program) = std::env::var("CONCORD_TEST_PYTHON") else {
        eprintln!("skipped: CONCORD_TEST_PYTHON names no Python with wechatpayv3 and alipay-sdk-python");
        return;
    };
    let (wechat, [request, bridge]) = wechat_ask().await;
    let (alipay, mut notice, alipay_request) = alipay_ask().await;
    let said = python(&program, &json!({"wechat": wechat, "alipay": alipay}));

    // This kind of signature has no randomness: the same message and key give the same one.
    assert_eq!(said["wechat"]["request"], request);
    assert_eq!(said["wechat"]["bridge"], bridge);
    assert_eq!(said["wechat"]["read"]["out_trade_no"], ID, "the notices of our server are those that others read");
    let headers: NoticeHeaders = [
        ("wechatpay-timestamp", NOW),
        ("wechatpay-nonce", "abc"),
        ("wechatpay-serial", PLATFORM_SERIAL),
        ("wechatpay-signature", said["wechat"]["signature"].as_str().unwrap()),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let url = "http://127.0.0.1:9/".parse().unwrap();
    let told = wechat_gateway(url).notification(&headers, said["wechat"]["body"].as_str().unwrap().as_bytes()).unwrap();
    let About::Payment { seen, .. } = told.about else { panic!("{told:?}") };
    assert_eq!(seen.state, GatewayState::Captured { minor: 500 });

    assert_eq!(said["alipay"]["request"], alipay_request);
    assert_eq!(said["alipay"]["verified"], true);
    notice.insert("sign", said["alipay"]["notice_sign"].as_str().unwrap().to_owned());
    notice.insert("sign_type", "RSA2".to_owned());
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&notice).finish();
    let told = alipay_gateway().notification(&NoticeHeaders::new(), body.as_bytes()).unwrap();
    let About::Payment { seen, .. } = told.about else { panic!("{told:?}") };
    assert_eq!(seen.state, GatewayState::Captured { minor: 500 });
}
