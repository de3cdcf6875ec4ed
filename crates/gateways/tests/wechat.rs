//! WeChat Pay against a server that speaks its documented protocol with real signatures.
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod common;
#[path = "wechat/server.rs"]
mod server;

use common::{keys, payment, refund, serve, start, verifies, yuan};
use gateways::{
    PlatformKey,
    wechat::{WechatConfig, WechatPay},
};
use server::{API_KEY, APPID, MCHID, MERCHANT_SERIAL, PLATFORM_SERIAL, Platform};
use services::payments::{About, Gateway, GatewayError, GatewayState, NoticeError, RefundState};
use std::sync::Arc;
use testkit::TestClock;
use wire::{PayClient, PayNext};

const ID: &str = "0198f00000007000800000000000aaaa";
const REFUND: &str = "0198f00000007000800000000000bbbb";

async fn gateway(platform: &Arc<Platform>, clock: &Arc<TestClock>) -> WechatPay {
    WechatPay::new(WechatConfig {
        mchid: MCHID.to_owned(),
        appid: APPID.to_owned(),
        serial: MERCHANT_SERIAL.to_owned(),
        private_key: keys()[0].clone(),
        api_key: *API_KEY,
        platform_keys: vec![PlatformKey { serial: PLATFORM_SERIAL.to_owned(), key: keys()[1].to_public_key() }],
        url: serve(platform.router()).await,
        clock: Arc::clone(clock) as Arc<dyn services::Clock>,
    })
    .unwrap()
}

#[tokio::test]
async fn a_payment_from_the_code_to_the_refund() {
    let (platform, clock) = (Arc::new(Platform::default()), Arc::new(TestClock::default()));
    let gateway = gateway(&platform, &clock).await;
    let paid = payment(ID, 1_234, None);
    assert_eq!(gateway.query(&paid).await.unwrap().state, GatewayState::NotFound);
    let begun = gateway.start(&start(ID, 1_234, PayClient::Qr)).await.unwrap();
    assert_eq!(begun.next, Some(PayNext::Qr { text: format!("weixin://wxpay/bizpayurl?pr={ID}") }));
    assert_eq!(platform.asked(ID)["time_expire"], "2026-11-22T12:15:00+08:00");
    assert_eq!(gateway.query(&paid).await.unwrap().state, GatewayState::Pending);

    platform.pay(ID);
    let (headers, body) = platform.payment_notice("notice-1", ID);
    let told = gateway.notification(&headers, body.as_bytes()).unwrap();
    let About::Payment { payment: id, seen } = told.about else { panic!("{told:?}") };
    assert_eq!((told.event.as_str(), id.as_str()), ("notice-1", ID));
    assert_eq!(seen.state, GatewayState::Captured { minor: 1_234 });
    assert_eq!(gateway.query(&paid).await.unwrap(), seen);
    assert_eq!(gateway.capture(&paid, yuan(1_234)).await.unwrap(), seen, "the money is there already");
    assert_eq!(gateway.void(&paid).await.unwrap(), seen, "what is paid can't be closed");

    let ask = refund(REFUND, &paid, 1_000);
    assert_eq!(gateway.query_refund(&ask).await.unwrap().state, RefundState::NotFound);
    assert_eq!(gateway.refund(&ask).await.unwrap().state, RefundState::Pending);
    assert_eq!(gateway.refund(&ask).await.unwrap().state, RefundState::Pending, "the same one");
    assert_eq!(platform.refunded(ID), 1_000);
    let more = refund("0198f00000007000800000000000cccc", &paid, 235);
    assert!(matches!(gateway.refund(&more).await, Err(GatewayError::Refused { .. })), "more than is left");
    platform.finish_refund(REFUND, "SUCCESS");
    assert_eq!(gateway.query_refund(&ask).await.unwrap().state, RefundState::Done);
    let (headers, body) = platform.refund_notice("notice-2", REFUND);
    let told = gateway.notification(&headers, body.as_bytes()).unwrap();
    let About::Refund { refund, seen } = told.about else { panic!("{told:?}") };
    assert_eq!((refund.as_str(), seen.state), (REFUND, RefundState::Done));
}

