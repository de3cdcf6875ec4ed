//! Imports, on the demo shop.

use services::{Fault, ImportPlan, ImportReport, ServiceError, Services, Tally, Who};
use std::path::PathBuf;
use testkit::{Database, TestShop};
use wire::ProductQuery;

const HEAD: &str = "Handle,Title,Body (HTML),Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price,\
    Variant Compare At Price,Variant Barcode,Variant Inventory Qty,Image Src,Status\n";

async fn shop() -> TestShop {
    TestShop::new(Database::sqlite()).await
}

fn file(name: &str, text: impl Into<Vec<u8>>) -> Vec<(String, Vec<u8>)> {
    vec![(name.to_owned(), text.into())]
}

async fn plan(services: &Services, text: impl Into<Vec<u8>>) -> ImportPlan {
    services.plan_products(&file("p.csv", text)).await.expect("the database answers")
}

async fn import(services: &Services, text: &str) -> ImportReport {
    let plan = plan(services, text).await;
    assert_eq!(plan.faults, []);
    services.commit_products(plan, &mut |_, _| ()).await.expect("the plan has no faults")
}

fn said(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The file must be refused with a fault of that line and column whose message has these words.
async fn check(services: &Services, text: impl Into<Vec<u8>>, place: &str, words: &str) {
    let plan = plan(services, text).await;
    let all = said(&plan.faults);
    assert!(
        plan.faults.iter().any(|fault| fault.to_string().starts_with(&format!("p.csv:{place}: "))),
        "{place}\n{all}"
    );
    assert!(all.contains(words), "{words}\n{all}");
    assert!(plan.faults.iter().all(|fault| !fault.message.zh.is_empty()));
    let error = services.commit_products(plan, &mut |_, _| ()).await.expect_err("a plan with faults is refused");
    assert!(matches!(error, ServiceError::BadData(_)), "{error}");
}

#[tokio::test]
async fn bad_rows_are_named_and_nothing_is_imported() {
    let shop = shop().await;
    let services = &shop.services;
    let before = services.products(&Who::default(), &ProductQuery::default()).await.unwrap().total;
    for (rows, place, words) in [
        ("a,A,,,,,,S1,\"1,234.50\",,,,,", "2 Variant Price", "without commas, like 1234.50"),
        ("a,A,,,,,,S1,-1,,,,,", "2 Variant Price", "must not be negative"),
        ("a,A,,,,,,S1,¥5,,,,,", "2 Variant Price", "without a currency sign"),
        ("a,A,,,,,,S1,1.234,,,,,", "2 Variant Price", "too many decimals"),
        ("a,A,,,,,,S1,,,,,,", "2 Variant Price", "the price is missing"),
        ("a,A,,,,,,S1,5,x,,,,", "2 Variant Compare At Price", "like 1234.50"),
        ("a,,,,,,,S1,5,,,,,", "2 Title", "needs a title"),
        (",A,,,,,,S1,5,,,,,", "2 Handle", "the handle is missing"),
        ("a/b,A,,,,,,S1,5,,,,,", "2 Handle", "can't be part of an address"),
        ("a,A,,,,,,S1,5,,,,,\na,B,,,,,,S2,5,,,,,", "3 Handle", "same handle"),
        ("a,A,,,,,,S1,5,,,,,\nb,B,,,,,,S1,5,,,,,", "3 Variant SKU", "p.csv:2"),
        ("a,A,,,,,,S1,5,,6901234100112,,,", "2 Variant Barcode", "belongs to the product longjing-tea-tin"),
        ("a,A,,,,,,TEA-LJ-50,5,,,,,", "2 Variant SKU", "belongs to the product longjing-tea-tin"),
        ("a,A,,,,,,S1,5,,6291041500213,,,\nb,B,,,,,,S2,5,,6291041500213,,,", "3 Variant Barcode", "GTIN"),
        ("a,A,,,,Size,,S1,5,,,,,", "2 Option1 Value", "“Size” is missing"),
        ("a,A,,,,,Red,S1,5,,,,,", "2 Option1 Value", "has no name"),
        ("a,A,,,,Size,S,S1,5,,,,,\na,,,,,,S,S2,5,,,,,", "3 Option1 Value", "already"),
        ("a,A,,,,,,S1,5,,,many,,", "2 Variant Inventory Qty", "whole number"),
        ("a,A,,,,,,S1,5,,,,javascript:1,", "2 Image Src", "https://"),
        ("a,A,,,,,,S1,5,,,,,sold", "2 Status", "active, draft or archived"),
        ("a,A,,,,,,S1,5,,,,,\na,,,,,,,,,,,,,", "3 Variant Price", "neither a variant nor a picture"),
        ("a,A,,,,,,S1,5,,,,\nb,B,,,,,,S2,5,,,,,", "2", "13 cells and the header 14"),
    ] {
        check(services, format!("{HEAD}{rows}\n"), place, words).await;
    }
    check(services, "Handle,Title\na,A\n", "1 Variant Price", "this column is missing").await;
    check(services, "Handle,Title,Title,Variant Price\na,A,A,1\n", "1 Title", "there twice").await;
    check(services, "", "1 Handle", "this column is missing").await;
    check(services, b"Handle,Title,Variant Price\na,\xb2\xe8,1\n".as_slice(), "2", "CSV UTF-8").await;
    let after = services.products(&Who::default(), &ProductQuery::default()).await.unwrap().total;
    assert_eq!(before, after);
}

#[tokio::test]
async fn the_demo_loads_and_importing_it_again_changes_nothing() {
    let shop = shop().await;
    let list = shop.services.products(&Who::default(), &ProductQuery::default()).await.unwrap();
    assert!(list.total > 50, "{}", list.total);
    let products = plan(&shop.services, demo::PRODUCTS_CSV).await;
    assert_eq!((said(&products.faults), said(&products.warnings)), (String::new(), String::new()));
    assert_eq!((products.products.added, products.products.changed), (0, 0));
    assert_eq!(products.variants, Tally { unchanged: products.rows, ..Tally::default() });
    let texts = shop.services.plan_translations(&file("t.csv", demo::TRANSLATIONS_CSV)).await.unwrap();
    assert_eq!((said(&texts.faults), said(&texts.warnings)), (String::new(), String::new()));
    assert_eq!((texts.texts.added, texts.texts.changed), (0, 0));
    let stock = shop.services.plan_stock(&file("s.csv", demo::STOCK_CSV)).await.unwrap();
    assert_eq!((said(&stock.faults), stock.stock.added, stock.stock.changed), (String::new(), 0, 0));
    assert!(shop.services.commit_stock(stock, &mut |_, _| ()).await.unwrap().is_idle());
}

/// Shopify's own samples, which live beside the repository where they are there at all.
fn samples() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("CONCORD_SHARED").map_or(root, PathBuf::from);
    Some(shared.join("data/shopify")).filter(|folder| folder.is_dir())
}

