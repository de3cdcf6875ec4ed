//! What must not change a price, or only to one side: pairs of carts and books that say the same in other words, pinned and best.
//! `CONCORD_LAW_CASES` makes a longer run.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use conformance::generate::{self, Seeded};
use pricing::{
    Cart, CartLine, Certificate, CompiledBook, Context, Quote,
    book::{Class, Combine, PriceBook, Promotion, Resolution, Scope},
};
use serde_json::{Value, json};

const CASES: u64 = 2_000;

fn cases() -> u64 {
    std::env::var("CONCORD_LAW_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES)
}

/// A random case, and more numbers of the same seed.
struct Case {
    seed: u64,
    document: PriceBook,
    cart: Cart,
    context: Context,
    seeded: Seeded,
}

/// Each seed makes one case; every other one is pinned, or all are as `only` says.
fn each(only: Option<Resolution>, mut check: impl FnMut(Case)) {
    for seed in 0..cases() {
        let mut seeded = Seeded::new(seed);
        let own = if seed.is_multiple_of(2) { Resolution::Best } else { Resolution::Pinned };
        let document = PriceBook { resolution: only.unwrap_or(own), ..generate::book(&mut seeded) };
        let (cart, context) = generate::cart(&mut seeded);
        check(Case { seed, document, cart, context, seeded });
    }
}

impl Case {
    fn quote(&self) -> Quote {
        quote(&self.document, &self.cart, &self.context)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.place(at + 1));
        }
    }

    fn place(&mut self, below: usize) -> usize {
        usize::try_from(self.seeded.below(below as u64)).unwrap()
    }
}

fn quote(document: &PriceBook, cart: &Cart, context: &Context) -> Quote {
    CompiledBook::new(document.clone()).unwrap().quote(cart, context).unwrap()
}

/// By how much more a quote may be than the least, as far as it is known.
fn gap(quote: &Quote) -> i64 {
    match quote.certificate {
        Certificate::Pinned | Certificate::Optimal => 0,
        Certificate::Bounded(gap) => gap,
    }
}

/// The names of the promotions that gave something.
fn applied(quote: &Quote) -> Vec<String> {
    let mut names: Vec<String> = quote.applied.iter().map(|one| one.promotion.to_string()).collect();
    names.sort();
    names
}

/// All but the book's id, which is the hash of its text, and what is made of it.
fn without_book(quote: &Quote) -> String {
    let mut value = serde_json::to_value(quote).unwrap();
    value["book"] = Value::Null;
    value["hash"] = Value::Null;
    value.to_string()
}

#[test]
fn the_order_of_lines_means_nothing() {
    each(None, |mut case| {
        let mut turned = case.cart.clone();
        case.shuffle(&mut turned.lines);
        assert_eq!(case.quote(), quote(&case.document, &turned, &case.context), "seed {}", case.seed);
    });
}

/// Pinned: only those of one priority are applied as listed, so their order among themselves stays.
#[test]
fn the_order_of_priorities_in_the_list_means_nothing_where_pinned() {
    each(Some(Resolution::Pinned), |mut case| {
        let mut turned = case.document.clone();
        let mut ranks = [0, 1, 2];
        case.shuffle(&mut ranks);
        turned.promotions.sort_by_key(|one| ranks[usize::try_from(one.priority).unwrap()]);
        let other = quote(&turned, &case.cart, &case.context);
        assert_eq!(without_book(&case.quote()), without_book(&other), "seed {}", case.seed);
    });
}

/// Best: no order of the list means anything. Where the search ended early, what it found may differ, but not by more than it says.
#[test]
fn the_order_of_promotions_means_nothing_where_best() {
    each(Some(Resolution::Best), |mut case| {
        let mut turned = case.document.clone();
        let mut promotions = std::mem::take(&mut turned.promotions);
        case.shuffle(&mut promotions);
        turned.promotions = promotions;
        let (one, other) = (case.quote(), quote(&turned, &case.cart, &case.context));
        let (seed, proved) = (case.seed, gap(&one) + gap(&other) == 0);
        assert!(
            (one.total - other.total).abs() <= gap(&one).max(gap(&other)),
            "seed {seed}: {} {}",
            one.total,
            other.total
        );
        if proved {
            assert_eq!((one.payable, applied(&one)), (other.payable, applied(&other)), "seed {seed}");
        }
    });
}

