//! Random price books and carts from a seed: the same seed always makes the same case, on every machine.

use pricing::{Cart, Context, book::PriceBook};
use serde_json::{Value, json};

/// A small generator of numbers (SplitMix64 by Steele, Lea and Flood), so that cases don't depend on a library's version.
#[derive(Clone, Debug)]
pub struct Seeded {
    state: u64,
    /// Bytes that choose as long as there are any, the last one first.
    tape: Vec<u8>,
}

impl Seeded {
    /// Numbers that follow from the seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed, tape: Vec::new() }
    }

    /// Numbers that follow from bytes, so that a fuzzer which changes one byte changes one choice. When they are used up, numbers of seed 0 follow.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self { state: 0, tape: bytes.iter().rev().copied().collect() }
    }

    /// As many bytes as a number below `below` needs.
    fn chosen(&mut self, below: u64) -> Option<u64> {
        let mut number = u64::from(self.tape.pop()?);
        let mut reach = 0xff;
        while reach < below - 1 {
            number = number << 8 | u64::from(self.tape.pop().unwrap_or(0));
            reach = reach << 8 | 0xff;
        }
        Some(number)
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `below` less one.
    pub fn below(&mut self, below: u64) -> u64 {
        let below = below.max(1);
        self.chosen(below).unwrap_or_else(|| self.next()) % below
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len() as u64)).expect("an index of a slice fits")]
    }

    /// A price like 12.34.
    fn price(&mut self, most: u64) -> String {
        let cents = self.below(most * 100);
        format!("{}.{:02}", cents / 100, cents % 100)
    }
}

const CATEGORIES: [&str; 3] = ["tea", "kitchen", "body"];
const TAGS: [&str; 4] = ["gift", "new", "refill", "sale"];
const SKUS: u64 = 12;

/// A random book of 12 SKUs and up to 8 promotions of every kind.
#[must_use]
pub fn book(seeded: &mut Seeded) -> PriceBook {
    let skus: Vec<Value> = (0..SKUS).map(|at| sku(seeded, at)).collect();
    let count = 1 + seeded.below(8);
    let promotions: Vec<Value> = (0..count).map(|at| promotion(seeded, at)).collect();
    let book = json!({
        "format": 1, "currency": "CNY", "resolution": "pinned",
        "rounding": {"mode": seeded.pick(&["half_up", "half_even", "half_down", "down"]), "scope": seeded.pick(&["line", "unit", "document"])},
        "tax": {"included": seeded.once_in(2), "rate": seeded.pick(&["0", "0.13", "0.0725"])},
        "points": {"earn": "1", "value": "0.01"},
        "shipping": [{"method": "standard", "price": "12.00"}, {"method": "express", "price": "22.50", "tax_rate": "0.06"}],
        "skus": skus, "promotions": promotions,
    });
    serde_json::from_value(book).expect("the generator makes books of the right form")
}

fn sku(seeded: &mut Seeded, at: u64) -> Value {
    let mut sku = json!({
        "sku": format!("S{at}"), "price": seeded.price(150),
        "category": seeded.pick(&CATEGORIES), "tags": [seeded.pick(&TAGS), seeded.pick(&TAGS)],
        "discountable": !seeded.once_in(10),
    });
    if seeded.once_in(6) {
        sku["min_price"] = json!(seeded.price(40));
    }
    if seeded.once_in(6) {
        sku["tax_rate"] = json!("0.09");
    }
    sku
}

fn selector(seeded: &mut Seeded) -> Value {
    match seeded.below(7) {
        0 => json!("all"),
        1 => json!({"tag": [seeded.pick(&TAGS)]}),
        2 => json!({"sku": [format!("S{}", seeded.below(SKUS)), format!("S{}", seeded.below(SKUS))]}),
        3 => json!({"not": {"category": [seeded.pick(&CATEGORIES)]}}),
        4 => json!({"any": [{"tag": [seeded.pick(&TAGS)]}, {"min_price": seeded.price(90)}]}),
        _ => json!({"category": [seeded.pick(&CATEGORIES)]}),
    }
}

