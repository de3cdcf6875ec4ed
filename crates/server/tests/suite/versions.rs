//! Versions of the price book and held quotes, as an operator and a client use them.

use crate::common::{TestShop, shop};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::process::Command;
use storage::{Db, Query};
use wire::{HeldQuote, Order, Problem};

/// Runs the binary on the shop's database; returns its exit code, standard output and standard error.
fn concord(test: &TestShop, arguments: &[&str]) -> (i32, String, String) {
    let database = format!("sqlite://{}?mode=rwc", test.dir.path().join("shop.db").display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_concord"));
    command.args(arguments).env("CONCORD_DATABASE_URL", database).env("CONCORD_DATA_DIR", test.dir.path().join("data"));
    let output = command.env("USER", "lin").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The output of a command that must succeed.
fn done(test: &TestShop, arguments: &[&str]) -> String {
    let (code, text, errors) = concord(test, arguments);
    assert_eq!(code, 0, "{arguments:?}: {text}{errors}");
    text
}

/// Writes a draft: the book in force, edited.
fn draft(test: &TestShop, edit: impl FnOnce(&mut Value)) -> String {
    let mut book: Value = serde_json::from_str(&done(test, &["book", "show", "--json"])).unwrap();
    edit(&mut book);
    let file = test.dir.path().join("draft.json");
    std::fs::write(&file, book.to_string()).unwrap();
    file.display().to_string()
}

fn sku_of<'b>(book: &'b mut Value, sku: &str) -> &'b mut Value {
    book["skus"].as_array_mut().unwrap().iter_mut().find(|one| one["sku"] == sku).unwrap()
}

#[tokio::test]
async fn a_version_is_published_compared_activated_and_taken_back() {
    let test = shop().await;
    let (sku, _) = test.some_sku().await;
    let mut old = String::new();
    let file = draft(&test, |book| {
        let price = &mut sku_of(book, &sku)["price"];
        old = price.as_str().unwrap().to_owned();
        *price = json!("1.23");
    });
    let published = done(&test, &["book", "publish", &file, "--reason", "spring", "--lang", "en"]);
    let id = published.split(' ').next().unwrap().to_owned();
    assert!(id.len() == 64 && published.contains("published"), "{published}");
    let first: wire::Shop = test.read("/api/v1/shop").await;
    let first = first.book.to_string();
    let told = done(&test, &["book", "diff", "current", &id[..12], "--lang", "en"]);
    assert_eq!(told, format!("{sku}: price {old} → 1.23\n"));
    assert_eq!(done(&test, &["book", "diff", "current", &id[..12]]), format!("{sku}：价格 {old} → 1.23\n"));
    assert!(done(&test, &["book", "diff", &id, &id, "--lang", "en"]).contains("Nothing differs"));
    let held = done(&test, &["book", "activate", &id[..8], "--lang", "en"]);
    assert!(held.contains("holds from") && held.contains(&first[..12]), "{held}");
    // The running server was told by the database only.
    test.clock.advance_hours(1);
    assert_eq!(test.read::<wire::Shop>("/api/v1/shop").await.book.to_string(), id);
    let listed = done(&test, &["book", "list", "--lang", "en"]);
    assert!(listed.contains(&format!("* {}  holds since", &id[..12])) && listed.contains("lin “spring”"), "{listed}");
    assert!(done(&test, &["book", "show", &id[..12]]).starts_with(&id));
    let (code, _, errors) = concord(&test, &["book", "rollback", "--lang", "en"]);
    assert!(code == 1 && errors.contains("--reason"), "{errors}");
    let back = done(&test, &["book", "rollback", "--reason", "wrong price", "--lang", "en"]);
    assert!(back.starts_with(&first[..12]), "{back}");
    assert!(done(&test, &["book", "list", "--lang", "en"]).contains("rolled back lin “wrong price”"));
    let later = done(&test, &["book", "activate", &id[..8], "--at", "2099-01-01", "--lang", "en"]);
    assert!(later.contains("2099-01-01 00:00:00"), "{later}");
    let off = done(&test, &["book", "cancel", &id[..8], "--reason", "no sale", "--lang", "en"]);
    assert!(off.contains("will not hold from 2099-01-01 00:00:00") && off.contains(&first[..12]), "{off}");
    let listed = done(&test, &["book", "list", "--lang", "en"]);
    assert!(listed.contains("called off") && listed.contains("“no sale”"), "{listed}");
    let (code, _, errors) = concord(&test, &["book", "cancel", &id[..8], "--reason", "again", "--lang", "en"]);
    assert!(code == 1 && errors.contains("No activation of this version is scheduled"), "{errors}");
}

