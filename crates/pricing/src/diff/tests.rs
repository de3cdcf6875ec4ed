//! Two books and what a merchandiser reads, in both languages; and that no change of a book stays untold.

use super::{Subject, changes, sentence};
use crate::{book::PriceBook, words::Voice};
use money::{Currency, Locale};
use proptest::prelude::*;
use serde_json::{Value, json};

fn book() -> Value {
    json!({
        "format": 1, "currency": "CNY", "resolution": "pinned",
        "tax": {"included": true, "rate": "0.13"},
        "levels": [{"id": "gold", "rank": 2, "name": {"zh": "金卡", "en": "Gold"}}],
        "shipping": [{"method": "standard", "price": "10.00"}],
        "skus": [
            {"sku": "TEA-1", "price": "109.00", "category": "tea", "tags": ["green", "gift"]},
            {"sku": "CUP-1", "price": "30.00", "discountable": false},
        ],
        "promotions": [
            {"id": "SPRING", "name": {"zh": "满200减30", "en": "¥30 off ¥200"}, "class": "order", "priority": 1,
             "starts": "2026-03-01T16:00:00Z", "if": [{"min_subtotal": "200.00"}, {"member_level": ["gold"]}],
             "then": {"amount": "30.00", "on": "order"}, "limit": {"total": 100}},
            {"id": "STEPS", "class": "order", "priority": 1,
             "then": {"tiers": [{"from": "100.00", "off": "10.00"}, {"from": "200.00", "percent": "15"}], "on": {"tag": ["green"]}}},
        ],
    })
}

fn read(document: &Value) -> PriceBook {
    serde_json::from_value(document.clone()).unwrap()
}

fn told(edit: &dyn Fn(&mut Value), locale: Locale) -> Vec<String> {
    let mut after = book();
    edit(&mut after);
    let name = |id: &str| (id == "gold").then(|| "Gold".to_owned());
    let voice = Voice { currency: Currency::CNY, locale, utc_offset_minutes: 480, name: &name };
    changes(&read(&book()), &read(&after)).iter().map(|change| sentence(change, &voice)).collect()
}

fn check(edit: impl Fn(&mut Value), en: &[&str], zh: &[&str]) {
    assert_eq!(told(&edit, Locale::En), en);
    assert_eq!(told(&edit, Locale::Zh), zh);
}

#[test]
fn prices_and_thresholds() {
    check(
        |book| book["skus"][0]["price"] = json!("99.00"),
        &["TEA-1: price 109.00 → 99.00"],
        &["TEA-1：价格 109.00 → 99.00"],
    );
    check(
        |book| book["promotions"][0]["if"][0]["min_subtotal"] = json!("180.00"),
        &["SPRING: threshold 200.00 → 180.00"],
        &["SPRING：门槛 200.00 → 180.00"],
    );
    check(
        |book| book["tax"]["rate"] = json!("0.09"),
        &["price book: tax rate 0.13 → 0.09"],
        &["价格簿：税 税率 0.13 → 0.09"],
    );
    check(
        |book| book["shipping"][0]["price"] = json!("8.00"),
        &["shipping standard: price 10.00 → 8.00"],
        &["配送 standard：价格 10.00 → 8.00"],
    );
}

#[test]
fn what_comes_and_goes() {
    check(
        |book| drop(book["promotions"].as_array_mut().unwrap().remove(0)),
        &[
            "SPRING: promotion removed, “¥30 off ¥200”, threshold 200.00; member level Gold, amount off 30.00, on the whole order, starts 2026-03-02 00:00, limit uses in total 100",
        ],
        &[
            "SPRING：删除活动，“满200减30”，门槛 200.00；会员等级 Gold，减 30.00，范围 整单，开始 2026-03-02 00:00，限制 总次数 100",
        ],
    );
    check(
        |book| book["skus"][1]["sku"] = json!("CUP-2"),
        &["CUP-1: SKU removed, price 30.00", "CUP-2: SKU added, price 30.00"],
        &["CUP-1：删除商品，价格 30.00", "CUP-2：新增商品，价格 30.00"],
    );
    check(
        |book| drop(book["promotions"][0]["if"].as_array_mut().unwrap().remove(0)),
        &["SPRING: condition removed: threshold 200.00"],
        &["SPRING：条件，去掉：门槛 200.00"],
    );
    check(
        |book| book["promotions"][1]["if"] = json!([{"signed_in": true}]),
        &["STEPS: condition added: members only"],
        &["STEPS：条件，新增：须登录会员"],
    );
}

