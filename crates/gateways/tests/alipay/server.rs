//! A server that keeps payments as Alipay documents it: it checks every request's signature and signs every answer and notice.

use super::common::{keys, sign, verifies};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

pub const APP: &str = "2021000000000000";

#[derive(Default)]
pub struct Platform {
    payments: Mutex<BTreeMap<String, (Value, &'static str)>>,
    /// By the refund's id: the payment and the fen.
    refunds: Mutex<BTreeMap<String, (String, i64)>>,
    trouble: Mutex<String>,
}

/// `8.8` as 880.
fn fen(text: &Value) -> i64 {
    let (yuan, rest) = text.as_str().unwrap().split_once('.').unwrap_or((text.as_str().unwrap(), ""));
    yuan.parse::<i64>().unwrap() * 100 + format!("{rest:0<2}").parse::<i64>().unwrap()
}

fn content(params: &BTreeMap<String, String>) -> String {
    params.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// The parameters of a request whose signature holds, or the test stops.
pub fn check(query: &[u8]) -> BTreeMap<String, String> {
    let mut params: BTreeMap<String, String> = url::form_urlencoded::parse(query).into_owned().collect();
    let signature = params.remove("sign").unwrap();
    assert!(verifies(&keys()[0].to_public_key(), content(&params).as_bytes(), &signature), "{params:?}");
    assert_eq!((params["app_id"].as_str(), params["timestamp"].as_str()), (APP, "2026-11-22 12:00:00"));
    params
}

impl Platform {
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new().route("/gateway.do", post(answer)).with_state(Arc::clone(self))
    }

    pub fn asked(&self, id: &str) -> Value {
        self.payments.lock().unwrap()[id].0.clone()
    }

    pub fn pay(&self, id: &str) {
        self.payments.lock().unwrap().get_mut(id).unwrap().1 = "TRADE_SUCCESS";
    }

    pub fn in_trouble(&self, how: &str) {
        how.clone_into(&mut self.trouble.lock().unwrap());
    }

    pub fn refunded(&self, payment: &str) -> i64 {
        self.refunds.lock().unwrap().values().filter(|refund| refund.0 == payment).map(|refund| refund.1).sum()
    }

    pub fn notice(&self, event: &str, id: &str, status: &str, more: &[(&str, &str)]) -> String {
        let asked = self.asked(id);
        let fields = [
            ("notify_id", event),
            ("notify_type", "trade_status_sync"),
            ("app_id", APP),
            ("out_trade_no", id),
            ("trade_no", &format!("2026{id}")),
            ("trade_status", status),
            ("total_amount", asked["total_amount"].as_str().unwrap()),
            ("subject", asked["subject"].as_str().unwrap()),
        ];
        let all = fields.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut params: BTreeMap<String, String> = all.collect();
        let signature = sign(&keys()[1], content(&params).as_bytes());
        params.insert("sign".to_owned(), signature);
        params.insert("sign_type".to_owned(), "RSA2".to_owned());
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&params).finish()
    }

    /// What a method answers.
    fn carry_out(&self, method: &str, ask: &Value) -> Value {
        let id = ask["out_trade_no"].as_str().unwrap();
        let mut payments = self.payments.lock().unwrap();
        if method == "alipay.trade.precreate" {
            payments.entry(id.to_owned()).or_insert((ask.clone(), "WAIT_BUYER_PAY"));
            return done(&json!({"out_trade_no": id, "qr_code": format!("https://qr.alipay.com/{id}")}));
        }
        let Some((asked, status)) = payments.get_mut(id) else { return failed("ACQ.TRADE_NOT_EXIST") };
        let total = fen(&asked["total_amount"]);
        match method {
            "alipay.trade.query" => done(&json!({
                "out_trade_no": id, "trade_no": format!("2026{id}"), "trade_status": status, "total_amount": asked["total_amount"],
            })),
            "alipay.trade.close" if *status == "WAIT_BUYER_PAY" => {
                *status = "TRADE_CLOSED";
                done(&json!({"out_trade_no": id}))
            }
            "alipay.trade.refund" => {
                let (refund, fen) = (ask["out_request_no"].as_str().unwrap(), fen(&ask["refund_amount"]));
                if self.refunds.lock().unwrap().contains_key(refund) {
                    return done(&json!({"out_trade_no": id, "fund_change": "N"}));
                }
                if self.refunded(id) + fen > total {
                    return failed("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
                }
                self.refunds.lock().unwrap().insert(refund.to_owned(), (id.to_owned(), fen));
                done(&json!({"out_trade_no": id, "fund_change": "Y"}))
            }
            "alipay.trade.fastpay.refund.query" => {
                let refund = ask["out_request_no"].as_str().unwrap();
                match self.refunds.lock().unwrap().contains_key(refund) {
                    true => done(&json!({"out_request_no": refund, "refund_status": "REFUND_SUCCESS"})),
                    false => done(&json!({})),
                }
            }
            _ => failed("ACQ.TRADE_STATUS_ERROR"),
        }
    }
}

fn done(more: &Value) -> Value {
    let mut answer = json!({"code": "10000", "msg": "Success"});
    answer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    answer
}

fn failed(code: &str) -> Value {
    json!({"code": "40004", "msg": "Business Failed", "sub_code": code, "sub_msg": "交易失败"})
}

async fn answer(State(platform): State<Arc<Platform>>, body: Bytes) -> Response {
    let params = check(&body);
    let method = params["method"].as_str();
    let trouble = platform.trouble.lock().unwrap().clone();
    if trouble == "status 500" {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let ask: Value = serde_json::from_str(&params["biz_content"]).unwrap();
    let object = match trouble.as_str() {
        "busy" => json!({"code": "20000", "msg": "Service Currently Unavailable", "sub_code": "isp.unknow-error"}),
        _ => platform.carry_out(method, &ask),
    };
    // Alipay signs the object's bytes as they stand, with whatever spaces.
    let object = object.to_string().replace("\":", "\": ");
    let key = if trouble == "another key" { &keys()[0] } else { &keys()[1] };
    let signature = sign(key, object.as_bytes());
    let object = if trouble == "another body" { object.replace("Success", "success") } else { object };
    let name = format!("{}_response", method.replace('.', "_"));
    if trouble == "no signature" {
        return format!("{{\"{name}\":{object}}}").into_response();
    }
    format!("{{\"{name}\":{object},\"sign\":\"{signature}\"}}").into_response()
}
