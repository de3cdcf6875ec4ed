//! The promotions of a book, in the mix that a Chinese supermarket, tea shop or beauty shop runs.

use crate::{
    draw::Draw,
    shop::{BRANDS, Shop, sku_id, yuan},
};
use pricing::book::PriceBook;
use serde_json::{Value, json};

/// One kind of promotion: how often of a hundred, and how it is drawn.
type Kind = (u64, fn(&mut Draw, &Shop) -> Value);

/// The mix; the weights sum to 100.
const MIX: [Kind; 16] = [
    (7, member_price),
    (2, member_everything),
    (8, flash),
    (11, category_percent),
    (8, goods_threshold),
    (8, quantity_tiers),
    (8, second_half_price),
    (3, buy_two_get_one),
    (5, any_three),
    (3, pair),
    (3, add_on),
    (11, order_threshold),
    (3, every_full),
    (5, order_tiers),
    (10, coupon),
    (5, free_shipping),
];

/// A book with so many promotions in force.
pub fn book(draw: &mut Draw, shop: &Shop, promotions: usize) -> PriceBook {
    let skus = shop.skus(draw);
    // Shops differ in what may be added up: two of three take one offer on the order, half of them one coupon.
    let policy = Policy { one_order_offer: draw.percent(67), one_coupon: draw.percent(50) };
    let promotions: Vec<Value> = (0..promotions).map(|at| promotion(draw, shop, at, &policy)).collect();
    let book = json!({
        "format": 1, "currency": "CNY", "resolution": "best", "tax": {"included": true, "rate": "0.13"},
        "shipping": [{"method": "standard", "price": draw.pick(&["6.00", "8.00", "10.00", "12.00"])}],
        "skus": skus, "promotions": promotions,
    });
    serde_json::from_value(book).expect("the generator makes books of the right form")
}

/// What a shop does not let shoppers add up.
struct Policy {
    one_order_offer: bool,
    one_coupon: bool,
}

fn promotion(draw: &mut Draw, shop: &Shop, at: usize, policy: &Policy) -> Value {
    let weights: Vec<u64> = MIX.iter().map(|kind| kind.0).collect();
    let mut one = MIX[draw.weighted(&weights)].1(draw, shop);
    one["id"] = json!(format!("P{at:02}"));
    one["priority"] = json!(if draw.percent(50) { 0 } else { draw.below(4) });
    let is_coupon = one.get("coupon").is_some();
    if is_coupon {
        one["coupon"] = json!(format!("CODE{at:02}"));
    }
    let group = match one["class"].as_str() {
        Some("order") if is_coupon => policy.one_coupon.then(|| "coupons".to_owned()),
        Some("order") => policy.one_order_offer.then(|| "order".to_owned()),
        // Three of five offers on the same goods shut each other out.
        Some("product") => draw.percent(60).then(|| goods_of(&one["then"])),
        _ => None,
    };
    if let Some(group) = group {
        one["combine"] = json!("best");
        one["group"] = json!(group);
    }
    one
}

/// The goods that an offer is on, as the name of a group.
fn goods_of(then: &Value) -> String {
    let places = ["/on", "/get/of", "/bundle/0/of"];
    places.iter().find_map(|place| then.pointer(place)).map_or_else(String::new, ToString::to_string)
}

/// A category, or a brand, or a handful of popular goods.
fn some_goods(draw: &mut Draw, shop: &Shop) -> Value {
    match draw.below(10) {
        0..5 => category(draw, shop),
        5..8 => json!({"tag": [format!("brand{}", draw.zipf(BRANDS))]}),
        _ => goods(draw, shop, 8),
    }
}

fn category(draw: &mut Draw, shop: &Shop) -> Value {
    json!({"category": [draw.pick(shop.categories).0]})
}

fn goods(draw: &mut Draw, shop: &Shop, most: u64) -> Value {
    let count = 1 + draw.below(most);
    let skus: Vec<String> = (0..count).map(|_| sku_id(draw.zipf(shop.skus))).collect();
    json!({"sku": skus})
}

/// A threshold around a usual order: 满99, 满199. In yuan.
fn threshold(draw: &mut Draw, shop: &Shop) -> u64 {
    let around = shop.order * draw.pick(&[5, 8, 10, 15, 20]) / 10;
    (around / 10 * 10).max(20) + 9
}

/// 8 to 20 percent of a threshold, in whole yuan.
fn off(draw: &mut Draw, threshold: u64) -> u64 {
    (threshold * (8 + draw.below(13)) / 100).max(1)
}

/// 会员价: a lower shelf price of some goods for members.
fn member_price(draw: &mut Draw, shop: &Shop) -> Value {
    let percent = draw.pick(&["5", "8", "10", "12", "15"]).to_owned();
    json!({"class": "price", "if": [{"member_level": ["silver", "gold"]}], "then": {"percent": percent, "on": goods(draw, shop, 12)}})
}

/// 会员95折 on everything.
fn member_everything(draw: &mut Draw, _: &Shop) -> Value {
    json!({"class": "price", "if": [{"member_level": ["gold"]}], "then": {"percent": draw.pick(&["2", "3", "5"]), "on": "all"}})
}

/// 限时价: a much lower shelf price of a few goods.
fn flash(draw: &mut Draw, shop: &Shop) -> Value {
    json!({"class": "price", "then": {"percent": draw.pick(&["15", "20", "25", "30", "40"]), "on": goods(draw, shop, 4)}})
}

/// 全场茶具8折.
fn category_percent(draw: &mut Draw, shop: &Shop) -> Value {
    json!({"class": "product", "then": {"percent": draw.pick(&["5", "10", "12", "15", "20", "30"]), "on": some_goods(draw, shop)}})
}

