//! What one more would cost now, for a product page or a kiosk. `cargo run -p pricing --example marginal`

use pricing::{Cart, CompiledBook, Context, Instant};
use serde_json::json;

fn book() -> CompiledBook {
    let book = json!({
        "format": 1, "currency": "CNY",
        "skus": [{"sku": "CUP", "price": "39.00"}, {"sku": "TIN", "price": "18.00"}],
        "promotions": [
            {"id": "HALF", "class": "product", "then": {"nth_unit": 2, "percent": "50", "on": {"sku": ["CUP"]}}},
            {"id": "FULL60", "class": "order", "if": [{"min_subtotal": "60.00"}], "then": {"amount": "20.00", "on": "order"}}
        ]
    });
    CompiledBook::new(serde_json::from_value(book).expect("a book of the right form")).expect("a good book")
}

fn cups(quantity: i64) -> Cart {
    let lines = if quantity == 0 { json!([]) } else { json!([{"id": "1", "sku": "CUP", "quantity": quantity}]) };
    serde_json::from_value(json!({ "lines": lines })).expect("a cart of the right form")
}

/// The first cup is at list price. The second would be ¥19.50 at half price, and the engine finds that ¥20 off the order is better. With a tin both apply,
/// so that the tin costs less than nothing.
pub fn main() {
    let (book, context) = (book(), Context::guest(Instant(0)));
    let one_more = |cart: &Cart, sku: &str| {
        let sku = sku.parse().expect("a short text");
        book.marginal(cart, &context, &sku).expect("the book has both SKUs").price
    };
    let rows = [(0, "CUP", 3900), (1, "CUP", 1900), (2, "TIN", -150)];
    for (quantity, sku, expected) in rows {
        let price = one_more(&cups(quantity), sku);
        println!("with {quantity} cups in the cart one more {sku} costs {price}");
        assert_eq!(price, expected);
    }
}
