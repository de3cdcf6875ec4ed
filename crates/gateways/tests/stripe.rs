//! Stripe against `localstripe`, another one's server that behaves like Stripe's; skipped, with a line, where `CONCORD_TEST_STRIPE_URL` names none.
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod common;

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use common::{payment, refund, serve, start, yuan};
use gateways::stripe::{Stripe, StripeConfig};
use serde_json::Value;
use services::SystemClock;
use services::payments::{About, Gateway, GatewayError, GatewayState, NoticeHeaders, PaymentRef, RefundState, Seen};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use url::Url;
use wire::{PayClient, PayNext};

const SECRET: &str = "whsec_of_this_test";

/// The address of the server; none, with a line that says so, where it is not running.
fn server() -> Option<Url> {
    let url = std::env::var("CONCORD_TEST_STRIPE_URL").ok();
    if url.is_none() {
        eprintln!("skipped: CONCORD_TEST_STRIPE_URL names no localstripe");
    }
    url.map(|url| format!("{}/", url.trim_end_matches('/')).parse().unwrap())
}

fn gateway(url: &Url) -> Stripe {
    Stripe::new(StripeConfig {
        secret_key: "sk_test_12345".to_owned(),
        publishable_key: Some("pk_test_12345".to_owned()),
        webhook_secret: SECRET.to_owned(),
        url: url.clone(),
        clock: Arc::new(SystemClock),
    })
    .unwrap()
}

async fn call(url: &Url, path: &str, form: &[(&str, &str)]) -> Value {
    let client = reqwest::Client::new();
    let response = client.post(url.join(path).unwrap()).bearer_auth("sk_test_12345").form(form).send().await.unwrap();
    let (status, text) = (response.status(), response.text().await.unwrap());
    assert!(status.is_success(), "{path}: {status} {text}");
    serde_json::from_str(&text).unwrap_or_default()
}

/// A new id for each run: the server may live longer than one.
fn fresh() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// Begins a payment and lets the shopper's card confirm it, as Stripe's script would. The server knows no other way to name the card than at the beginning,
/// so the intent is begun again with it by the test and carries our ids.
async fn authorised(url: &Url, minor: i64) -> PaymentRef {
    let id = fresh();
    let card = [
        ("type", "card"),
        ("card[number]", "4242424242424242"),
        ("card[exp_month]", "12"),
        ("card[exp_year]", "2040"),
        ("card[cvc]", "123"),
    ];
    let method = call(url, "v1/payment_methods", &card).await;
    let minor_text = minor.to_string();
    let form = [
        ("amount", minor_text.as_str()),
        ("currency", "cny"),
        ("capture_method", "manual"),
        ("metadata[payment]", &id),
        ("payment_method", method["id"].as_str().unwrap()),
        ("confirm", "true"),
    ];
    let intent = call(url, "v1/payment_intents", &form).await;
    assert_eq!(intent["status"], "requires_capture");
    payment(&id, minor, intent["id"].as_str())
}

fn captured(minor: i64, of: &PaymentRef) -> Seen {
    Seen { state: GatewayState::Captured { minor }, provider_ref: of.provider_ref.clone() }
}

#[tokio::test]
async fn a_payment_is_begun_asked_about_and_given_up() {
    let Some(url) = server() else { return };
    let gateway = gateway(&url);
    let id = fresh();
    let begun = gateway.start(&start(&id, 1_234, PayClient::Web)).await.unwrap();
    let Some(PayNext::ClientSecret { secret, key }) = begun.next.clone() else { panic!("{begun:?}") };
    let intent = begun.seen.provider_ref.clone().unwrap();
    assert!(secret.starts_with(&intent) && key.as_deref() == Some("pk_test_12345"));
    assert_eq!(begun.seen.state, GatewayState::Pending);
    // Asked again with the name that Stripe gave it, it is the same one.
    let mut again = start(&id, 1_234, PayClient::Web);
    again.provider_ref = Some(intent.clone());
    assert_eq!(gateway.start(&again).await.unwrap(), begun);
    let known = payment(&id, 1_234, Some(&intent));
    assert_eq!(gateway.query(&known).await.unwrap(), begun.seen);
    assert!(matches!(
        gateway.capture(&known, yuan(1_234)).await,
        Err(GatewayError::Refused { .. } | GatewayError::Unknown(_))
    ));
    for _ in 0..2 {
        assert_eq!(gateway.void(&known).await.unwrap().state, GatewayState::Voided);
    }
    assert_eq!(gateway.query(&payment(&id, 1_234, None)).await.unwrap().state, GatewayState::NotFound);
    let other = gateway.query(&payment(&id, 1, Some("pi_nothing"))).await;
    assert!(
        matches!(other, Ok(Seen { state: GatewayState::NotFound, .. }) | Err(GatewayError::Refused { .. })),
        "{other:?}"
    );
}

#[tokio::test]
async fn what_is_set_aside_is_captured_once_and_goes_back_once() {
    let Some(url) = server() else { return };
    let gateway = gateway(&url);
    let paid = authorised(&url, 5_000).await;
    assert_eq!(gateway.query(&paid).await.unwrap().state, GatewayState::Authorised { minor: 5_000 });
    for _ in 0..2 {
        // The second time it is refused by Stripe, and found to be done.
        assert_eq!(gateway.capture(&paid, yuan(5_000)).await.unwrap(), captured(5_000, &paid));
    }
    assert_eq!(gateway.void(&paid).await.unwrap(), captured(5_000, &paid), "too late to give it up");
    let id = fresh();
    let ask = refund(&id, &paid, 2_000);
    assert_eq!(gateway.query_refund(&ask).await.unwrap().state, RefundState::NotFound);
    let mut names = Vec::new();
    for _ in 0..3 {
        // The server knows no idempotency keys: that the refund is made once is our own doing.
        let seen = gateway.refund(&ask).await.unwrap();
        assert_eq!(seen.state, RefundState::Done);
        names.push(seen.provider_ref);
    }
    assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
    assert_eq!(gateway.query_refund(&ask).await.unwrap().provider_ref, names[0]);
    // An authorisation that is let go.
    let paid = authorised(&url, 700).await;
    assert_eq!(gateway.void(&paid).await.unwrap().state, GatewayState::Voided);
}

type Told = Arc<Mutex<Vec<(NoticeHeaders, Vec<u8>)>>>;

async fn hear(State(told): State<Told>, headers: HeaderMap, body: Bytes) {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    told.lock().unwrap().push((headers.collect(), body.to_vec()));
}

#[tokio::test]
async fn its_notices_are_verified_and_read() {
    let Some(url) = server() else { return };
    let gateway = gateway(&url);
    let told = Told::default();
    let ours = serve(Router::new().route("/hook", post(hear)).with_state(told.clone())).await;
    let hook = ours.join("hook").unwrap();
    call(&url, &format!("_config/webhooks/{}", fresh()), &[("url", hook.as_str()), ("secret", SECRET)]).await;
    let paid = authorised(&url, 900).await;
    gateway.capture(&paid, yuan(900)).await.unwrap();
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        for (headers, body) in told.lock().unwrap().clone() {
            let notice = gateway.notification(&headers, &body).unwrap();
            let About::Payment { payment, seen } = notice.about else { continue };
            if payment == paid.payment {
                assert_eq!(seen, captured(900, &paid));
                let forged = [body.as_slice(), b" "].concat();
                assert!(gateway.notification(&headers, &forged).is_err());
                return;
            }
        }
    }
    panic!("no notice came");
}