#[test]
fn a_coupon_that_is_added_never_raises_the_payable_where_best() {
    let mut lowered = 0;
    each(Some(Resolution::Best), |case| {
        for code in ["CODE0", "CODE1", "CODE2"] {
            let mut more = case.cart.clone();
            more.coupons.push(code.parse().unwrap());
            let (one, other) = (case.quote(), quote(&case.document, &more, &case.context));
            let seed = case.seed;
            assert!(other.total <= one.total + gap(&other), "seed {seed} {code}: {} {}", one.total, other.total);
            assert!(
                other.payable <= one.payable + gap(&other),
                "seed {seed} {code}: {} {}",
                one.payable,
                other.payable
            );
            lowered += i32::from(other.payable < one.payable);
        }
    });
    assert!(lowered > 0, "no coupon ever took anything off");
}

#[test]
fn a_promotion_that_does_not_match_changes_no_amount() {
    each(None, |mut case| {
        let class = ["price", "product", "order"][case.place(3)];
        let combine = ["stack", "best", "exclusive"][case.place(3)];
        let stranger = match case.place(4) {
            0 => json!({"then": {"percent": "90", "on": {"sku": ["NO-SUCH"]}}}),
            1 => json!({"then": {"percent": "90", "on": "all"}, "if": [{"channel": ["nowhere"]}]}),
            2 => json!({"then": {"percent": "90", "on": "all"}, "coupon": "NOT-ENTERED"}),
            _ => json!({"then": {"percent": "90", "on": "all"}, "ends": "2026-01-01T00:00:00Z"}),
        };
        let mut stranger = stranger;
        stranger["id"] = json!("STRANGER");
        stranger["class"] = json!(class);
        stranger["combine"] = json!(combine);
        stranger["priority"] = json!(case.place(3));
        if case.document.resolution == Resolution::Pinned {
            // A group has its turn with the first of its members, whether that one gives anything or not: in another's group it would move the turn.
            stranger["group"] = json!("strangers");
        }
        let mut more = case.document.clone();
        more.promotions.insert(case.place(more.promotions.len() + 1), serde_json::from_value(stranger).unwrap());
        let (one, mut other) = (case.quote(), quote(&more, &case.cart, &case.context));
        other.missed.edit(|missed| missed.retain(|missed| missed.promotion.as_str() != "STRANGER"));
        other.hints.retain(|hint| hint.promotion.as_str() != "STRANGER");
        if gap(&one) + gap(&other) > 0 {
            assert!((one.total - other.total).abs() <= gap(&one).max(gap(&other)), "seed {}", case.seed);
            return;
        }
        let amounts = |quote: &Quote| {
            let (lines, shipping, gifts) = (quote.lines.clone(), quote.shipping.clone(), quote.gifts.clone());
            (lines, shipping, gifts, quote.tax, quote.payable, quote.points_earned, applied(quote))
        };
        assert_eq!(amounts(&one), amounts(&other), "seed {}", case.seed);
    });
}

#[test]
fn the_best_is_never_dearer_than_the_pinned() {
    let mut cheaper = 0;
    each(Some(Resolution::Best), |case| {
        let pinned = PriceBook { resolution: Resolution::Pinned, ..case.document.clone() };
        let (best, pinned) = (case.quote(), quote(&pinned, &case.cart, &case.context));
        assert!(best.total <= pinned.total, "seed {}: {} {}", case.seed, best.total, pinned.total);
        assert!(best.payable <= pinned.payable, "seed {}: {} {}", case.seed, best.payable, pinned.payable);
        cheaper += i32::from(best.payable < pinned.payable);
    });
    assert!(cheaper > 0, "the best price is always the pinned one");
}

/// The cart with one line of several units as two lines of the same SKU; the second stands right behind the first.
fn split(case: &mut Case) -> Option<Cart> {
    let mut cart = case.cart.clone();
    let at = case.place(cart.lines.len());
    let line = &mut cart.lines[at];
    let moved = 1 + i64::try_from(case.seeded.below(u64::try_from(line.quantity - 1).unwrap())).unwrap();
    if line.quantity < 2 {
        return None;
    }
    line.quantity -= moved;
    let more = CartLine { id: format!("{}a", line.id).parse().unwrap(), sku: line.sku.clone(), quantity: moved };
    cart.lines.push(more);
    Some(cart)
}

