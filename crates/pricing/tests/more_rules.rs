//! Further rules on small carts, worked out by hand. Every row is quoted in the merchant's order, as the best price, and from a slice.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use pricing::{Cart, CompiledBook, Context, Quote, book::PriceBook, words};
use serde_json::{Value, json};

/// Five SKUs, two ways of shipping, and these promotions, which are named P0, P1 and so on.
fn document(promotions: &str, more: &Value) -> Value {
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

fn compile(document: &Value, resolution: &str) -> CompiledBook {
    let mut document = document.clone();
    document["resolution"] = json!(resolution);
    let book: PriceBook = serde_json::from_value(document).unwrap();
    CompiledBook::new(book).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// `TEA x2, CUP x1` with more fields of the cart.
fn cart(lines: &str, more: &Value) -> Cart {
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

fn context(more: &Value) -> Context {
    let mut context = json!({"at": "2026-01-15T12:00:00Z", "channel": "web"});
    for (key, value) in more.as_object().into_iter().flatten() {
        context[key] = value.clone();
    }
    serde_json::from_value(context).unwrap()
}

/// A row: promotions, cart, and what differs from a guest's book, cart and context.
#[derive(Default)]
struct Row<'r> {
    promotions: &'r str,
    lines: &'r str,
    book: Value,
    cart: Value,
    context: Value,
}

impl Row<'_> {
    fn quote(&self, resolution: &str) -> Quote {
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
    fn check(&self, expected: &str) {
        for resolution in ["pinned", "best"] {
            assert_eq!(say(&self.quote(resolution)), expected, "{resolution} {}", self.promotions);
        }
    }

    /// The reason of the first promotion in both languages.
    #[track_caller]
    fn refused(&self, zh: &str, en: &str) {
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

fn say(quote: &Quote) -> String {
    let totals: Vec<String> = quote.lines.iter().map(|line| line.total.to_string()).collect();
    let shipping = quote.shipping.as_ref().map_or_else(|| "-".to_owned(), |one| one.total.to_string());
    format!("{} | {shipping} | {}", totals.join(" "), quote.payable)
}

/// One promotion: ten yuan off the order, if.
fn ten_off(condition: &str) -> String {
    format!(r#"{{"class": "order", "if": [{condition}], "then": {{"amount": "10.00", "on": "order"}}}}"#)
}

#[track_caller]
fn refuse(document: Value, expected: &str) {
    let errors = match serde_json::from_value::<PriceBook>(document) {
        Err(error) => error.to_string(),
        Ok(book) => CompiledBook::new(book).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    };
    assert!(errors.contains(expected), "{errors}");
}

#[test]
fn region_and_tender() {
    let here = ten_off(r#"{"region": ["CN-31", "CN-11"]}"#);
    let row = |region: Value| Row {
        promotions: &here,
        lines: "TEA x1",
        context: json!({"region": region}),
        ..Row::default()
    };
    row(json!("CN-31")).check("9000 | - | 9000");
    row(json!("CN-44")).check("10000 | - | 10000");
    row(json!("CN-44")).refused("仅限送往CN-31、CN-11", "Only in CN-31, CN-11");
    row(Value::Null).check("10000 | - | 10000");
    let paid = ten_off(r#"{"tender": ["wechat_pay"]}"#);
    let row = |cart: Value| Row { promotions: &paid, lines: "TEA x1", cart, ..Row::default() };
    row(json!({"tender": "wechat_pay"})).check("9000 | - | 9000");
    row(json!({"tender": "cash"})).refused("仅限用wechat_pay付款", "Only when paid with wechat_pay");
    row(json!({})).check("10000 | - | 10000");
}

#[test]
fn the_month_of_the_birthday() {
    let birthday = ten_off(r#"{"birthday_month": true}"#);
    let row = |context: Value| Row { promotions: &birthday, lines: "TEA x1", context, ..Row::default() };
    row(json!({"member": {"birthday_month": 1}})).check("9000 | - | 9000");
    row(json!({"member": {"birthday_month": 2}}))
        .refused("仅限生日当月（2 月）", "For your birthday month only (February)");
    row(json!({"member": {}}))
        .refused("仅限生日当月，请先填写生日", "For your birthday month; add your birthday to your account");
    row(json!({})).refused("登录会员后可用", "For members; sign in to use it");
    // Midnight is where the shop is: five in the afternoon UTC is the first of February in Shanghai.
    let at = |offset: i32| json!({"at": "2026-01-31T17:00:00Z", "utc_offset_minutes": offset, "member": {"birthday_month": 2}});
    row(at(480)).check("9000 | - | 9000");
    row(at(0)).check("10000 | - | 10000");
    let never = document(&ten_off(r#"{"birthday_month": false}"#), &json!({}));
    refuse(never, "write {\"birthday_month\": true}");
}

#[test]
fn bought_together() {
    let rows = [
        (r#"[{"category": ["tea"]}, {"category": ["cup"]}]"#, "TEA x1, CUP x1", true),
        (r#"[{"category": ["tea"]}, {"category": ["cup"]}]"#, "TEA x2", false),
        // One unit counts for one selector, even if it matches both.
        (r#"[{"brand": ["Ru"]}, {"tag": ["new"]}]"#, "POT x1", false),
        (r#"[{"brand": ["Ru"]}, {"tag": ["new"]}]"#, "POT x2", true),
        (r#"[{"brand": ["Ru"]}, {"tag": ["new"]}]"#, "POT x1, CUP x1", true),
        (r#"["all", "all", {"sku": ["TEA"]}]"#, "TEA x1, PEN x2", true),
        (r#"["all", "all", {"sku": ["TEA"]}]"#, "TEA x1, PEN x1", false),
    ];
    for (selectors, lines, together) in rows {
        let promotions = ten_off(&format!(r#"{{"together": {selectors}}}"#));
        let quote = Row { promotions: &promotions, lines, ..Row::default() }.quote("best");
        assert_eq!(quote.discount == 1000, together, "{selectors} {lines}");
    }
    let three = ten_off(r#"{"together": [{"sku": ["TEA"]}, {"sku": ["CUP"]}, {"sku": ["POT"]}]}"#);
    let row = Row { promotions: &three, lines: "TEA x9", ..Row::default() };
    row.refused("还差 2 件搭配商品", "Needs 2 more of the items that go together");
    assert_eq!(row.quote("pinned").hints[0].need, pricing::Need::Units(2));
    refuse(document(&ten_off(r#"{"together": []}"#), &json!({})), "together has 1 to 8 selectors");
}

const TUESDAYS: &str = r#""days": ["tue"], "from": "18:00", "to": "22:00", "zone": "Asia/Shanghai""#;

/// Two Tuesday evenings in Shanghai, computed for two weeks.
fn tuesdays() -> String {
    format!(
        r#"{{"weekly": {{{TUESDAYS}, "known": ["2026-01-05T00:00:00Z", "2026-01-19T00:00:00Z"],
            "instants": [["2026-01-06T10:00:00Z", "2026-01-06T14:00:00Z"], ["2026-01-13T10:00:00Z", "2026-01-13T14:00:00Z"]]}}}}"#
    )
}

#[test]
fn hours_of_the_week() {
    let tuesdays = tuesdays();
    let evening = ten_off(&tuesdays);
    let at = |promotions: &str, at: &str| {
        let row = Row { promotions, lines: "TEA x1", context: json!({"at": at}), ..Row::default() };
        assert_eq!(row.quote("best").discount, row.quote("pinned").discount);
        row.quote("best").discount == 1000
    };
    for (instant, inside) in [
        ("2026-01-06T09:59:59.999Z", false),
        ("2026-01-06T10:00:00Z", true),
        ("2026-01-06T13:59:59Z", true),
        ("2026-01-06T14:00:00Z", false),
        ("2026-01-13T12:00:00Z", true),
        ("2026-01-18T12:00:00Z", false),
        ("2026-01-20T12:00:00Z", false),
    ] {
        assert_eq!(at(&evening, instant), inside, "{instant}");
    }
    let row = |at: &str| Row { promotions: &evening, lines: "TEA x1", context: json!({"at": at}), ..Row::default() };
    row("2026-01-06T09:00:00Z")
        .refused("不在活动时段内，下次 2026-01-06 18:00 开始", "Not at this time; next on 2026-01-06 18:00");
    row("2026-01-14T09:00:00Z").refused("不在活动时段内", "Not at this time of the week");
    row("2026-01-20T12:00:00Z").refused(
        "活动时段只算到 2026-01-19 08:00，需重新发布价目",
        "Its hours are computed up to 2026-01-19 08:00; the price book must be published again",
    );
    // What is not known is not known of the opposite either, nor of what hangs on it.
    let outside = ten_off(&format!(r#"{{"not": {tuesdays}}}"#));
    let either = ten_off(&format!(r#"{{"not": {{"any": [{{"min_subtotal": "999.00"}}, {tuesdays}]}}}}"#));
    for promotions in [&outside, &either] {
        assert!(at(promotions, "2026-01-06T09:00:00Z") && !at(promotions, "2026-01-06T12:00:00Z"));
        assert!(!at(promotions, "2026-01-20T12:00:00Z"), "{promotions}");
    }
    let or_rich = ten_off(&format!(r#"{{"any": [{tuesdays}, {{"min_subtotal": "50.00"}}]}}"#));
    assert!(at(&or_rich, "2026-01-20T12:00:00Z"));
}

#[test]
fn hours_that_are_wrong_are_refused() {
    let book = |hours: &str| document(&ten_off(&format!(r#"{{"weekly": {{{hours}}}}}"#)), &json!({}));
    refuse(book(TUESDAYS), "publish the book");
    let known = r#""known": ["2026-01-05T00:00:00Z", "2026-01-19T00:00:00Z"]"#;
    let turned = r#""instants": [["2026-01-06T14:00:00Z", "2026-01-06T10:00:00Z"]]"#;
    refuse(book(&format!("{TUESDAYS}, {known}, {turned}")), "out of order");
    refuse(book(r#""days": [], "from": "18:00", "to": "22:00", "zone": "UTC""#), "at least one day");
    refuse(book(r#""days": ["tue"], "from": "18:00", "to": "18:00", "zone": "UTC""#), "is no window");
    refuse(book(r#""days": ["tue"], "from": "24:00", "to": "18:00", "zone": "UTC""#), "is no window");
    refuse(book(r#""days": ["tue"], "from": "18:60", "to": "22:00", "zone": "UTC""#), "is no time of day");
    refuse(book(r#""days": ["tues"], "from": "18:00", "to": "22:00", "zone": "UTC""#), "unknown variant `tues`");
}

#[test]
fn brands() {
    let brand = r#"{"class": "product", "then": {"percent": "10", "on": {"brand": ["Ru"]}}}"#;
    Row { promotions: brand, lines: "TEA x1, CUP x1, POT x1", ..Row::default() }.check("10000 4500 7200 | - | 21700");
    Row { promotions: brand, lines: "TEA x1, PEN x1", ..Row::default() }.check("10000 300 | - | 10300");
    let other = r#"{"class": "product", "then": {"percent": "10", "on": {"not": {"brand": ["Ru"]}}}}"#;
    Row { promotions: other, lines: "TEA x1, CUP x1, PEN x1", ..Row::default() }.check("9000 5000 270 | - | 14270");
}

#[test]
fn quantity_breaks() {
    let breaks = r#"{"class": "price", "then": {"breaks": [{"from": 3, "fixed_price": "9.00"}, {"from": 10, "percent": "15"}, {"from": 20, "amount": "2.50"}], "on": "all"}}"#;
    let row = |lines| Row { promotions: breaks, lines, ..Row::default() };
    row("BAG x2").check("1998 | - | 1998");
    row("BAG x3").check("2700 | - | 2700");
    // 9.99 less 15 % is 8.4915, 8.49 a unit.
    row("BAG x10").check("8490 | - | 8490");
    row("BAG x20").check("14980 | - | 14980");
    row("BAG x100000").check("74900000 | - | 74900000");
    // Units of one SKU are counted over its lines, those of another are not.
    row("BAG x2, BAG x1").check("1800 900 | - | 2700");
    row("BAG x2, PEN x1").check("1998 300 | - | 2298");
    // Never raises a price.
    row("PEN x3").check("900 | - | 900");
    let quote = row("BAG x7, PEN x1").quote("pinned");
    let hints: Vec<String> =
        quote.hints.iter().map(|one| words::hint(one, quote.currency, money::Locale::En)).collect();
    assert_eq!(hints, ["Add 2 more for Offer 0"]);
    for (then, expected) in [
        (r#"{"breaks": [{"from": 3}], "on": "all"}"#, "a break has exactly one of"),
        (r#"{"breaks": [], "on": "all"}"#, "at least one break"),
        (
            r#"{"breaks": [{"from": 3, "percent": "5"}, {"from": 3, "percent": "9"}], "on": "all"}"#,
            "no two from the same",
        ),
        (r#"{"breaks": [{"from": 0, "percent": "5"}], "on": "all"}"#, "must be at least 1"),
        (r#"{"breaks": [{"from": 3, "percent": "5"}], "on": "order"}"#, "can't be on Order"),
    ] {
        refuse(document(&format!(r#"{{"class": "price", "then": {then}}}"#), &json!({})), expected);
    }
    refuse(document(&breaks.replace("price\", \"then", "order\", \"then"), &json!({})), "breaks are of class price");
}

#[test]
fn price_lists() {
    let list = r#"{"class": "price", "if": [{"member_level": ["gold"]}], "then": {"price_list": {"TEA": "88.00", "CUP": "60.00", "POT": "70.00"}}}"#;
    let row = |context| Row { promotions: list, lines: "TEA x2, CUP x1, PEN x1", context, ..Row::default() };
    row(json!({"member": {"level": "gold"}})).check("17600 5000 300 | - | 22900");
    row(json!({})).check("20000 5000 300 | - | 25300");
    // A slice carries the prices of its own SKUs and no others.
    let book = compile(&document(list, &json!({})), "best");
    let slice = serde_json::to_string(&book.slice(&["TEA".parse().unwrap()], &[])).unwrap();
    assert!(slice.contains("88.00") && !slice.contains("70.00"), "{slice}");
    refuse(document(&list.replace("70.00", "70.001"), &json!({})), "price_list POT: 70.001 has more decimals");
    refuse(document(&list.replace("\"price\", \"if", "\"order\", \"if"), &json!({})), "a price_list is of class price");
}

#[test]
fn a_limit_of_units() {
    let flash =
        |then: &str, units: i64| format!(r#"{{"class": "price", "then": {then}, "limit": {{"units": {units}}}}}"#);
    let half = r#"{"percent": "50", "on": {"category": ["tea", "cup"]}}"#;
    let used = |units: i64| json!({"usage": [{"promotion": "P0", "units": units}]});
    fn row<'r>(promotions: &'r str, lines: &'r str, context: Value) -> Row<'r> {
        Row { promotions, lines, context, ..Row::default() }
    }
    let five = flash(half, 5);
    row(&five, "TEA x2, CUP x2", used(0)).check("10000 5000 | - | 15000");
    // Two are left: those on which it saves most.
    row(&five, "CUP x2, TEA x3", used(3)).check("10000 20000 | - | 30000");
    // Four are left: three of the tea, and one of the two lines of cups, the first.
    row(&five, "CUP x1, CUP x1, TEA x3", used(1)).check("2500 5000 15000 | - | 22500");
    row(&five, "TEA x1", used(5)).check("10000 | - | 10000");
    row(&five, "TEA x1", used(5)).refused("5 件优惠商品已售完", "All 5 items at this price are gone");
    let quote = row(&five, "CUP x2, TEA x3", used(3)).quote("best");
    assert_eq!((quote.applied[0].units, quote.applied[0].amount, quote.applied[0].limited), (2, 10000, true));
    // Units on which nothing is saved use nothing up.
    let cheap = flash(r#"{"fixed_price": "40.00", "on": "all"}"#, 3);
    let quote = row(&cheap, "PEN x9, CUP x2", used(0)).quote("best");
    assert_eq!((say(&quote).as_str(), quote.applied[0].units), ("2700 8000 | - | 10700", 2));
    row(&flash(r#"{"amount": "1.00", "on": "all"}"#, 4), "PEN x9, CUP x2", used(0)).check("2300 10000 | - | 12300");
    row(&flash(r#"{"price_list": {"TEA": "90.00", "CUP": "30.00"}}"#, 1), "TEA x1, CUP x2", used(0))
        .check("10000 8000 | - | 18000");
    // All ten bags reach the break, and three are given at its price.
    let breaks = flash(r#"{"breaks": [{"from": 10, "fixed_price": "8.99"}], "on": "all"}"#, 3);
    row(&breaks, "BAG x10", used(0)).check("9690 | - | 9690");
    for then in [
        r#"{"percent": "10", "on": "order"}"#,
        r#"{"amount": "10.00", "on": "all", "per": "once"}"#,
        r#"{"nth_unit": 2, "percent": "50", "on": "all"}"#,
        r#"{"gift": {"sku": "PEN"}}"#,
    ] {
        let promotion = flash(then, 3).replace("\"price\"", "\"order\"");
        refuse(document(&promotion, &json!({})), "promotion P0: limit.units goes with");
    }
    refuse(document(&flash(half, -1), &json!({})), "a limit may not be negative");
}

#[test]
fn points_in_steps_up_to_a_share() {
    let spend = |points: Value, offered: i64| {
        let book = json!({"points": points});
        let (cart, context) = (json!({"points": offered}), json!({"member": {"points": 100_000}}));
        let quote = Row { lines: "BAG x2", book, cart, context, ..Row::default() }.quote("best");
        (quote.points_spent, quote.points_value, quote.payable)
    };
    assert_eq!(spend(json!({"value": "0.01"}), 5000), (1998, 1998, 0));
    assert_eq!(spend(json!({"value": "0.01", "step": 100}), 5000), (1900, 1900, 98));
    assert_eq!(spend(json!({"value": "0.01", "step": 100}), 250), (200, 200, 1798));
    // Half of 19.98.
    assert_eq!(spend(json!({"value": "0.01", "cap": "0.5"}), 5000), (999, 999, 999));
    assert_eq!(spend(json!({"value": "0.01", "step": 100, "cap": "0.5"}), 5000), (900, 900, 1098));
    assert_eq!(spend(json!({"value": "0.01", "cap": "0"}), 5000), (0, 0, 1998));
    refuse(document("", &json!({"points": {"step": 0}})), "step must be at least 1");
    refuse(document("", &json!({"points": {"cap": "1.1"}})), "cap is a share from 0 to 1");
}

#[test]
fn who_pays_for_a_discount() {
    let funded = r#"{"class": "order", "then": {"amount": "10.00", "on": "order"}, "funding": {"brand": "0.3333", "platform": "0.3333", "store": "0.3334"}}"#;
    let quote = Row { promotions: funded, lines: "TEA x1", ..Row::default() }.quote("best");
    let shares: Vec<_> = quote.applied[0].funding.iter().map(|(who, share)| (who.as_str(), *share)).collect();
    assert_eq!(shares, [("brand", 333), ("platform", 333), ("store", 334)]);
    let quote = Row { promotions: &funded.replace("10.00", "0.02"), lines: "TEA x1", ..Row::default() }.quote("best");
    assert_eq!(quote.applied[0].funding.values().copied().collect::<Vec<_>>(), [1, 0, 1]);
    let quote = Row { promotions: &ten_off(r#"{"contains": "all"}"#), lines: "TEA x1", ..Row::default() }.quote("best");
    assert!(quote.applied[0].funding.is_empty());
    refuse(document(&funded.replace("0.3334", "0.3"), &json!({})), "must sum to 1");
    refuse(
        document(&funded.replace("0.3334", "1.3334").replacen("0.3333", "-0.6667", 1), &json!({})),
        "may not be negative",
    );
}

#[test]
fn the_margin_floor() {
    let ninety = r#"{"class": "product", "then": {"percent": "90", "on": "all"}}"#;
    let book = |rate: Value| {
        json!({"margin_floor": rate, "skus": [
            {"sku": "A", "price": "10.00", "cost": "6.05"}, {"sku": "B", "price": "10.00", "cost": "1.00", "min_price": "5.00"},
            {"sku": "C", "price": "10.00"}, {"sku": "D", "price": "10.00", "cost": "9.99"},
        ]})
    };
    let row = |rate| Row { promotions: ninety, lines: "A x1, B x1, C x1, D x2", book: book(rate), ..Row::default() };
    // 6.05 × 1.15 is 6.9575, up to 6.96; 9.99 × 1.15 is above the price.
    row(json!("0.15")).check("696 500 100 2000 | - | 3296");
    row(json!("0")).check("605 500 100 1998 | - | 3203");
    row(Value::Null).check("100 500 100 200 | - | 900");
    assert!(row(json!("0.15")).quote("best").applied[0].limited);
    let only_c = Row { promotions: ninety, lines: "C x1", book: book(json!("0.15")), ..Row::default() };
    assert!(!only_c.quote("best").applied[0].limited);
    // The cost stays on the server.
    let compiled = compile(&document(ninety, &book(json!("0.15"))), "best");
    let slice = serde_json::to_string(&compiled.slice(&["A".parse().unwrap(), "D".parse().unwrap()], &[])).unwrap();
    assert!(!slice.contains("cost") && !slice.contains("margin") && !slice.contains("6.05"), "{slice}");
    assert!(slice.contains(r#""min_price":"6.96""#), "{slice}");
    refuse(document("", &json!({"margin_floor": "-1.5"})), "margin_floor: a rate below -1");
    refuse(
        document("", &json!({"skus": [{"sku": "A", "price": "1", "cost": "-1"}]})),
        "sku A: the cost -1 is negative",
    );
}

#[test]
fn floors_that_bite_are_told() {
    let rows = [
        (r#"{"class": "price", "then": {"fixed_price": "1.00", "on": "all"}}"#, true),
        (r#"{"class": "price", "then": {"fixed_price": "60.00", "on": "all"}}"#, false),
        (r#"{"class": "product", "then": {"percent": "10", "on": "all"}}"#, false),
        (r#"{"class": "product", "then": {"percent": "60", "on": "all"}}"#, true),
        (r#"{"class": "product", "then": {"amount": "60.00", "on": "all", "per": "line"}}"#, true),
        (r#"{"class": "order", "then": {"amount": "40.00", "on": "order"}}"#, false),
        (r#"{"class": "order", "then": {"amount": "70.00", "on": "order"}}"#, true),
        (r#"{"class": "order", "then": {"bundle": [{"count": 1, "of": "all"}], "price": "20.00"}}"#, true),
        (r#"{"class": "order", "then": {"bundle": [{"count": 1, "of": "all"}], "price": "70.00"}}"#, false),
    ];
    let book = json!({"skus": [{"sku": "A", "price": "100.00", "min_price": "50.00"}]});
    for (promotions, limited) in rows {
        let quote = Row { promotions, lines: "A x1", book: book.clone(), ..Row::default() }.quote("pinned");
        assert_eq!(quote.applied[0].limited, limited, "{promotions}");
    }
    // More off than the goods are worth is no floor.
    let all = r#"{"class": "order", "then": {"amount": "999.00", "on": "order"}}"#;
    assert!(!Row { promotions: all, lines: "TEA x1", ..Row::default() }.quote("pinned").applied[0].limited);
}

#[test]
fn a_choice_of_gifts() {
    let choice = r#"{"class": "order", "then": {"gift": {"choose": ["PEN", "BAG", "CUP"], "quantity": 2}}}"#;
    let given = |wanted: &[&str], out: &[&str]| {
        let gifts: Vec<_> = wanted.iter().map(|sku| json!({"promotion": "P0", "sku": sku})).collect();
        let (cart, context) = (json!({"gifts": gifts}), json!({"out_of_gifts": out}));
        let row = Row { promotions: choice, lines: "TEA x1", cart, context, ..Row::default() };
        let quotes = ["pinned", "best"].map(|resolution| row.quote(resolution));
        assert_eq!(quotes[0].gifts, quotes[1].gifts);
        quotes[0].gifts.first().map(|gift| format!("{} x{}", gift.sku, gift.quantity))
    };
    assert_eq!(given(&[], &[]).as_deref(), Some("PEN x2"));
    assert_eq!(given(&["CUP"], &[]).as_deref(), Some("CUP x2"));
    assert_eq!(given(&["POT"], &[]).as_deref(), Some("PEN x2"));
    assert_eq!(given(&["POT", "BAG"], &[]).as_deref(), Some("BAG x2"));
    assert_eq!(given(&["BAG"], &["BAG"]).as_deref(), Some("CUP x2"));
    assert_eq!(given(&["CUP"], &["CUP"]).as_deref(), Some("PEN x2"));
    assert_eq!(given(&[], &["PEN", "BAG", "CUP"]), None);
    let out = json!({"out_of_gifts": ["PEN", "BAG", "CUP"]});
    Row { promotions: choice, lines: "TEA x1", context: out.clone(), ..Row::default() }
        .refused("赠品已送完", "The gifts are out of stock");
    let one = r#"{"class": "order", "then": {"gift": {"sku": "PEN"}}}"#;
    Row { promotions: one, lines: "TEA x1", context: out, ..Row::default() }
        .refused("赠品已送完", "The gifts are out of stock");
    for wrong in [r#"{"gift": {}}"#, r#"{"gift": {"sku": "PEN", "choose": ["BAG"]}}"#] {
        let promotion = format!(r#"{{"class": "order", "then": {wrong}}}"#);
        refuse(document(&promotion, &json!({})), "a gift has either sku, or choose");
    }
}

#[test]
fn shipping_by_method() {
    let by =
        |then: &str| format!(r#"{{"class": "shipping", "if": [{{"shipping_method": ["express"]}}], "then": {then}}}"#);
    let rows = [
        (r#"{"free": true, "on": "shipping"}"#, 0),
        (r#"{"percent": "25", "on": "shipping"}"#, 1500),
        (r#"{"amount": "5.00", "on": "shipping"}"#, 1500),
        (r#"{"fixed_price": "12.00", "on": "shipping"}"#, 1200),
    ];
    for (then, express) in rows {
        let promotions = by(then);
        let row = |method: Value| {
            let cart = json!({"shipping_method": method});
            Row { promotions: &promotions, lines: "TEA x1", cart, ..Row::default() }
        };
        row(json!("express")).check(&format!("10000 | {express} | {}", 10000 + express));
        row(json!("standard")).check("10000 | 1200 | 11200");
        row(json!("standard")).refused("不适用于所选配送方式", "Not for the chosen way of shipping");
        row(Value::Null).check("10000 | - | 10000");
    }
}

#[test]
fn quantities_within_bounds() {
    let few = ten_off(r#"{"min_quantity": 2, "max_quantity": 3, "of": {"category": ["tea"]}}"#);
    let row = |lines| Row { promotions: &few, lines, ..Row::default() };
    row("TEA x1, CUP x5").refused("满 2 件可用，还差 1 件", "Needs 2 items, 1 more");
    row("TEA x1, BAG x2").check("9167 1831 | - | 10998");
    row("TEA x4").refused("最多 3 件可用", "Only up to 3 items");
    let most = ten_off(r#"{"max_quantity": 1}"#);
    Row { promotions: &most, lines: "TEA x1", ..Row::default() }.check("9000 | - | 9000");
    Row { promotions: &most, lines: "TEA x1, PEN x1", ..Row::default() }.check("10000 300 | - | 10300");
    refuse(document(&ten_off(r#"{"min_quantity": 3, "max_quantity": 2}"#), &json!({})), "above max_quantity");
}

#[test]
fn what_a_book_does_not_say_is_not_in_its_text() {
    let text = r#"{"format":1,"currency":"CNY","resolution":"best","rounding":{"mode":"half_up","scope":"line"},"tax":{"included":false,"rate":"0"},"points":{"earn":"1","value":"0.01"},"levels":[],"shipping":[],"skus":[{"sku":"A","price":"10.00","category":"tea"}],"promotions":[{"id":"G","class":"order","priority":0,"base":"current","combine":"stack","if":[{"min_quantity":2,"of":"all"}],"then":{"gift":{"quantity":1,"sku":"A"}},"limit":{"total":3}}]}"#;
    let book: PriceBook = serde_json::from_str(text).unwrap();
    assert_eq!(pricing::canonical_json(&book), text);
}