#[tokio::test]
async fn the_samples_of_shopify_import_as_they_are() {
    let Some(folder) = samples() else { return eprintln!("skipped: there are no samples of Shopify") };
    let shop = shop().await;
    let names = ["apparel.csv", "home-and-garden.csv", "jewelery.csv"];
    let files = names.map(|name| (name.to_owned(), std::fs::read(folder.join(name)).unwrap()));
    let plan = shop.services.plan_products(&files).await.unwrap();
    assert_eq!((said(&plan.faults), plan.rows), (String::new(), 84));
    let mut told = Vec::new();
    let report = shop.services.commit_products(plan, &mut |done, all| told.push((done, all))).await.unwrap();
    assert_eq!((report.products.changed, report.variants.added), (0, 66));
    assert_eq!(told.last(), Some(&(report.products.added, report.products.added)));
    let again = shop.services.plan_products(&files).await.unwrap();
    assert_eq!(again.products, Tally { unchanged: report.products.added, ..Tally::default() });
    let handle = "chain-bracelet".parse().unwrap();
    let product = shop.services.product(&Who::default(), &handle).await.unwrap();
    assert_eq!(product.variants.len(), 2);
    let query = ProductQuery { q: Some("varsity".to_owned()), ..ProductQuery::default() };
    assert_eq!(shop.services.products(&Who::default(), &query).await.unwrap().total, 1);
}

