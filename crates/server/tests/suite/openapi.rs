//! The document describes every route, and its documentation needs nothing from elsewhere.

use crate::common::shop;
use axum::http::StatusCode;
use serde_json::Value;

#[tokio::test]
async fn the_document_covers_every_route() {
    let test = shop().await;
    let document: Value = test.read("/api/v1/openapi.json").await;
    let paths = document["paths"].as_object().unwrap();
    let mut routes: Vec<String> = Vec::new();
    for (path, item) in paths {
        routes.extend(item.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
    }
    let expected: Vec<&str> = include_str!("routes.txt").lines().collect();
    routes.sort();
    assert_eq!(routes, expected);
}

#[tokio::test]
async fn each_operation_names_its_errors_and_no_schema_is_missing() {
    let test = shop().await;
    let answer = test.get("/api/v1/openapi.json").await;
    let document: Value = answer.json();
    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            let problems = operation["responses"].as_object().unwrap().values();
            let problems = problems.filter(|response| response["content"].get("application/problem+json").is_some());
            assert!(problems.count() >= 2, "{path}");
            assert!(operation["summary"].is_string(), "{path}");
        }
    }
    let changed = &document["components"]["schemas"]["Problem"]["properties"]["changed"];
    assert!(
        changed.to_string().contains("#/components/schemas/Changed"),
        "an order's refusal carries the new quote: {changed}"
    );
    let text = answer.text();
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name} is referred to and missing");
    }
}

#[tokio::test]
async fn each_operation_that_takes_a_body_says_which() {
    // These change something without being told anything more.
    const BARE: [&str; 8] = [
        "/api/v1/account/export",
        "/api/v1/session",
        "/api/v1/auth/sign-out",
        "/api/v1/account/erase/code",
        "/api/v1/staff/people/{id}/close",
        "/api/v1/staff/coupon-batches/{id}/close",
        "/api/v1/staff/messages/{id}/retry",
        "/api/v1/staff/refunds/{id}/retry",
    ];
    let test = shop().await;
    let document: Value = test.read("/api/v1/openapi.json").await;
    let mut bare = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if method != "get" && operation.get("requestBody").is_none() {
                bare.push(path.as_str());
            }
        }
    }
    bare.sort_unstable();
    let mut known = BARE.to_vec();
    known.sort_unstable();
    assert_eq!(bare, known);
}

#[tokio::test]
async fn the_documentation_is_served_from_here() {
    let test = shop().await;
    let page = test.get("/api/docs/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text().contains("https://"), "{}", page.text());
    assert_eq!(test.get("/api/docs/swagger-ui-bundle.js").await.status, StatusCode::OK);
    assert!(test.get("/api/docs/swagger-initializer.js").await.text().contains("/api/v1/openapi.json"));
}
