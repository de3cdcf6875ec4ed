//! What is wrong gets the right problem, and changes nothing.

use crate::common::{Answer, TestShop, request, shop, shop_limited, shop_with};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use wire::{Problem, Product};

/// Checks that the answer is a problem of this status and kind, in both languages.
fn check(answer: &Answer, status: u16, kind: &str, what: &str) -> Problem {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{what}: {}", answer.text());
    let problem: Problem = answer.json();
    let seen = (answer.status.as_u16(), problem.status, problem.kind.as_str());
    assert_eq!(seen, (status, status, format!("/problems/{kind}").as_str()), "{what}: {}", answer.text());
    assert!(!problem.detail.zh.is_empty() && !problem.detail.en.is_empty(), "{what}");
    problem
}

async fn units(test: &TestShop, handle: &str) -> Vec<i64> {
    let product: Product = test.read(&format!("/api/v1/products/{handle}")).await;
    product.variants.iter().map(|variant| variant.available).collect()
}

#[tokio::test]
async fn what_does_not_exist_is_a_problem() {
    let test = shop().await;
    let long = format!("/api/v1/products/{}", "x".repeat(300));
    let rows = [
        ("/api/v1/products/no-such", 404, "not-found"),
        (long.as_str(), 404, "not-found"),
        ("/api/v1/products/%20x", 404, "not-found"),
        ("/api/v1/products?store=nowhere", 422, "invalid"),
        ("/api/v1/products/longjing-tea-tin?store=nowhere", 422, "invalid"),
        ("/api/v1/products?page=two", 400, "invalid-query"),
        ("/api/v1/codes/6901234100113", 404, "not-found"),
        ("/api/v1/codes/no-such", 404, "not-found"),
        ("/api/v1/orders/no-such", 404, "not-found"),
        ("/api/v1/labels?store=nowhere", 422, "invalid"),
        ("/api/v1/account", 401, "sign-in-needed"),
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v2/shop", 404, "not-found"),
        ("/api", 404, "not-found"),
    ];
    for (path, status, kind) in rows {
        check(&test.get(path).await, status, kind, path);
    }
}

#[tokio::test]
async fn a_wrong_cart_gets_no_quote() {
    let test = shop().await;
    let (sku, _) = test.some_sku().await;
    let line = |sku: &str, quantity: i64| json!({"id": "1", "sku": sku, "quantity": quantity});
    let rows = [
        ("unknown SKU", json!({"lines": [line("NO-SUCH", 1)]}), 422, "invalid"),
        ("zero", json!({"lines": [line(&sku, 0)]}), 422, "invalid"),
        ("negative", json!({"lines": [line(&sku, -1)]}), 422, "invalid"),
        ("huge", json!({"lines": [line(&sku, i64::MAX)]}), 422, "invalid"),
        ("fraction", json!({"lines": [{"id": "1", "sku": sku, "quantity": 1.5}]}), 422, "invalid-request"),
        ("the same line twice", json!({"lines": [line(&sku, 1), line(&sku, 1)]}), 422, "invalid"),
        ("unknown shipping", json!({"lines": [line(&sku, 1)], "shipping_method": "rocket"}), 422, "invalid"),
        ("unknown field", json!({"lines": [line(&sku, 1)], "discount": 5}), 422, "invalid-request"),
    ];
    for (what, cart, status, kind) in rows {
        let problem = check(&test.post("/api/v1/quote", &json!({"cart": cart})).await, status, kind, what);
        assert!(!problem.errors.is_empty(), "{what} names the field");
    }
    let cart = json!({"lines": [line(&sku, 1)]});
    check(
        &test.post("/api/v1/quote", &json!({"cart": cart, "store": "nowhere"})).await,
        422,
        "invalid",
        "unknown store",
    );
}