/// 满减 of a category or brand.
fn goods_threshold(draw: &mut Draw, shop: &Shop) -> Value {
    let from = threshold(draw, shop) / 2 + 1;
    let (off, on) = (off(draw, from), some_goods(draw, shop));
    json!({
        "class": "product", "if": [{"min_subtotal": yuan(from * 100), "of": on}],
        "then": {"amount": yuan(off * 100), "per": "once", "on": on},
    })
}

/// 2件9折, 3件8折.
fn quantity_tiers(draw: &mut Draw, shop: &Shop) -> Value {
    let (two, three) = *draw.pick(&[("10", "20"), ("5", "10"), ("12", "15"), ("15", "30")]);
    json!({"class": "product", "then": {
        "tiers": [{"from_quantity": 2, "percent": two}, {"from_quantity": 3, "percent": three}], "on": some_goods(draw, shop),
    }})
}

/// 第二件半价.
fn second_half_price(draw: &mut Draw, shop: &Shop) -> Value {
    let percent = draw.pick(&["50", "50", "50", "30", "100"]).to_owned();
    json!({"class": "product", "then": {"nth_unit": 2, "percent": percent, "on": some_goods(draw, shop)}})
}

/// 买二送一.
fn buy_two_get_one(draw: &mut Draw, shop: &Shop) -> Value {
    let of = some_goods(draw, shop);
    json!({"class": "product", "then": {"buy": {"count": 2, "of": of}, "get": {"count": 1, "of": of, "percent": "100"}}})
}

/// 任选3件99元.
fn any_three(draw: &mut Draw, shop: &Shop) -> Value {
    let (category, median) = *draw.pick(shop.categories);
    let price = (median * 3 * (75 + draw.below(20)) / 100).max(3);
    json!({"class": "product", "then": {
        "bundle": [{"count": 3, "of": {"category": [category]}}], "price": yuan(price * 100),
    }})
}

/// A pair of goods from two categories for less.
fn pair(draw: &mut Draw, shop: &Shop) -> Value {
    let pieces = [category(draw, shop), category(draw, shop)].map(|of| json!({"count": 1, "of": of}));
    json!({"class": "product", "then": {"bundle": pieces, "percent": draw.pick(&["10", "15", "20"])}})
}

/// 加价购: one of some goods for less with a large enough order.
fn add_on(draw: &mut Draw, shop: &Shop) -> Value {
    let from = threshold(draw, shop);
    json!({
        "class": "product", "if": [{"min_subtotal": yuan(from * 100)}],
        "then": {"percent": draw.pick(&["30", "50"]), "on": goods(draw, shop, 8), "max_units": 1},
    })
}

/// 满199减20.
fn order_threshold(draw: &mut Draw, shop: &Shop) -> Value {
    let from = threshold(draw, shop);
    let off = off(draw, from);
    json!({"class": "order", "if": [{"min_subtotal": yuan(from * 100)}], "then": {"amount": yuan(off * 100), "on": "order"}})
}

/// 每满100减10.
fn every_full(draw: &mut Draw, shop: &Shop) -> Value {
    let every = shop.order / 100 * 100 + 100;
    let off = off(draw, every);
    json!({"class": "order", "then": {"every": yuan(every * 100), "off": yuan(off * 100), "max_times": 3, "on": "order"}})
}

/// 满199减15, 满299减30, 满499减60.
fn order_tiers(draw: &mut Draw, shop: &Shop) -> Value {
    let share = 6 + draw.below(8);
    let tier = |from: u64, share: u64| json!({"from": yuan(from * 100), "off": yuan(from * share)});
    let order = shop.order;
    json!({"class": "order", "then": {"tiers": [tier(order, share), tier(order * 3 / 2, share + 2), tier(order * 5 / 2, share + 4)], "on": "order"}})
}

/// A coupon: an amount with or without a threshold, a percentage with a cap, or one for some goods.
fn coupon(draw: &mut Draw, shop: &Shop) -> Value {
    let from = threshold(draw, shop);
    let off = off(draw, from);
    let (conditions, then) = match draw.below(10) {
        0 => (json!([]), json!({"amount": yuan((off * 30).max(100)), "on": "order"})),
        1..6 => (json!([{"min_subtotal": yuan(from * 100)}]), json!({"amount": yuan(off * 100), "on": "order"})),
        6..8 => (json!([]), json!({"percent": draw.pick(&["5", "10", "12"]), "on": "order", "cap": yuan(off * 100)})),
        _ => {
            let on = some_goods(draw, shop);
            (
                json!([{"min_subtotal": yuan(from * 50), "of": on}]),
                json!({"amount": yuan(off * 50), "per": "once", "on": on}),
            )
        }
    };
    json!({"class": "order", "coupon": "", "if": conditions, "then": then})
}

/// 满99包邮.
fn free_shipping(draw: &mut Draw, shop: &Shop) -> Value {
    let from = threshold(draw, shop) * 7 / 10;
    json!({"class": "shipping", "if": [{"min_subtotal": yuan(from * 100)}], "then": {"free": true, "on": "shipping"}})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::SHOPS;

    #[test]
    fn every_book_is_sound() {
        assert_eq!(MIX.iter().map(|kind| kind.0).sum::<u64>(), 100);
        for seed in 0..60 {
            let mut draw = Draw::new(seed, &[]);
            let document = book(&mut draw, &SHOPS[seed as usize % 3], 32);
            pricing::CompiledBook::new(document).unwrap_or_else(|errors| panic!("seed {seed}: {errors:?}"));
        }
    }
}