fn condition(seeded: &mut Seeded) -> Value {
    match seeded.below(8) {
        0 => json!({"min_quantity": 1 + seeded.below(4), "of": selector(seeded)}),
        1 => json!({"contains": selector(seeded)}),
        2 => json!({"member_level": [seeded.pick(&["gold", "black"])]}),
        3 => json!({"channel": ["web", "kiosk"]}),
        4 => json!({"not": {"signed_in": true}}),
        5 => json!({"nth_order": 1}),
        _ => {
            json!({"min_subtotal": seeded.price(200), "of": selector(seeded), "measure": seeded.pick(&["current", "shelf", "list"])})
        }
    }
}

fn promotion(seeded: &mut Seeded, at: u64) -> Value {
    let class = *seeded.pick(&["price", "product", "product", "order", "order", "shipping", "total"]);
    let mut then = benefit(seeded, class);
    if seeded.once_in(4) {
        then["cap"] = json!(seeded.price(60));
    }
    let conditions: Vec<Value> = (0..seeded.below(3)).map(|_| condition(seeded)).collect();
    let mut promotion = json!({
        "id": format!("P{at}"), "name": {"zh": format!("优惠{at}"), "en": format!("Offer {at}")},
        "class": class, "priority": seeded.below(3), "if": conditions, "then": then,
        "combine": seeded.pick(&["stack", "stack", "stack", "best", "exclusive"]),
        "base": if class == "price" { "current" } else { seeded.pick(&["current", "current", "list", "shelf"]) },
    });
    if seeded.once_in(4) {
        promotion["coupon"] = json!(format!("CODE{}", seeded.below(3)));
    }
    if seeded.once_in(6) {
        promotion["limit"] = json!({"budget": seeded.price(50)});
    }
    promotion
}

fn benefit(seeded: &mut Seeded, class: &str) -> Value {
    let percent = format!("{}", 1 + seeded.below(60));
    match (class, seeded.below(8)) {
        ("shipping", 0..4) => json!({"free": true, "on": "shipping"}),
        ("shipping", _) => json!({"percent": percent, "on": "shipping"}),
        ("total", 0..4) => json!({"percent": percent, "on": "total"}),
        ("total", _) => json!({"amount": seeded.price(40), "on": "total"}),
        ("price", 0..3) => json!({"amount": seeded.price(20), "on": selector(seeded)}),
        ("price", 3) => {
            json!({"fixed_price": seeded.price(80), "on": selector(seeded), "max_units": 1 + seeded.below(3)})
        }
        ("price", _) => json!({"percent": percent, "on": selector(seeded)}),
        (_, 0) => json!({"amount": seeded.price(50), "on": "order"}),
        (_, 1) => json!({"every": "50.00", "off": "4.00", "on": selector(seeded)}),
        (_, 2) => {
            json!({"tiers": [{"from": "60.00", "off": "5.00"}, {"from_quantity": 4, "percent": percent}], "on": "order"})
        }
        (_, 3) => {
            json!({"buy": {"count": 1 + seeded.below(2), "of": selector(seeded)}, "get": {"count": 1, "of": selector(seeded), "percent": percent}})
        }
        (_, 4) => json!({"nth_unit": 2 + seeded.below(2), "percent": "50", "on": selector(seeded)}),
        (_, 5) => {
            json!({"bundle": [{"count": 1, "of": selector(seeded)}, {"count": 2, "of": selector(seeded)}], "price": seeded.price(120)})
        }
        (_, 6) => json!({"gift": {"sku": "S0", "quantity": 1}}),
        _ => json!({"percent": percent, "on": selector(seeded), "max_units_per_line": 2, "pick": "dearest"}),
    }
}

