//! Alipay against a server that speaks its documented protocol with real signatures.
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod common;
#[path = "alipay/server.rs"]
mod server;

use common::{keys, payment, refund, serve, start, yuan};
use gateways::alipay::{Alipay, AlipayConfig};
use server::{APP, Platform, check};
use services::payments::{About, Gateway, GatewayError, GatewayState, NoticeError, NoticeHeaders, RefundState};
use std::sync::Arc;
use testkit::TestClock;
use wire::{PayClient, PayNext};

const ID: &str = "0198f00000007000800000000000aaaa";
const REFUND: &str = "0198f00000007000800000000000bbbb";

async fn gateway(platform: &Arc<Platform>) -> Alipay {
    Alipay::new(AlipayConfig {
        app_id: APP.to_owned(),
        private_key: keys()[0].clone(),
        alipay_key: keys()[1].to_public_key(),
        url: serve(platform.router()).await.join("gateway.do").unwrap(),
        clock: Arc::new(TestClock::default()),
    })
    .unwrap()
}

#[tokio::test]
async fn a_payment_from_the_code_to_the_refund() {
    let platform = Arc::new(Platform::default());
    let gateway = gateway(&platform).await;
    let paid = payment(ID, 8_880, None);
    assert_eq!(gateway.query(&paid).await.unwrap().state, GatewayState::NotFound);
    let begun = gateway.start(&start(ID, 8_880, PayClient::Qr)).await.unwrap();
    assert_eq!(begun.next, Some(PayNext::Qr { text: format!("https://qr.alipay.com/{ID}") }));
    let asked = platform.asked(ID);
    assert_eq!((&asked["total_amount"], &asked["time_expire"]), (&"88.80".into(), &"2026-11-22 12:15:00".into()));
    assert_eq!(gateway.query(&paid).await.unwrap().state, GatewayState::Pending);

    platform.pay(ID);
    let body = platform.notice("notify-1", ID, "TRADE_SUCCESS", &[]);
    let told = gateway.notification(&NoticeHeaders::new(), body.as_bytes()).unwrap();
    let About::Payment { payment: id, seen } = told.about else { panic!("{told:?}") };
    assert_eq!((told.event.as_str(), id.as_str()), ("notify-1", ID));
    assert_eq!(seen.state, GatewayState::Captured { minor: 8_880 });
    assert_eq!(gateway.query(&paid).await.unwrap(), seen);
    assert_eq!(gateway.capture(&paid, yuan(8_880)).await.unwrap(), seen, "the money is there already");
    assert_eq!(gateway.void(&paid).await.unwrap(), seen, "what is paid can't be closed");

    let ask = refund(REFUND, &paid, 8_000);
    assert_eq!(gateway.query_refund(&ask).await.unwrap().state, RefundState::NotFound);
    for _ in 0..2 {
        assert_eq!(gateway.refund(&ask).await.unwrap().state, RefundState::Done);
        assert_eq!(platform.refunded(ID), 8_000);
    }
    assert_eq!(gateway.query_refund(&ask).await.unwrap().state, RefundState::Done);
    let more = refund("0198f00000007000800000000000cccc", &paid, 881);
    assert!(matches!(gateway.refund(&more).await, Err(GatewayError::Refused { .. })), "more than is left");
    // A notice of a payment that was closed after a refund says that it had been paid.
    let body = platform.notice("notify-2", ID, "TRADE_CLOSED", &[("refund_fee", "88.80"), ("gmt_payment", "…")]);
    let told = gateway.notification(&NoticeHeaders::new(), body.as_bytes()).unwrap();
    let About::Payment { seen, .. } = told.about else { panic!("{told:?}") };
    assert_eq!(seen.state, GatewayState::Captured { minor: 8_880 });
}

#[tokio::test]
async fn a_page_is_an_address_that_we_sign_and_a_payment_is_given_up() {
    let platform = Arc::new(Platform::default());
    let gateway = gateway(&platform).await;
    let begun = gateway.start(&start(ID, 100, PayClient::Web)).await.unwrap();
    let Some(PayNext::Redirect { url }) = begun.next else { panic!("{begun:?}") };
    let url: url::Url = url.parse().unwrap();
    let params = check(url.query().unwrap().as_bytes());
    assert_eq!(params["method"], "alipay.trade.page.pay");
    assert!(params["biz_content"].contains("FAST_INSTANT_TRADE_PAY") && params["biz_content"].contains("双人"));
    let never = payment(ID, 100, None);
    assert_eq!(gateway.void(&never).await.unwrap().state, GatewayState::NotFound, "nobody opened the page");
    gateway.start(&start(ID, 100, PayClient::Qr)).await.unwrap();
    assert_eq!(gateway.void(&never).await.unwrap().state, GatewayState::Voided);
    assert_eq!(gateway.query(&never).await.unwrap().state, GatewayState::Voided);
}

#[tokio::test]
async fn what_is_not_a_clear_answer_is_no_answer() {
    let platform = Arc::new(Platform::default());
    let gateway = gateway(&platform).await;
    gateway.start(&start(ID, 100, PayClient::Qr)).await.unwrap();
    for trouble in ["status 500", "no signature", "another key", "another body", "busy"] {
        platform.in_trouble(trouble);
        let answer = gateway.query(&payment(ID, 100, None)).await;
        assert!(matches!(answer, Err(GatewayError::Unknown(_))), "{trouble}: {answer:?}");
    }
    platform.in_trouble("");
    assert_eq!(gateway.query(&payment(ID, 100, None)).await.unwrap().state, GatewayState::Pending);
}

#[tokio::test]
async fn only_alipays_own_notices_are_taken() {
    let platform = Arc::new(Platform::default());
    let gateway = gateway(&platform).await;
    gateway.start(&start(ID, 100, PayClient::Qr)).await.unwrap();
    let body = platform.notice("notify-1", ID, "TRADE_SUCCESS", &[]);
    let told = |body: &str| gateway.notification(&NoticeHeaders::new(), body.as_bytes());
    assert!(told(&body).is_ok());
    let others = [
        body.replace("total_amount=1.00", "total_amount=0.01"),
        body.replace("notify-1", "notify-2"),
        body.replace("sign_type=RSA2", "sign_type=RSA"),
        format!("{body}&refund_fee=1.00"),
        platform.notice("notify-1", ID, "TRADE_SUCCESS", &[("app_id", "another")]),
        String::new(),
    ];
    for other in others {
        assert!(matches!(told(&other), Err(NoticeError::Untrusted(_))), "{other}");
    }
}
