//! `pricing::read` and the derived readers take the same documents and refuse the same.
use pricing::{
    Cart, Context, Read, Slice,
    book::{PriceBook, canonical_json},
    read,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

fn book() -> Value {
    json!({
        "format": 1, "currency": "CNY", "resolution": "best", "rounding": {"mode": "half_even", "scope": "unit"},
        "tax": {"included": true, "rate": "0.13"}, "points": {"earn": "1", "value": "0.01", "step": 5, "cap": "0.5"},
        "levels": [{"id": "gold", "rank": 2, "name": {"zh": "金", "en": "Gold"}}],
        "shipping": [{"method": "post", "name": {"en": "Post"}, "price": "10", "tax_rate": "0.06"}], "margin_floor": "0.1",
        "skus": [{"sku": "TEA", "price": "19.99", "category": "tea", "brand": "b", "tags": ["x"], "tax_rate": "0.09",
            "discountable": false, "min_price": "1", "cost": "2.5"}],
        "promotions": [
            {"id": "A", "name": {"zh": "甲", "en": "A"}, "coupon": "C", "starts": "2026-01-01T00:00:00Z",
                "ends": "2027-01-01T00:00:00.5Z", "class": "product", "priority": 3, "base": "list", "combine": "best",
                "group": "g", "combines_with": ["order", "total"], "after": "B",
                "if": [{"min_quantity": 2, "of": {"sku": ["TEA"], "not": {"on_sale": true}}}, {"any": [{"signed_in": true}]}],
                "then": {"percent": "15", "on": "order", "cap": "5"},
                "limit": {"total": 1, "per_member": 2, "budget": "3"}, "funding": {"brand": "0.4", "store": "0.6"},
                "returns": "re_evaluate"},
            {"id": "B", "class": "price", "then": {"price_list": {"TEA": "9"}}},
        ],
    })
}

fn context() -> Value {
    json!({
        "at": "2026-01-15T12:00:00Z", "channel": "web", "store": "s", "region": "CN-31", "utc_offset_minutes": -60,
        "member": {"id": "m", "level": "gold", "tags": ["student"], "orders": 3, "points": 7, "birthday_month": 12},
        "usage": [{"promotion": "A", "total": 1, "by_member": 2, "spent": 3, "units": 4}], "out_of_gifts": ["CUP"],
    })
}

fn cart() -> Value {
    json!({
        "lines": [{"id": "1", "sku": "TEA", "quantity": 2}], "coupons": ["C"], "points": 5, "shipping_method": "post",
        "tender": "cash", "gifts": [{"promotion": "A", "sku": "CUP"}],
    })
}

/// The places of all values within a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(list) => list.iter().enumerate().for_each(|(i, one)| places(one, &format!("{at}/{i}"), found)),
        Value::Object(map) => map.iter().for_each(|(key, one)| places(one, &format!("{at}/{key}"), found)),
        _ => {}
    }
}

fn words(said: &str) -> Vec<&str> {
    said.split(' ').map(|word| word.trim_end_matches(',')).collect()
}

fn alike<T: Read + Serialize + DeserializeOwned>(document: &Value) {
    let json = document.to_string();
    let (ours, derived) = (read::<T>(&json), serde_json::from_str::<T>(&json));
    match (&ours, &derived) {
        (Ok(ours), Ok(derived)) => {
            assert_eq!(serde_json::to_string(ours).unwrap(), serde_json::to_string(derived).unwrap(), "{json}");
        }
        (Err(ours), Err(derived)) => {
            let (ours, derived) = (ours.to_string(), derived.to_string());
            let said = derived.split(" at line ").next().unwrap();
            // Fields that a document has to have are named first.
            let taken = said == "expected value" || words(said).iter().all(|word| words(&ours).contains(word));
            assert!(taken, "{ours:?} is not {derived:?} of {json}");
        }
        _ => panic!("{:?} but {:?}: {json}", ours.err().map(|e| e.to_string()), derived.err().map(|e| e.to_string())),
    }
}

