//! Payments over HTTP: begun, answered on the demo provider's page, and told by notices from outside.

use crate::common::{Answer, TestShop, request, shop_with};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use wire::{Order, OrderMoney, OrderPayments, OrderStatus, Payment, PaymentState};

/// An order that is to be paid by the demo's provider, its payment and the session that placed it.
async fn ordered(test: &TestShop, key: &str) -> (Order, Payment, String) {
    let (sku, _) = test.some_sku().await;
    let mut body = test.order_of(test.cart(&sku, 1).await, key, "").await;
    body["payments"] = json!([{"tender": "demo_pay"}]);
    let answer = test.post("/api/v1/orders", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let (cookie, order) = (answer.session(), answer.json::<Order>());
    let paid: OrderPayments = test.get_as(&format!("/api/v1/orders/{}/payments", order.number), &cookie).await.json();
    assert_eq!((paid.state, paid.payments.len()), (OrderMoney::Waiting, 1));
    (order, paid.payments[0].clone(), cookie)
}

async fn form(test: &TestShop, path: &str, body: &str, origin: Option<&str>) -> Answer {
    let mut builder = request(Method::POST, path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(origin) = origin {
        builder = builder.header(header::ORIGIN, origin).header("sec-fetch-site", "cross-site");
    }
    test.send(builder.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn an_order_is_paid_on_the_demo_providers_page() {
    let test = shop_with(&["--demo"]).await;
    let (order, payment, cookie) = ordered(&test, "key-http-1").await;
    assert_eq!(order.status, OrderStatus::AwaitingPayment);
    let start = format!("/api/v1/payments/{}/start", payment.id);
    assert_eq!(test.post(&start, &json!({})).await.status, StatusCode::NOT_FOUND, "a stranger");
    let begun = test.post_as(&start, &json!({"client": {"kind": "web"}}), &cookie).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text());
    let next = &begun.json::<Value>()["next"];
    let page = next["url"].as_str().unwrap().strip_prefix("http://127.0.0.1:3000").unwrap().to_owned();
    let shown = test.get(&page).await;
    assert!(shown.text().contains(order.number.as_str()) && shown.text().contains("approve"), "{}", shown.text());
    assert!(shown.header(header::CONTENT_SECURITY_POLICY).contains("form-action 'self'"));
    let foreign = form(&test, &page, "answer=approve", Some("https://evil.example")).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "a page of another site approves nothing");
    let back = form(&test, &page, "answer=approve", None).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert_eq!(back.header(header::LOCATION), format!("http://127.0.0.1:3000/orders/{}", order.number));
    let path = format!("/api/v1/orders/{}", order.number);
    assert_eq!(test.get_as(&path, &cookie).await.json::<Order>().status, OrderStatus::Placed);
    test.state.services.settle_payments().await.unwrap();
    let paid: OrderPayments = test.get_as(&format!("{path}/payments"), &cookie).await.json();
    assert_eq!((paid.state, paid.payments[0].state), (OrderMoney::Settled, PaymentState::Captured));
    assert_eq!(test.post_as(&start, &json!({}), &cookie).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn notices_come_without_a_page_and_only_signed_ones_count() {
    let test = shop_with(&["--demo"]).await;
    let (order, payment, cookie) = ordered(&test, "key-http-2").await;
    test.post_as(&format!("/api/v1/payments/{}/start", payment.id), &json!({}), &cookie).await;
    let seen = json!({"state": {"state": "captured", "minor": payment.amount}, "provider_ref": null});
    let notice = json!({"event": "forged", "about": {"about": "payment", "payment": payment.id, "seen": seen}});
    let told = form(&test, "/api/v1/hooks/demo_pay", &notice.to_string(), None).await;
    assert_eq!(told.status, StatusCode::BAD_REQUEST, "it gets through, and is not the provider's");
    let nobody = form(&test, "/api/v1/hooks/nobody", "{}", None).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    let path = format!("/api/v1/orders/{}", order.number);
    assert_eq!(test.get_as(&path, &cookie).await.json::<Order>().status, OrderStatus::AwaitingPayment);
    assert_eq!(test.get(&format!("/demo-pay/{}x", payment.id)).await.status, StatusCode::NOT_FOUND);
}
