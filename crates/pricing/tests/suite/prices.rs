//! What one unit costs by itself, and what one more costs beside a cart: differences of quotes, with the same reasons.

use pricing::{Cart, CompiledBook, Context, Instant, UnitPrice};
use serde_json::{Value, json};

fn book() -> CompiledBook {
    let promotions = json!([
        {"id": "TENTH", "name": {"en": "tenth"}, "class": "product", "then": {"percent": "10", "on": {"sku": ["POT"]}}},
        {"id": "HALF", "name": {"en": "half"}, "class": "product", "then": {"nth_unit": 2, "percent": "50", "on": {"sku": ["CUP"]}}},
        {"id": "FULL", "name": {"en": "full"}, "class": "order", "if": [{"min_subtotal": "200.00"}],
            "then": {"amount": "30.00", "on": "order"}},
        {"id": "CODE", "name": {"en": "code"}, "class": "order", "coupon": "CODE", "then": {"amount": "5.00", "on": "order"}},
        {"id": "SHIP", "name": {"en": "ship"}, "class": "shipping", "if": [{"min_subtotal": "99.00"}],
            "then": {"free": true, "on": "shipping"}},
    ]);
    let skus =
        json!([{"sku": "POT", "price": "210.00"}, {"sku": "CUP", "price": "40.00"}, {"sku": "TEA", "price": "60.00"}]);
    let book = json!({
        "format": 1, "currency": "CNY", "tax": {"included": false, "rate": "0.10"}, "points": {"value": "0.01"},
        "shipping": [{"method": "post", "price": "12.00"}], "skus": skus, "promotions": promotions,
    });
    CompiledBook::new(serde_json::from_value(book).unwrap()).unwrap()
}

fn cart(lines: &[(&str, i64)], more: Value) -> Cart {
    let line =
        |(at, (sku, quantity)): (usize, &(&str, i64))| json!({"id": at.to_string(), "sku": sku, "quantity": quantity});
    let mut cart = more;
    cart["lines"] = lines.iter().enumerate().map(line).collect();
    serde_json::from_value(cart).unwrap()
}

fn check(cart: &Cart, sku: &str, price: i64, reasons: &[(&str, i64)]) {
    let context = Context::guest(Instant(0));
    let UnitPrice { list, price: found, reasons: told } =
        book().marginal(cart, &context, &sku.parse().unwrap()).unwrap();
    let told: Vec<(&str, i64)> = told.iter().map(|(name, amount)| (name.en.as_str(), *amount)).collect();
    assert_eq!((found, told.as_slice()), (price, reasons), "{sku}");
    assert_eq!(list - reasons.iter().map(|one| one.1).sum::<i64>(), price, "nothing is left without a name");
}

#[test]
fn one_unit_costs_what_a_cart_of_it_charges() {
    // The cart leaves the tenth out, since the full amount then saves more.
    check(&cart(&[], json!({})), "POT", 18_000, &[("full", 3_000)]);
    check(&cart(&[], json!({})), "CUP", 4_000, &[]);
    let (book, context) = (book(), Context::guest(Instant(0)));
    for sku in ["POT", "CUP", "TEA"] {
        let quote = book.quote(&cart(&[(sku, 1)], json!({})), &context).unwrap();
        assert_eq!(book.unit_price(&sku.parse().unwrap(), &context).unwrap().price, quote.lines[0].total);
    }
    // A code counts as soon as it is entered; where the goods go is no matter of one unit.
    check(&cart(&[], json!({"coupons": ["CODE"], "shipping_method": "post"})), "CUP", 3_500, &[("code", 500)]);
}

#[test]
fn one_more_costs_what_it_adds() {
    check(&cart(&[("CUP", 1)], json!({})), "CUP", 2_000, &[("half", 2_000)]);
    check(&cart(&[("CUP", 2)], json!({})), "CUP", 4_000, &[]);
    // Delivery becomes free: 60.00 less 12.00.
    check(&cart(&[("CUP", 1)], json!({"shipping_method": "post"})), "TEA", 4_800, &[("ship", 1_200)]);
    // Points are a way to pay and change no price.
    check(&cart(&[("CUP", 1)], json!({"points": 100})), "TEA", 6_000, &[]);
    // With the cup the tenth leaves enough for the full amount.
    check(&cart(&[("POT", 1)], json!({})), "CUP", 1_900, &[("tenth", 2_100)]);
}
