//! Laws that every return keeps, on random books, carts and ways to return them. `CONCORD_LAW_CASES` makes a longer run.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use conformance::generate::{self, Seeded};
use pricing::returns::{Original, Refund, ReturnOptions, ReturnReason, Returned, ReturnedGift, ReturnedLine, Tender};
use pricing::{
    Cart, CompiledBook, Context, Quote,
    book::{PriceBook, Resolution, ReturnMethod},
};

fn cases(default: u64) -> u64 {
    std::env::var("CONCORD_LAW_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A random order.
struct Order {
    book: CompiledBook,
    cart: Cart,
    context: Context,
    quote: Quote,
    tenders: Vec<Tender>,
}

/// How often promotions of an order are re-evaluated.
#[derive(Clone, Copy)]
enum Mix {
    Some,
    All,
}

fn order(seed: u64, small: bool, mix: Mix) -> Order {
    let mut seeded = Seeded::new(seed);
    let mut document = PriceBook {
        resolution: if seed.is_multiple_of(2) { Resolution::Best } else { Resolution::Pinned },
        ..generate::book(&mut seeded)
    };
    let (mut cart, context) = generate::cart(&mut seeded);
    for promotion in &mut document.promotions {
        if matches!(mix, Mix::All) || seeded.once_in(2) {
            promotion.returns = ReturnMethod::ReEvaluate;
        }
    }
    if small {
        cart.lines.truncate(3);
        cart.lines.iter_mut().for_each(|line| line.quantity = line.quantity.min(3));
    }
    let book = CompiledBook::new(document).unwrap();
    let quote = book.quote(&cart, &context).unwrap();
    let tenders = tenders(&mut seeded, quote.payable);
    Order { book, cart, context, quote, tenders }
}

/// Up to four tenders that sum to the payable.
fn tenders(seeded: &mut Seeded, payable: i64) -> Vec<Tender> {
    let mut left = payable;
    let mut tenders = Vec::new();
    for at in 0..seeded.below(4) {
        let amount = i64::try_from(seeded.below(u64::try_from(left).unwrap() + 1)).unwrap();
        left -= amount;
        tenders.push(Tender { name: format!("card {at}"), amount });
    }
    tenders.push(Tender { name: "cash".to_owned(), amount: left });
    tenders
}

/// What of an order came back: units of each line, then of each gift.
type Set = Vec<i64>;

impl Order {
    fn all(&self) -> Set {
        let gifts = self.quote.gifts.iter().map(|gift| gift.quantity);
        self.quote.lines.iter().map(|line| line.quantity).chain(gifts).collect()
    }

    fn returned(&self, set: &[i64]) -> Returned {
        let (lines, gifts) = set.split_at(self.quote.lines.len());
        let line = |(line, &units): (&pricing::QuoteLine, &i64)| ReturnedLine { line: line.id.clone(), units };
        let gift = |(gift, &units): (&pricing::Gift, &i64)| ReturnedGift { promotion: gift.promotion.clone(), units };
        Returned {
            lines: self.quote.lines.iter().zip(lines).map(line).filter(|one| one.units > 0).collect(),
            gifts: self.quote.gifts.iter().zip(gifts).map(gift).filter(|one| one.units > 0).collect(),
        }
    }

    fn refund(&self, before: &Refund, set: &[i64]) -> Refund {
        let original =
            Original { quote: &self.quote, cart: &self.cart, context: &self.context, tenders: &self.tenders };
        self.book.refund(&original, before, &self.returned(set), ReturnOptions::default()).unwrap()
    }
}

/// A step costs the shopper nothing, and its amounts agree with each other.
fn check_step(seed: u64, order: &Order, step: &Refund) {
    let quote = &order.quote;
    assert!(step.total >= 0 && step.points_back >= 0 && step.points_back_value >= 0, "seed {seed}: {step:?}");
    assert!(step.points_clawed >= 0 && step.shipping >= 0, "seed {seed}: {step:?}");
    assert!(step.tenders.iter().all(|tender| tender.amount >= 0), "seed {seed}: {step:?}");
    assert!(step.lines.iter().all(|line| line.goods >= 0 && line.tax >= 0), "seed {seed}: {step:?}");
    let (goods, tax) = step.lines.iter().fold((0, 0), |sum, line| (sum.0 + line.goods, sum.1 + line.tax));
    assert_eq!(step.tax, tax - step.discounts_lost_tax + step.shipping_tax, "seed {seed}: tax");
    let added = if quote.tax_included { 0 } else { step.tax };
    let parts = goods - step.discounts_lost + step.shipping + added - step.gifts_charged;
    assert_eq!(parts, step.points_back_value + step.total, "seed {seed}: {step:?}");
    assert_eq!(step.tenders.iter().map(|tender| tender.amount).sum::<i64>(), step.total, "seed {seed}: tenders");
    for line in &step.lines {
        let runs = line.runs.iter().fold((0, 0), |sum, run| (sum.0 + run.quantity, sum.1 + run.quantity * run.net));
        assert_eq!(runs, (line.units, line.goods), "seed {seed}: runs");
    }
}

/// Everything back is everything paid.
fn check_all(seed: u64, order: &Order, sum: &Refund) {
    let quote = &order.quote;
    assert_eq!((sum.total, sum.tax), (quote.payable, quote.tax), "seed {seed}: {sum:?}");
    assert_eq!((sum.points_back, sum.points_back_value), (quote.points_spent, quote.points_value), "seed {seed}");
    assert_eq!(sum.points_clawed, quote.points_earned, "seed {seed}");
    assert_eq!((sum.discounts_lost, sum.discounts_lost_tax, sum.gifts_charged), (0, 0, 0), "seed {seed}");
    assert_eq!(sum.shipping, quote.shipping.as_ref().map_or(0, |one| one.total), "seed {seed}");
    assert_eq!(sum.tenders, order.tenders, "seed {seed}");
    let lines = sum.lines.iter().map(|line| (&line.line, line.units, line.goods, line.tax));
    assert!(lines.eq(quote.lines.iter().map(|line| (&line.id, line.quantity, line.total, line.tax))), "seed {seed}");
}

/// All parts of a set, each after the parts that it holds.
fn parts(all: &[i64]) -> Vec<Set> {
    let mut parts = vec![Set::new()];
    for &most in all {
        let longer = |part: Set| (0..=most).map(move |units| part.iter().copied().chain([units]).collect());
        parts = parts.into_iter().flat_map(longer).collect();
    }
    parts
}

/// Without the reasons, which tell how the order stands and not what a step gives.
fn amounts(refund: &Refund) -> Refund {
    Refund { reasons: Vec::new(), ..refund.clone() }
}

#[test]
fn every_part_in_every_order_stands_at_the_same() {
    let (mut steps, mut lost, mut charged, mut floored) = (0, 0, 0, 0);
    for seed in 0..cases(60) {
        let order = order(seed, true, Mix::Some);
        let mut known =
            std::collections::BTreeMap::from([(order.all().iter().map(|_| 0).collect(), Refund::default())]);
        for part in parts(&order.all()) {
            let at_once = order.refund(&Refund::default(), &part);
            check_step(seed, &order, &at_once);
            // Whatever unit came back last: by induction, every order of single units.
            for last in (0..part.len()).filter(|&last| part[last] > 0) {
                let (mut before, mut one) = (part.clone(), vec![0; part.len()]);
                before[last] -= 1;
                one[last] = 1;
                let step = order.refund(&known[&before], &one);
                check_step(seed, &order, &step);
                assert_eq!(amounts(&known[&before].and(&step)), amounts(&at_once), "seed {seed}: {part:?}");
                steps += 1;
                floored += i32::from(step.reasons.contains(&ReturnReason::NoLess));
            }
            lost += i32::from(at_once.discounts_lost > 0);
            charged += i32::from(at_once.gifts_charged > 0);
            known.insert(part, at_once);
        }
        check_all(seed, &order, &known[&order.all()]);
    }
    println!("{steps} steps; {lost} sets lost a discount, {charged} a gift, {floored} steps met the floor");
    assert!(lost > 50 && charged > 5 && floored > 20, "{lost} {charged} {floored}");
}

/// Random steps until everything is back.
fn random_steps(seed: u64, order: &Order) -> (Refund, bool) {
    let mut seeded = Seeded::new(!seed);
    let (mut left, mut sum, mut listed) = (order.all(), Refund::default(), true);
    while left.iter().any(|units| *units > 0) {
        let mut set = vec![0; left.len()];
        for (units, left) in set.iter_mut().zip(&mut left) {
            let most = u64::try_from(*left).unwrap();
            *units = match seeded.below(3) {
                0 => 0,
                1 => *left,
                _ => i64::try_from(seeded.below(most + 1)).unwrap(),
            };
            *left -= *units;
        }
        let step = order.refund(&sum, &set);
        check_step(seed, order, &step);
        listed &= !step.reasons.contains(&ReturnReason::InSteps);
        sum = sum.and(&step);
    }
    (sum, listed)
}

#[test]
fn large_orders_end_exact_on_every_way() {
    let mut in_steps = 0;
    for seed in 0..cases(120) {
        let order = order(seed, false, Mix::Some);
        let (sum, listed) = random_steps(seed, &order);
        check_all(seed, &order, &sum);
        check_all(seed, &order, &order.refund(&Refund::default(), &order.all()));
        in_steps += i32::from(!listed);
    }
    println!("{in_steps} orders were counted in steps");
    assert!(in_steps > 0, "{in_steps}");
}

#[test]
fn a_slice_refunds_as_the_whole_book() {
    for seed in 0..cases(150) {
        let order = order(seed, true, Mix::Some);
        let skus: Vec<_> = order.cart.lines.iter().map(|line| line.sku.clone()).collect();
        let slice = CompiledBook::from_slice(order.book.slice(&skus, &order.cart.coupons)).unwrap();
        let one: Set = order.all().iter().enumerate().map(|(at, _)| i64::from(at == 0)).collect();
        let first = order.refund(&Refund::default(), &one);
        let order = Order { book: slice, ..order };
        assert_eq!(order.refund(&Refund::default(), &one), first, "seed {seed}");
    }
}

/// Where every promotion is re-evaluated and nothing is given: what was paid less the price of what is kept, at the best part of what is back.
#[test]
fn re_evaluated_is_paid_less_the_price_of_what_is_kept() {
    let (mut checked, mut seed) = (0, 0);
    while checked < cases(60) {
        seed += 1;
        let order = order(seed, true, Mix::All);
        let off = order.quote.lines.iter().any(|line| !line.discounts.is_empty());
        if !order.quote.gifts.is_empty() || !off || !order.quote.tax_included {
            continue;
        }
        let goods = |quote: &Quote| quote.lines.iter().map(|line| line.total).sum::<i64>();
        let kept = |back: &Set| {
            let mut cart = order.cart.clone();
            for line in &mut cart.lines {
                line.quantity -= back[order.quote.lines.iter().position(|one| one.id == line.id).unwrap()];
            }
            cart.lines.retain(|line| line.quantity > 0);
            if cart.lines.is_empty() { 0 } else { goods(&order.book.quote(&cart, &order.context).unwrap()) }
        };
        let all = parts(&order.all());
        // Never more than the units' own prices.
        let list = |part: &Set| order.quote.lines.iter().zip(part).map(|(line, units)| line.list * units).sum::<i64>();
        let worth: Vec<i64> = all.iter().map(|part| (goods(&order.quote) - kept(part)).min(list(part))).collect();
        for part in &all {
            let within = |other: &Set| other.iter().zip(part).all(|(other, part)| other <= part);
            let best = all.iter().zip(&worth).filter(|(other, _)| within(other)).map(|(_, worth)| *worth).max();
            let refund = order.refund(&Refund::default(), part);
            let actual = refund.total + refund.points_back_value - refund.shipping;
            assert_eq!(Some(actual), best, "seed {seed}: {part:?} {refund:?}");
        }
        checked += 1;
    }
}
