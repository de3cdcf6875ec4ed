//! Keys that are made for a run, and what all gateways are asked with.
#![allow(dead_code, missing_docs, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use base64::{Engine, engine::general_purpose::STANDARD};
use ids::{OrderNumber, PaymentId, RefundId};
use money::Currency;
use pricing::Instant;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::signature::{RandomizedSigner, SignatureEncoding, Verifier};
use rsa::{RsaPrivateKey, RsaPublicKey};
use services::payments::{Amount, PaymentRef, PaymentStart, RefundAsk};
use sha2::Sha256;
use std::net::SocketAddr;
use std::sync::OnceLock;
use url::Url;
use wire::PayClient;

/// The shop's key and the platform's, once for a process: making them takes a while.
pub fn keys() -> &'static [RsaPrivateKey; 2] {
    static KEYS: OnceLock<[RsaPrivateKey; 2]> = OnceLock::new();
    KEYS.get_or_init(|| std::array::from_fn(|_| RsaPrivateKey::new(&mut rand::rng(), 2048).unwrap()))
}

pub fn sign(key: &RsaPrivateKey, message: &[u8]) -> String {
    STANDARD.encode(SigningKey::<Sha256>::new(key.clone()).sign_with_rng(&mut rand::rng(), message).to_bytes())
}

pub fn verifies(key: &RsaPublicKey, message: &[u8], signature: &str) -> bool {
    let bytes = STANDARD.decode(signature).unwrap();
    let signature = Signature::try_from(bytes.as_slice()).unwrap();
    VerifyingKey::<Sha256>::new(key.clone()).verify(message, &signature).is_ok()
}

/// Serves a router on a free port of loopback until the runtime ends.
pub async fn serve(router: axum::Router) -> Url {
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    format!("http://{address}/").parse().unwrap()
}

pub fn yuan(minor: i64) -> Amount {
    Amount { minor, currency: Currency::CNY }
}

pub fn start(id: &str, minor: i64, client: PayClient) -> PaymentStart {
    PaymentStart {
        payment: PaymentId::new(id).unwrap(),
        provider_ref: None,
        order: OrderNumber::new("C261122-7KQ4M9XW").unwrap(),
        amount: yuan(minor),
        description: "龙井 & 茶杯 \"双人\" C261122".to_owned(),
        notify_url: "https://shop.test/api/v1/hooks/x".to_owned(),
        return_url: "https://shop.test/orders/1".to_owned(),
        client,
        // 2026-11-22T04:15:00Z, a quarter of an hour after the test's clock.
        expires_at: Instant(1_795_320_900_000),
    }
}

pub fn payment(id: &str, minor: i64, provider_ref: Option<&str>) -> PaymentRef {
    PaymentRef {
        payment: PaymentId::new(id).unwrap(),
        provider_ref: provider_ref.map(str::to_owned),
        amount: yuan(minor),
    }
}

pub fn refund(id: &str, of: &PaymentRef, minor: i64) -> RefundAsk {
    RefundAsk {
        refund: RefundId::new(id).unwrap(),
        refund_ref: None,
        payment: of.clone(),
        amount: yuan(minor),
        captured: of.amount,
        reason: "退货".to_owned(),
        notify_url: "https://shop.test/api/v1/hooks/x".to_owned(),
    }
}
