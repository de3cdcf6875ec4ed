//! A cart of 50 lines on which 30 promotions of a department store's big sale all have a say.

use ids::LineId;
use pricing::{Cart, CartLine, Context, Instant, Member, book::PriceBook};
use serde_json::{Value, json};

const DEPARTMENTS: [&str; 5] = ["women", "men", "home", "beauty", "sport"];

/// Member prices and markdowns: what the shelf says.
fn prices() -> Vec<Value> {
    let off = |id: &str, percent: &str, on: Value| json!({"id": id, "class": "price", "then": {"percent": percent, "on": on}});
    vec![
        off("A01-LAST-SEASON", "30", json!({"tag": ["last-season"]})),
        off("A02-SPORT", "10", json!({"category": ["sport"]})),
        json!({"id": "A03-GOLD", "class": "price", "if": [{"member_level": ["gold"]}], "then": {"percent": "5", "on": {"category": ["beauty"]}}}),
        json!({"id": "A04-FLASH", "class": "price", "then": {"fixed_price": "39.00", "on": {"sku": ["ITEM07", "ITEM21"]}}}),
    ]
}

/// What is taken off products and sets of them.
fn products() -> Vec<Value> {
    let on = |category: &str| json!({"category": [category]});
    let product = |id: &str, then: Value| json!({"id": id, "class": "product", "then": then});
    let rival = |id: &str, then: Value| json!({"id": id, "class": "product", "combine": "best", "group": "beauty", "then": then});
    vec![
        product("B01-WOMEN", json!({"percent": "15", "on": on("women")})),
        product(
            "B02-WOMEN-3",
            json!({"tiers": [{"from_quantity": 3, "percent": "5"}, {"from_quantity": 6, "percent": "10"}], "on": on("women")}),
        ),
        product("B03-MEN-HALF", json!({"nth_unit": 2, "percent": "50", "on": {"tag": ["shirt"]}})),
        product("B04-MEN", json!({"every": "300.00", "off": "40.00", "on": on("men")})),
        product(
            "B05-BUNDLE",
            json!({"bundle": [{"count": 1, "of": {"sku": ["ITEM02"]}}, {"count": 1, "of": {"sku": ["ITEM12"]}}], "price": "99.00"}),
        ),
        product(
            "B06-HOME",
            json!({"buy": {"count": 2, "of": on("home")}, "get": {"count": 1, "of": on("home"), "percent": "100"}, "times": 2}),
        ),
        product("B07-HOME-20", json!({"amount": "20.00", "on": on("home"), "per": "once"})),
        rival("B08-BEAUTY-PERCENT", json!({"percent": "20", "on": on("beauty")})),
        rival("B09-BEAUTY-FULL", json!({"every": "200.00", "off": "50.00", "on": on("beauty")})),
        rival("B10-BEAUTY-THIRD", json!({"nth_unit": 3, "percent": "100", "on": on("beauty")})),
        product(
            "B11-SPORT",
            json!({"tiers": [{"from": "200.00", "off": "20.00"}, {"from": "500.00", "off": "70.00"}], "on": on("sport")}),
        ),
        product("B12-CHEAPEST", json!({"percent": "100", "on": {"tag": ["sock"]}, "max_units": 1})),
        json!({"id": "B13-COUPON", "class": "product", "coupon": "MEN15", "then": {"percent": "15", "on": on("men"), "cap": "60.00"}}),
        json!({"id": "B14-COUPON", "class": "product", "coupon": "HOME30", "if": [{"min_subtotal": "150.00", "of": on("home")}], "then": {"amount": "30.00", "on": on("home"), "per": "once"}}),
    ]
}