#[tokio::test]
async fn a_wrong_body_is_refused_before_it_is_looked_at() {
    let test = shop().await;
    let post = |kind: &'static str, body: Vec<u8>| {
        request(Method::POST, "/api/v1/quote").header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()
    };
    let json = "application/json";
    let rows = [
        ("malformed", post(json, b"{\"cart\":".to_vec()), 400, "malformed-json"),
        ("empty", post(json, Vec::new()), 400, "malformed-json"),
        ("not UTF-8", post(json, b"{\"cart\": \"\xff\"}".to_vec()), 400, "malformed-json"),
        ("a form", post("application/x-www-form-urlencoded", b"cart=1".to_vec()), 415, "unsupported-media-type"),
        ("plain text", post("text/plain", b"{}".to_vec()), 415, "unsupported-media-type"),
        ("10 MB", post(json, vec![b' '; 10 << 20]), 413, "body-too-large"),
    ];
    for (what, request, status, kind) in rows {
        check(&test.send(request).await, status, kind, what);
    }
    let answer = test.send(request(Method::DELETE, "/api/v1/shop").body(Body::empty()).unwrap()).await;
    check(&answer, 405, "method-not-allowed", "wrong method");
    assert_eq!(answer.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn another_site_can_order_nothing() {
    let test = shop().await;
    let cookie = test.sign_in("13912345678").await;
    let (sku, product) = test.some_sku().await;
    let before = units(&test, product.handle.as_str()).await;
    let body = test.order_of(test.cart(&sku, 1).await, "order-key-foreign", &cookie).await;
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")] {
        let builder = request(Method::POST, "/api/v1/orders").header(header::CONTENT_TYPE, "application/json");
        let request =
            builder.header(header::COOKIE, &cookie).header(name, value).body(Body::from(body.to_string())).unwrap();
        check(&test.send(request).await, 403, "foreign-origin", value);
    }
    assert_eq!(units(&test, product.handle.as_str()).await, before);
    let builder = request(Method::POST, "/api/v1/orders").header(header::CONTENT_TYPE, "application/json");
    let ours = builder.header("origin", "http://127.0.0.1:3000").header(header::COOKIE, &cookie);
    let answer = test.send(ours.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
}

#[tokio::test]
async fn a_wrong_order_takes_nothing() {
    let test = shop().await;
    let (sku, product) = test.some_sku().await;
    let handle = product.handle.as_str();
    let before = units(&test, handle).await;
    let good = test.order_of(test.cart(&sku, 1).await, "order-key-1", "").await;
    let with = |pointer: &str, value: Value| {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let too_many = test.order_of(test.cart(&sku, 900_000).await, "order-key-2", "").await;
    let rows = [
        ("another price", with("/quote_hash", json!("0".repeat(64))), 409, "price-changed"),
        ("stale price book", with("/book", json!("0".repeat(64))), 409, "price-changed"),
        ("another engine", with("/engine", json!("0.0.1")), 409, "stale-page"),
        ("no name", with("/contact/name", json!("")), 422, "invalid"),
        ("no telephone", with("/contact/phone", json!("12")), 422, "invalid"),
        ("no street", with("/delivery/address/street", json!("")), 422, "invalid"),
        ("too many", too_many, 409, "out-of-stock"),
    ];
    for (what, body, status, kind) in rows {
        let answer = test.post("/api/v1/orders", &body).await;
        check(&answer, status, kind, what);
        assert_eq!(answer.json::<wire::Refusal>().changed.is_some(), kind == "price-changed", "{what}");
    }
    assert_eq!(units(&test, handle).await, before);
}

#[tokio::test]
async fn an_order_is_its_shoppers_own() {
    let test = shop().await;
    let (sku, _) = test.some_sku().await;
    let placed = test.post("/api/v1/orders", &test.order_of(test.cart(&sku, 1).await, "order-key-own", "").await).await;
    let path = format!("/api/v1/orders/{}", placed.json::<wire::Order>().number);
    check(&test.get(&path).await, 404, "not-found", "without a session");
    let stranger = test.sign_in("13912345670").await;
    check(&test.get_as(&path, &stranger).await, 404, "not-found", "another member");
    check(&test.get_as(&path, "session=forged").await, 404, "not-found", "a forged session");
}

#[tokio::test]
async fn a_code_that_expired_or_is_wrong_signs_nobody_in() {
    let test = shop().await;
    let phone = "13912345678";
    check(&test.post("/api/v1/auth/code", &json!({"phone": "12"})).await, 422, "invalid", "no telephone");
    assert_eq!(test.post("/api/v1/auth/code", &json!({"phone": phone})).await.status, StatusCode::OK);
    let code = test.mailbox.last_code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let answer = test.post("/api/v1/auth/sign-in", &json!({"phone": phone, "code": wrong})).await;
    check(&answer, 422, "wrong-code", "wrong code");
    test.clock.advance_hours(1);
    let answer = test.post("/api/v1/auth/sign-in", &json!({"phone": phone, "code": code})).await;
    check(&answer, 422, "wrong-code", "expired code");
    assert!(answer.cookies().is_empty());
}

#[tokio::test]
async fn what_is_too_much_at_once_is_turned_away() {
    let test = shop_with(&["--concurrency-max", "0"]).await;
    let answer = test.get("/api/v1/shop").await;
    check(&answer, 503, "busy", "the API");
    assert_eq!(answer.header("retry-after"), "1");
    let page = test.get("/").await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8")
    );
    assert_eq!(test.get("/readyz").await.status, StatusCode::OK, "whoever watches still gets an answer");
}

#[tokio::test]
async fn a_client_that_asks_too_often_waits() {
    let test = shop_limited("1").await;
    let body = json!({"phone": "12"});
    check(&test.post("/api/v1/auth/code", &body).await, 422, "invalid", "the first");
    let answer = test.post("/api/v1/auth/code", &body).await;
    check(&answer, 429, "rate-limited", "the second");
    assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
    assert_eq!(test.get("/api/v1/shop").await.status, StatusCode::OK, "reading is not limited");
}
