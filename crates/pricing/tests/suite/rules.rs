//! Each rule on a small cart, worked out by hand: what goes in, and what every line costs in the end.

use pricing::{CompiledBook, Context, Instant, Member, OpenCart, Quote, book::PriceBook};
use serde_json::{Value, json};

/// Lines are written `id: price x quantity category tag`; promotions are the body of a JSON list. Returns `line totals | shipping | payable`.
fn receipt(lines: &[&str], promotions: &str, more: Value) -> String {
    let quote = quote(lines, promotions, more);
    let totals: Vec<String> = quote.lines.iter().map(|line| line.total.to_string()).collect();
    let shipping = quote.shipping.map_or_else(|| "-".to_owned(), |one| one.total.to_string());
    format!("{} | {shipping} | {}", totals.join(" "), quote.payable)
}

fn quote(lines: &[&str], promotions: &str, more: Value) -> Quote {
    let promotions: Value = serde_json::from_str(&format!("[{promotions}]")).expect(promotions);
    let promotions: Vec<Value> = promotions
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let mut one = one.clone();
            one["id"] = json!(format!("P{at}"));
            one
        })
        .collect();
    let mut book =
        json!({"format": 1, "currency": "CNY", "resolution": "pinned", "skus": [], "promotions": promotions});
    for key in ["rounding", "tax", "points"] {
        if !more[key].is_null() {
            book[key] = more[key].clone();
        }
    }
    let book: PriceBook = serde_json::from_value(book).unwrap();
    let book = CompiledBook::new(book).unwrap_or_else(|errors| panic!("{errors:?}"));
    let cart = json!({
        "lines": lines.iter().map(|line| parse(line)).collect::<Vec<_>>(),
        "coupons": more.get("coupons").cloned().unwrap_or(json!([])), "points": more.get("spend").cloned().unwrap_or(json!(0)),
        "shipping": more.get("shipping").cloned().unwrap_or(Value::Null),
    });
    let cart: OpenCart = serde_json::from_value(cart).unwrap();
    let mut context = Context::guest(Instant(0));
    if let Some(member) = more.get("member") {
        context.member = Some(serde_json::from_value::<Member>(member.clone()).unwrap());
    }
    book.quote_open(&cart, &context).unwrap()
}

fn parse(line: &str) -> Value {
    let (id, rest) = line.split_once(": ").unwrap();
    let words: Vec<&str> = rest.split(' ').collect();
    let quantity: i64 = words[1].trim_start_matches('x').parse().unwrap();
    let category = words.get(2).copied().filter(|word| *word != "-");
    json!({"id": id, "quantity": quantity, "item": {
        "sku": id, "price": words[0], "category": category, "tags": words.get(3).into_iter().collect::<Vec<_>>(),
    }})
}

#[track_caller]
fn check(lines: &[&str], promotions: &str, expected: &str) {
    assert_eq!(receipt(lines, promotions, json!({})), expected, "{promotions}");
}

