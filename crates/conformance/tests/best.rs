//! The best price against an oracle that tries every subset of the promotions in every legal order, each by the pinned meaning.

use conformance::generate::{Seeded, book, cart};
use pricing::{
    Cart, CompiledBook, Context,
    book::{Combine, PriceBook, Promotion, Resolution},
};

/// More ways than this take too long for one case.
const WAYS_MAX: usize = 4_000;

/// Every legal sequence of promotions, or none if there are too many.
fn ways(promotions: &[Promotion]) -> Option<Vec<Vec<usize>>> {
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    let mut at = 0;
    while at < ways.len() {
        let way = ways[at].clone();
        at += 1;
        for next in 0..promotions.len() {
            if legal(promotions, &way, next) {
                ways.push(way.iter().copied().chain([next]).collect());
            }
        }
        if ways.len() > WAYS_MAX {
            return None;
        }
    }
    Some(ways)
}

fn legal(promotions: &[Promotion], way: &[usize], next: usize) -> bool {
    let one = &promotions[next];
    let alone = |at: usize| promotions[at].combine == Combine::Exclusive;
    let group = |one: &Promotion| (one.combine == Combine::Best).then(|| (one.class, one.group.clone()));
    let rival = |at: &&usize| group(&promotions[**at]).is_some() && group(&promotions[**at]) == group(one);
    !way.contains(&next)
        && !way.iter().any(|&at| alone(at))
        && (way.is_empty() || !alone(next))
        && way.last().is_none_or(|&last| promotions[last].class <= one.class)
        && !way.iter().any(|at| rival(&at))
}

/// The least total over all ways.
fn oracle(document: &PriceBook, cart: &Cart, context: &Context) -> Option<i64> {
    let ways = ways(&document.promotions)?;
    let price = |way: &Vec<usize>| {
        let promotion = |(turn, &at): (usize, &usize)| {
            let priority = i64::try_from(turn).unwrap();
            Promotion { priority, combine: Combine::Stack, ..document.promotions[at].clone() }
        };
        let promotions = way.iter().enumerate().map(promotion).collect();
        let book = PriceBook { resolution: Resolution::Pinned, promotions, ..document.clone() };
        CompiledBook::new(book).unwrap().quote(cart, context).unwrap().total
    };
    ways.iter().map(price).min()
}

#[test]
fn no_subset_in_no_order_is_cheaper() {
    let cases = std::env::var("CONCORD_BEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    let (mut seed, mut done, mut proved) = (0, 0, 0_u64);
    while done < cases {
        seed += 1;
        let mut seeded = Seeded::new(seed);
        let document = PriceBook { resolution: Resolution::Best, ..book(&mut seeded) };
        let (cart, context) = cart(&mut seeded);
        let pinned = PriceBook { resolution: Resolution::Pinned, ..document.clone() };
        let Ok(pinned) = CompiledBook::new(pinned).unwrap().quote(&cart, &context) else { continue };
        let Some(least) = oracle(&document, &cart, &context) else { continue };
        let chooses_units = document.promotions.iter().any(chooses_units);
        let quote = CompiledBook::new(document).unwrap().quote(&cart, &context).unwrap();
        assert!(quote.total <= pinned.total, "seed {seed}: pinned {} best {}", pinned.total, quote.total);
        assert!(quote.total <= least, "seed {seed}: {} {least} {:?}", quote.total, quote.applied);
        if !chooses_units {
            assert_eq!(quote.total, least, "seed {seed}: {:?}", quote.applied);
        }
        if quote.certificate != pricing::Certificate::Optimal {
            let units: i64 = cart.lines.iter().map(|line| line.quantity).sum();
            println!("seed {seed}: {:?} of {} with {} units, {} promotions", quote.certificate, quote.total, units, pinned.applied.len() + pinned.missed.len());
        }
        proved += u64::from(quote.certificate == pricing::Certificate::Optimal);
        done += 1;
    }
    println!("{proved} of {cases} proved");
    assert!(proved * 100 >= cases * 90);
}

/// True if the engine may choose among units, which the oracle does not.
fn chooses_units(promotion: &Promotion) -> bool {
    let rule = serde_json::to_value(&promotion.then).unwrap();
    let has = |key: &str| rule.get(key).is_some_and(|value| !value.is_null());
    has("buy") || has("nth_unit") || has("bundle") || (has("max_units") && !has("pick"))
}
