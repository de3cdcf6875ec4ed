//! The command line, as an operator uses it.

use crate::common::shop;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Runs the binary; returns its exit code, standard output and standard error.
fn concord(arguments: &[&str]) -> (i32, String, String) {
    concord_with(Path::new("no-such-folder"), arguments)
}

/// The same with the keys of a folder.
fn concord_with(data: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_concord"));
    let output = command.args(arguments).env("CONCORD_DATA_DIR", data).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn import(kind: &str, file: &Path, database: &str, more: &[&str]) -> (i32, String, String) {
    let data = file.with_file_name("keys");
    let file = file.display().to_string();
    concord_with(&data, &[&["import", kind, &file, "--database-url", database], more].concat())
}

#[test]
fn an_import_shows_then_writes_then_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}?mode=rwc", dir.path().join("x.db").display());
    let file = dir.path().join("products.csv");
    std::fs::write(&file, demo::PRODUCTS_CSV).unwrap();
    let (code, shown, _) = import("products", &file, &database, &[]);
    assert!(code == 0 && shown.contains("+ longjing-tea-tin") && shown.contains("Dry run"), "{shown}");
    let (code, written, errors) = import("products", &file, &database, &["--commit"]);
    assert!(code == 0 && written.contains("Imported."), "{written}{errors}");
    let (code, again, _) = import("products", &file, &database, &["--commit"]);
    assert!(code == 0 && again.contains("Nothing to do"), "{again}");
}

#[test]
fn every_bad_row_is_named_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}?mode=rwc", dir.path().join("x.db").display());
    let file = dir.path().join("bad.csv");
    std::fs::write(&file, "Handle,Title,Variant SKU,Variant Price\na,A,S1,1.00\nb,B,S2,abc\nc,,S3,5\n").unwrap();
    let (code, _, errors) = import("products", &file, &database, &["--commit"]);
    assert_eq!(code, 1);
    assert!(errors.contains("bad.csv:3 Variant Price:") && errors.contains("bad.csv:4 Title:"), "{errors}");
    std::fs::write(&file, "Handle,Title,Variant SKU,Variant Price\na,A,S1,1.00\n").unwrap();
    let (_, shown, _) = import("products", &file, &database, &[]);
    assert!(shown.contains("+ a"), "nothing was written before: {shown}");
}

#[test]
fn the_document_is_printed_without_a_database() {
    let (code, text, _) = concord(&["openapi"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, document["info"]["title"].as_str()), (0, Some("Concord")));
}

#[tokio::test]
async fn an_order_explains_itself() {
    let test = shop().await;
    let (sku, _) = test.some_sku().await;
    let placed = test.post("/api/v1/orders", &test.order_of(test.cart(&sku, 2).await, "order-key-9", "").await).await;
    let order: wire::Order = placed.json();
    let file = test.dir.path().join("shop.db").display().to_string();
    let database = format!("sqlite://{file}?mode=rwc");
    let explain = |more: &[&str]| {
        let data = test.dir.path().join("data");
        concord_with(
            &data,
            &[&["explain", "--order", order.number.as_str(), "--database-url", &database], more].concat(),
        )
    };
    for (lang, same) in [("zh", "逐字节相同"), ("en", "the same bytes")] {
        let (code, text, errors) = explain(&["--lang", lang]);
        let payable = money::format_amount(order.quote.payable, order.quote.currency, money::Locale::En);
        assert!(code == 0 && text.contains(&order.quote.hash) && text.contains(same), "{text}{errors}");
        assert!(text.lines().any(|line| line.ends_with(&format!(" {payable}"))), "{payable} in {text}");
        for applied in &order.quote.applied {
            let name = applied.name.get(money::Locale::from_tag(lang).unwrap());
            assert!(text.contains(name), "{name} in {text}");
        }
    }
    let (code, text, errors) = explain(&["--json"]);
    let trace: Value = serde_json::from_str(&text).expect(&errors);
    assert!(code == 0 && trace["again"]["same_bytes"] == true, "{text}");
    let applied = trace["promotions"].as_array().unwrap().iter().filter(|one| one["fate"] == "applied");
    let amounts: i64 = applied.map(|one| one["amount"].as_i64().unwrap()).sum();
    let of_quote: i64 = order.quote.applied.iter().map(|one| one.amount).sum();
    assert_eq!(amounts, of_quote, "{text}");
    let missing = format!("sqlite://{file}.no");
    let (code, _, errors) = concord(&["explain", "--order", "x", "--database-url", &missing]);
    assert!(code == 1 && errors.contains("there is no database"), "{errors}");
}

