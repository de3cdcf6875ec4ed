//! Calls of a webhook against a receiver that checks them as ours should.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use messengers::Ways;
use money::{Currency, Locale};
use serde_json::Value;
use services::{Envelope, Messages, Notice, Recipient, SendError};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};

const SECRET: &str = "a secret of the tests only";

/// What came, and what is answered next; 200 when nothing is left to answer.
#[derive(Default)]
struct Receiver {
    came: Mutex<Vec<Value>>,
    answers: Mutex<VecDeque<StatusCode>>,
}

/// HMAC-SHA-256 after RFC 2104, written out, so that sender and receiver don't share a mistake.
fn hmac(key: &[u8], text: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(key);
    let pad = |with: u8| block.map(|byte| byte ^ with).to_vec();
    let inner = Sha256::digest([pad(0x36), text.to_vec()].concat());
    let outer = Sha256::digest([pad(0x5c), inner.to_vec()].concat());
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn receive(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signed = headers[messengers::SIGNATURE_HEADER].to_str().unwrap();
    let (time, signature) = signed.strip_prefix("t=").unwrap().split_once(",v1=").unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    assert!(now.abs_diff(time.parse().unwrap()) < 60, "{signed}");
    assert_eq!(hmac(SECRET.as_bytes(), &[time.as_bytes(), b".", &body].concat()), signature);
    let call: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(headers["idempotency-key"].to_str().unwrap(), call["id"].as_str().unwrap());
    receiver.came.lock().unwrap().push(call);
    receiver.answers.lock().unwrap().pop_front().unwrap_or(StatusCode::OK)
}

async fn receiver(answers: &[u16]) -> (Arc<dyn Messages>, Arc<Receiver>) {
    let receiver = Arc::new(Receiver::default());
    *receiver.answers.lock().unwrap() = answers.iter().map(|code| StatusCode::from_u16(*code).unwrap()).collect();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap()).parse().unwrap();
    let router = Router::new().route("/hook", post(receive)).with_state(Arc::clone(&receiver));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let ways = Ways { webhook: Some((url, SECRET.to_owned().into())), ..Ways::default() };
    (messengers::open(ways).unwrap(), receiver)
}

fn envelope(way: &str) -> Envelope {
    Envelope {
        id: "0190aaaa-1".to_owned(),
        way: way.to_owned(),
        to: Recipient { phone: "+8613912345678".to_owned(), ..Recipient::default() },
        locale: Locale::En,
        subject: "Order received".to_owned(),
        text: "We have your order.".to_owned(),
        notice: Notice::Refunded { order: ids::OrderNumber::new("C1").unwrap(), amount: 1250, currency: Currency::CNY },
        created_at: pricing::Instant(1_795_320_000_000),
        attempt: 3,
    }
}

#[tokio::test]
async fn a_call_is_signed_and_says_all() {
    let (ways, receiver) = receiver(&[]).await;
    ways.send(&envelope("webhook")).await.unwrap();
    let expected = serde_json::json!({
        "id": "0190aaaa-1", "kind": "refunded", "to": {"name": "", "phone": "+8613912345678"}, "language": "en",
        "subject": "Order received", "text": "We have your order.",
        "data": {"kind": "refunded", "order": "C1", "amount": 1250, "currency": "CNY"},
        "created_at": "2026-11-22T04:00:00Z", "attempt": 3,
    });
    assert_eq!(*receiver.came.lock().unwrap(), [expected]);
    assert_eq!(ways.ways().iter().map(|way| way.name).collect::<Vec<_>>(), ["webhook"]);
}

#[tokio::test]
async fn answers_are_sorted() {
    let rows = [(200, "sent"), (204, "sent"), (301, "later"), (400, "never"), (401, "later"), (404, "later")];
    let more = [(408, "later"), (413, "never"), (422, "never"), (429, "later"), (500, "later"), (503, "later")];
    for (code, expected) in rows.into_iter().chain(more) {
        let (ways, _receiver) = receiver(&[code]).await;
        let found = match ways.send(&envelope("webhook")).await {
            Ok(()) => "sent",
            Err(SendError::Later(_)) => "later",
            Err(SendError::Never(_)) => "never",
        };
        assert_eq!(found, expected, "{code}");
    }
    let (ways, receiver) = receiver(&[]).await;
    let elsewhere = ways.send(&envelope("smtp")).await;
    assert!(matches!(elsewhere, Err(SendError::Later(_))), "a way that is switched off: {elsewhere:?}");
    assert!(receiver.came.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_code_is_tried_again_at_once_as_the_same_call() {
    let (ways, receiver) = receiver(&[500, 503]).await;
    ways.send_code("+8613912345678", "047110").await.unwrap();
    let came = receiver.came.lock().unwrap().clone();
    let seen: Vec<_> = came.iter().map(|call| (call["attempt"].as_i64(), call["code"].as_str())).collect();
    assert_eq!(seen, [(Some(1), Some("047110")), (Some(2), Some("047110")), (Some(3), Some("047110"))]);
    assert!(came.iter().all(|call| call["id"] == came[0]["id"] && call["kind"] == "one_time_code"));
    let (ways, _receiver) = self::receiver(&[500, 500, 500]).await;
    assert!(ways.send_code("+8613912345678", "1").await.is_err());
}

#[test]
fn a_webhook_needs_an_address_and_a_secret() {
    for (url, secret) in [("ftp://host/", SECRET), ("https://host/", "short")] {
        let ways = Ways { webhook: Some((url.parse().unwrap(), secret.to_owned().into())), ..Ways::default() };
        assert!(messengers::open(ways).is_err(), "{url}");
    }
}
