//! The rules that `generate::wide_book` adds, in the best price, against an oracle that tries every subset of the promotions in every legal order, each by
//! the pinned meaning.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use conformance::generate::{Seeded, wide_book, wide_cart};
use pricing::{
    Cart, Certificate, CompiledBook, Context,
    book::{Combine, PriceBook, Promotion, Resolution},
};

/// More ways than this take too long for one case.
const WAYS_MAX: usize = 1_000;

/// Every legal sequence of promotions, or none if there are too many.
fn ways(promotions: &[Promotion]) -> Option<Vec<Vec<usize>>> {
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    let mut at = 0;
    while at < ways.len() {
        let way = ways[at].clone();
        at += 1;
        let next = (0..promotions.len()).filter(|&next| legal(promotions, &way, next));
        ways.extend(next.map(|next| way.iter().copied().chain([next]).collect()).collect::<Vec<_>>());
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
    let rival = |at: &&usize| group(one).is_some() && group(&promotions[**at]) == group(one);
    !way.contains(&next)
        && !way.iter().any(|&at| alone(at))
        && (way.is_empty() || !alone(next))
        && way.last().is_none_or(|&last| promotions[last].class <= one.class)
        && !way.iter().any(|at| rival(&at))
}

/// The least total over all ways.
fn oracle(document: &PriceBook, cart: &Cart, context: &Context) -> Option<i64> {
    let price = |way: &Vec<usize>| {
        let promotion = |(turn, &at): (usize, &usize)| {
            let priority = i64::try_from(turn).unwrap();
            Promotion { priority, combine: Combine::Stack, ..document.promotions[at].clone() }
        };
        let promotions = way.iter().enumerate().map(promotion).collect();
        let book = PriceBook { resolution: Resolution::Pinned, promotions, ..document.clone() };
        CompiledBook::new(book).unwrap().quote(cart, context).unwrap().total
    };
    ways(&document.promotions)?.iter().map(price).min()
}

/// True if the engine may choose among units, which the oracle does not.
fn chooses_units(promotion: &Promotion) -> bool {
    let rule = serde_json::to_value(&promotion.then).unwrap();
    let has = |key: &str| rule.get(key).is_some_and(|value| !value.is_null());
    has("buy") || has("nth_unit") || has("bundle") || (has("max_units") && !has("pick"))
}

#[test]
fn what_is_proved_to_be_the_best_is_the_best() {
    let cases = std::env::var("CONCORD_BEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(150);
    let (mut seed, mut proved, mut compared) = (0, 0, 0);
    while compared < cases {
        seed += 1;
        let seeded = &mut Seeded::new(seed);
        let document = PriceBook { resolution: Resolution::Best, ..wide_book(seeded) };
        let (cart, context) = wide_cart(seeded);
        let Some(least) = oracle(&document, &cart, &context) else { continue };
        let same_units = !document.promotions.iter().any(chooses_units);
        let quote = CompiledBook::new(document).unwrap().quote(&cart, &context).unwrap();
        compared += u64::from(same_units);
        let Certificate::Optimal = quote.certificate else { continue };
        assert!(quote.total <= least, "seed {seed}: {} {least} {:?}", quote.total, quote.applied);
        if same_units {
            assert_eq!(quote.total, least, "seed {seed}: {:?}", quote.applied);
            proved += 1;
        }
    }
    assert!(proved * 10 >= compared * 8, "{proved} of {compared} were proved");
}
