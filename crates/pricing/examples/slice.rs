//! How a page quotes by itself: the server sends the part of the book that can touch the page's SKUs, the browser quotes with it, and the server
//! takes the order only if its own quote has the same hash. `cargo run -p pricing --example slice`

use ids::{CouponCode, Sku};
use pricing::{Cart, CompiledBook, Context, Instant, Slice};
use serde_json::json;

/// A thousand SKUs, each with a promotion of its own, and one coupon for tea.
fn whole_book() -> CompiledBook {
    let sku = |at: usize| json!({"sku": format!("SKU{at}"), "price": format!("{}.90", 10 + at % 80), "category": if at < 3 { "tea" } else { "other" }});
    let own = |at: usize| json!({"id": format!("P{at}"), "class": "product", "then": {"percent": "5", "on": {"sku": [format!("SKU{at}")]}}});
    let coupon = json!({"id": "TEA", "coupon": "TEA15", "class": "product", "then": {"percent": "15", "on": {"category": ["tea"]}}});
    let promotions: Vec<_> = (0..1000).map(own).chain([coupon]).collect();
    let book = json!({"format": 1, "currency": "CNY", "skus": (0..1000).map(sku).collect::<Vec<_>>(), "promotions": promotions});
    CompiledBook::new(serde_json::from_value(book).expect("a book of the right form")).expect("a good book")
}

/// The server's answer to a page: the slice as JSON text.
fn ask_for_slice(book: &CompiledBook, skus: &[&str], code: &str) -> String {
    let skus: Vec<Sku> = skus.iter().map(|sku| sku.parse().expect("a short text")).collect();
    let code: CouponCode = code.parse().expect("a short text");
    serde_json::to_string(&book.slice(&skus, &[code])).expect("a slice has only text keys")
}

/// What the page does: it knows nothing but the slice.
fn quote_in_page(slice: &str, cart: &Cart, context: &Context) -> String {
    let slice: Slice = serde_json::from_str(slice).expect("the server sends slices");
    let book = CompiledBook::from_slice(slice).expect("a slice of a good book is good");
    book.quote(cart, context).expect("the slice has the cart's SKUs").hash
}

/// Both hashes are equal, so the order is taken.
pub fn main() {
    let book = whole_book();
    let slice = ask_for_slice(&book, &["SKU1", "SKU7"], "TEA15");
    let cart = json!({"lines": [{"id": "1", "sku": "SKU1", "quantity": 2}, {"id": "2", "sku": "SKU7", "quantity": 1}], "coupons": ["TEA15"]});
    let cart: Cart = serde_json::from_value(cart).expect("a cart of the right form");
    let context = Context::guest(Instant(1_768_478_400_000));
    let in_page = quote_in_page(&slice, &cart, &context);
    let on_server = book.quote(&cart, &context).expect("the book has the cart's SKUs");
    println!("the slice has {} of {} bytes", slice.len(), pricing::canonical_json(book.document()).len());
    println!("hash in the page {in_page}, on the server {}, to pay {}", on_server.hash, on_server.payable);
    assert_eq!(in_page, on_server.hash);
    assert!(slice.len() < 2_000 && !on_server.coupons.is_empty());
}
