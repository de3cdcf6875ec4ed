//! Cookies, security headers, caching, request ids, pictures and files.

use crate::common::{request, shop, shop_with};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn every_answer_says_what_browsers_must_not_do() {
    let test = shop().await;
    for path in ["/", "/api/v1/shop", "/api/docs/", "/img/mark.svg", "/no-such-page", "/healthz", "/api/v1/none"] {
        let answer = test.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src"), "{path}");
        assert!(
            !answer.header("referrer-policy").is_empty() && !answer.header("permissions-policy").is_empty(),
            "{path}"
        );
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}: never over plain http");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_page_runs_its_own_scripts_only() {
    let test = shop().await;
    let (first, second) = (test.get("/").await, test.get("/").await);
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    let policy = first.header("content-security-policy").to_owned();
    for part in
        ["default-src 'self'", "'wasm-unsafe-eval'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]
    {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert!(!policy.contains("'unsafe-eval'") && !policy.contains("https:"), "{policy}");
    let script_src = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap();
    assert!(!script_src.contains("unsafe-inline"));
    let nonce = script_src.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(first.text().contains(&format!("nonce=\"{nonce}\"")), "the page's script carries the nonce");
    assert!(!second.header("content-security-policy").contains(nonce), "and the next page another one");
}

#[tokio::test]
async fn over_https_cookies_are_bound_to_the_host() {
    let test = shop_with(&["--public-url", "https://shop.example"]).await;
    assert!(test.get("/").await.header("strict-transport-security").starts_with("max-age="));
    test.post("/api/v1/auth/code", &json!({"phone": "13912345678"})).await;
    let body = json!({"phone": "13912345678", "code": test.mailbox.last_code()});
    let builder = request(Method::POST, "/api/v1/auth/sign-in").header(header::CONTENT_TYPE, "application/json");
    let answer =
        test.send(builder.header("origin", "https://shop.example").body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let cookie = answer.cookies()[0].to_owned();
    assert!(cookie.starts_with("__Host-session="), "{cookie}");
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("Domain"));
}

#[tokio::test]
async fn signing_in_changes_the_session_secret() {
    let test = shop().await;
    let first = test.sign_in("13912345678").await;
    assert!(first.len() > 40, "256 bits in base64");
    test.clock.advance_hours(1);
    test.post("/api/v1/auth/code", &json!({"phone": "13912345678"})).await;
    let body = json!({"phone": "13912345678", "code": test.mailbox.last_code()});
    let second = test.post_as("/api/v1/auth/sign-in", &body, &first).await.session();
    assert_ne!(first, second);
    let session = |cookie: String| async { test.get_as("/api/v1/session", &{ cookie }).await.json::<wire::Session>() };
    assert!(session(first).await.member.is_none(), "the old secret is worth nothing");
    assert!(session(second).await.member.is_some());
}

#[tokio::test]
async fn files_and_pictures_are_kept_as_long_as_they_hold() {
    let test = shop().await;
    let built = test.get("/pkg/b1/concord.css").await;
    assert_eq!((built.status, built.header("cache-control")), (StatusCode::OK, "public, max-age=31536000, immutable"));
    let gone = test.get("/pkg/b0/concord.css").await;
    assert_eq!((gone.status, gone.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"));
    assert_eq!(test.get("/robots.txt").await.text(), "User-agent: *\n");
    assert_eq!(test.get("/../data/secret").await.status, StatusCode::NOT_FOUND);
    assert_eq!(test.get("/%2e%2e/data/secret").await.status, StatusCode::NOT_FOUND);

    let picture = test.get("/img/p/longjing-tea-tin.svg").await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    assert!(picture.header("content-security-policy").contains("sandbox"));
    let tag = picture.header("etag").to_owned();
    let again = request(Method::GET, "/img/p/longjing-tea-tin.svg").header(header::IF_NONE_MATCH, &tag);
    let again = test.send(again.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    for path in ["/img/banner-1280x480.svg", "/img/mark.svg"] {
        assert_eq!(test.get(path).await.status, StatusCode::OK, "{path}");
    }
    for path in ["/img/p/no-such.svg", "/img/p/longjing-tea-tin.png", "/img/banner-0x0.svg", "/img/other.svg"] {
        assert_eq!(test.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn answers_are_compressed_for_who_asks_and_named_by_the_callers_id() {
    let test = shop().await;
    let builder = request(Method::GET, "/api/v1/shop")
        .header(header::ACCEPT_ENCODING, "br, gzip")
        .header("x-request-id", "till-7");
    let answer = test.send(builder.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.header("content-encoding"), answer.header("x-request-id")), ("br", "till-7"));
    assert_eq!(test.get("/readyz").await.text(), "ready\n");
}
