//! Members by HTTP: who may do what, and what comes back.

use crate::common::{TestShop, shop};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::process::Command;
use wire::{CouponBatch, MemberCode, MemberView, ResolvedCoupon, SoldGiftCard, StoredValue};

/// Signs one of the shop's own people in; returns the session cookie.
async fn staff(test: &TestShop, phone: &str) -> String {
    test.post("/api/v1/auth/code", &json!({"phone": phone})).await;
    let answer = test.post("/api/v1/staff/sign-in", &json!({"phone": phone, "code": test.mailbox.last_code()})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.session()
}

#[tokio::test]
async fn a_member_is_served_at_the_till() {
    let test = shop().await;
    let (member, clerk) = (test.sign_in("13800000001").await, staff(&test, "13900000001").await);
    let shown: MemberCode = test.get_as("/api/v1/account/code", &member).await.json();
    assert!(shown.qr_svg.starts_with("<svg") && (1..=30).contains(&shown.refresh_seconds), "{shown:?}");
    let find = json!({"text": shown.code});
    for (cookie, status) in [("", 401), (member.as_str(), 403)] {
        assert_eq!(test.post_as("/api/v1/staff/members/find", &find, cookie).await.status, status);
    }
    let view: MemberView = test.post_as("/api/v1/staff/members/find", &find, &clerk).await.json();
    assert_eq!((view.phone.as_str(), view.name.as_str(), view.points), ("138****0001", "林**", 320));
    let path = format!("/api/v1/staff/members/{}", view.id);
    let again: MemberView = test.get_as(&path, &clerk).await.json();
    assert_eq!((again.id, again.shown), (view.id, true), "who showed the code is there for a sale");
    let top_up = json!({"idempotency_key": "top-up-1", "amount": 5000, "tender": "cash"});
    for _ in 0..2 {
        let view: MemberView = test.post_as(&format!("{path}/top-up"), &top_up, &clerk).await.json();
        assert_eq!(view.value, 5000);
    }
    let adjust = json!({"idempotency_key": "adjust-1", "points": 5, "reason": "test"});
    assert_eq!(test.post_as(&format!("{path}/adjust"), &adjust, &clerk).await.status, 403, "not a clerk's to do");

    let sell = json!({"idempotency_key": "card-1234", "amount": 10000, "tender": "card_terminal"});
    let sold: SoldGiftCard = test.post_as("/api/v1/staff/gift-cards", &sell, &clerk).await.json();
    let redeem = json!({"code": sold.code});
    assert_eq!(test.post("/api/v1/account/gift-cards", &redeem).await.status, 401);
    let stored: StoredValue = test.post_as("/api/v1/account/gift-cards", &redeem, &member).await.json();
    assert_eq!((stored.balance, stored.cards.len()), (15_000, 1));
    let account: Value = test.get_as("/api/v1/account", &member).await.json();
    assert_eq!(account["value"]["balance"], 15_000);
    let page = test.get_as("/account", &member).await;
    assert_eq!(page.status, StatusCode::OK);
    for text in ["¥150.00", "会员码", "升级为金卡会员", "储值余额"] {
        assert!(page.text().contains(text), "{text}");
    }
}

#[tokio::test]
async fn a_batch_of_codes_is_downloaded_and_one_is_used() {
    let test = shop().await;
    let merchandiser = staff(&test, "13900000004").await;
    let clerk = staff(&test, "13900000001").await;
    let make = json!({"idempotency_key": "batch-01", "coupon": "TEA15", "prefix": "WEB1", "codes": 20_001});
    assert_eq!(test.post_as("/api/v1/staff/coupon-batches", &make, &clerk).await.status, 403);
    let made: CouponBatch = test.post_as("/api/v1/staff/coupon-batches", &make, &merchandiser).await.json();
    let path = format!("/api/v1/staff/coupon-batches/{}", made.id);
    assert_eq!(test.get(&format!("{path}/codes")).await.status, 401);
    let file = test.get_as(&format!("{path}/codes"), &merchandiser).await;
    assert_eq!((file.header("content-type"), file.header("cache-control")), ("text/csv; charset=utf-8", "no-store"));
    let text = file.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines.len(), lines[0]), (20_002, "code"));

    let known: ResolvedCoupon = test.post("/api/v1/coupons/resolve", &json!({"code": lines[20_001]})).await.json();
    assert_eq!((known.coupon.as_str(), known.why_not), ("TEA15", None));
    let mut cart = test.cart("TEA-POT-120", 1).await;
    cart["coupons"] = json!(["TEA15"]);
    let mut order = test.order_of(cart, "order-key-1", "").await;
    let refused = test.post("/api/v1/orders", &order).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json::<Value>()["errors"][0]["field"], "codes");
    order["codes"] = json!([known.code]);
    let placed = test.post("/api/v1/orders", &order).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.text());
    let batches: Vec<CouponBatch> = test.get_as("/api/v1/staff/coupon-batches", &merchandiser).await.json();
    assert_eq!((batches[0].counts[0].state.as_str(), batches[0].counts[0].count), ("used", 1));
    let closed: CouponBatch = test.post_as(&format!("{path}/close"), &json!({}), &merchandiser).await.json();
    assert!(closed.closed_at.is_some());
}

/// Keys of nobody: no personal data is read here.
fn vault() -> vault::Vault {
    let ring = services::DataKeyRing::generate(0).unwrap();
    vault::Vault::new(std::sync::Arc::new(services::FixedDataKeys::new(ring)))
}

#[tokio::test]
async fn the_ledger_is_proved_on_the_command_line() {
    let test = shop().await;
    let clerk = staff(&test, "13900000001").await;
    let sell = json!({"idempotency_key": "card-1234", "amount": 10000, "tender": "cash"});
    test.post_as("/api/v1/staff/gift-cards", &sell, &clerk).await;
    test.state.services.close().await;
    let database = format!("sqlite://{}?mode=rwc", test.dir.path().join("shop.db").display());
    let data = test.dir.path().join("data").display().to_string();
    let prove = || {
        let output = Command::new(env!("CARGO_BIN_EXE_concord"))
            .args(["ledger", "--database-url", &database, "--data-dir", &data, "prove"])
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, text) = prove();
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("card-issue") && text.contains("postings sum to 0") && text.ends_with("proved\n"), "{text}");
    let db = storage::Db::open(&database, vault()).await.unwrap();
    storage::Query::run(&db, "UPDATE ledger_balances SET balance = balance - 1 WHERE unit = 'CNY'", vec![])
        .await
        .unwrap();
    db.close().await;
    let (code, text) = prove();
    assert!(
        code == Some(1) && text.contains("DIFFERENT balance gift-card:") && text.ends_with("NOT PROVED\n"),
        "{text}"
    );
}