#[test]
fn schedules_limits_and_benefits() {
    check(
        |book| book["promotions"][0]["ends"] = json!("2026-03-31T16:00:00Z"),
        &["SPRING: ends none → 2026-04-01 00:00"],
        &["SPRING：结束 无 → 2026-04-01 00:00"],
    );
    check(
        |book| book["promotions"][0]["limit"] = json!({"total": 50, "per_member": 1}),
        &["SPRING: limit uses in total 100 → 50", "SPRING: limit uses per member none → 1"],
        &["SPRING：限制 总次数 100 → 50", "SPRING：限制 每人次数 无 → 1"],
    );
    check(
        |book| book["promotions"][0]["then"] = json!({"percent": "10", "on": "order"}),
        &["SPRING: benefit amount off 30.00, on the whole order → percent off 10%, on the whole order"],
        &["SPRING：优惠 减 30.00，范围 整单 → 折扣率 10%，范围 整单"],
    );
    check(
        |book| book["promotions"][1]["then"]["tiers"][1]["percent"] = json!("20"),
        &["STEPS: tier 2 percent off 15% → 20%"],
        &["STEPS：第 2 档 折扣率 15% → 20%"],
    );
    check(
        |book| book["promotions"][1]["then"]["on"]["tag"] = json!(["green", "black"]),
        &["STEPS: on tag green → green, black"],
        &["STEPS：范围 标签 green → green、black"],
    );
}

/// The second promotion gets this condition.
fn check_condition(condition: &Value, en: &str, zh: &str) {
    let said = |locale| told(&|book| book["promotions"][1]["if"] = json!([condition]), locale);
    assert_eq!(said(Locale::En), [format!("STEPS: condition added: {en}")]);
    assert_eq!(said(Locale::Zh), [format!("STEPS：条件，新增：{zh}")]);
}

#[test]
fn every_condition_has_words() {
    check_condition(&json!({"region": ["CN-31"]}), "region CN-31", "地区 CN-31");
    check_condition(&json!({"birthday_month": true}), "member's birthday month", "会员生日月");
    check_condition(&json!({"tender": ["unionpay", "cash"]}), "paid with unionpay, cash", "付款方式 unionpay、cash");
    check_condition(
        &json!({"weekly": {"days": ["thu", "sun"], "from": "18:00", "to": "22:00", "zone": "Asia/Shanghai"}}),
        "hours of the week (on Thu, Sun, from 18:00, until 22:00, time zone Asia/Shanghai)",
        "每周时段 (星期 周四、周日，从 18:00，到 22:00，时区 Asia/Shanghai)",
    );
    check_condition(
        &json!({"together": [{"category": ["pot"]}, {"brand": ["Kiln"]}]}),
        "cart holds together category pot; brand Kiln",
        "同时含有 分类 pot；品牌 Kiln",
    );
}

/// The second promotion gets this benefit, of which everything after the arrow is looked at.
fn check_benefit(then: &Value, en: &str, zh: &str) {
    for (locale, expected) in [(Locale::En, en), (Locale::Zh, zh)] {
        let said = told(&|book| book["promotions"][1]["then"] = then.clone(), locale);
        let [line] = said.as_slice() else { panic!("{said:?}") };
        assert_eq!(line.split_once(" → ").map(|parts| parts.1), Some(expected));
    }
}

