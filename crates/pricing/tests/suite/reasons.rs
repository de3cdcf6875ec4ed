//! What a quote tells of its promotions: why each was used or not, in numbers and words, and the receipt that is made of it.

use ids::Sku;
use money::{Currency, Locale};
use pricing::{Cart, CompiledBook, Context, Explanation, Fate, Instant, Usage, book::PriceBook, words};
use serde_json::{Value, json};

const SKUS: &str = r#"[
    {"sku": "POT", "price": "200.00", "category": "tea"},
    {"sku": "CUP", "price": "40.00", "category": "tea", "tags": ["cup"]},
    {"sku": "PEN", "price": "10.00", "min_price": "8.00"}
]"#;

/// Explains a cart, written `SKU x quantity` with blanks between lines, by promotions written as the body of a JSON list.
fn explain(resolution: &str, cart: &str, coupons: &[&str], promotions: &str, context: &Context) -> Explanation {
    let skus: Value = serde_json::from_str(SKUS).unwrap();
    let promotions: Value = serde_json::from_str(&format!("[{promotions}]")).expect(promotions);
    let book = json!({"format": 1, "currency": "CNY", "resolution": resolution, "tax": {"included": true, "rate": "0.13"},
        "shipping": [{"method": "post", "price": "12.00"}], "skus": skus, "promotions": promotions});
    let book: PriceBook = serde_json::from_value(book).unwrap();
    let book = CompiledBook::new(book).unwrap_or_else(|errors| panic!("{errors:?}"));
    let line = |(at, line): (usize, &str)| {
        let (sku, quantity) = line.split_once('x').unwrap();
        json!({"id": format!("{at}"), "sku": sku, "quantity": quantity.parse::<i64>().unwrap()})
    };
    let lines: Vec<Value> = cart.split(' ').enumerate().map(line).collect();
    let cart: Cart = serde_json::from_value(json!({"lines": lines, "coupons": coupons})).unwrap();
    let explanation = book.explain(&cart, context).unwrap();
    assert_eq!(explanation.quote, book.quote(&cart, context).unwrap(), "explaining changes nothing");
    let known = explanation.quote.applied.len() + explanation.quote.missed.len();
    assert_eq!(explanation.promotions.len(), known, "every promotion has one fate");
    explanation
}

fn voice(locale: Locale) -> words::Voice<'static> {
    words::Voice { currency: "CNY".parse::<Currency>().unwrap(), locale, utc_offset_minutes: 480, name: &|_| None }
}

/// What is told of a promotion that gave nothing.
fn why(explanation: &Explanation, promotion: &str, locale: Locale) -> String {
    let missed = explanation.quote.missed.iter().find(|one| one.promotion.as_str() == promotion);
    missed.map_or_else(|| "applied".to_owned(), |one| words::reason(&one.reason, &voice(locale)))
}

#[track_caller]
fn check_why(cart: &str, promotions: &str, promotion: &str, zh: &str, en: &str) {
    let explanation = explain("best", cart, &["CODE"], promotions, &Context::guest(Instant(0)));
    assert_eq!(why(&explanation, promotion, Locale::Zh), zh);
    assert_eq!(why(&explanation, promotion, Locale::En), en);
}

const HALF: &str = r#"{"id": "HALF", "name": {"zh": "第二件半价", "en": "second half price"}, "class": "product",
    "then": {"nth_unit": 2, "percent": "50", "on": {"sku": ["CUP"]}}}"#;
const THREE: &str = r#"{"id": "THREE", "name": {"zh": "买二送一", "en": "three for two"}, "class": "product",
    "then": {"buy": {"count": 2, "of": {"sku": ["CUP"]}}, "get": {"count": 1, "of": {"sku": ["CUP"]}, "percent": "100"}}}"#;
const ALONE: &str = r#"{"id": "ALONE", "name": {"zh": "八八折", "en": "12 % alone"}, "class": "order", "combine": "exclusive",
    "then": {"percent": "12", "on": "order"}}"#;
const THIRTY: &str = r#"{"id": "THIRTY", "name": {"zh": "满200减30", "en": "30 off 200"}, "class": "order", "combine": "best", "group": "full",
    "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}}"#;
const HUNDRED: &str = r#"{"id": "HUNDRED", "name": {"zh": "满600减100", "en": "100 off 600"}, "class": "order", "combine": "best", "group": "full",
    "if": [{"min_subtotal": "600.00"}], "then": {"amount": "100.00", "on": "order"}}"#;
const TWENTY: &str = r#"{"id": "TWENTY", "name": {"zh": "减20", "en": "20 off"}, "class": "order",
    "then": {"amount": "20.00", "on": "order"}}"#;
const SET: &str = r#"{"id": "SET", "name": {"zh": "一壶两杯", "en": "pot and two cups"}, "class": "product",
    "then": {"bundle": [{"count": 1, "of": {"sku": ["POT"]}}, {"count": 2, "of": {"tag": ["cup"]}}], "price": "250.00"}}"#;
const PENS: &str = r#"{"id": "PENS", "name": {"en": "pens"}, "coupon": "CODE", "class": "order",
    "then": {"percent": "10", "on": {"sku": ["PEN"]}}}"#;

#[test]
fn what_was_left_out_names_what_beat_it() {
    let sets = format!("{HALF}, {THREE}");
    check_why("CUPx3", &sets, "HALF", "有“买二送一”在，再用它不会更便宜", "With three for two it would save no more");
    let thresholds = format!("{THIRTY}, {HUNDRED}");
    check_why("POTx3", &thresholds, "THIRTY", "“满600减100”更优惠，多省 ¥70.00", "100 off 600 saves ¥70.00 more");
    let alone = format!("{ALONE}, {THIRTY}, {TWENTY}");
    check_why("POTx1", &alone, "ALONE", "其他优惠合起来多省 ¥26.00", "The other offers together save ¥26.00 more");
    check_why("POTx1", &alone, "TWENTY", "applied", "applied");
    check_why("POTx3", &alone, "TWENTY", "“八八折”更优惠，多省 ¥52.00", "12 % alone saves ¥52.00 more");
}