#[tokio::test]
async fn what_is_wrong_with_a_book_is_named() {
    let test = shop().await;
    let file = draft(&test, |book| {
        let again = book["skus"][0].clone();
        book["skus"].as_array_mut().unwrap().push(again);
        book["promotions"][1]["then"] = json!({"percent": "150", "on": "order"});
    });
    let (code, _, errors) = concord(&test, &["book", "publish", &file, "--lang", "en"]);
    assert_eq!(code, 1);
    assert!(errors.contains("is listed twice") && errors.contains("promotion ") && errors.contains("(2)"), "{errors}");
    let file = draft(&test, |book| book["promotions"][2]["then"] = json!({"wonder": 1}));
    let (code, _, errors) = concord(&test, &["book", "publish", &file]);
    assert!(code == 1 && errors.contains("promotions[2]") && errors.contains("wonder"), "{errors}");
    let rows: [(&[&str], &str); 6] = [
        (&["book", "publish", "/no/such/file"], "cannot read /no/such/file"),
        (&["book", "show", "feedfeed", "--lang", "en"], "There is no such version"),
        (&["book", "show", "x", "--lang", "en"], "names no version"),
        (&["book", "activate", "current", "--at", "2020-01-01", "--lang", "en"], "is past"),
        (&["book", "activate", "current", "--at", "soon"], "is no instant"),
        (&["book", "rollback", "--reason", "r", "--lang", "en"], "nothing to go back to"),
    ];
    for (arguments, expected) in rows {
        let (code, text, errors) = concord(&test, arguments);
        assert!(code == 1 && errors.contains(expected), "{arguments:?}: {text}{errors}");
    }
}

#[tokio::test]
async fn past_orders_are_computed_again() {
    let test = shop().await;
    let (sku, _) = test.some_sku().await;
    let body = test.order_of(test.cart(&sku, 2).await, "order-key-7", "").await;
    let order: Order = test.post("/api/v1/orders", &body).await.json();
    let since = "2026-01-01";
    assert!(done(&test, &["reprice", "--since", since]).ends_with("1 orders, 0 differ\n"));
    // One byte of the stored quote, behind the shop's back.
    let db = Db::open(&format!("sqlite://{}", test.dir.path().join("shop.db").display()), vault::Vault::closed())
        .await
        .unwrap();
    let values = vec![format!("\"payable\":{}", order.quote.payable).into(), "\"payable\":7".into()];
    db.run("UPDATE orders SET quote = replace(quote, $1, $2)", values).await.unwrap();
    db.close().await;
    let (code, text, _) = concord(&test, &["reprice", "--since", since]);
    let told = format!("{}: payable: stored 7, again {}\n1 orders, 1 differ\n", order.number, order.quote.payable);
    assert_eq!((code, text), (1, told));
    assert!(done(&test, &["reprice", "--since", "2099-01-01T00:00:00Z"]).ends_with("0 orders, 0 differ\n"));
    let (code, _, errors) = concord(&test, &["reprice", "--since", "yesterday"]);
    assert!(code == 1 && errors.contains("--since"), "{errors}");
}

#[tokio::test]
async fn a_held_quote_goes_into_one_order_and_keys_rotate() {
    let test = shop().await;
    let (sku, _) = test.some_sku().await;
    let cart = test.cart(&sku, 1).await;
    let answer = test.post("/api/v1/quotes/hold", &json!({"cart": cart})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let held: HeldQuote = answer.json();
    let file = draft(&test, |book| sku_of(book, &sku)["price"] = json!("8888.00"));
    let id = done(&test, &["book", "publish", &file]);
    done(&test, &["book", "activate", &id[..12]]);
    let rotated = done(&test, &["keys", "rotate"]);
    assert!(rotated.lines().count() == 2 && rotated.contains("signs") && rotated.contains("known"), "{rotated}");
    let mut body = test.order_of(cart.clone(), "key-hold-1", "").await;
    body["quote_hash"] = json!(held.quote.hash);
    body["held"] = json!(held.token);
    let placed = test.post("/api/v1/orders", &body).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.text());
    assert_eq!(placed.json::<Order>().quote, held.quote);
    let check = |answer: crate::common::Answer, status: u16, kind: &str| {
        let problem: Problem = answer.json();
        assert_eq!((problem.status, problem.kind.as_str()), (status, format!("/problems/{kind}").as_str()));
        assert!(!problem.detail.zh.is_empty() && !problem.detail.en.is_empty());
    };
    body["idempotency_key"] = json!("key-hold-2");
    check(test.post("/api/v1/orders", &body).await, 409, "held-used");
    let member = test.sign_in("13912345678").await;
    check(test.post_as("/api/v1/orders", &body, &member).await, 403, "held-other-member");
    body["held"] = json!(format!("{}x", held.token));
    check(test.post("/api/v1/orders", &body).await, 422, "held-invalid");
    let fresh: HeldQuote = test.post("/api/v1/quotes/hold", &json!({"cart": cart})).await.json();
    (body["held"], body["quote_hash"]) = (json!(fresh.token), json!(fresh.quote.hash));
    done(&test, &["keys", "rotate", "--forget"]);
    check(test.post("/api/v1/orders", &body).await, 422, "held-unknown-key");
    let fresh: HeldQuote = test.post("/api/v1/quotes/hold", &json!({"cart": cart})).await.json();
    (body["held"], body["quote_hash"]) = (json!(fresh.token), json!(fresh.quote.hash));
    test.clock.advance_hours(1);
    check(test.post("/api/v1/orders", &body).await, 409, "held-expired");
}