#[tokio::test]
async fn excel_files_and_hostile_bodies_are_taken() {
    let shop = shop().await;
    let rows = "robe,\"\u{201c}Robe\u{201d}, \"\"long\"\"\",\"<p onclick=x()>Soft<script>alert(1)</script>\n</p>\",Robes,\"a, b,a\",Title,Default Title,,88,0,6291041500214,7,,\n";
    let text = format!("\u{feff}{HEAD}{rows}").replace('\n', "\r\n");
    let plan = plan(&shop.services, text.as_str()).await;
    assert_eq!((said(&plan.faults), plan.new_categories.as_slice()), (String::new(), ["Robes".to_owned()].as_slice()));
    assert!(said(&plan.warnings).starts_with("p.csv:2 Variant Barcode: "), "{}", said(&plan.warnings));
    shop.services.commit_products(plan, &mut |_, _| ()).await.unwrap();
    let product = shop.services.product(&Who::default(), &"robe".parse().unwrap()).await.unwrap();
    let body = &product.body_html.en;
    assert!(body.contains("Soft") && !body.contains("script") && !body.contains("onclick"), "{body}");
    assert_eq!(product.title.en, "\u{201c}Robe\u{201d}, \"long\"");
    assert_eq!((product.variants.len(), product.variants[0].sku.as_str()), (1, "robe"));
}

#[tokio::test]
async fn a_change_is_seen_and_holds_for_the_next_quote() {
    let shop = shop().await;
    let row = |price: &str| format!("{HEAD}mug,Mug,,,,Size,S,M-S,{price},,,,,\nmug,,,,,,L,,60,,,,,\n");
    assert_eq!(import(&shop.services, &row("50")).await.variants.added, 2);
    let report = import(&shop.services, &row("55")).await;
    assert_eq!((report.products.changed, report.variants.changed, report.variants.unchanged), (1, 1, 1));
    assert!(import(&shop.services, &row("55")).await.is_idle());
    let product = shop.services.product(&Who::default(), &"mug".parse().unwrap()).await.unwrap();
    let skus: Vec<&str> = product.variants.iter().map(|variant| variant.sku.as_str()).collect();
    assert_eq!(skus, ["M-S", "mug/L"]);
}

#[tokio::test]
async fn bad_translations_and_counts_are_named() {
    let shop = shop().await;
    let head = "Type,Identification,Field,Locale,Market,Status,Default content,Translated content\n";
    let rows = "PRODUCT,nothing,title,en,,,x,X\nPRODUCT,longjing-tea-tin,meta_title,en,,,x,X\n\
        PRODUCT_OPTION,longjing-tea-tin,name,en,,,颜色,Colour\nPRODUCT,longjing-tea-tin,title,en,,,x,One\n\
        PRODUCT,longjing-tea-tin,title,en,,,x,Two\n";
    let plan = shop.services.plan_translations(&file("t.csv", format!("{head}{rows}"))).await.unwrap();
    let faults: Vec<_> = plan.faults.iter().map(|fault| (fault.line, fault.column.as_str())).collect();
    assert_eq!(faults, [(2, "Identification"), (6, "Translated content")], "{}", said(&plan.faults));
    assert_eq!(plan.warnings.len(), 2, "{}", said(&plan.warnings));
    let rows = "SKU,Location,On hand,Safety\nNO,central,1,0\nTEA-LJ-50,moon,1,0\nTEA-LJ-50,central,-1,0\n\
        TEA-LJ-50,east,1,0\nTEA-LJ-50,east,2,0\nTEA-LJ-50,west,,\n";
    let plan = shop.services.plan_stock(&file("s.csv", rows)).await.unwrap();
    let faults: Vec<_> = plan.faults.iter().map(|fault| (fault.line, fault.column.as_str())).collect();
    assert_eq!(faults, [(2, "SKU"), (3, "Location"), (4, "On hand"), (6, "SKU"), (7, "On hand")]);
}

/// Prints how long a large catalogue takes: `cargo test -p services --release --test suite import -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "takes about a minute"]
async fn a_large_catalogue_imports_in_about_a_minute() {
    let shop = shop().await;
    let mut text = HEAD.to_owned();
    for at in 0..67_585 {
        text.push_str(&format!(
            "item-{at},Stainless Steel Water Bottle Model {at} with Lid and Handle for Travel,<p>Good.</p>,Type {},\
             \"tag {}, tag {}\",,,SKU-{at},{}.90,,,3,https://example.com/{at}.jpg,\n",
            at % 40,
            at % 300,
            at % 70,
            at % 900
        ));
    }
    let start = std::time::Instant::now();
    let plan = plan(&shop.services, text.as_str()).await;
    println!("planned after {:?}", start.elapsed());
    let report = shop.services.commit_products(plan, &mut |_, _| ()).await.unwrap();
    println!("imported after {:?}", start.elapsed());
    assert_eq!(report.products.added, 67_585);
}
