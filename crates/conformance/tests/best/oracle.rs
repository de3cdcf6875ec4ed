//! Every legal sequence of promotions, each priced by the pinned meaning: what the best price may never be above.

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
    let rival = |at: usize| group(one).is_some() && group(&promotions[at]) == group(one);
    let with =
        |one: &Promotion, other: &Promotion| one.combines_with.as_ref().is_none_or(|list| list.contains(&other.class));
    let apart = |at: usize| !with(one, &promotions[at]) || !with(&promotions[at], one);
    let too_late = |at: usize| promotions[at].after.as_ref() == Some(&one.id);
    !way.contains(&next)
        && !way.iter().any(|&at| alone(at) || rival(at) || apart(at) || too_late(at))
        && (way.is_empty() || !alone(next))
        && way.last().is_none_or(|&last| promotions[last].class <= one.class)
}

/// The least total over all ways; none if there are too many.
pub fn least(document: &PriceBook, cart: &Cart, context: &Context) -> Option<i64> {
    let price = |way: &Vec<usize>| {
        let promotion = |(turn, &at): (usize, &usize)| Promotion {
            priority: i64::try_from(turn).unwrap(),
            combine: Combine::Stack,
            combines_with: None,
            after: None,
            ..document.promotions[at].clone()
        };
        let promotions = way.iter().enumerate().map(promotion).collect();
        let book = PriceBook { resolution: Resolution::Pinned, promotions, ..document.clone() };
        CompiledBook::new(book).unwrap().quote(cart, context).unwrap().total
    };
    ways(&document.promotions)?.iter().map(price).min()
}

/// True if the engine may choose among units, which the oracle does not.
pub fn chooses_units(promotion: &Promotion) -> bool {
    let rule = serde_json::to_value(&promotion.then).unwrap();
    let has = |key: &str| rule.get(key).is_some_and(|value| !value.is_null());
    has("buy") || has("nth_unit") || has("bundle") || (has("max_units") && !has("pick"))
}
