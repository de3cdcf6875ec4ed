//! Promotions on whole lines and on all goods are worked out without a list of units. It must come to the same as with one, to the last cent of the last unit.

use pricing::{Cart, CompiledBook, Context, Instant, Quote, book::PriceBook};
use proptest::prelude::*;
use serde_json::{Value, json};

fn money(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// Of a line: price, quantity, whether it takes a discount, a floor for its units, and its tag.
type Line = (i64, i64, bool, Option<i64>, u8);
/// Of a promotion: its kind, how much in percent, its threshold.
type Offer = (u8, i64, i64);

/// The benefits that are worked out by lines, and others that leave units of a line different or change what stands on the shelf.
fn promotion(at: usize, (kind, much, from): Offer, apart: bool) -> Value {
    let percent = format!("{}.5", much);
    let (class, then) = match kind {
        0 | 1 => ("order", json!({"percent": percent, "on": "order"})),
        2 => ("order", json!({"every": money(from.max(1)), "off": money(much), "on": "order"})),
        3 => ("order", json!({"percent": percent, "on": {"tag": ["t1"]}})),
        4 => ("product", json!({"percent": percent, "on": {"tag": ["t2"]}})),
        5 => ("product", json!({"nth_unit": 2, "percent": percent, "on": {"tag": ["t1"]}})),
        6 => ("price", json!({"percent": percent, "on": {"tag": ["t3"]}})),
        7 => ("order", json!({"amount": money(much * 10), "on": "order"})),
        8 => ("product", json!({"amount": money(much * 10), "on": {"tag": ["t1", "t2"]}, "per": "once"})),
        9 => ("product", json!({"every": money(from.max(1)), "off": money(much), "on": {"tag": ["t1", "t3"]}})),
        _ => ("order", json!({"percent": percent, "on": "order", "cap": money(much)})),
    };
    let base = if kind == 1 { "list" } else { "current" };
    let conditions = if from % 2 == 0 { json!([{"min_subtotal": money(from)}]) } else { json!([]) };
    let mut promotion =
        json!({"id": format!("P{at:02}"), "class": class, "base": base, "if": conditions, "then": then});
    if apart {
        // A group of its own bars nothing; but who stands in a group is planned unit by unit.
        promotion["combine"] = json!("first");
        promotion["group"] = json!(format!("G{at}"));
    }
    promotion
}

fn quote(lines: &[Line], offers: &[Offer], scope: &str, apart: bool) -> Quote {
    let sku = |(at, line): (usize, &Line)| {
        let mut sku = json!({"sku": format!("S{at:02}"), "price": money(line.0), "discountable": line.2, "tags": [format!("t{}", line.4)]});
        if let Some(floor) = line.3 {
            sku["min_price"] = json!(money(floor.min(line.0)));
        }
        sku
    };
    let promotions = offers.iter().enumerate().map(|(at, offer)| promotion(at, *offer, apart));
    let book = json!({
        "format": 1, "currency": "CNY", "resolution": "pinned", "rounding": {"mode": "half_up", "scope": scope},
        "skus": lines.iter().enumerate().map(sku).collect::<Vec<_>>(), "promotions": promotions.collect::<Vec<_>>(),
    });
    let book: PriceBook = serde_json::from_value(book).unwrap();
    let line =
        |(at, line): (usize, &Line)| json!({"id": format!("{at:02}"), "sku": format!("S{at:02}"), "quantity": line.1});
    let cart: Cart =
        serde_json::from_value(json!({"lines": lines.iter().enumerate().map(line).collect::<Vec<_>>()})).unwrap();
    CompiledBook::new(book).unwrap().quote(&cart, &Context::guest(Instant(0))).unwrap()
}

fn line() -> impl Strategy<Value = Line> {
    let floor = prop_oneof![6 => Just(None), 1 => (0_i64..400).prop_map(Some)];
    (1_i64..1_000, 1_i64..6, prop::bool::weighted(0.9), floor, 0_u8..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn whole_lines_are_priced_as_their_units_are(
        lines in prop::collection::vec(line(), 1..20),
        offers in prop::collection::vec((0_u8..11, 0_i64..60, 0_i64..3_000), 1..12),
        scope in prop_oneof![3 => Just("document"), 1 => Just("line"), 1 => Just("unit")],
    ) {
        let (together, apart) = (quote(&lines, &offers, scope, false), quote(&lines, &offers, scope, true));
        prop_assert_eq!(&together.lines, &apart.lines);
        prop_assert_eq!(&together.applied, &apart.applied);
        prop_assert_eq!(&together.hints, &apart.hints);
        prop_assert_eq!(&together.missed, &apart.missed);
        let told: Quote = serde_json::from_str(&serde_json::to_string(&together).unwrap()).unwrap();
        prop_assert_eq!(told.compute_hash(), together.hash, "a quote that was told has the hash of one that was not");
    }
}

#[test]
fn most_of_these_carts_take_the_short_way() {
    let offers: Vec<Offer> = (0..40).map(|at| (0, at % 7, 1)).collect();
    let lines: Vec<Line> = (0..30).map(|at| (at * 37 % 900 + 1, at % 4 + 1, true, None, 0)).collect();
    let quote = quote(&lines, &offers, "document", false);
    assert_eq!((quote.applied.len(), quote.applied[39].units), (40, 73));
}
