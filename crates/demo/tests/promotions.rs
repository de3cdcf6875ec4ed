//! The promotions speak of things that exist.

mod common;

use common::{column, products, promotions, shop};
use serde_json::Value;
use std::collections::BTreeSet;

/// Every value that stands under `key` anywhere in `tree`, arrays opened.
fn values_under(tree: &Value, key: &str, found: &mut BTreeSet<String>) {
    match tree {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == key {
                    found.extend(texts(value));
                }
                values_under(value, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| values_under(item, key, found)),
        _ => {}
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        _ => vec![],
    }
}

fn named(key: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    promotions().iter().for_each(|promotion| values_under(promotion, key, &mut found));
    found
}

#[track_caller]
fn check_known(key: &str, known: &BTreeSet<String>) {
    let named = named(key);
    assert!(!named.is_empty(), "no promotion uses {key}");
    assert!(named.is_subset(known), "unknown {key}: {:?}", named.difference(known));
}

#[test]
fn skus_and_tags_exist() {
    let products = products();
    let tags = products.iter().flat_map(|row| row["Tags"].split(", ").map(str::to_owned).collect::<Vec<_>>());
    check_known("tag", &tags.collect());
    check_known("sku", &products.iter().map(|row| row["Variant SKU"].clone()).collect());
}

#[test]
fn categories_levels_stores_and_methods_exist() {
    let shop = shop();
    let ids = |list: &str, key: &str| column(&shop[list], key).into_iter().collect();
    check_known("category", &ids("categories", "slug"));
    check_known("member_level", &ids("levels", "id"));
    check_known("shipping_method", &ids("shipping", "method"));
    check_known("tender", &ids("tenders", "tender"));
    let stores = shop["places"].as_array().expect("places").iter().filter(|place| place["kind"] == "store");
    // `funding` also has a key `store`, a share; a share parses as a number and an id does not.
    let shares = named("store").into_iter().filter(|text| text.parse::<f64>().is_ok());
    let ids = stores.map(|place| place["id"].as_str().expect("an id").to_owned());
    check_known("store", &ids.chain(shares).collect());
}

#[test]
fn ids_and_coupon_codes_are_unique_and_names_bilingual() {
    let promotions = promotions();
    let unique = |values: Vec<&str>| values.iter().collect::<BTreeSet<_>>().len() == values.len();
    assert!(unique(promotions.iter().filter_map(|promotion| promotion["id"].as_str()).collect()));
    let coupons: Vec<&str> = promotions.iter().filter_map(|promotion| promotion["coupon"].as_str()).collect();
    assert!(unique(coupons.clone()));
    assert_eq!(coupons, ["TEAM88", "NEW20", "TEA15", "SPRING25", "LUCKY10"]);
    for promotion in &promotions {
        for language in ["zh", "en"] {
            assert!(promotion["name"][language].as_str().is_some_and(|name| !name.is_empty()), "{}", promotion["id"]);
        }
    }
}

#[test]
fn classes_and_combinations_are_those_of_the_language() {
    for promotion in promotions() {
        let class = promotion["class"].as_str().unwrap_or_default();
        assert!(["price", "product", "order", "shipping", "total"].contains(&class), "{promotion}");
        let combine = promotion["combine"].as_str().unwrap_or_default();
        assert!(["stack", "best", "exclusive"].contains(&combine), "{promotion}");
        assert!(promotion["if"].is_array() && promotion["then"].is_object(), "{promotion}");
    }
}

#[test]
fn funding_shares_make_a_whole() {
    for promotion in promotions().iter().filter(|promotion| promotion.get("funding").is_some()) {
        let shares = promotion["funding"].as_object().expect("an object").values();
        let tenths: f64 = shares.map(|share| share.as_str().expect("a share").parse::<f64>().expect("a number")).sum();
        assert!((tenths - 1.0).abs() < 1e-9, "{}", promotion["id"]);
    }
}

#[test]
fn the_flash_sale_starts_on_loading_and_lasts_three_days() {
    let flash = promotions().into_iter().find(|promotion| promotion["id"] == "flash-kettle").expect("the flash sale");
    assert_eq!(flash["starts"], "2027-01-01T00:00:00Z");
    assert_eq!(flash["ends"], "2027-01-04T00:00:00Z");
    assert!(!demo::promotions(0).contains("{load"));
}

#[test]
fn a_clock_outside_the_calendar_still_gives_promotions() {
    for extreme in [i64::MIN, i64::MAX] {
        let parsed: Vec<Value> = serde_json::from_str(&demo::promotions(extreme)).expect("JSON");
        assert_eq!(parsed.len(), promotions().len());
    }
}

#[test]
fn a_gift_is_in_stock() {
    let stock = common::rows(demo::STOCK_CSV);
    for promotion in promotions() {
        let given = &promotion["then"]["gift"];
        for gift in texts(&given["sku"]).into_iter().chain(texts(&given["choose"])) {
            let central = stock.iter().find(|row| row["SKU"] == gift && row["Location"] == "central");
            assert!(central.is_some_and(|row| row["On hand"] != "0"), "{gift}");
        }
    }
}