/// 15 % off and ¥30 off ¥200, on ¥200.00: which comes first decides what the shopper pays.
const CASES: &str = r#"[
  {"id": "a", "currency": "CNY", "lines": [{"id": "1", "sku": "A", "price": "100.00", "quantity": 2}],
   "coupons": ["GONE"], "points": {"earn": "1", "value": "0"}, "member": {}, "spend": {"gift_cards": ["20.00"]},
   "promotions": [
     {"id": "share", "class": "order", "priority": 1, "then": {"percent": "15", "on": "order"}},
     {"id": "threshold", "class": "order", "priority": 2, "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}},
     {"id": "sample", "class": "order", "priority": 3, "then": {"gift": {"sku": "G", "quantity": 1}}}]},
  {"id": "b", "currency": "CNY", "lines": [{"id": "1", "sku": "A", "price": "1.005", "quantity": 1}]},
  {"id": "c", "currency": "CNY", "lines": [], "surprise": 1},
  {"id": "d", "currency": "JPY", "lines": [{"id": "1", "sku": "A", "price": "100", "quantity": 1}], "tax": {"included": false, "rate": "0.10"}}
]"#;

#[test]
fn cases_are_priced_line_by_line_and_a_bad_one_stops_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("cases.json");
    std::fs::write(&file, CASES).unwrap();
    let file = file.display().to_string();
    let (code, best, errors) = concord(&["quote", &file]);
    let rows: Vec<&str> = best.lines().collect();
    assert_eq!((code, rows.len()), (1, 4), "{best}{errors}");
    // ¥200.00 less ¥30.00, then 15 % of ¥170.00; the merchant's order takes 15 % of ¥200.00 first, and ¥170.00 miss the threshold.
    assert_eq!(
        rows[0],
        r#"{"id":"a","lines":{"1":{"discount":"55.50","total":"144.50","tax":"0.00"}},"subtotal":"200.00","discount":"55.50","shipping":"0.00","shipping_discount":"0.00","tax":"0.00","total":"144.50","payable":"124.50","applied":["sample","share","threshold"],"refused":["GONE"],"gifts":{"G":1},"points_earned":144,"certificate":"optimal"}"#
    );
    let error = |row: &str| serde_json::from_str::<Value>(row).unwrap()["error"].as_str().unwrap().to_owned();
    assert!(rows[1].starts_with(r#"{"id":"b","error":"#) && error(rows[1]).contains("more decimals"), "{}", rows[1]);
    assert!(rows[2].starts_with(r#"{"id":"c","error":"#) && error(rows[2]).contains("surprise"), "{}", rows[2]);
    let yen: Value = serde_json::from_str(rows[3]).unwrap();
    assert_eq!((&yen["total"], &yen["tax"]), (&"110".into(), &"10".into()));
    let (_, pinned, _) = concord(&["quote", &file, "--resolution", "pinned"]);
    let first: Value = serde_json::from_str(pinned.lines().next().unwrap()).unwrap();
    assert_eq!((&first["total"], &first["certificate"]), (&"170.00".into(), &"pinned".into()), "{pinned}");
}

#[test]
fn what_is_no_file_of_cases_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("no-cases.json");
    std::fs::write(&file, "{}").unwrap();
    let (code, _, errors) = concord(&["quote", &file.display().to_string()]);
    assert!(code == 1 && errors.contains("no-cases.json") && errors.contains("expected a sequence"), "{errors}");
}
