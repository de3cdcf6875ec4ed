//! Sessions: nobody gives one to somebody else, other sites use nobody's, and limits hold.

use crate::common::{TestShop, request, shop, shop_limited};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::json;

async fn sign_in(test: &TestShop, path: &str, phone: &str, cookie: &str) -> String {
    test.post_as("/api/v1/auth/code", &json!({"phone": phone}), cookie).await;
    let body = json!({"phone": phone, "code": test.mailbox.last_code()});
    let answer = test.post_as(path, &body, cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.session()
}

#[tokio::test]
async fn a_session_that_somebody_else_made_is_not_the_one_that_is_signed_in() {
    let test = shop().await;
    for (path, phone) in [("/api/v1/auth/sign-in", "13800000003"), ("/api/v1/staff/sign-in", "13900000001")] {
        let planted = test.post("/api/v1/session", &json!({})).await.session();
        let own = sign_in(&test, path, phone, &planted).await;
        assert_ne!(own, planted, "{path}: a new session at every sign-in");
        let account = test.get_as("/api/v1/account", &planted).await;
        assert_eq!(account.status, StatusCode::UNAUTHORIZED, "{path}");
        let staff = test.get_as("/api/v1/staff/people", &planted).await;
        assert_eq!(staff.status, StatusCode::UNAUTHORIZED, "{path}");
        // A session of one's own invention is no session either.
        let invented = format!("{}=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", planted.split('=').next().unwrap());
        assert_eq!(test.get_as("/api/v1/account", &invented).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn who_signs_out_leaves_a_session_that_opens_nothing() {
    let test = shop().await;
    let clerk = sign_in(&test, "/api/v1/staff/sign-in", "13900000001", "").await;
    assert_eq!(test.get_as("/api/v1/staff/stock", &clerk).await.status, StatusCode::OK);
    test.post_as("/api/v1/auth/sign-out", &json!({}), &clerk).await;
    assert_eq!(test.get_as("/api/v1/staff/stock", &clerk).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn pages_of_other_sites_change_nothing() {
    let test = shop().await;
    let clerk = sign_in(&test, "/api/v1/staff/sign-in", "13900000005", "").await;
    let writes: Vec<(&str, &str)> = include_str!("routes.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(method, path)| *method != "get" && !path.contains("/hooks/"))
        .collect();
    assert!(writes.len() > 50);
    for (method, path) in writes {
        let path = path.replace("{number}", "C1").replace("{id}", "x").replace("{member}", "x");
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        let foreign = request(method, &path)
            .header(header::COOKIE, &clerk)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ORIGIN, "https://evil.example")
            .header("sec-fetch-site", "cross-site");
        let answer = test.send(foreign.body(Body::from("{}")).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.text());
        assert!(answer.text().contains("foreign-origin"), "{path}");
    }
}

#[tokio::test]
async fn who_asks_for_too_many_codes_is_told_when_to_come_again() {
    let test = shop_limited("3").await;
    let mut answers = Vec::new();
    for at in 0..5 {
        let phone = format!("1380000100{at}");
        let answer = test.post("/api/v1/auth/code", &json!({"phone": phone})).await;
        answers.push((answer.status.as_u16(), !answer.header(header::RETRY_AFTER).is_empty()));
    }
    assert_eq!(answers, [(200, false), (200, false), (200, false), (429, true), (429, true)]);
}
