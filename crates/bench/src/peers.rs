//! The workload that the other systems are measured on: 1,000 promotions of three kinds, carts of 10 and 50 lines.

use ids::LineId;
use pricing::{Cart, CartLine, book::PriceBook};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The file `workload.json`. Prices are minor units; percentages whole numbers.
#[derive(Debug, Deserialize)]
pub struct Workload {
    variants: Vec<Variant>,
    promos: Vec<Promo>,
    carts: BTreeMap<String, Vec<Line>>,
}

#[derive(Debug, Deserialize)]
struct Variant {
    sku: String,
    price: i64,
}

#[derive(Debug, Deserialize)]
struct Promo {
    i: usize,
    kind: String,
    pct: i64,
    /// At least so much in the cart, by list prices.
    min: Option<i64>,
    /// Places of variants.
    set: Option<Vec<usize>>,
}

#[derive(Debug, Deserialize)]
struct Line {
    variant: usize,
    qty: i64,
}

fn major(amount: i64) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}

impl Workload {
    /// The promotions in their order. Their conditions look at list prices and their percentages at what is left, rounded once, as the hand-written loop
    /// does it.
    pub(crate) fn book(&self, resolution: &str) -> PriceBook {
        let skus = self.variants.iter().map(|one| json!({"sku": one.sku, "price": major(one.price)}));
        let book = json!({
            "format": 1, "currency": "EUR", "resolution": resolution, "rounding": {"mode": "half_up", "scope": "document"},
            "skus": skus.collect::<Vec<_>>(), "promotions": self.promos.iter().map(|one| self.promotion(one)).collect::<Vec<_>>(),
        });
        serde_json::from_value(book).expect("the workload is a book of the right form")
    }

    fn promotion(&self, one: &Promo) -> Value {
        let set = one.set.as_ref().map(|set| {
            let skus: Vec<&str> = set.iter().map(|&at| self.variants[at].sku.as_str()).collect();
            json!({"sku": skus})
        });
        let of_item = one.kind == "item_pct";
        let mut conditions = Vec::new();
        conditions.extend(set.iter().filter(|_| !of_item).map(|set| json!({"contains": set})));
        conditions.extend(one.min.map(|least| json!({"min_subtotal": major(least), "measure": "list"})));
        let on = set.filter(|_| of_item).unwrap_or_else(|| json!("order"));
        let class = if of_item { "product" } else { "order" };
        json!({
            "id": format!("P{:04}", one.i), "class": class, "if": conditions, "then": {"percent": one.pct.to_string(), "on": on},
        })
    }

    pub(crate) fn cart(&self, lines: usize) -> Cart {
        let line = |(at, line): (usize, &Line)| CartLine {
            id: LineId::new(format!("{at:02}")).expect("digits are an id"),
            sku: self.variants[line.variant].sku.parse().expect("letters and digits are a SKU"),
            quantity: line.qty,
        };
        let lines = &self.carts[&lines.to_string()];
        Cart { lines: lines.iter().enumerate().map(line).collect(), ..Cart::default() }
    }
}
