//! Small random carts and books, in both meanings at once.

use crate::model::{Benefit, Combine, Condition, Give, Kinds, Line, Pick, Promotion, State, Unit};
use crate::owed::{Rules, Scope};
use conformance::generate::Seeded;
use serde_json::{Value, json};

const KINDS: [&str; 3] = ["tea", "kitchen", "body"];

pub struct Case {
    pub state: State,
    pub promotions: Vec<Promotion>,
    pub rules: Rules,
    pub book: Value,
    pub cart: Value,
}

fn small(seeded: &mut Seeded, below: u64) -> usize {
    usize::try_from(seeded.below(below)).unwrap()
}

/// Prices from few steps, so that some are equal, and some with odd cents.
fn price(seeded: &mut Seeded, most: u64) -> i64 {
    let price = if seeded.once_in(3) { 1 + seeded.below(most) } else { (1 + seeded.below(most / 500)) * 500 };
    i64::try_from(price).unwrap()
}

fn kinds(seeded: &mut Seeded) -> Kinds {
    [0b001, 0b010, 0b100, 0b011, 0b101, 0b110, 0b111, 0b111][small(seeded, 8)]
}

fn give(seeded: &mut Seeded) -> Give {
    match seeded.below(5) {
        0 => Give::Amount(price(seeded, 3_000)),
        1 => Give::Fixed(price(seeded, 4_000)),
        _ => Give::Percent([10, 15, 33, 50, 100][small(seeded, 5)]),
    }
}

fn benefit(seeded: &mut Seeded, class: usize) -> Benefit {
    let some = |seeded: &mut Seeded, most: u64| seeded.once_in(2).then(|| 1 + small(seeded, most));
    let pick = |seeded: &mut Seeded| if seeded.once_in(4) { Pick::Dearest } else { Pick::Cheapest };
    match seeded.below(if class == 0 { 2 } else { 10 }) {
        0 | 1 => {
            let most = some(seeded, 3);
            let pick = seeded.once_in(3).then(|| pick(seeded));
            Benefit::Units { give: give(seeded), of: kinds(seeded), most, pick: pick.filter(|_| most.is_some()) }
        }
        2 | 3 => Benefit::Once { amount: price(seeded, 4_000), of: kinds(seeded) },
        4 => Benefit::Every { every: price(seeded, 9_000), off: price(seeded, 1_500), of: kinds(seeded) },
        5..8 => Benefit::Exchange {
            buy: (1 + small(seeded, 2), kinds(seeded)),
            get: (1 + small(seeded, 2), kinds(seeded)),
            give: give(seeded),
            times: some(seeded, 2),
            pick: pick(seeded),
        },
        _ => Benefit::Bundle {
            pieces: (0..1 + seeded.below(2)).map(|_| (1 + small(seeded, 2), kinds(seeded))).collect(),
            price: price(seeded, 9_000),
            times: some(seeded, 2),
        },
    }
}

fn promotion(seeded: &mut Seeded) -> Promotion {
    let class = [0, 1, 1, 1, 2, 2][small(seeded, 6)];
    let condition = match seeded.below(4) {
        0 => Some(Condition::Subtotal { least: price(seeded, 25_000), of: kinds(seeded), list: seeded.once_in(4) }),
        1 => Some(Condition::Units { least: 1 + small(seeded, 5), of: kinds(seeded) }),
        _ => None,
    };
    Promotion {
        class,
        combine: [Combine::Stack, Combine::Stack, Combine::Stack, Combine::Stack, Combine::Best, Combine::Exclusive]
            [small(seeded, 6)],
        of_list: class != 0 && seeded.once_in(5),
        condition,
        benefit: benefit(seeded, class),
        cap: seeded.once_in(5).then(|| price(seeded, 3_000)),
    }
}

fn major(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

fn selector(of: Kinds) -> Value {
    let kinds: Vec<&str> = (0..3).filter(|kind| of >> kind & 1 == 1).map(|kind| KINDS[kind]).collect();
    if kinds.len() == 3 { json!("all") } else { json!({"category": kinds}) }
}

fn with_give(mut value: Value, give: Give) -> Value {
    match give {
        Give::Percent(percent) => value["percent"] = json!(percent.to_string()),
        Give::Amount(amount) => value["amount"] = json!(major(amount)),
        Give::Fixed(price) => value["fixed_price"] = json!(major(price)),
    }
    value
}

fn pick_json(pick: Pick) -> &'static str {
    if pick == Pick::Cheapest { "cheapest" } else { "dearest" }
}

