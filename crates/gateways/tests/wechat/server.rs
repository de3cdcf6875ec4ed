//! A server that keeps payments as WeChat Pay documents it: it checks every request's signature, signs every answer and seals its notices.

#![allow(dead_code, reason = "each test file uses its own part of it")]

use super::common::{keys, sign, verifies};
use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use services::payments::NoticeHeaders;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

pub const MCHID: &str = "1900000109";
pub const APPID: &str = "wxd678efh567hg6787";
pub const MERCHANT_SERIAL: &str = "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C";
pub const PLATFORM_SERIAL: &str = "PUB_KEY_ID_0000000000000024101100397200000006";
pub const API_KEY: &[u8; 32] = b"an API v3 key of 32 bytes, exact";
/// The test's clock: 2026-11-22T04:00:00Z.
const NOW: i64 = 1_795_320_000;

#[derive(Default)]
pub struct Platform {
    payments: Mutex<BTreeMap<String, (Value, &'static str)>>,
    refunds: Mutex<BTreeMap<String, (Value, String)>>,
    trouble: Mutex<String>,
}

type Shared = State<Arc<Platform>>;

impl Platform {
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new()
            .route("/v3/pay/transactions/native", post(begin))
            .route("/v3/pay/transactions/jsapi", post(begin))
            .route("/v3/pay/transactions/out-trade-no/{id}", get(query))
            .route("/v3/pay/transactions/out-trade-no/{id}/close", post(close))
            .route("/v3/refund/domestic/refunds", post(refund))
            .route("/v3/refund/domestic/refunds/{id}", get(query_refund))
            .with_state(Arc::clone(self))
    }

    pub fn asked(&self, id: &str) -> Value {
        self.payments.lock().unwrap()[id].0.clone()
    }

    pub fn pay(&self, id: &str) {
        let mut payments = self.payments.lock().unwrap();
        let payment = payments.get_mut(id).unwrap();
        assert_eq!(payment.1, "NOTPAY");
        payment.1 = "SUCCESS";
    }

    pub fn in_trouble(&self, how: &str) {
        how.clone_into(&mut self.trouble.lock().unwrap());
    }

    pub fn refunded(&self, payment: &str) -> i64 {
        let refunds = self.refunds.lock().unwrap();
        let of_it = refunds.values().filter(|(ask, _)| ask["out_trade_no"] == payment);
        of_it.map(|(ask, _)| ask["amount"]["refund"].as_i64().unwrap()).sum()
    }

    pub fn finish_refund(&self, id: &str, status: &str) {
        status.clone_into(&mut self.refunds.lock().unwrap().get_mut(id).unwrap().1);
    }

    fn transaction(&self, id: &str) -> Option<Value> {
        let payments = self.payments.lock().unwrap();
        let (ask, state) = payments.get(id)?;
        let mut found = json!({
            "mchid": MCHID, "appid": APPID, "out_trade_no": id, "trade_state": state, "trade_state_desc": "…",
            "amount": {"total": ask["amount"]["total"], "currency": "CNY"},
        });
        if *state == "SUCCESS" {
            found["transaction_id"] = json!(format!("42000{id}"));
        }
        Some(found)
    }

    fn refund_told(&self, id: &str, field: &str) -> Option<Value> {
        let refunds = self.refunds.lock().unwrap();
        let (ask, status) = refunds.get(id)?;
        let mut found = json!({
            "refund_id": format!("50000{id}"), "out_refund_no": id, "out_trade_no": ask["out_trade_no"], "amount": ask["amount"],
        });
        found[field] = json!(status);
        Some(found)
    }

    pub fn payment_notice(&self, event: &str, id: &str) -> (NoticeHeaders, String) {
        notice(event, "TRANSACTION.SUCCESS", &self.transaction(id).unwrap(), API_KEY)
    }

    pub fn notice_for(&self, mchid: &str, event: &str, id: &str) -> (NoticeHeaders, String) {
        let mut transaction = self.transaction(id).unwrap();
        transaction["mchid"] = json!(mchid);
        notice(event, "TRANSACTION.SUCCESS", &transaction, API_KEY)
    }

    pub fn notice_sealed_by(&self, key: &[u8; 32], event: &str, id: &str) -> (NoticeHeaders, String) {
        notice(event, "TRANSACTION.SUCCESS", &self.transaction(id).unwrap(), key)
    }

    pub fn refund_notice(&self, event: &str, id: &str) -> (NoticeHeaders, String) {
        let mut told = self.refund_told(id, "refund_status").unwrap();
        told["mchid"] = json!(MCHID);
        notice(event, "REFUND.SUCCESS", &told, API_KEY)
    }