/// What is taken off the whole order, off shipping, and alone.
fn orders() -> Vec<Value> {
    let order = |id: &str, least: &str, then: Value| json!({"id": id, "class": "order", "if": [{"min_subtotal": least}], "then": then});
    let rival = |id: &str, least: &str, then: Value| json!({"id": id, "class": "order", "combine": "best", "group": "full", "if": [{"min_subtotal": least}], "then": then});
    vec![
        rival("C01-FULL", "200.00", json!({"every": "200.00", "off": "30.00", "on": "order"})),
        rival("C02-FULL", "1000.00", json!({"amount": "180.00", "on": "order"})),
        order("C03-PERCENT", "500.00", json!({"percent": "5", "on": "order"})),
        order(
            "C04-TIERS",
            "300.00",
            json!({"tiers": [{"from": "300.00", "off": "20.00"}, {"from": "800.00", "off": "80.00"}], "on": "order"}),
        ),
        json!({"id": "C05-COUPON", "class": "order", "coupon": "APP20", "if": [{"min_subtotal": "199.00"}], "then": {"amount": "20.00", "on": "order"}}),
        json!({"id": "C06-COUPON", "class": "order", "coupon": "VIP8", "if": [{"member_level": ["gold"]}], "then": {"percent": "8", "on": "order", "cap": "100.00"}}),
        order("C07-MORE", "99999.00", json!({"percent": "30", "on": "order"})),
        json!({"id": "C08-ALONE", "class": "order", "combine": "exclusive", "then": {"percent": "20", "on": "order"}}),
        json!({"id": "C09-NEW", "class": "order", "if": [{"nth_order": 1}], "then": {"amount": "15.00", "on": "order"}}),
        json!({"id": "D01-SHIP", "class": "shipping", "if": [{"min_subtotal": "99.00"}], "then": {"free": true, "on": "shipping"}}),
        json!({"id": "D02-SHIP", "class": "shipping", "then": {"amount": "6.00", "on": "shipping"}}),
        json!({"id": "E01-POINTS", "class": "order", "then": {"points_multiplier": "2"}}),
    ]
}

/// The book: 30 promotions, ten goods in each of five departments.
pub(crate) fn book() -> PriceBook {
    let sku = |at: usize| {
        let mut tags = Vec::new();
        tags.extend((at.is_multiple_of(7)).then_some("last-season"));
        tags.extend((at % 10 == 1 && at < 30).then_some("shirt"));
        tags.extend((at % 10 == 4).then_some("sock"));
        let price = format!("{}.{}0", 19 + at * 37 % 160, at % 10);
        json!({"sku": format!("ITEM{at:02}"), "price": price, "category": DEPARTMENTS[at % 5], "tags": tags})
    };
    let promotions = [prices(), products(), orders()].concat();
    let book = json!({
        "format": 1, "currency": "CNY", "resolution": "best", "tax": {"included": true, "rate": "0.13"},
        "levels": [{"id": "gold", "rank": 2, "name": {"zh": "金卡", "en": "Gold"}}],
        "points": {"earn": "1", "value": "0.01"}, "shipping": [{"method": "standard", "price": "12.00"}],
        "skus": (0..50).map(sku).collect::<Vec<_>>(), "promotions": promotions,
    });
    serde_json::from_value(book).expect("the book is of the right form")
}

/// All 50 goods, one to three of each, with the four codes.
pub(crate) fn cart() -> Cart {
    let line = |at: usize| CartLine {
        id: LineId::new(format!("{at:02}")).expect("digits are an id"),
        sku: format!("ITEM{at:02}").parse().expect("letters and digits are a SKU"),
        quantity: 1 + i64::try_from(at % 3).expect("a small number"),
    };
    let coupons = ["MEN15", "HOME30", "APP20", "VIP8"].map(|code| code.parse().expect("letters and digits are a code"));
    Cart {
        lines: (0..50).map(line).collect(),
        coupons: coupons.to_vec(),
        shipping_method: Some("standard".to_owned()),
        ..Cart::default()
    }
}

/// A gold member on the web who has ordered before.
pub(crate) fn context() -> Context {
    let level = Some("gold".parse().expect("letters are a level"));
    let member = Member { id: None, level, tags: Vec::new(), orders: 4, points: 0, birthday_month: None };
    Context { member: Some(member), ..Context::guest(Instant(1_768_478_400_000)) }
}
