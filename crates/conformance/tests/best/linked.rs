//! Books of departments, each with offers of its own, that markdowns and offers across departments link; and offers on the whole order.

use conformance::generate::Seeded;
use pricing::{Cart, CartLine, Context, Instant, book::PriceBook};
use serde_json::{Value, json};

const DEPARTMENTS: [&str; 3] = ["tea", "home", "sport"];

fn yuan(seeded: &mut Seeded, from: u64, below: u64) -> String {
    format!("{}.{:02}", from + seeded.below(below - from), seeded.below(4) * 25)
}

/// Two goods a department; one of them is also of last season.
fn skus() -> impl Iterator<Item = (String, &'static str, bool)> {
    DEPARTMENTS.iter().flat_map(|of| [(format!("{of}-A"), *of, true), (format!("{of}-B"), *of, false)])
}

/// What is taken off one department.
fn own(seeded: &mut Seeded, at: usize, of: &str) -> Value {
    let on = json!({"category": [of]});
    let then = match seeded.below(4) {
        0 => json!({"every": yuan(seeded, 40, 160), "off": yuan(seeded, 5, 30), "on": on}),
        1 => json!({"percent": (5 + seeded.below(35)).to_string(), "on": on}),
        2 => json!({"amount": yuan(seeded, 5, 30), "on": on, "per": "once"}),
        _ => json!({"tiers": [{"from": yuan(seeded, 50, 120), "off": yuan(seeded, 5, 20)},
            {"from": yuan(seeded, 120, 240), "off": yuan(seeded, 20, 60)}], "on": on}),
    };
    let asks = json!([{"min_subtotal": yuan(seeded, 40, 160), "of": {"category": [of]}}]);
    json!({"id": format!("OWN{at}"), "class": "product", "if": if seeded.once_in(3) { asks } else { json!([]) }, "then": then})
}

/// What is taken off goods of several departments.
fn link(seeded: &mut Seeded, at: usize) -> Value {
    let class = if seeded.once_in(3) { "product" } else { "price" };
    let then = match seeded.below(3) {
        0 => json!({"percent": (5 + seeded.below(45)).to_string(), "on": {"tag": ["last-season"]}}),
        1 => json!({"fixed_price": yuan(seeded, 10, 60), "on": {"sku": ["tea-A", "home-A"]}}),
        _ => json!({"amount": yuan(seeded, 1, 12), "on": {"sku": ["home-B", "sport-A", "tea-A"]}, "per": "unit"}),
    };
    json!({"id": format!("LINK{at}"), "class": class, "then": then})
}

/// What is taken off the order.
fn whole(seeded: &mut Seeded, at: usize) -> Value {
    let then = match seeded.below(3) {
        0 => json!({"every": yuan(seeded, 80, 220), "off": yuan(seeded, 10, 40), "on": "order"}),
        1 => json!({"percent": (3 + seeded.below(20)).to_string(), "on": "order"}),
        _ => json!({"tiers": [{"from": yuan(seeded, 100, 300), "off": yuan(seeded, 10, 40)}], "on": "order"}),
    };
    json!({"id": format!("WHOLE{at}"), "class": "order", "then": then})
}

/// A book and a cart of a seed.
pub fn case(seeded: &mut Seeded) -> (PriceBook, Cart, Context) {
    let mut promotions: Vec<Value> = (0..2).map(|at| link(seeded, at)).collect();
    let more = seeded.below(2) as usize;
    promotions.extend((0..3 + more).map(|at| own(seeded, at, DEPARTMENTS[at % 3])));
    promotions.extend((0..1 + seeded.below(2) as usize).map(|at| whole(seeded, at)));
    let sku = |seeded: &mut Seeded, (sku, of, last): (String, &str, bool)| {
        let tags = if last { json!(["last-season"]) } else { json!([]) };
        json!({"sku": sku, "price": yuan(seeded, 15, 130), "category": of, "tags": tags})
    };
    let skus: Vec<Value> = skus().map(|one| sku(seeded, one)).collect();
    let scope = ["line", "unit", "line", "document"][seeded.below(4) as usize];
    let book = json!({"format": 1, "currency": "CNY", "rounding": {"mode": "half_up", "scope": scope}, "tax": {"included": true, "rate": "0.13"},
        "skus": skus, "promotions": promotions});
    let line = |(at, (sku, _, _)): (usize, (String, &str, bool))| CartLine {
        id: at.to_string().parse().unwrap(),
        sku: sku.parse().unwrap(),
        quantity: 1 + i64::try_from(seeded.below(2)).unwrap(),
    };
    let cart = Cart { lines: self::skus().enumerate().map(line).collect(), ..Cart::default() };
    (serde_json::from_value(book).unwrap(), cart, Context::guest(Instant(0)))
}