/// The document with each of its parts left out, and with each replaced by things of every kind.
fn all_alike<T: Read + Serialize + DeserializeOwned>(document: &Value) {
    alike::<T>(document);
    let mut found = Vec::new();
    places(document, "", &mut found);
    let others = [json!(null), json!(true), json!(-3), json!(300), json!(1.5), json!("word"), json!({"x": 1})];
    for place in found {
        for other in &others {
            let mut changed = document.clone();
            *changed.pointer_mut(&place).unwrap() = other.clone();
            alike::<T>(&changed);
        }
        if let Some((parent, key)) = place.rsplit_once('/')
            && let Some(Value::Object(map)) = document.clone().pointer_mut(parent)
        {
            map.remove(key);
            let mut changed = document.clone();
            *changed.pointer_mut(parent).unwrap() = Value::Object(map.clone());
            alike::<T>(&changed);
        }
    }
}

#[test]
fn both_readers_take_the_same() {
    all_alike::<PriceBook>(&book());
    all_alike::<Slice>(&json!({"of": "0".repeat(64), "part": {"format": 1, "currency": "JPY", "skus": []}}));
    all_alike::<Context>(&context());
    all_alike::<Cart>(&cart());
}

#[test]
fn the_example_is_read_as_it_is_written() {
    let read = read::<PriceBook>(&book().to_string()).unwrap();
    assert_eq!(read, serde_json::from_value(serde_json::from_str(&canonical_json(&read)).unwrap()).unwrap());
}

#[test]
fn a_fault_has_its_place() {
    let fault = |json: &str| read::<Cart>(json).unwrap_err().to_string();
    assert_eq!(
        fault(r#"{"lines": [{"id": "1", "sku": "T", "quantity": "two"}]}"#),
        r#"lines[0].quantity: invalid type: string "two", expected i64"#
    );
    assert_eq!(fault(r#"{"lines": [{"id": "1", "sku": ""}]}"#), "lines[0].sku: an id may not be empty");
    assert_eq!(fault(r#"{"lines": [], "lines": []}"#), "duplicate field `lines`");
    assert_eq!(fault("{\"lines\":\n [}"), "expected value at line 2 column 3");
}

/// What serde_json reads as a text, a list or a number, and refuses.
#[test]
fn json_is_read_as_serde_json_reads_it() {
    let texts = [
        r#""\u00e9\ud83d\ude00\n\"\\\/\b\f\r\t金""#,
        r#""\ud83d""#,
        r#""\ud83dx""#,
        r#""\udc00""#,
        r#""\u12"#,
        r#""\u+123""#,
        r#""\x""#,
        "\"a\nb\"",
        "\"",
        "[]",
        "[1,]",
        "[,1]",
        "[1 2]",
        " [ 1 , 2 ] ",
        "[1",
        "{}",
        r#"{"a":1,}"#,
        r#"{"a"}"#,
        r#"{a:1}"#,
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "-0",
        "1e+2",
        "2E-2",
        "true",
        "tru",
        "nul",
        "",
        " ",
        "[] x",
        "9223372036854775807",
        "9223372036854775808",
        "\u{feff}1",
        "\"\\",
        "\"\\u\u{e9}\u{e9}\"",
    ];
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    for text in texts.map(str::to_owned).into_iter().chain([deep(127), deep(128)]) {
        // A selector is "all" or an object, and says what it was given instead.
        let book = format!(
            r#"{{"id":"A","class":"order","if":[{{"contains":{text}}}],"then":{{"free":true,"on":"shipping"}}}}"#
        );
        let (ours, derived) =
            (read::<pricing::book::Promotion>(&book), serde_json::from_str::<pricing::book::Promotion>(&book));
        let said = |fault: String| fault.contains("a selector is");
        assert_eq!(ours.is_ok(), derived.is_ok(), "{text}");
        let (ours, derived) = (ours.map_err(|e| said(e.to_string())), derived.map_err(|e| said(e.to_string())));
        assert_eq!(ours, derived, "{text}");
    }
}
