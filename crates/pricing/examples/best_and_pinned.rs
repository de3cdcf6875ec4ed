//! Why the order of promotions matters, and what `best` does about it. `cargo run -p pricing --example best_and_pinned`

use pricing::{
    Cart, Certificate, CompiledBook, Context, Instant,
    book::{PriceBook, Resolution},
};
use serde_json::json;

/// 15 % off is listed before ¥30 off ¥200, as the merchant pinned them.
fn document(price: &str, resolution: Resolution) -> PriceBook {
    let promotions = json!([
        {"id": "FIFTEEN", "class": "order", "then": {"percent": "15", "on": "all"}},
        {"id": "FULL200", "class": "order", "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}}
    ]);
    let book =
        json!({"format": 1, "currency": "CNY", "skus": [{"sku": "POT", "price": price}], "promotions": promotions});
    PriceBook { resolution, ..serde_json::from_value(book).expect("a book of the right form") }
}

fn quote(price: &str, resolution: Resolution) -> (i64, Certificate, Vec<String>) {
    let book = CompiledBook::new(document(price, resolution)).expect("a good book");
    let cart: Cart =
        serde_json::from_value(json!({"lines": [{"id": "1", "sku": "POT", "quantity": 1}]})).expect("a cart");
    let quote = book.quote(&cart, &Context::guest(Instant(0))).expect("the SKU is in the book");
    (quote.payable, quote.certificate, quote.applied.iter().map(|one| one.promotion.to_string()).collect())
}

/// At ¥200 the threshold has to come first, at ¥240 the percentage: no fixed order is always best.
pub fn main() {
    for (price, pinned, best) in [("200.00", 17000, 14450), ("240.00", 17400, 17400)] {
        let (by_merchant, by_engine) = (quote(price, Resolution::Pinned), quote(price, Resolution::Best));
        println!("¥{price}: pinned {} by {:?}", by_merchant.0, by_merchant.2);
        println!("¥{price}: best {} by {:?}, {:?}", by_engine.0, by_engine.2, by_engine.1);
        assert_eq!((by_merchant.0, by_engine.0), (pinned, best));
        assert_eq!((by_merchant.1, by_engine.1), (Certificate::Pinned, Certificate::Optimal));
    }
}
