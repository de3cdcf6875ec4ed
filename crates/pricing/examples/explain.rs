//! Why a cart costs what it costs, in words: a receipt with the arithmetic of each discount, refused codes and hints.
//! `cargo run -p pricing --example explain`

use ids::Sku;
use money::{Currency, Locale};
use pricing::{
    Cart, CompiledBook, Context, Explanation, Instant,
    words::{Voice, receipt_text},
};
use serde_json::json;

fn explanation() -> Explanation {
    let book = json!({
        "format": 1, "currency": "CNY",
        "skus": [{"sku": "TEA", "price": "94.00", "category": "tea"}],
        "promotions": [
            {"id": "TEN", "name": {"zh": "茶叶九折", "en": "10 % off tea"}, "class": "product", "then": {"percent": "10", "on": {"category": ["tea"]}}},
            {"id": "FULL200", "name": {"zh": "满200减30", "en": "¥30 off ¥200"}, "class": "order", "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}},
            {"id": "OLD", "name": {"zh": "旧券", "en": "Old coupon"}, "coupon": "OLD5", "ends": "2025-12-31T00:00:00Z", "class": "order", "then": {"amount": "5.00", "on": "order"}}
        ]
    });
    let book = CompiledBook::new(serde_json::from_value(book).expect("a book of the right form")).expect("a good book");
    let cart = json!({"lines": [{"id": "1", "sku": "TEA", "quantity": 2}], "coupons": ["OLD5", "NOSUCH"]});
    let cart: Cart = serde_json::from_value(cart).expect("a cart of the right form");
    let at: Instant = "2026-01-15T12:00:00Z".parse().expect("the constant is an instant");
    book.explain(&cart, &Context::guest(at)).expect("the SKU is in the book")
}

/// The same receipt in both languages.
pub fn main() {
    let Explanation { quote, promotions } = explanation();
    let name_of =
        |locale| move |_: &Sku| if locale == Locale::Zh { "龙井".to_owned() } else { "Longjing tea".to_owned() };
    for (locale, expected) in [(Locale::En, "10 % off tea"), (Locale::Zh, "茶叶九折")] {
        let voice = Voice { currency: Currency::CNY, locale, utc_offset_minutes: 480, name: &|_| None };
        let text = receipt_text(&quote, &promotions, &voice, name_of(locale));
        println!("{text}");
        assert!(text.contains(expected) && text.contains("OLD5") && text.contains("NOSUCH"), "{text}");
    }
    assert_eq!(quote.payable, 16920);
}
