//! The JSON Schemas of the core's documents against the core: what it writes they admit, and what they admit it reads.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use conformance::generate::{self, Seeded};
use jsonschema::Validator;
use pricing::{
    Cart, CompiledBook, Context, Slice,
    book::{PriceBook, Resolution},
};
use serde_json::{Value, json};

const BOOKS: u64 = 150;
/// Changes that are tried on each document.
const CHANGES: u64 = 25;

fn validator(name: &str) -> Validator {
    let path = format!("{}/../pricing/schemas/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn admits(name: &str, validator: &Validator, document: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:?}\n{document}");
}

fn value(of: &impl serde::Serialize) -> Value {
    serde_json::to_value(of).unwrap()
}

fn documents(seed: u64) -> (PriceBook, Vec<(Cart, Context)>) {
    let seeded = &mut Seeded::new(seed);
    (generate::book(seeded), (0..3).map(|_| generate::cart(seeded)).collect())
}

#[test]
fn what_the_core_writes_is_admitted() {
    let [books, slices, carts, contexts, quotes] = ["book", "slice", "cart", "context", "quote"].map(validator);
    for seed in 0..BOOKS {
        let (document, asked) = documents(seed);
        for resolution in [Resolution::Pinned, Resolution::Best] {
            let document = PriceBook { resolution, ..document.clone() };
            admits("book", &books, &value(&document));
            let book = CompiledBook::new(document).unwrap();
            for (cart, context) in &asked {
                admits("cart", &carts, &value(cart));
                admits("context", &contexts, &value(context));
                admits("quote", &quotes, &value(&book.quote(cart, context).unwrap()));
                let skus: Vec<ids::Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
                admits("slice", &slices, &value(&book.slice(&skus, &cart.coupons)));
            }
        }
    }
}

/// The place in a document that is reached after so many others.
fn nth<'v>(value: &'v mut Value, left: &mut u64) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Object(map) => map.values_mut().find_map(|one| nth(one, left)),
        Value::Array(list) => list.iter_mut().find_map(|one| nth(one, left)),
        _ => None,
    }
}

fn size(value: &Value) -> u64 {
    1 + match value {
        Value::Object(map) => map.values().map(size).sum(),
        Value::Array(list) => list.iter().map(size).sum(),
        _ => 0,
    }
}

/// Another document: a key less, a key more, or another value somewhere.
fn changed(document: &Value, seeded: &mut Seeded) -> Value {
    let mut document = document.clone();
    let mut left = seeded.below(size(&document));
    let place = nth(&mut document, &mut left).unwrap();
    let others = [
        json!(null),
        json!(true),
        json!(7),
        json!(0.5),
        json!("12.50"),
        json!("all"),
        json!("x"),
        json!([]),
        json!({}),
    ];
    match (place, seeded.below(3)) {
        (Value::Object(map), 0) if !map.is_empty() => {
            let at = usize::try_from(seeded.below(map.len() as u64)).unwrap();
            let key = map.keys().nth(at).unwrap().clone();
            map.remove(&key);
        }
        (Value::Object(map), 1) => {
            let keys = ["unknown", "cap", "per", "pick", "max_units", "of", "on", "times"];
            map.insert(keys[usize::try_from(seeded.below(8)).unwrap()].to_owned(), json!("all"));
        }
        (place, _) => *place = others[usize::try_from(seeded.below(9)).unwrap()].clone(),
    }
    document
}

#[test]
fn what_is_admitted_can_be_read() {
    let (mut admitted, mut refused) = (0, 0);
    let mut check = |name: &str, validator: &Validator, document: &Value, seeded: &mut Seeded| {
        for _ in 0..CHANGES {
            let document = changed(document, seeded);
            let read = match name {
                "book" => PriceBook::deserialize(&document).err(),
                "slice" => Slice::deserialize(&document).err(),
                "cart" => Cart::deserialize(&document).err(),
                _ => Context::deserialize(&document).err(),
            };
            let valid = validator.is_valid(&document);
            assert!(!valid || read.is_none(), "{name}: {read:?}\n{document}");
            *(if valid { &mut admitted } else { &mut refused }) += 1;
        }
    };
    use serde::Deserialize;
    let [books, slices, carts, contexts] = ["book", "slice", "cart", "context"].map(validator);
    for seed in 0..BOOKS {
        let (document, asked) = documents(seed);
        let seeded = &mut Seeded::new(seed);
        check("book", &books, &value(&document), seeded);
        check("cart", &carts, &value(&asked[0].0), seeded);
        check("context", &contexts, &value(&asked[0].1), seeded);
        check("slice", &slices, &value(&CompiledBook::new(document).unwrap().slice(&[], &[])), seeded);
    }
    assert!(admitted > 1_000 && refused > 1_000, "{admitted} admitted, {refused} refused");
}