#[test]
fn what_is_missing_is_told_and_what_does_not_fit() {
    check_why("POTx1", SET, "SET", "还差 2 件", "2 more needed");
    check_why("POTx1 CUPx1", SET, "SET", "还差 1 件", "1 more needed");
    check_why("POTx1 CUPx2", SET, "SET", "applied", "applied");
    check_why("CUPx1", HALF, "HALF", "还差 1 件", "1 more needed");
    check_why("CUPx1", PENS, "PENS", "购物车里没有适用的商品", "Nothing in the cart it applies to");
    check_why("CUPx1", THIRTY, "THIRTY", "满 ¥200.00 可用，还差 ¥160.00", "¥160.00 below ¥200.00");
}

#[test]
fn a_hint_promises_only_what_comes_on_top() {
    let hints = |cart: &str, promotions: &str| {
        let quote = explain("best", cart, &[], promotions, &Context::guest(Instant(0))).quote;
        let text = |hint| words::hint(hint, quote.currency, Locale::En);
        quote.hints.iter().map(text).collect::<Vec<_>>().join("; ")
    };
    let thresholds = format!("{THIRTY}, {HUNDRED}");
    assert_eq!(hints("POTx1", &thresholds), "Add ¥400.00 to save ¥70.00 · 100 off 600");
    assert_eq!(
        hints("PENx1", &thresholds),
        "Add ¥590.00 to save ¥100.00 · 100 off 600; Add ¥190.00 to save ¥30.00 · 30 off 200"
    );
    let tiers = r#"{"id": "T", "name": {"en": "tiers"}, "class": "order",
        "then": {"tiers": [{"from": "100.00", "off": "10.00"}, {"from": "300.00", "off": "45.00"}], "on": "order"}}"#;
    assert_eq!(hints("POTx1", tiers), "Add ¥100.00 to save ¥35.00 · tiers");
    assert_eq!(hints("POTx1 CUPx1", SET), "Add 1 more for pot and two cups");
}

/// What is told of how a promotion was applied.
#[track_caller]
fn check_how(cart: &str, promotion: &str, context: &Context, zh: &str, en: &str) {
    let explanation = explain("pinned", cart, &[], promotion, context);
    let Fate::Applied(how) = &explanation.promotions[0].fate else { panic!("{promotion}: {explanation:?}") };
    assert_eq!(words::how(how, &voice(Locale::Zh)).join(" · "), zh);
    assert_eq!(words::how(how, &voice(Locale::En)).join(" · "), en);
    let shares: i64 = how.lines.iter().map(|line| line.amount).sum();
    assert_eq!(shares + how.shipping, how.amount);
}

#[test]
fn how_a_discount_came_about() {
    let guest = Context::guest(Instant(0));
    let plain = r#"{"id": "A", "class": "order", "then": {"amount": "30.00", "on": "order"}}"#;
    check_how("POTx1 CUPx1", plain, &guest, "基数 ¥240.00 · 2 件", "of ¥240.00 · 2 units");
    let capped =
        r#"{"id": "A", "class": "order", "base": "list", "then": {"percent": "15", "on": "order", "cap": "20.00"}}"#;
    check_how(
        "POTx1",
        capped,
        &guest,
        "基数 ¥200.00 · 1 件 · 按标价 · 每行四舍五入 · 封顶 ¥20.00",
        "of ¥200.00 · 1 unit · on the list price · each line rounded half up · capped at ¥20.00",
    );
    let floored = r#"{"id": "A", "class": "price", "then": {"percent": "50", "on": "all"}}"#;
    check_how(
        "PENx2",
        floored,
        &guest,
        "基数 ¥20.00 · 2 件 · 每件四舍五入 · 已到最低限价",
        "of ¥20.00 · 2 units · each unit rounded half up · down to the floor price",
    );
    let budget =
        r#"{"id": "A", "class": "order", "then": {"amount": "30.00", "on": "order"}, "limit": {"budget": "100.00"}}"#;
    let usage = vec![Usage { promotion: "A".parse().unwrap(), total: 3, by_member: 0, spent: 9_100, units: 0 }];
    let spent = Context { usage, ..guest };
    check_how(
        "POTx1",
        budget,
        &spent,
        "基数 ¥200.00 · 1 件 · 活动额度只剩 ¥9.00",
        "of ¥200.00 · 1 unit · ¥9.00 was left of the budget",
    );
}

#[test]
fn the_receipt_names_every_cent() {
    let promotions = format!("{SET}, {THIRTY}, {HUNDRED}, {PENS}");
    let explanation = explain("best", "POTx1 CUPx3", &["CODE", "NONE"], &promotions, &Context::guest(Instant(0)));
    let name_of = |sku: &Sku| if sku.as_str() == "POT" { "紫砂壶 Teapot".to_owned() } else { sku.to_string() };
    let text = |locale| {
        let quote = &explanation.quote;
        let text = words::receipt_text(quote, &explanation.promotions, &voice(locale), name_of);
        text.replace(&quote.book.as_str()[..8], "BOOK").replace(&quote.hash[..8], "HASH")
    };
    assert_eq!(text(Locale::En), include_str!("receipt.en.txt"));
    assert_eq!(text(Locale::Zh), include_str!("receipt.zh.txt"));
}