#[tokio::test]
async fn a_payment_inside_wechat_and_one_that_is_given_up() {
    let (platform, clock) = (Arc::new(Platform::default()), Arc::new(TestClock::default()));
    let gateway = gateway(&platform, &clock).await;
    let client = PayClient::Wechat { openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".to_owned() };
    let begun = gateway.start(&start(ID, 500, client)).await.unwrap();
    let Some(PayNext::WechatBridge { app_id, timestamp, nonce, package, signature }) = begun.next else { panic!() };
    let message = format!("{app_id}\n{timestamp}\n{nonce}\n{package}\n");
    assert!(verifies(&keys()[0].to_public_key(), message.as_bytes(), &signature));
    assert_eq!((app_id.as_str(), package), (APPID, format!("prepay_id=wx{ID}")));
    assert_eq!(gateway.void(&payment(ID, 500, None)).await.unwrap().state, GatewayState::Voided);
    assert_eq!(gateway.query(&payment(ID, 500, None)).await.unwrap().state, GatewayState::Voided);
    assert_eq!(gateway.void(&payment("never", 500, None)).await.unwrap().state, GatewayState::NotFound);
}

#[tokio::test]
async fn what_is_not_a_clear_answer_is_no_answer() {
    let (platform, clock) = (Arc::new(Platform::default()), Arc::new(TestClock::default()));
    let gateway = gateway(&platform, &clock).await;
    let paid = payment(ID, 500, None);
    gateway.start(&start(ID, 500, PayClient::Qr)).await.unwrap();
    for trouble in ["status 500", "no signature", "another key", "another body", "old", "SYSTEM_ERROR"] {
        platform.in_trouble(trouble);
        let answer = gateway.query(&paid).await;
        assert!(matches!(answer, Err(GatewayError::Unknown(_))), "{trouble}: {answer:?}");
    }
    platform.in_trouble("");
    assert_eq!(gateway.query(&paid).await.unwrap().state, GatewayState::Pending);
    // Nobody listens.
    let nobody = WechatPay::new(WechatConfig {
        mchid: MCHID.to_owned(),
        appid: APPID.to_owned(),
        serial: MERCHANT_SERIAL.to_owned(),
        private_key: keys()[0].clone(),
        api_key: *API_KEY,
        platform_keys: Vec::new(),
        url: "http://127.0.0.1:9/".parse().unwrap(),
        clock: clock.clone(),
    });
    assert!(matches!(nobody.unwrap().query(&paid).await, Err(GatewayError::Unknown(_))));
}

#[tokio::test]
async fn only_the_platforms_own_fresh_notices_are_taken() {
    let (platform, clock) = (Arc::new(Platform::default()), Arc::new(TestClock::default()));
    let gateway = gateway(&platform, &clock).await;
    gateway.start(&start(ID, 500, PayClient::Qr)).await.unwrap();
    platform.pay(ID);
    let (headers, body) = platform.payment_notice("notice-1", ID);
    assert!(gateway.notification(&headers, body.as_bytes()).is_ok());
    let refuse = |headers: &_, body: &str, why: &str| {
        let told = gateway.notification(headers, body.as_bytes());
        assert!(matches!(told, Err(NoticeError::Untrusted(_))), "{why}: {told:?}");
    };
    refuse(&headers, &body.replace("notice-1", "notice-2"), "another body");
    refuse(&headers, "", "an empty body");
    for name in ["wechatpay-signature", "wechatpay-timestamp", "wechatpay-nonce", "wechatpay-serial"] {
        let mut without = headers.clone();
        without.remove(name);
        refuse(&without, &body, name);
        let mut other = headers.clone();
        other.insert(name.to_owned(), "1795320001".to_owned());
        refuse(&other, &body, name);
    }
    let (foreign, sealed) = platform.notice_for("another merchant", "notice-3", ID);
    refuse(&foreign, &sealed, "for another merchant");
    let (headers_3, other_key) = platform.notice_sealed_by(b"00000000000000000000000000000000", "notice-4", ID);
    refuse(&headers_3, &other_key, "sealed by another key");
    clock.advance_seconds(301);
    refuse(&headers, &body, "too old");
}