#[test]
fn amounts_percentages_and_fixed_prices() {
    let two = ["a: 100.00 x1 tea", "b: 50.00 x2 cup"];
    check(&two, r#"{"class": "order", "then": {"amount": "30.00", "on": "order"}}"#, "8500 8500 | - | 17000");
    check(
        &two,
        r#"{"class": "product", "then": {"amount": "5.00", "on": {"category": ["cup"]}}}"#,
        "10000 9000 | - | 19000",
    );
    check(
        &two,
        r#"{"class": "product", "then": {"amount": "5.00", "per": "line", "on": "all"}}"#,
        "9500 9500 | - | 19000",
    );
    check(&two, r#"{"class": "product", "then": {"amount": "60.00", "on": {"sku": ["b"]}}}"#, "10000 0 | - | 10000");
    check(
        &two,
        r#"{"class": "product", "then": {"percent": "10", "on": {"sku": ["b"]}, "max_units": 1}}"#,
        "10000 9500 | - | 19500",
    );
    check(
        &two,
        r#"{"class": "order", "then": {"percent": "15", "on": "order", "cap": "20.00"}}"#,
        "9000 9000 | - | 18000",
    );
    check(
        &two,
        r#"{"class": "price", "then": {"fixed_price": "39.90", "on": {"sku": ["b"]}}}"#,
        "10000 7980 | - | 17980",
    );
    check(&two, r#"{"class": "order", "then": {"fixed_price": "150.00", "on": "order"}}"#, "7500 7500 | - | 15000");
    check(&two, r#"{"class": "product", "then": {"fixed_price": "999.00", "on": "all"}}"#, "10000 10000 | - | 20000");
}

#[test]
fn every_full_amount_and_tiers() {
    let every = r#"{"class": "order", "then": {"every": "100.00", "off": "10.00", "max_times": 3, "on": "order"}}"#;
    check(&["a: 99.99 x1"], every, "9999 | - | 9999");
    check(&["a: 100.00 x1"], every, "9000 | - | 9000");
    check(&["a: 250.00 x1"], every, "23000 | - | 23000");
    check(&["a: 900.00 x1"], every, "87000 | - | 87000");
    let tiers = r#"{"class": "order", "then": {"tiers": [{"from": "100.00", "off": "10.00"}, {"from": "200.00", "off": "30.00"}, {"from_quantity": 5, "percent": "20"}], "on": "order"}}"#;
    check(&["a: 50.00 x1"], tiers, "5000 | - | 5000");
    check(&["a: 50.00 x2"], tiers, "9000 | - | 9000");
    check(&["a: 50.00 x4"], tiers, "17000 | - | 17000");
    check(&["a: 50.00 x5"], tiers, "20000 | - | 20000");
}

#[test]
fn sets() {
    let half = r#"{"class": "product", "then": {"nth_unit": 2, "percent": "50", "on": "all"}}"#;
    check(&["a: 30.00 x1"], half, "3000 | - | 3000");
    check(&["a: 30.00 x3"], half, "7500 | - | 7500");
    // Two sets: the two cheapest of the four are got.
    check(&["a: 40.00 x2", "b: 10.00 x2"], half, "8000 1000 | - | 9000");
    let three_for_two = r#"{"class": "product", "then": {"buy": {"count": 2, "of": "all"}, "get": {"count": 1, "of": "all", "percent": "100"}}}"#;
    check(&["a: 10.00 x100000"], three_for_two, "66667000 | - | 66667000");
    let other = r#"{"class": "product", "then": {"buy": {"count": 1, "of": {"category": ["pot"]}}, "get": {"count": 2, "of": {"category": ["cup"]}, "fixed_price": "5.00"}}}"#;
    check(&["a: 100.00 x1 pot", "b: 20.00 x3 cup"], other, "10000 3000 | - | 13000");
    let bundle = r#"{"class": "product", "then": {"bundle": [{"count": 1, "of": {"category": ["pot"]}}, {"count": 2, "of": {"category": ["cup"]}}], "price": "120.00"}}"#;
    check(&["a: 100.00 x1 pot", "b: 20.00 x3 cup"], bundle, "8571 5429 | - | 14000");
    check(&["a: 100.00 x1 pot", "b: 20.00 x1 cup"], bundle, "10000 2000 | - | 12000");
    // A set that saves nothing is not made.
    check(&["a: 70.00 x1 pot", "b: 20.00 x2 cup"], bundle, "7000 4000 | - | 11000");
}

#[test]
fn the_order_of_work() {
    // A unit in a set of one promotion is not free for the sets of a later one.
    let twice = r#"{"class": "product", "then": {"nth_unit": 2, "percent": "50", "on": "all"}}, {"class": "product", "then": {"nth_unit": 2, "percent": "10", "on": "all"}}"#;
    check(&["a: 100.00 x2"], twice, "15000 | - | 15000");
    check(
        &["a: 100.00 x2"],
        &twice.replace(
            "\"class\": \"product\", \"then\": {\"nth_unit\": 2, \"percent\": \"10\"",
            "\"class\": \"order\", \"then\": {\"percent\": \"10\"",
        ),
        "13500 | - | 13500",
    );
    // Threshold first, percent first: a lower number is earlier.
    let threshold = |first: i64, second: i64| {
        format!(
            r#"{{"class": "order", "priority": {first}, "if": [{{"min_subtotal": "200.00"}}], "then": {{"amount": "30.00", "on": "order"}}}}, {{"class": "order", "priority": {second}, "then": {{"percent": "15", "on": "order"}}}}"#
        )
    };
    check(&["a: 200.00 x1"], &threshold(1, 2), "14450 | - | 14450");
    check(&["a: 200.00 x1"], &threshold(2, 1), "17000 | - | 17000");
    check(&["a: 240.00 x1"], &threshold(1, 2), "17850 | - | 17850");
    check(&["a: 240.00 x1"], &threshold(2, 1), "17400 | - | 17400");
    // Of a group the best; an exclusive one stands alone.
    let group = r#"{"class": "order", "combine": "best", "then": {"amount": "5.00", "on": "order"}}, {"class": "order", "combine": "best", "then": {"percent": "10", "on": "order"}}"#;
    check(&["a: 40.00 x1"], group, "3500 | - | 3500");
    check(&["a: 80.00 x1"], group, "7200 | - | 7200");
    let alone = r#"{"class": "price", "then": {"percent": "10", "on": "all"}}, {"class": "order", "combine": "exclusive", "if": [{"min_subtotal": "50.00"}], "then": {"amount": "1.00", "on": "order"}}"#;
    check(&["a: 50.00 x1"], alone, "4900 | - | 4900");
    check(&["a: 49.99 x1"], alone, "4499 | - | 4499");
}

#[test]
fn shipping_tax_and_points() {
    let free = r#"{"class": "shipping", "if": [{"min_subtotal": "99.00"}], "then": {"free": true, "on": "shipping"}}"#;
    let shipping = json!({"shipping": {"price": "12.00", "method": "standard"}});
    assert_eq!(receipt(&["a: 99.00 x1"], free, shipping.clone()), "9900 | 0 | 9900");
    assert_eq!(receipt(&["a: 98.99 x1"], free, shipping.clone()), "9899 | 1200 | 11099");
    let all = r#"{"class": "total", "then": {"amount": "10.00", "on": "total"}}"#;
    assert_eq!(receipt(&["a: 88.00 x1"], all, shipping), "7920 | 1080 | 9000");
    let tax = |included: bool, scope: &str| json!({"tax": {"included": included, "rate": "0.13"}, "rounding": {"scope": scope}});
    let three = ["a: 0.99 x1", "b: 0.99 x1", "c: 0.99 x1"];
    assert_eq!(quote(&three, "", tax(false, "line")).tax, 39);
    assert_eq!(quote(&["a: 0.95 x3"], "", tax(false, "unit")).tax, 36);
    assert_eq!(quote(&["a: 0.95 x3"], "", tax(false, "line")).tax, 37);
    assert_eq!(
        quote(&three, "", tax(true, "document")).lines.iter().map(|line| line.tax).collect::<Vec<_>>(),
        [12, 11, 11]
    );
    let points = json!({"points": {"earn": "1", "value": "0.01"}, "spend": 5000, "member": {"points": 800}});
    let quote = quote(&["a: 20.50 x1"], r#"{"class": "order", "then": {"points_multiplier": "2"}}"#, points);
    assert_eq!((quote.points_spent, quote.payable, quote.points_earned), (800, 1250, 41));
}

#[test]
fn hints_say_what_is_missing() {
    let hint = |lines: &[&str], promotions: &str| {
        let quote = quote(lines, promotions, json!({}));
        quote
            .hints
            .iter()
            .map(|one| pricing::words::hint(one, quote.currency, money::Locale::En))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let full = r#"{"class": "order", "name": {"en": "30 off 200"}, "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}}"#;
    assert_eq!(hint(&["a: 188.00 x1"], full), "Add ¥12.00 to save ¥30.00 · 30 off 200");
    assert_eq!(hint(&["a: 200.00 x1"], full), "");
    let half = r#"{"class": "product", "name": {"en": "second half price"}, "then": {"nth_unit": 2, "percent": "50", "on": "all"}}"#;
    assert_eq!(hint(&["a: 9.00 x3"], half), "Add 1 more for second half price");
    let every = r#"{"class": "order", "name": {"en": "10 off every 100"}, "then": {"every": "100.00", "off": "10.00", "on": "order"}}"#;
    assert_eq!(hint(&["a: 130.00 x1"], every), "Add ¥70.00 to save ¥10.00 · 10 off every 100");
}

#[test]
fn codes_are_taken_or_refused_with_the_reason() {
    let book = r#"{"class": "order", "coupon": "TEN", "if": [{"min_subtotal": "50.00"}], "then": {"amount": "10.00", "on": "order"}},
        {"class": "order", "coupon": "OLD", "ends": "1969-01-01T00:00:00Z", "then": {"amount": "1.00", "on": "order"}},
        {"class": "order", "coupon": "NEW", "if": [{"nth_order": 1}], "then": {"amount": "1.00", "on": "order"}}"#;
    let say = |lines: &[&str]| {
        let quote = quote(lines, book, json!({"coupons": ["TEN", "OLD", "NEW", "NONE", "TEN"]}));
        let (currency, locale) = (quote.currency, money::Locale::En);
        let voice = pricing::words::Voice { currency, locale, utc_offset_minutes: 480, name: &|_| None };
        let text = |why: &pricing::Reason| pricing::words::reason(why, &voice);
        quote
            .coupons
            .iter()
            .map(|one| format!("{}: {}", one.code, one.refused.as_ref().map_or("taken".into(), text)))
            .collect::<Vec<_>>()
    };
    assert_eq!(say(&["a: 50.00 x1"])[0], "TEN: taken");
    assert_eq!(
        say(&["a: 49.00 x1"]),
        [
            "TEN: ¥1.00 below ¥50.00",
            "OLD: Ended on 1969-01-01 08:00",
            "NEW: For members; sign in to use it",
            "NONE: We don't know this code; check its spelling",
        ]
    );
}

#[test]
fn a_book_that_is_wrong_is_refused_with_all_that_is_wrong() {
    let refuse = |promotions: &str| {
        let text = format!(
            r#"{{"format": 1, "currency": "CNY", "resolution": "pinned", "skus": [], "promotions": [{promotions}]}}"#
        );
        match serde_json::from_str::<PriceBook>(&text) {
            Err(error) => error.to_string(),
            Ok(book) => {
                CompiledBook::new(book).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
        }
    };
    let rows = [
        (r#"{"id": "A", "class": "order", "then": {"percnt": "5"}}"#, "no known benefit in {percnt}"),
        (r#"{"id": "A", "class": "order", "then": {"percent": "5", "of": "order"}}"#, "unknown field `of`"),
        (
            r#"{"id": "A", "class": "order", "if": [{"min": 1}], "then": {"percent": "5", "on": "order"}}"#,
            "no known condition in {min}",
        ),
        (
            r#"{"id": "A", "class": "order", "then": {"percent": "5", "on": "shipping"}}"#,
            "promotion A: a benefit of class Order can't be on Shipping",
        ),
        (
            r#"{"id": "A", "class": "order", "then": {"amount": "0.005", "on": "order"}}"#,
            "0.005 has more decimals than CNY (2)",
        ),
        (r#"{"id": "A", "class": "order", "then": {"amount": "-1", "on": "order"}}"#, "-1 is negative"),
        (
            r#"{"id": "A", "class": "price", "then": {"nth_unit": 2, "percent": "5", "on": "all"}}"#,
            "a set is of class product or order",
        ),
        (
            r#"{"id": "A", "class": "order", "starts": "2026-01-02T00:00:00Z", "ends": "2026-01-01T00:00:00Z", "then": {"percent": "5", "on": "order"}}"#,
            "ends before it starts",
        ),
        (r#"{"id": "A", "class": "order", "then": {"percent": "5", "on": {"skus": ["x"]}}}"#, "unknown field `skus`"),
    ];
    for (promotions, expected) in rows {
        assert!(refuse(promotions).contains(expected), "{promotions}\n{}", refuse(promotions));
    }
}
