//! The best price against an oracle that tries every subset of the promotions in every legal order, each by the pinned meaning.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod linked;
mod oracle;

use conformance::generate::{Seeded, book, cart, wide_book, wide_cart};
use pricing::{
    Cart, Certificate, CompiledBook, Context,
    book::{Class, PriceBook, Resolution},
};

/// A book and a cart of a seed.
type Make = fn(&mut Seeded) -> (PriceBook, Cart, Context);

/// Checks so many cases, of which at least so many in a hundred must be proved. `CONCORD_BEST_CASES` asks for more.
fn check(make: Make, cases: u64, proved_at_least: u64) {
    let cases = std::env::var("CONCORD_BEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(cases);
    let (mut seed, mut done, mut proved, mut wrong) = (0, 0, 0, Vec::new());
    while done < cases {
        seed += 1;
        let (document, cart, context) = make(&mut Seeded::new(seed));
        let document = PriceBook { resolution: Resolution::Best, ..document };
        let Some(least) = oracle::least(&document, &cart, &context) else { continue };
        let chooses_units = document.promotions.iter().any(oracle::chooses_units);
        let quote = CompiledBook::new(document).unwrap().quote(&cart, &context).unwrap();
        if quote.total > least || (!chooses_units && quote.total != least) {
            wrong.push(format!("seed {seed}: {} {:?}, the oracle {least}", quote.total, quote.certificate));
        }
        proved += u64::from(quote.certificate == Certificate::Optimal);
        done += 1;
    }
    println!("{proved} of {cases} proved");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proved * 100 >= cases * proved_at_least, "{proved} of {cases} proved");
}

#[test]
fn no_subset_in_no_order_is_cheaper() {
    let make: Make = |seeded| {
        let document = book(seeded);
        let (cart, context) = cart(seeded);
        (document, cart, context)
    };
    check(make, 300, 90);
}

#[test]
fn nor_with_the_rules_of_wide_books() {
    let make: Make = |seeded| {
        let document = wide_book(seeded);
        let (cart, context) = wide_cart(seeded);
        (document, cart, context)
    };
    check(make, 60, 80);
}

#[test]
fn nor_where_offers_link_departments() {
    check(linked::case, 60, 95);
}

#[test]
fn nor_where_classes_do_not_combine_and_orders_are_pinned() {
    let make: Make = |seeded| {
        let mut document = book(seeded);
        let (cart, context) = cart(seeded);
        combine(seeded, &mut document);
        (document, cart, context)
    };
    check(make, 300, 90);
}

const CLASSES: [Class; 5] = [Class::Price, Class::Product, Class::Order, Class::Shipping, Class::Total];

/// Some of the promotions say with which classes they combine, all of them after one symmetric table; and some say after which they come.
fn combine(seeded: &mut Seeded, document: &mut PriceBook) {
    let mut table = [[true; 5]; 5];
    for (one, other) in (0..5).flat_map(|one| (0..=one).map(move |other| (one, other))) {
        let agrees = !seeded.once_in(3);
        (table[one][other], table[other][one]) = (agrees, agrees);
    }
    for at in 0..document.promotions.len() {
        let class = document.promotions[at].class;
        let row = table[CLASSES.iter().position(|other| *other == class).unwrap()];
        let with = CLASSES.iter().zip(row).filter(|(_, agrees)| *agrees).map(|(class, _)| *class).collect();
        document.promotions[at].combines_with = (!seeded.once_in(3)).then_some(with);
        let before = document.promotions[..at].iter().rfind(|other| other.class == class).map(|other| other.id.clone());
        document.promotions[at].after = before.filter(|_| seeded.once_in(2));
    }
}
