//! A workload of known size: `promotions` promotions of which a handful touch any cart.

use ids::LineId;
use pricing::{Cart, CartLine, Context, Instant, book::PriceBook};
use serde_json::{Value, json};

/// SKUs in the book; the carts use the first of them.
const SKUS: usize = 2_000;

/// The promotions that touch every cart: a member price, a second unit for half, a threshold, free shipping, and one threshold that is missed.
fn touching() -> Vec<Value> {
    vec![
        json!({"id": "A-PRICE", "class": "price", "then": {"percent": "5", "on": {"sku": ["SKU00000", "SKU00001"]}}}),
        json!({"id": "B-HALF", "class": "product", "then": {"nth_unit": 2, "percent": "50", "on": {"sku": ["SKU00000"]}}}),
        json!({"id": "C-FULL", "class": "order", "if": [{"min_subtotal": "20.00"}], "then": {"amount": "3.00", "on": "order"}}),
        json!({"id": "D-SHIP", "class": "shipping", "if": [{"min_subtotal": "20.00"}], "then": {"free": true, "on": "shipping"}}),
        json!({"id": "E-MORE", "class": "order", "if": [{"min_subtotal": "99999.00"}], "then": {"amount": "300.00", "on": "order"}}),
    ]
}

/// A book in which five promotions touch the carts of [`cart`] and the others touch other SKUs.
pub(crate) fn book(promotions: usize) -> PriceBook {
    let skus: Vec<Value> = (0..SKUS)
        .map(|at| json!({"sku": format!("SKU{at:05}"), "price": format!("{}.{:02}", 5 + at % 90, at * 7 % 100), "category": format!("c{}", at % 20)}))
        .collect();
    let others = (5..promotions).map(|at| {
        let skus: Vec<String> = (0..5).map(|of| format!("SKU{:05}", 100 + (at * 5 + of) % (SKUS - 100))).collect();
        json!({"id": format!("P{at:06}"), "class": "product", "then": {"percent": "2", "on": {"sku": skus}}})
    });
    let all: Vec<Value> = touching().into_iter().chain(others).collect();
    let book = json!({
        "format": 1, "currency": "CNY", "resolution": "pinned", "tax": {"included": true, "rate": "0.13"},
        "points": {"earn": "1", "value": "0.01"}, "shipping": [{"method": "standard", "price": "12.00"}],
        "skus": skus, "promotions": all,
    });
    serde_json::from_value(book).expect("the workload is a book of the right form")
}

/// A cart of so many lines, quantities 1 to 3.
pub(crate) fn cart(lines: usize) -> Cart {
    let line = |at: usize| CartLine {
        id: LineId::new(format!("{at:04}")).expect("digits are an id"),
        sku: format!("SKU{at:05}").parse().expect("letters and digits are a SKU"),
        quantity: 1 + i64::try_from(at % 3).expect("a small number"),
    };
    Cart { lines: (0..lines).map(line).collect(), shipping_method: Some("standard".to_owned()), ..Cart::default() }
}

/// A guest on the web at a fixed instant.
pub(crate) fn context() -> Context {
    Context::guest(Instant(1_768_478_400_000))
}