fn benefit_json(benefit: &Benefit) -> Value {
    match benefit {
        Benefit::Units { give, of, most, pick } => {
            json!({"on": selector(*of), "max_units": most, "pick": pick.map(pick_json)})
                .pipe(|value| with_give(value, *give))
        }
        Benefit::Once { amount, of } => json!({"amount": major(*amount), "on": selector(*of), "per": "once"}),
        Benefit::Every { every, off, of } => json!({"every": major(*every), "off": major(*off), "on": selector(*of)}),
        Benefit::Exchange { buy, get, give, times, pick } => json!({
            "buy": {"count": buy.0, "of": selector(buy.1)},
            "get": with_give(json!({"count": get.0, "of": selector(get.1)}), *give),
            "times": times, "pick": pick_json(*pick),
        }),
        Benefit::Bundle { pieces, price, times } => {
            let pieces: Vec<Value> =
                pieces.iter().map(|(count, of)| json!({"count": count, "of": selector(*of)})).collect();
            json!({"bundle": pieces, "price": major(*price), "times": times})
        }
    }
}

trait Pipe: Sized {
    fn pipe<T>(self, with: impl FnOnce(Self) -> T) -> T {
        with(self)
    }
}

impl Pipe for Value {}

fn promotion_json(at: usize, one: &Promotion) -> Value {
    let mut then = benefit_json(&one.benefit);
    if let Some(cap) = one.cap {
        then["cap"] = json!(major(cap));
    }
    let conditions: Vec<Value> = one
        .condition
        .iter()
        .map(|condition| match condition {
            Condition::Subtotal { least, of, list } => {
                json!({"min_subtotal": major(*least), "of": selector(*of), "measure": if *list { "list" } else { "current" }})
            }
            Condition::Units { least, of } => json!({"min_quantity": least, "of": selector(*of)}),
        })
        .collect();
    let class = ["price", "product", "order"][one.class];
    json!({
        "id": format!("P{at}"), "class": class, "if": conditions, "then": then,
        "combine": match one.combine { Combine::Stack => "stack", Combine::Best => "best", Combine::Exclusive => "exclusive" },
        "base": if one.of_list { "list" } else { "current" },
    })
}

pub fn case(seed: u64) -> Case {
    let seeded = &mut Seeded::new(seed ^ 0x5eed_0000);
    let scope = [Scope::Line, Scope::Line, Scope::Unit, Scope::Document][small(seeded, 4)];
    // Numbers of their own, so that carts and promotions are those of before tax was looked at.
    let of_tax = &mut Seeded::new(seed ^ 0x7a00_0000);
    let rules = Rules { scope, down: of_tax.once_in(3), on_top: of_tax.once_in(2) };
    let rates = [[0, 60, 130], [130, 130, 130], [73, 73, 0]][small(of_tax, 3)];
    let (mut state, mut skus, mut lines, mut left): (State, _, _, usize) = (Vec::new(), Vec::new(), Vec::new(), 8);
    for at in 0..1 + small(seeded, 5) {
        let quantity = (1 + small(seeded, 3)).min(left);
        if quantity == 0 {
            break;
        }
        left -= quantity;
        let list = price(seeded, 8_000);
        let floor = if seeded.once_in(8) { list / 2 } else { 0 };
        let (kind, discountable) = (small(seeded, 3), !seeded.once_in(10));
        let unit = Unit { shelf: list, current: list, taken: false };
        state.push(Line { kind, list, floor, discountable, per_mille: rates[kind], units: vec![unit; quantity] });
        skus.push(json!({"sku": format!("S{at}"), "price": major(list), "category": KINDS[kind],
            "discountable": discountable, "min_price": (floor > 0).then(|| major(floor)),
            "tax_rate": format!("0.{:03}", rates[kind])}));
        lines.push(json!({"id": at.to_string(), "sku": format!("S{at}"), "quantity": quantity}));
    }
    let promotions: Vec<Promotion> = (0..1 + seeded.below(6)).map(|_| promotion(seeded)).collect();
    let documents: Vec<Value> = promotions.iter().enumerate().map(|(at, one)| promotion_json(at, one)).collect();
    let scope_name = match scope {
        Scope::Line => "line",
        Scope::Unit => "unit",
        Scope::Document => "document",
    };
    let book = json!({
        "format": 1, "currency": "CNY", "resolution": "best", "rounding": {"mode": if rules.down { "down" } else { "half_up" }, "scope": scope_name}, "tax": {"included": !rules.on_top},
        "skus": skus, "promotions": documents,
    });
    Case { state, promotions, rules, book, cart: json!({"lines": lines}) }
}
