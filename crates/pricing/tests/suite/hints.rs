//! Hints of promotions whose threshold is not reached: the best of all of them, whatever was not asked for its promise.

use ids::LineId;
use pricing::{Cart, CartLine, CompiledBook, Context, Instant, book::PriceBook};
use proptest::prelude::*;
use serde_json::{Value, json};

/// So many hints are shown.
const SHOWN: usize = 5;

/// A promotion: how many percent, from how much in minor units on. Its id is of no meaning, so that ids are not in the order of promotions.
type Promotion = (i64, i64);

fn promotion(at: usize, (percent, least): Promotion) -> Value {
    let least = format!("{}.{:02}", least / 100, least % 100);
    json!({"id": id(at), "class": "order", "if": [{"min_subtotal": least}], "then": {"percent": percent.to_string(), "on": "order"}})
}

fn id(at: usize) -> String {
    format!("P{:02}", at * 37 % 64)
}

/// What goods worth `value` need and would save, of all promotions: the best first, ties by id.
fn expected(value: i64, promotions: &[Promotion]) -> Vec<(String, i64, i64)> {
    let chance = |(at, (percent, least)): (usize, &Promotion)| (id(at), least - value, percent * least / 100);
    let mut all: Vec<_> = promotions.iter().enumerate().map(chance).collect();
    all.retain(|(_, _, saving)| *saving > 0);
    all.sort_by_key(|(id, need, saving)| (-(saving * 1000 / need), id.clone()));
    all.truncate(SHOWN);
    all
}

proptest! {
    #[test]
    fn hints_are_the_best_of_all(
        value in 1_i64..20_000,
        promotions in prop::collection::vec((prop_oneof![1_i64..3, 1_i64..=120], prop_oneof![1_i64..90_000, 900_000_i64..900_050]), 0..60),
    ) {
        let promotions: Vec<Promotion> = promotions.into_iter().map(|(percent, more)| (percent, value + more)).collect();
        let listed = promotions.iter().enumerate().map(|(at, one)| promotion(at, *one));
        let book: PriceBook = serde_json::from_value(json!({
            "format": 1, "currency": "CNY", "resolution": "pinned",
            "skus": [{"sku": "A", "price": format!("{}.{:02}", value / 100, value % 100)}], "promotions": listed.collect::<Vec<_>>(),
        })).unwrap();
        let line = CartLine { id: LineId::new("1").unwrap(), sku: "A".parse().unwrap(), quantity: 1 };
        let cart = Cart { lines: vec![line], ..Cart::default() };
        let quote = CompiledBook::new(book).unwrap().quote(&cart, &Context::guest(Instant(0))).unwrap();
        let told = quote.hints.iter().map(|hint| {
            let pricing::Need::Amount(need) = hint.need else { panic!("an amount is missing") };
            (hint.promotion.as_str().to_owned(), need, hint.saving.unwrap())
        });
        prop_assert_eq!(told.collect::<Vec<_>>(), expected(value, &promotions));
        prop_assert_eq!(quote.missed.len(), promotions.len());
        prop_assert!(quote.missed.windows(2).all(|pair| pair[0].promotion < pair[1].promotion));
    }
}