/// The rule as a document.
fn rule(promotion: &Promotion) -> Value {
    serde_json::to_value(&promotion.then).unwrap()
}

fn has(promotion: &Promotion, key: &str) -> bool {
    rule(promotion).get(key).is_some_and(|value| !value.is_null())
}

/// True if the benefit is counted by lines, so that two lines are meant to get something else than one.
fn by_line(promotion: &Promotion) -> bool {
    has(promotion, "max_units_per_line") || rule(promotion)["per"] == "line"
}

/// True if an amount is spread over lines, whose shares are whole cents: a book that rounds each unit does not name that rounding.
fn spreads(promotion: &Promotion) -> bool {
    let rule = rule(promotion);
    let once = has(promotion, "amount") && (rule["on"] == "order" || rule["on"] == "total");
    let bundle = has(promotion, "bundle");
    let cut = has(promotion, "cap") || promotion.limit.budget.is_some();
    once || bundle || cut || has(promotion, "every") || has(promotion, "tiers")
}

/// True if a cent more or less in a value may decide over more than a cent.
fn jumps(promotion: &Promotion, pinned: bool) -> bool {
    let conditions = serde_json::to_string(&promotion.conditions).unwrap();
    let compared = conditions.contains("min_subtotal") || has(promotion, "every") || has(promotion, "tiers");
    // Of a group the largest is taken, and an exclusive one if it gives anything: in the pinned order, whatever follows from it.
    compared || (pinned && promotion.combine != Combine::Stack)
}

/// With every unit rounded by itself, and nothing spread, the lines in which units stand mean nothing at all.
#[test]
fn splitting_a_line_changes_nothing_where_units_are_rounded() {
    let (mut compared, mut reduced) = (0, 0);
    each(None, |mut case| {
        case.document.rounding.scope = Scope::Unit;
        case.document.promotions.retain(|one| !by_line(one) && !spreads(one));
        let Some(cart) = split(&mut case) else { return };
        let (one, other) = (case.quote(), quote(&case.document, &cart, &case.context));
        if gap(&one) + gap(&other) > 0 {
            return;
        }
        assert_eq!((one.total, one.payable), (other.total, other.payable), "seed {}", case.seed);
        compared += 1;
        reduced += i32::from(one.discount > 0);
    });
    assert!(compared * 3 > cases() && reduced > 0, "only {compared} were compared");
}

/// Otherwise by no more than the roundings: one of each promotion on each line, and one of the tax.
#[test]
fn splitting_a_line_changes_no_more_than_the_rounding() {
    let (mut compared, mut changed) = (0, 0);
    each(None, |mut case| {
        let pinned = case.document.resolution == Resolution::Pinned;
        case.document.promotions.retain(|one| !by_line(one) && !jumps(one, pinned));
        let Some(cart) = split(&mut case) else { return };
        let (one, other) = (case.quote(), quote(&case.document, &cart, &case.context));
        if gap(&one) + gap(&other) > 0 {
            return;
        }
        let most = i64::try_from((case.document.promotions.len() + 1) * (cart.lines.len() + 1)).unwrap();
        let difference = (one.total - other.total).abs();
        assert!(difference <= most, "seed {}: {} {}, {most} are allowed", case.seed, one.total, other.total);
        compared += 1;
        changed += i32::from(difference > 0);
    });
    println!("{changed} of {compared} changed");
    assert!(compared * 3 > cases(), "only {compared} were compared");
}

/// What the generator makes holds what these laws are about.
#[test]
fn the_cases_hold_what_the_laws_are_about() {
    let mut classes = std::collections::BTreeSet::new();
    let (mut spread, mut lines) = (0, 0);
    each(None, |case| {
        classes.extend(case.document.promotions.iter().map(|one| one.class));
        spread += case.document.promotions.iter().filter(|one| spreads(one)).count();
        lines += case.document.promotions.iter().filter(|one| by_line(one)).count();
    });
    assert_eq!(
        classes.into_iter().collect::<Vec<_>>(),
        [Class::Price, Class::Product, Class::Order, Class::Shipping, Class::Total]
    );
    assert!(spread > 0 && lines > 0);
}