#[test]
fn every_benefit_has_words() {
    check_benefit(
        &json!({"breaks": [{"from": 3, "fixed_price": "9.00"}, {"from": 10, "percent": "15"}], "on": "all"}),
        "quantity break from units 3, fixed price 9.00; from units 10, percent off 15%, on all goods",
        "档量价 满件数 3，一口价 9.00；满件数 10，折扣率 15%，范围 全部商品",
    );
    check_benefit(
        &json!({"price_list": {"TEA_1": "88.00", "CUP": "60.00"}}),
        "price list (CUP 60.00, TEA_1 88.00)",
        "价目 (CUP 60.00，TEA_1 88.00)",
    );
    check_benefit(
        &json!({"gift": {"choose": ["CUP", "PEN"], "quantity": 1}}),
        "gift (one of CUP, PEN, quantity 1)",
        "赠品 (任选一件 CUP、PEN，数量 1)",
    );
}

#[test]
fn what_stands_around_the_rule_has_words() {
    check(
        |book| {
            let one = &mut book["promotions"][0];
            one["limit"]["units"] = json!(500);
            one["funding"] = json!({"brand": "0.6", "store": "0.4"});
            one["combines_with"] = json!(["product", "shipping"]);
            one["after"] = json!("STEPS");
            one["returns"] = json!("re_evaluate");
        },
        &[
            "SPRING: limit units in total none → 500",
            "SPRING: given together with none → product, shipping",
            "SPRING: applied after none → STEPS",
            "SPRING: funded by store none → 0.4",
            "SPRING: funded by brand none → 0.6",
            "SPRING: when goods come back none → what is kept is priced anew",
        ],
        &[
            "SPRING：限制 总件数 无 → 500",
            "SPRING：可同享的阶段 无 → 商品、运费",
            "SPRING：排在其后 无 → STEPS",
            "SPRING：费用分摊 门店 无 → 0.4",
            "SPRING：费用分摊 品牌 无 → 0.6",
            "SPRING：退货时 无 → 按留下的重算",
        ],
    );
    check(
        |book| {
            book["margin_floor"] = json!("0.10");
            book["points"] = json!({"earn": "0", "value": "0.01", "step": 100, "cap": "0.5"});
            book["skus"][0]["brand"] = json!("Kiln");
            book["skus"][0]["cost"] = json!("60.00");
        },
        &[
            "price book: earned over cost at least none → 0.10",
            "price book: points worth of one 0 → 0.01",
            "price book: points spent in multiples of none → 100",
            "price book: points largest share of the total none → 0.5",
            "TEA-1: cost none → 60.00",
            "TEA-1: brand none → Kiln",
        ],
        &[
            "价格簿：成本之上至少赚 无 → 0.10",
            "价格簿：积分 每分值 0 → 0.01",
            "价格簿：积分 每次用的倍数 无 → 100",
            "价格簿：积分 最多抵总额的 无 → 0.5",
            "TEA-1：成本 无 → 60.00",
            "TEA-1：品牌 无 → Kiln",
        ],
    );
}

#[test]
fn hours_that_are_written_out_anew_are_one_change() {
    let hours = |known: [&str; 2], instants: Value| json!({"days": ["mon"], "from": "08:00", "to": "10:00", "zone": "UTC", "known": known, "instants": instants});
    let mut before = book();
    before["promotions"][1]["if"] = json!([{"weekly": hours(
        ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"],
        json!([["2026-01-05T08:00:00Z", "2026-01-05T10:00:00Z"]]),
    )}]);
    let mut after = before.clone();
    after["promotions"][1]["if"][0]["weekly"] = hours(
        ["2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"],
        json!([["2026-02-02T08:00:00Z", "2026-02-02T10:00:00Z"]]),
    );
    let nameless = |_: &str| None;
    let voice = Voice { currency: Currency::CNY, locale: Locale::En, utc_offset_minutes: 0, name: &nameless };
    let changes = changes(&read(&before), &read(&after));
    let said: Vec<String> = changes.iter().map(|change| sentence(change, &voice)).collect();
    assert_eq!(
        said,
        [
            "STEPS: hours of the week hours written out for 2026-01-01 00:00, 2026-02-01 00:00 → 2026-02-01 00:00, 2026-03-01 00:00"
        ]
    );
}

