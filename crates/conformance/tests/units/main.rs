//! The best price against an oracle that tries every legal combination, every order and every assignment of units, on carts of up to 8 units and
//! 6 promotions. The oracle has a meaning of promotions of its own, so the two must agree to the cent.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod cases;
mod choices;
mod model;
mod owed;

use pricing::{Cart, Certificate, CompiledBook, Context, Instant, book::PriceBook};

/// Cases in the ordinary run; the long run is `CONCORD_UNIT_CASES=50000`.
const CASES: u64 = 2_000;

#[test]
#[ignore = "shows one case: CONCORD_UNIT_SEED=N cargo test -p conformance --test units -- --ignored --nocapture"]
fn show() {
    let seed = std::env::var("CONCORD_UNIT_SEED").unwrap().parse().unwrap();
    let case = cases::case(seed);
    for part in [&case.book["skus"], &case.book["promotions"], &case.cart["lines"]] {
        part.as_array().unwrap().iter().for_each(|one| println!("{one}"));
    }
    println!("{} {}", case.book["rounding"], case.book["tax"]);
    let book: PriceBook = serde_json::from_value(case.book).unwrap();
    let cart: Cart = serde_json::from_value(case.cart).unwrap();
    let quote = CompiledBook::new(book).unwrap().quote(&cart, &Context::guest(Instant(0))).unwrap();
    quote
        .applied
        .iter()
        .for_each(|one| println!("{} {} off {} on {} units", one.promotion, one.amount, one.base, one.units));
    quote.lines.iter().for_each(|line| println!("{} {:?} {:?}", line.id, line.discounts, line.runs));
    println!(
        "{} {:?}, the oracle {:?}",
        quote.total,
        quote.certificate,
        model::least(&case.state, &case.promotions, case.rules)
    );
}

#[test]
fn nothing_legal_is_cheaper() {
    let asked = std::env::var("CONCORD_UNIT_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    let (mut seed, mut done, mut proved, mut wrong) = (0, 0, 0, Vec::new());
    let mut slowest = (std::time::Duration::ZERO, 0);
    while done < asked {
        seed += 1;
        let case = cases::case(seed);
        let Some(least) = model::least(&case.state, &case.promotions, case.rules) else { continue };
        done += 1;
        let book: PriceBook = serde_json::from_value(case.book).unwrap();
        let cart: Cart = serde_json::from_value(case.cart).unwrap();
        let book = CompiledBook::new(book).unwrap();
        let started = std::time::Instant::now();
        let quote = book.quote(&cart, &Context::guest(Instant(0))).unwrap();
        slowest = slowest.max((started.elapsed(), seed));
        let gap = match quote.certificate {
            Certificate::Optimal => 0,
            Certificate::Bounded(gap) => gap,
            Certificate::Pinned => panic!("seed {seed}: the book asks for the best"),
        };
        proved += u64::from(gap == 0);
        if quote.total < least || quote.total - gap > least {
            wrong.push(format!("seed {seed}: {} with {:?}, the oracle {least}", quote.total, quote.certificate));
        }
        if gap > 0 {
            println!("seed {seed}: {} with {gap}, the oracle {least}", quote.total);
        }
    }
    println!("{proved} of {done} proved, {} left out, slowest {slowest:?}", seed - done);
    assert!(wrong.is_empty(), "{} wrong of {done}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(proved * 1000 >= done * 990, "{proved} of {done} proved");
}