    fn answer(&self, status: StatusCode, body: &Value) -> Response {
        let trouble = self.trouble.lock().unwrap().clone();
        if trouble == "status 500" {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        if trouble == "SYSTEM_ERROR" {
            return (StatusCode::BAD_REQUEST, json!({"code": trouble, "message": "try again"}).to_string())
                .into_response();
        }
        let text = if status == StatusCode::NO_CONTENT { String::new() } else { body.to_string() };
        let time = if trouble == "old" { NOW - 301 } else { NOW };
        let key = if trouble == "another key" { &keys()[0] } else { &keys()[1] };
        let signature = sign(key, format!("{time}\n5K8264ILTKCH16CQ\n{text}\n").as_bytes());
        let mut response = (status, if trouble == "another body" { format!("{text} ") } else { text }).into_response();
        let headers = [
            ("wechatpay-timestamp", time.to_string()),
            ("wechatpay-nonce", "5K8264ILTKCH16CQ".to_owned()),
            ("wechatpay-serial", PLATFORM_SERIAL.to_owned()),
            ("wechatpay-signature", signature),
        ];
        for (name, value) in headers.into_iter().filter(|_| trouble != "no signature") {
            response.headers_mut().insert(name, value.parse().unwrap());
        }
        response
    }

    fn refuse(&self, status: StatusCode, code: &str) -> Response {
        self.answer(status, &json!({"code": code, "message": "…"}))
    }
}

/// Checks the signature of a request, or stops the test.
fn check(headers: &HeaderMap, method: &Method, uri: &Uri, body: &[u8]) {
    let header = headers["authorization"].to_str().unwrap();
    let fields = header.strip_prefix("WECHATPAY2-SHA256-RSA2048 ").unwrap();
    let field = |name: &str| {
        let mut pairs = fields.split(',').map(|pair| pair.split_once('=').unwrap());
        pairs.find(|(found, _)| *found == name).unwrap().1.trim_matches('"').to_owned()
    };
    assert_eq!((field("mchid"), field("serial_no")), (MCHID.to_owned(), MERCHANT_SERIAL.to_owned()));
    let (time, nonce) = (field("timestamp"), field("nonce_str"));
    assert_eq!((time.parse(), nonce.len()), (Ok(NOW), 32));
    let path = uri.path_and_query().unwrap();
    let message = [format!("{method}\n{path}\n{time}\n{nonce}\n").as_bytes(), body, b"\n"].concat();
    assert!(verifies(&keys()[0].to_public_key(), &message, &field("signature")));
}

async fn begin(State(platform): Shared, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    check(&headers, &method, &uri, &body);
    let ask: Value = serde_json::from_slice(&body).unwrap();
    let id = ask["out_trade_no"].as_str().unwrap().to_owned();
    assert!(id.len() <= 32 && ask["mchid"] == MCHID && ask["appid"] == APPID && ask["description"].is_string());
    platform.payments.lock().unwrap().entry(id.clone()).or_insert((ask, "NOTPAY"));
    let inside = uri.path().ends_with("jsapi");
    let url = format!("weixin://wxpay/bizpayurl?pr={id}");
    platform.answer(
        StatusCode::OK,
        &if inside { json!({"prepay_id": format!("wx{id}")}) } else { json!({"code_url": url}) },
    )
}

async fn query(
    State(platform): Shared,
    Path(id): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    check(&headers, &method, &uri, b"");
    match platform.transaction(&id) {
        Some(found) => platform.answer(StatusCode::OK, &found),
        None => platform.refuse(StatusCode::NOT_FOUND, "ORDER_NOT_EXIST"),
    }
}

async fn close(
    State(platform): Shared,
    Path(id): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    check(&headers, &method, &uri, &body);
    let mut payments = platform.payments.lock().unwrap();
    let found = payments.get_mut(&id);
    match found {
        None => platform.refuse(StatusCode::NOT_FOUND, "ORDER_NOT_EXIST"),
        Some((_, "SUCCESS")) => platform.refuse(StatusCode::BAD_REQUEST, "ORDERPAID"),
        Some((_, state)) => {
            *state = "CLOSED";
            platform.answer(StatusCode::NO_CONTENT, &Value::Null)
        }
    }
}

async fn refund(State(platform): Shared, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    check(&headers, &method, &uri, &body);
    let ask: Value = serde_json::from_slice(&body).unwrap();
    let (id, payment) = (ask["out_refund_no"].as_str().unwrap(), ask["out_trade_no"].as_str().unwrap());
    let known = platform.refunds.lock().unwrap().contains_key(id);
    if !known {
        let paid = platform.asked(payment)["amount"]["total"].as_i64().unwrap();
        assert_eq!(ask["amount"]["total"].as_i64(), Some(paid));
        if platform.refunded(payment) + ask["amount"]["refund"].as_i64().unwrap() > paid {
            return platform.refuse(StatusCode::BAD_REQUEST, "INVALID_REQUEST");
        }
        platform.refunds.lock().unwrap().insert(id.to_owned(), (ask.clone(), "PROCESSING".to_owned()));
    }
    platform.answer(StatusCode::OK, &platform.refund_told(id, "status").unwrap())
}

async fn query_refund(
    State(platform): Shared,
    Path(id): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    check(&headers, &method, &uri, b"");
    match platform.refund_told(&id, "status") {
        Some(found) => platform.answer(StatusCode::OK, &found),
        None => platform.refuse(StatusCode::NOT_FOUND, "RESOURCE_NOT_EXISTS"),
    }
}

/// A notice, sealed and signed.
fn notice(event: &str, kind: &str, resource: &Value, key: &[u8; 32]) -> (NoticeHeaders, String) {
    let (nonce, aad) = (b"fdasflkja484", "transaction");
    let payload = resource.to_string().into_bytes();
    let sealed =
        Aes256Gcm::new(&(*key).into()).encrypt(&Nonce::from(*nonce), Payload { msg: &payload, aad: aad.as_bytes() });
    let body = json!({
        "id": event, "create_time": "2026-11-22T12:00:00+08:00", "event_type": kind, "resource_type": "encrypt-resource", "summary": "…",
        "resource": {
            "original_type": aad, "algorithm": "AEAD_AES_256_GCM", "ciphertext": STANDARD.encode(sealed.unwrap()),
            "associated_data": aad, "nonce": "fdasflkja484",
        },
    })
    .to_string();
    let signature = sign(&keys()[1], format!("{NOW}\nabcdef\n{body}\n").as_bytes());
    let headers = [
        ("wechatpay-timestamp", NOW.to_string()),
        ("wechatpay-nonce", "abcdef".to_owned()),
        ("wechatpay-serial", PLATFORM_SERIAL.to_owned()),
        ("wechatpay-signature", signature),
    ];
    (headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(), body)
}