/// A random cart for a generated book, and its circumstances.
#[must_use]
pub fn cart(seeded: &mut Seeded) -> (Cart, Context) {
    let lines: Vec<Value> = (0..1 + seeded.below(6))
        .map(|at| {
            let quantity = if seeded.once_in(20) { seeded.below(100_000) + 1 } else { seeded.below(5) + 1 };
            json!({"id": format!("{at}"), "sku": format!("S{}", seeded.below(SKUS)), "quantity": quantity})
        })
        .collect();
    let mut cart = json!({"lines": lines, "coupons": [], "points": seeded.below(3) * 500});
    if seeded.once_in(3) {
        cart["coupons"] = json!([format!("CODE{}", seeded.below(4)), "NONE"]);
    }
    if !seeded.once_in(3) {
        cart["shipping_method"] = json!(seeded.pick(&["standard", "express"]));
    }
    let mut context = json!({"at": "2026-01-15T12:00:00Z", "channel": seeded.pick(&["web", "kiosk", "till"])});
    if seeded.once_in(2) {
        context["member"] =
            json!({"level": seeded.pick(&["gold", "black", "silver"]), "orders": seeded.below(2), "points": 800});
    }
    let form = "the generator makes carts of the right form";
    (serde_json::from_value(cart).expect(form), serde_json::from_value(context).expect(form))
}

const BRANDS: [&str; 2] = ["Lu", "Ru"];
const REGIONS: [&str; 2] = ["CN-31", "CN-44"];
const TENDERS: [&str; 2] = ["wechat_pay", "cash"];

/// A random book of [`book`], with brands, costs and up to 4 more promotions of the kinds that [`book`] does not know. Kinds are added here, so that the
/// seeds of [`book`] keep their books.
#[must_use]
pub fn wide_book(seeded: &mut Seeded) -> PriceBook {
    let form = "a generated book can be written and read";
    let mut wide = serde_json::to_value(book(seeded)).expect(form);
    for sku in wide["skus"].as_array_mut().expect(form) {
        if !seeded.once_in(3) {
            sku["brand"] = json!(seeded.pick(&BRANDS));
        }
        if seeded.once_in(4) {
            sku["cost"] = json!(format!("{}.{:03}", seeded.below(60), seeded.below(1000)));
        }
    }
    if seeded.once_in(2) {
        wide["margin_floor"] = json!(seeded.pick(&["0.15", "0", "-0.2"]));
    }
    wide["points"] =
        json!({"earn": "1", "value": "0.01", "step": 1 + 99 * seeded.below(2), "cap": seeded.pick(&["1", "0.5"])});
    let more: Vec<Value> = (0..1 + seeded.below(4)).map(|at| wide_promotion(seeded, at)).collect();
    wide["promotions"].as_array_mut().expect(form).extend(more);
    serde_json::from_value(wide).expect(form)
}

fn wide_selector(seeded: &mut Seeded) -> Value {
    match seeded.below(3) {
        0 => json!({"brand": [seeded.pick(&BRANDS)]}),
        1 => json!({"not": {"brand": [seeded.pick(&BRANDS)]}, "category": [seeded.pick(&CATEGORIES)]}),
        _ => selector(seeded),
    }
}

fn wide_condition(seeded: &mut Seeded) -> Value {
    match seeded.below(8) {
        0 => json!({"region": [seeded.pick(&REGIONS)]}),
        1 => json!({"tender": [seeded.pick(&TENDERS)]}),
        2 => json!({"birthday_month": true}),
        3 => json!({"together": [wide_selector(seeded), wide_selector(seeded)]}),
        4 => json!({"max_quantity": 2 + seeded.below(5), "of": wide_selector(seeded)}),
        5 => weekly(seeded),
        6 => json!({"not": weekly(seeded)}),
        _ => condition(seeded),
    }
}

