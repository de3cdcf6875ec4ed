//! Readers for the demo's own files.
#![allow(dead_code, reason = "each test binary uses its own part")]

use serde_json::Value;
use std::collections::BTreeMap;

/// One row of a CSV file by column name.
pub type Row = BTreeMap<String, String>;

/// All rows of a CSV file with a header.
pub fn rows(csv_text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(csv_text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("every row has as many fields as the header")
}

/// The product rows.
pub fn products() -> Vec<Row> {
    rows(demo::PRODUCTS_CSV)
}

/// The translation rows.
pub fn translations() -> Vec<Row> {
    rows(demo::TRANSLATIONS_CSV)
}

/// The shop file.
pub fn shop() -> Value {
    serde_json::from_str(demo::SHOP_JSON).expect("shop.json is JSON")
}

/// The promotions, loaded at the start of 2027.
pub fn promotions() -> Vec<Value> {
    serde_json::from_str(&demo::promotions(1_798_761_600)).expect("promotions.json is a JSON array")
}

/// The strings at `key` of each member of the array at `list`.
pub fn column(list: &Value, key: &str) -> Vec<String> {
    let items = list.as_array().expect("a list");
    items.iter().map(|item| item[key].as_str().expect("a string").to_owned()).collect()
}
