//! Further conditions on small carts, worked out by hand.

use crate::table::{Row, document, refuse, ten_off};
use pricing::book::PriceBook;
use serde_json::{Value, json};

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
        row(json!("standard")).refused("限express", "Only with express");
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