#[test]
fn the_order_counts_where_promotions_are_applied_as_listed() {
    check(
        |book| book["promotions"].as_array_mut().unwrap().reverse(),
        &["price book: applied in this order (order) SPRING, STEPS → STEPS, SPRING"],
        &["价格簿：依次适用 (整单) SPRING、STEPS → STEPS、SPRING"],
    );
}

#[test]
fn what_means_the_same_is_not_told() {
    let silent = |edit: &dyn Fn(&mut Value)| assert_eq!(told(edit, Locale::En), Vec::<String>::new());
    silent(&|_| ());
    silent(&|book| book["skus"].as_array_mut().unwrap().reverse());
    silent(&|book| book["skus"][0]["price"] = json!("109.0"));
    silent(&|book| book["skus"][0]["tags"] = json!(["gift", "green"]));
}

#[test]
fn long_lists_tell_what_came_and_went() {
    let mut before = book();
    let skus: Vec<String> = (0..20).map(|at| format!("S{at}")).collect();
    before["promotions"][1]["then"]["on"] = json!({ "sku": skus });
    let mut after = before.clone();
    after["promotions"][1]["then"]["on"]["sku"][3] = json!("NEW");
    let nameless = |_: &str| None;
    let voice = Voice { currency: Currency::CNY, locale: Locale::En, utc_offset_minutes: 0, name: &nameless };
    let changes = changes(&read(&before), &read(&after));
    assert_eq!(changes.len(), 1);
    assert_eq!(sentence(&changes[0], &voice), "STEPS: on SKU added NEW, removed S3");
}

/// Every leaf of a document with its path.
fn leaves(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, one)| leaves(one, format!("{path}/{key}"), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, one)| leaves(one, format!("{path}/{at}"), found));
        }
        _ => found.push(path),
    }
}

/// Another value of the same shape; words of the format become other words of the format.
fn other(value: &Value) -> Value {
    match value {
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_i64().unwrap() + 1),
        Value::String(text) => match text.as_str() {
            "pinned" => json!("best"),
            "order" => json!("total"),
            "CNY" => json!("JPY"),
            text => text.parse::<crate::Instant>().map_or_else(
                |_| {
                    json!(
                        text.parse::<money::Decimal>()
                            .map_or_else(|_| format!("{text}X"), |one| (one + money::Decimal::ONE).to_string())
                    )
                },
                |instant| json!(crate::Instant(instant.0 + 1000).to_string()),
            ),
        },
        _ => value.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever single value of a book is changed, exactly its subject is told, in both languages, and backwards too.
    #[test]
    fn no_change_stays_untold(at in any::<prop::sample::Index>()) {
        let mut paths = Vec::new();
        leaves(&book(), String::new(), &mut paths);
        let path = &paths[at.index(paths.len())];
        let mut after = book();
        let leaf = after.pointer_mut(path).unwrap();
        *leaf = other(leaf);
        let (before, after) = (read(&book()), read(&after));
        let (forth, back) = (changes(&before, &after), changes(&after, &before));
        prop_assert!(!forth.is_empty(), "{path} is untold");
        prop_assert_eq!(forth.len(), back.len());
        let subjects = |found: &[super::Change]| found.iter().map(|one| one.subject.clone()).collect::<Vec<Subject>>();
        prop_assert_eq!(subjects(&forth).len(), subjects(&back).len());
        let nameless = |_: &str| None;
        for locale in [Locale::Zh, Locale::En] {
            let voice = Voice { currency: Currency::CNY, locale, utc_offset_minutes: 0, name: &nameless };
            for change in forth.iter().chain(&back) {
                let text = sentence(change, &voice);
                prop_assert!(!text.ends_with("→ ") && !text.is_empty(), "{text}");
                prop_assert!(change.before != change.after);
            }
        }
    }
}
