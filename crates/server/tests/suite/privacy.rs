//! Personal data over HTTP and on the command line.

use crate::common::{TestShop, shop};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::process::Command;
use wire::{Account, AuditEntry, Erased, Person, PersonExport, Privacy};

/// Signs one of the shop's own people in; returns the session cookie.
async fn staff(test: &TestShop, phone: &str) -> String {
    test.clock.advance_hours(1);
    let sent = test.post("/api/v1/auth/code", &json!({"phone": phone})).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    let request = json!({"phone": phone, "code": test.mailbox.last_code()});
    let answer = test.post("/api/v1/staff/sign-in", &request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.session()
}

async fn member(test: &TestShop, cookie: &str) -> String {
    let account: Account = test.get_as("/api/v1/account", cookie).await.json();
    account.member.id.to_string()
}

/// Runs the binary on the test's database; returns its exit code, standard output and standard error.
fn concord(test: &TestShop, arguments: &[&str]) -> (i32, String, String) {
    let database = format!("sqlite://{}?mode=rwc", test.dir.path().join("shop.db").display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_concord"));
    command.args(arguments).env("CONCORD_DATABASE_URL", database).env("CONCORD_DATA_DIR", test.dir.path().join("data"));
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[tokio::test]
async fn a_member_answers_takes_the_data_along_and_leaves() {
    let test = shop().await;
    assert_eq!(test.get("/api/v1/account/privacy").await.status, StatusCode::UNAUTHORIZED);
    let cookie = test.sign_in("13800000001").await;
    let privacy: Privacy = test.get_as("/api/v1/account/privacy", &cookie).await.json();
    let version = &privacy.consents[0].text_version;
    let answer = json!({"purpose": "marketing_sms", "given": true, "text_version": version});
    let put = test.put_as("/api/v1/account/privacy", &answer, &cookie).await;
    assert!(put.json::<Privacy>().consents[0].given, "{}", put.text());
    let wrong = test.put_as("/api/v1/account/privacy", &json!({"purpose": "spying", "given": true}), &cookie).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    let export = test.post_as("/api/v1/account/export", &Value::Null, &cookie).await;
    assert!(export.header("content-disposition").starts_with("attachment"), "{}", export.text());
    let export: PersonExport = export.json();
    assert_eq!((export.profile.phone.as_str(), export.consents.len()), ("+8613800000001", 1));

    test.clock.advance_hours(1);
    let sent = test.post_as("/api/v1/account/erase/code", &Value::Null, &cookie).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    let code = test.mailbox.last_code();
    let kept = test.post_as("/api/v1/account/erase", &json!({"code": code}), &cookie).await;
    assert_eq!(kept.status, StatusCode::CONFLICT, "there are points: {}", kept.text());
    let erase = json!({"code": code, "give_up_points": true});
    let erased = test.post_as("/api/v1/account/erase", &erase, &cookie).await;
    assert_eq!((erased.status, erased.session().as_str()), (StatusCode::OK, "session="), "{}", erased.text());
    assert_eq!(test.get_as("/api/v1/account", &cookie).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_shops_people_look_for_a_reason_and_are_seen() {
    let test = shop().await;
    let id = member(&test, &test.sign_in("13800000001").await).await;
    let (clerk, service) = (staff(&test, "13900000001").await, staff(&test, "13900000003").await);
    let found = test.post_as("/api/v1/staff/persons/find", &json!({"phone": "13800000001"}), &clerk).await;
    assert_eq!(found.json::<Person>().phone, "138****0001");
    let unmask = format!("/api/v1/staff/persons/{id}/unmask");
    let reason = json!({"reason": "calls back"});
    assert_eq!(test.post_as(&unmask, &reason, &clerk).await.status, StatusCode::FORBIDDEN);
    assert_eq!(test.post(&unmask, &reason).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(test.post_as(&unmask, &json!({"reason": ""}), &service).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let full: Person = test.post_as(&unmask, &reason, &service).await.json();
    assert_eq!((full.phone.as_str(), full.full), ("+8613800000001", true));

    assert_eq!(test.get_as("/api/v1/staff/audit", &service).await.status, StatusCode::FORBIDDEN);
    let admin = staff(&test, "13900000005").await;
    let log: Vec<AuditEntry> = test.get_as(&format!("/api/v1/staff/audit?member={id}"), &admin).await.json();
    assert_eq!(log.iter().map(|one| one.action.as_str()).collect::<Vec<_>>(), ["unmask", "find"]);
    assert_eq!(log[0].ip.as_deref(), Some("192.0.2.7"));
    let erase = json!({"reason": "asked by letter", "give_up_points": true});
    let erased = test.post_as(&format!("/api/v1/staff/persons/{id}/erase"), &erase, &service).await;
    assert_eq!(erased.json::<Erased>().sessions, 1);
    let none = test.post_as("/api/v1/staff/persons/find", &json!({"phone": "13800000001"}), &clerk).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    assert_eq!(test.get_as("/api/v1/staff/messages?state=waiting", &admin).await.status, StatusCode::OK);
    assert_eq!(test.get_as("/api/v1/staff/messages?state=lost", &admin).await.status, StatusCode::BAD_REQUEST);
    let retry = test.post_as("/api/v1/staff/messages/none/retry", &Value::Null, &admin).await;
    assert_eq!(retry.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn keys_rotate_on_the_command_line_while_the_server_runs() {
    let test = shop().await;
    let cookie = test.sign_in("13800000001").await;
    let (code, said, errors) = concord(&test, &["keys", "rotate-data", "--wait-seconds", "0"]);
    assert!(code == 0 && said.contains("seals from now on") && said.contains("is dropped"), "{said}{errors}");
    // The running server reads and writes with the new key.
    let account: Account = test.get_as("/api/v1/account", &cookie).await.json();
    assert_eq!(account.member.phone, "138****0001");
    test.clock.advance_hours(1);
    test.sign_in("13712345678").await;
    let (code, said, errors) = concord(&test, &["keys", "reseal-data"]);
    assert!(code == 0 && said.starts_with("0 texts") && said.matches(" texts").count() == 2, "{said}{errors}");

    let export = ["person", "export", "--phone", "13800000001", "--reason", "asked by letter"];
    let (code, text, errors) = concord(&test, &export);
    let export: PersonExport = serde_json::from_str(&text).expect(&errors);
    assert_eq!((code, export.profile.phone.as_str()), (0, "+8613800000001"));
    let member = export.profile.member.to_string();
    let erase = ["person", "erase", "--member", &member, "--reason", "asked by letter"];
    let (code, _, errors) = concord(&test, &erase);
    assert!(code == 1 && errors.contains("points"), "{errors}");
    let (code, said, errors) = concord(&test, &[&erase[..], &["--give-up-points"]].concat());
    assert!(code == 0 && said.contains("1 sessions"), "{said}{errors}");
    assert_eq!(test.get_as("/api/v1/account", &cookie).await.status, StatusCode::UNAUTHORIZED);

    // Keys of another folder are refused before anything is read.
    let mut other = Command::new(env!("CARGO_BIN_EXE_concord"));
    let database = format!("sqlite://{}?mode=rwc", test.dir.path().join("shop.db").display());
    other
        .args(["reprice", "--since", "2026-01-01", "--database-url", &database, "--data-dir"])
        .arg(test.dir.path().join("elsewhere"));
    let output = other.output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && errors.contains("data-keys.json"), "{errors}");
}
