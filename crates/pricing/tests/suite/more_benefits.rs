//! Further benefits on small carts, worked out by hand.

use crate::table::{Row, compile, document, refuse, say, ten_off};
use pricing::words;
use serde_json::{Value, json};

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
