//! The product, translation and stock files hold together.

mod common;

use common::{Row, column, products, rows, shop, translations};
use std::collections::{BTreeMap, BTreeSet};

fn distinct(rows: &[Row], field: &str) -> BTreeSet<String> {
    rows.iter().map(|row| row[field].clone()).collect()
}

fn check_digit_is_right(gtin: &str) -> bool {
    let digits: Vec<u32> = gtin.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let weighted: u32 = digits.iter().zip([1, 3].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 13 && gtin.len() == 13 && weighted.is_multiple_of(10)
}

fn is_amount(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, cents)| whole.parse::<u32>().is_ok() && cents.len() == 2)
}

#[test]
fn barcodes_are_valid_and_unique() {
    let products = products();
    let codes: Vec<&String> =
        products.iter().map(|row| &row["Variant Barcode"]).filter(|code| !code.is_empty()).collect();
    let wrong: Vec<_> = codes.iter().filter(|code| !check_digit_is_right(code)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    assert_eq!(products.len() - codes.len(), 6, "variants sold without a barcode");
}

#[test]
fn skus_are_unique_and_prices_have_cents() {
    let products = products();
    assert_eq!(distinct(&products, "Variant SKU").len(), products.len());
    for row in &products {
        assert!(is_amount(&row["Variant Price"]), "{row:?}");
        assert!(row["Variant Compare At Price"].is_empty() || is_amount(&row["Variant Compare At Price"]), "{row:?}");
        assert!(row["Variant Grams"].parse::<u32>().is_ok_and(|grams| grams > 0), "{row:?}");
    }
}

#[test]
fn each_handle_begins_with_its_title_and_stays_together() {
    let mut seen = BTreeSet::new();
    let mut current = String::new();
    for row in products() {
        let first = row["Handle"] != current;
        assert!(!first || seen.insert(row["Handle"].clone()), "{} is split", row["Handle"]);
        for field in ["Title", "Body (HTML)", "Vendor", "Type", "Tags", "Status"] {
            assert_eq!(first, !row[field].is_empty(), "{field} of {}", row["Variant SKU"]);
        }
        current.clone_from(&row["Handle"]);
    }
}

#[test]
fn variants_of_a_product_differ_in_their_options() {
    let mut seen = BTreeSet::new();
    for row in products() {
        let options = ["Handle", "Option1 Value", "Option2 Value", "Option3 Value"].map(|field| row[field].clone());
        assert!(!options[1].is_empty() && seen.insert(options), "{}", row["Variant SKU"]);
    }
}

#[test]
fn the_shop_has_the_size_it_promises() {
    let (products, shop) = (products(), shop());
    assert_eq!(distinct(&products, "Handle").len(), 81);
    assert_eq!(products.len(), 159);
    let types: BTreeSet<String> = distinct(&products, "Type").into_iter().filter(|name| !name.is_empty()).collect();
    assert_eq!(types, column(&shop["categories"], "type").into_iter().collect());
    assert_eq!(types.len(), 5);
    let kinds = column(&shop["places"], "kind");
    let count = |kind: &str| kinds.iter().filter(|found| *found == kind).count();
    assert_eq!([count("central"), count("regional"), count("store")], [1, 2, 6]);
    assert_eq!(column(&shop["levels"], "id"), ["silver", "gold", "black"]);
}

#[test]
fn demo_members_have_known_levels_and_their_own_phones() {
    let shop = shop();
    let levels = column(&shop["levels"], "id");
    assert!(column(&shop["members"], "level").iter().all(|level| levels.contains(level)));
    let phones = column(&shop["members"], "phone");
    assert_eq!(phones.iter().collect::<BTreeSet<_>>().len(), phones.len());
}

#[test]
fn every_product_reads_in_english() {
    let mut english: BTreeMap<[String; 4], String> = BTreeMap::new();
    for row in translations() {
        assert_eq!(row["Locale"], "en");
        let key = ["Type", "Identification", "Field", "Default content"].map(|field| row[field].clone());
        assert!(!row["Translated content"].is_empty(), "{key:?}");
        assert!(english.insert(key.clone(), row["Translated content"].clone()).is_none(), "{key:?} twice");
    }
    let wanted = wanted_translations();
    assert_eq!(wanted, english.into_keys().collect(), "every text has its translation and none is left over");
}

#[test]
fn every_tag_has_a_name_in_both_languages_and_no_other_has() {
    let used: BTreeSet<String> =
        products().iter().flat_map(|row| row["Tags"].split(',')).map(|tag| tag.trim().to_owned()).collect();
    let named = shop()["tags"].as_object().expect("tags by name").clone();
    let used: BTreeSet<String> = used.into_iter().filter(|tag| !tag.is_empty()).collect();
    assert_eq!(used, named.keys().cloned().collect());
    assert!(named.values().all(|name| name["zh"].is_string() && name["en"].as_str().is_some_and(str::is_ascii)));
}

fn wanted_translations() -> BTreeSet<[String; 4]> {
    let mut wanted = BTreeSet::new();
    for row in products() {
        let mut want = |kind: &str, field: &str, column: &str| {
            let text = row[column].clone();
            if !text.is_empty() && text != "Title" && text != "Default Title" {
                wanted.insert([kind.to_owned(), row["Handle"].clone(), field.to_owned(), text]);
            }
        };
        want("PRODUCT", "title", "Title");
        want("PRODUCT", "body_html", "Body (HTML)");
        want("PRODUCT", "product_type", "Type");
        for option in ["Option1", "Option2", "Option3"] {
            want("PRODUCT_OPTION", "name", &format!("{option} Name"));
            want("PRODUCT_OPTION_VALUE", "name", &format!("{option} Value"));
        }
    }
    wanted
}

#[test]
fn texts_use_paragraphs_and_lists_only() {
    let texts = products().into_iter().map(|row| row["Body (HTML)"].clone());
    let english = translations()
        .into_iter()
        .filter(|row| row["Field"] == "body_html")
        .map(|row| row["Translated content"].clone());
    for text in texts.chain(english).filter(|text| !text.is_empty()) {
        let bare = ["p", "ul", "li"]
            .iter()
            .fold(text.clone(), |text, tag| text.replace(&format!("<{tag}>"), "").replace(&format!("</{tag}>"), ""));
        assert!(!bare.contains(['<', '>']), "{text}");
    }
}

fn stock_by_sku() -> BTreeMap<String, Vec<(String, u32)>> {
    let mut stock: BTreeMap<String, Vec<(String, u32)>> = BTreeMap::new();
    for row in rows(demo::STOCK_CSV) {
        row["Safety"].parse::<u32>().expect("safety stock is a count");
        let units = row["On hand"].parse().expect("stock is a count");
        stock.entry(row["SKU"].clone()).or_default().push((row["Location"].clone(), units));
    }
    stock
}

/// The SKUs that are made of others when they are sold: they have no stock of their own.
fn bundles() -> BTreeSet<String> {
    column(&shop()["bundles"], "sku").into_iter().collect()
}

#[test]
fn stock_names_known_skus_and_places_once() {
    let places = column(&shop()["places"], "id");
    let stock = stock_by_sku();
    let counted: BTreeSet<String> = distinct(&products(), "Variant SKU").difference(&bundles()).cloned().collect();
    assert_eq!(stock.keys().cloned().collect::<BTreeSet<_>>(), counted);
    for (sku, entries) in &stock {
        let at: BTreeSet<&String> = entries.iter().map(|(place, _)| place).collect();
        assert_eq!(at.len(), entries.len(), "{sku} is listed twice somewhere");
        assert!(at.iter().all(|place| places.contains(place)), "{sku}");
    }
}

#[test]
fn stock_agrees_with_the_product_file_and_has_its_edge_cases() {
    let stock = stock_by_sku();
    let total = |sku: &str| stock.get(sku).into_iter().flatten().map(|(_, units)| units).sum::<u32>();
    for row in products() {
        assert_eq!(row["Variant Inventory Qty"], total(&row["Variant SKU"]).to_string(), "{}", row["Variant SKU"]);
    }
    let with_total = |units| stock.keys().filter(|sku| total(sku) == units).map(String::as_str).collect::<Vec<_>>();
    assert_eq!(with_total(0), ["BOD-IN-AGA", "PAP-PN-RED", "TXT-SC-RED"]);
    assert_eq!(with_total(1), ["PAP-IS-01"]);
}
