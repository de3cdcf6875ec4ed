//! The first cart: a book with one promotion, two tins of tea, and a quote. `cargo run -p pricing --example first_cart`

use pricing::{Cart, CompiledBook, Context, Instant, book::PriceBook};

const BOOK: &str = r#"{
    "format": 1, "currency": "CNY", "tax": {"included": true, "rate": "0.13"},
    "skus": [{"sku": "TEA", "price": "109.00"}, {"sku": "CUP", "price": "39.00"}],
    "promotions": [{
        "id": "FULL200", "name": {"zh": "满200减30", "en": "¥30 off ¥200"}, "class": "order",
        "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}
    }]
}"#;

const CART: &str = r#"{"lines": [{"id": "1", "sku": "TEA", "quantity": 2}, {"id": "2", "sku": "CUP", "quantity": 1}]}"#;

/// Amounts of a quote are minor units: 22700 is ¥227.00.
pub fn main() {
    let document: PriceBook = serde_json::from_str(BOOK).expect("the constant is a book");
    let book = CompiledBook::new(document).expect("the constant is a good book");
    let cart: Cart = serde_json::from_str(CART).expect("the constant is a cart");
    // The clock is the caller's: the crate has none.
    let at: Instant = "2026-01-15T12:00:00Z".parse().expect("the constant is an instant");
    let quote = book.quote(&cart, &Context::guest(at)).expect("both SKUs are in the book");
    for line in &quote.lines {
        println!("{} × {}: {} instead of {}", line.sku, line.quantity, line.total, line.subtotal);
    }
    println!("{} to pay, {} of it tax; the quote's hash is {}", quote.payable, quote.tax, quote.hash);
    assert_eq!((quote.subtotal, quote.discount, quote.payable), (25700, 3000, 22700));
    assert_eq!(quote.lines.iter().map(|line| line.total).collect::<Vec<_>>(), [19255, 3445]);
}
