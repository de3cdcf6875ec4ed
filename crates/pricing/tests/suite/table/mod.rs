//! Rows of a table of small carts, worked out by hand. Every row is quoted in the merchant's order, as the best price, and from a slice.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "not every table needs all; a test stops where something is not as it must be"
)]

use pricing::{Cart, CompiledBook, Context, Quote, book::PriceBook, words};
use serde_json::{Value, json};

/// Five SKUs, two ways of shipping, and these promotions, which are named P0, P1 and so on.
pub fn document(promotions: &str, more: &Value) -> Value {
    let mut list: Value = serde_json::from_str(&format!("[{promotions}]")).expect(promotions);
    for (at, one) in list.as_array_mut().unwrap().iter_mut().enumerate() {
        one["id"] = json!(format!("P{at}"));
        one["name"] = json!({"zh": format!("优惠{at}"), "en": format!("Offer {at}")});
    }
    let mut book = json!({
        "format": 1, "currency": "CNY", "resolution": "pinned",
        "shipping": [{"method": "standard", "price": "12.00"}, {"method": "express", "price": "20.00"}],
        "skus": [
            {"sku": "TEA", "price": "100.00", "category": "tea", "brand": "Lu"},
            {"sku": "CUP", "price": "50.00", "category": "cup", "brand": "Ru"},
            {"sku": "POT", "price": "80.00", "category": "pot", "brand": "Ru", "tags": ["new"]},
            {"sku": "BAG", "price": "9.99", "category": "tea"},
            {"sku": "PEN", "price": "3.00"},
        ],
        "promotions": list,
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        book[key] = value.clone();
    }
    book
}

pub fn compile(document: &Value, resolution: &str) -> CompiledBook {
    let mut document = document.clone();
    document["resolution"] = json!(resolution);
    let book: PriceBook = serde_json::from_value(document).unwrap();
    CompiledBook::new(book).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// `TEA x2, CUP x1` with more fields of the cart.
pub fn cart(lines: &str, more: &Value) -> Cart {
    let line = |(at, text): (usize, &str)| {
        let (sku, quantity) = text.trim().split_once(" x").unwrap();
        json!({"id": format!("{at}"), "sku": sku, "quantity": quantity.parse::<i64>().unwrap()})
    };
    let mut cart = json!({"lines": lines.split(',').enumerate().map(line).collect::<Vec<_>>()});
    for (key, value) in more.as_object().into_iter().flatten() {
        cart[key] = value.clone();
    }
    serde_json::from_value(cart).unwrap()
}

pub fn context(more: &Value) -> Context {
    let mut context = json!({"at": "2026-01-15T12:00:00Z", "channel": "web"});
    for (key, value) in more.as_object().into_iter().flatten() {
        context[key] = value.clone();
    }
    serde_json::from_value(context).unwrap()
}

/// A row: promotions, cart, and what differs from a guest's book, cart and context.
#[derive(Default)]
pub struct Row<'r> {
    pub promotions: &'r str,
    pub lines: &'r str,
    pub book: Value,
    pub cart: Value,
    pub context: Value,
}

impl Row<'_> {
    pub fn quote(&self, resolution: &str) -> Quote {
        let book = compile(&document(self.promotions, &self.book), resolution);
        let (cart, context) = (cart(self.lines, &self.cart), context(&self.context));
        let quote = book.quote(&cart, &context).unwrap();
        let skus: Vec<_> = cart.lines.iter().map(|line| line.sku.clone()).collect();
        let slice = serde_json::to_string(&book.slice(&skus, &cart.coupons)).unwrap();
        let slice = CompiledBook::from_slice(serde_json::from_str(&slice).unwrap()).unwrap();
        assert_eq!(slice.quote(&cart, &context).unwrap(), quote, "{}", self.promotions);
        quote
    }

    /// `line totals | shipping | payable`, or why the first promotion gave nothing.
    #[track_caller]
    pub fn check(&self, expected: &str) {
        for resolution in ["pinned", "best"] {
            assert_eq!(say(&self.quote(resolution)), expected, "{resolution} {}", self.promotions);
        }
    }

    /// The reason of the first promotion in both languages.
    #[track_caller]
    pub fn refused(&self, zh: &str, en: &str) {
        for resolution in ["pinned", "best"] {
            let quote = self.quote(resolution);
            let missed = quote.missed.iter().find(|one| one.promotion.as_str() == "P0");
            let reason = &missed.unwrap_or_else(|| panic!("given: {}", self.promotions)).reason;
            let text = |locale| {
                let currency = quote.currency;
                words::reason(reason, &words::Voice { currency, locale, utc_offset_minutes: 480, name: &|_| None })
            };
            assert_eq!((text(money::Locale::Zh).as_str(), text(money::Locale::En).as_str()), (zh, en), "{resolution}");
        }
    }
}

pub fn say(quote: &Quote) -> String {
    let totals: Vec<String> = quote.lines.iter().map(|line| line.total.to_string()).collect();
    let shipping = quote.shipping.as_ref().map_or_else(|| "-".to_owned(), |one| one.total.to_string());
    format!("{} | {shipping} | {}", totals.join(" "), quote.payable)
}

/// One promotion: ten yuan off the order, if.
pub fn ten_off(condition: &str) -> String {
    format!(r#"{{"class": "order", "if": [{condition}], "then": {{"amount": "10.00", "on": "order"}}}}"#)
}

#[track_caller]
pub fn refuse(document: Value, expected: &str) {
    let errors = match serde_json::from_value::<PriceBook>(document) {
        Err(error) => error.to_string(),
        Ok(book) => CompiledBook::new(book).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    };
    assert!(errors.contains(expected), "{errors}");
}