/// Thursdays at noon, which is when generated carts are quoted, or not, or not known.
fn weekly(seeded: &mut Seeded) -> Value {
    let until = seeded.pick(&["2026-01-15T00:00:00Z", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"]);
    let starts = seeded.pick(&["2026-01-15T11:00:00Z", "2026-01-15T13:00:00Z"]);
    json!({"weekly": {
        "days": ["thu"], "from": "11:00", "to": "15:00", "zone": "UTC",
        "known": ["2026-01-01T00:00:00Z", until], "instants": [[starts, "2026-01-15T15:00:00Z"]],
    }})
}

fn wide_promotion(seeded: &mut Seeded, at: u64) -> Value {
    let (class, then) = wide_benefit(seeded);
    let conditions: Vec<Value> = (0..seeded.below(2)).map(|_| wide_condition(seeded)).collect();
    let mut promotion = json!({
        "id": format!("W{at}"), "class": class, "priority": seeded.below(3), "if": conditions, "then": then,
        "combine": seeded.pick(&["stack", "stack", "best"]),
        "base": if class == "price" { seeded.pick(&["current", "list"]) } else { seeded.pick(&["current", "shelf"]) },
    });
    // Gifts mean no units.
    if class != "order" && seeded.once_in(2) {
        promotion["limit"] = json!({"units": 1 + seeded.below(6)});
    }
    if seeded.once_in(2) {
        promotion["funding"] = json!({"brand": "0.335", "store": "0.665"});
    }
    promotion
}

fn wide_benefit(seeded: &mut Seeded) -> (&'static str, Value) {
    let percent = format!("{}", 1 + seeded.below(60));
    let class = *seeded.pick(&["price", "product"]);
    match seeded.below(7) {
        0 | 1 => {
            let breaks = json!([
                {"from": 2, "percent": percent}, {"from": 4 + seeded.below(3), "fixed_price": seeded.price(60)},
                {"from": 10, "amount": seeded.price(30)},
            ]);
            ("price", json!({"breaks": breaks, "on": wide_selector(seeded)}))
        }
        2 => {
            let mut prices = json!({});
            for _ in 0..4 {
                prices[format!("S{}", seeded.below(SKUS))] = json!(seeded.price(100));
            }
            ("price", json!({"price_list": prices}))
        }
        3 => ("order", json!({"gift": {"choose": ["S1", "S2", "S3"], "quantity": 1 + seeded.below(2)}})),
        4 => (class, json!({"fixed_price": seeded.price(60), "on": wide_selector(seeded)})),
        5 => (class, json!({"amount": seeded.price(20), "on": wide_selector(seeded)})),
        _ => (class, json!({"percent": percent, "on": wide_selector(seeded)})),
    }
}

/// A random cart of [`cart`] for a book of [`wide_book`], with what such books ask for.
#[must_use]
pub fn wide_cart(seeded: &mut Seeded) -> (Cart, Context) {
    let form = "the generator makes carts of the right form";
    let (mut cart, mut context) = cart(seeded);
    cart.tender = (!seeded.once_in(3)).then(|| (*seeded.pick(&TENDERS)).to_owned());
    if seeded.once_in(2) {
        let gifts = json!([{"promotion": "W0", "sku": seeded.pick(&["S1", "S2", "S3", "S4"])}]);
        cart.gifts = serde_json::from_value(gifts).expect(form);
    }
    context.region = (!seeded.once_in(3)).then(|| (*seeded.pick(&REGIONS)).to_owned());
    context.utc_offset_minutes = 480;
    let usage = json!([{"promotion": "W0", "units": seeded.below(4)}, {"promotion": "W1", "units": seeded.below(8)}]);
    context.usage = serde_json::from_value(usage).expect(form);
    context.out_of_gifts = serde_json::from_value(json!([seeded.pick(&["S1", "S2", "S3"])])).expect(form);
    if let Some(member) = &mut context.member {
        member.birthday_month = Some(if seeded.once_in(2) { 1 } else { 2 });
    }
    (cart, context)
}
