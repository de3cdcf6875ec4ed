//! Laws that every quote keeps, on random books and carts.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use conformance::generate::{self, Seeded};
use pricing::{
    Cart, CompiledBook, Quote,
    book::{PriceBook, Resolution},
};

const CASES: u64 = 3_000;
const WIDE: u64 = 2_000;
/// The search takes longer than the merchant's order.
const BEST: u64 = 150;

fn each(check: impl Fn(u64, &CompiledBook, &PriceBook, &Cart, &pricing::Context)) {
    let run = |seed: u64, document: PriceBook, (cart, context): (Cart, pricing::Context)| {
        // A generated book may contradict a rule of the class; such books are refused, and there must be few of them.
        let book = CompiledBook::new(document.clone()).unwrap_or_else(|errors| panic!("seed {seed}: {errors:?}"));
        check(seed, &book, &document, &cart, &context);
    };
    for seed in 0..CASES {
        let seeded = &mut Seeded::new(seed);
        run(seed, generate::book(seeded), generate::cart(seeded));
    }
    for seed in 0..WIDE {
        let seeded = &mut Seeded::new(seed);
        run(seed, generate::wide_book(seeded), generate::wide_cart(seeded));
    }
    for seed in 0..BEST {
        let seeded = &mut Seeded::new(seed);
        let book = PriceBook { resolution: Resolution::Best, ..generate::wide_book(seeded) };
        run(seed, book, generate::wide_cart(seeded));
    }
}

fn without_hash(quote: &Quote) -> String {
    serde_json::to_string(quote).unwrap()
}

#[test]
fn all_sums_agree_and_nothing_is_below_zero() {
    each(|seed, book, _, cart, context| {
        let quote = book.quote(cart, context).unwrap();
        for line in &quote.lines {
            let discounts: i64 = line.discounts.iter().map(|one| one.amount).sum();
            assert_eq!(line.subtotal - discounts, line.total, "seed {seed}: a line's discounts sum");
            assert_eq!(line.runs.iter().map(|run| run.quantity).sum::<i64>(), line.quantity, "seed {seed}: units sum");
            assert_eq!(
                line.runs.iter().map(|run| run.quantity * run.net).sum::<i64>(),
                line.total,
                "seed {seed}: runs sum"
            );
            assert!(line.runs.iter().all(|run| run.net >= 0), "seed {seed}: no unit is below zero");
        }
        let shipping = quote.shipping.as_ref();
        let goods: i64 = quote.lines.iter().map(|line| line.total).sum();
        let tax: i64 = quote.lines.iter().map(|line| line.tax).sum::<i64>() + shipping.map_or(0, |one| one.tax);
        assert_eq!(tax, quote.tax, "seed {seed}: taxes sum");
        let added = if quote.tax_included { 0 } else { tax };
        assert_eq!(goods + shipping.map_or(0, |one| one.total) + added, quote.total, "seed {seed}: the total");
        assert_eq!(quote.subtotal - quote.discount, goods, "seed {seed}: the discount");
        assert_eq!(quote.payable, quote.total - quote.points_value, "seed {seed}: the payable");
        assert!(quote.payable >= 0, "seed {seed}");
        let applied: i64 = quote.applied.iter().map(|one| one.amount).sum();
        let off_shipping = shipping.map_or(0, |one| one.list - one.total);
        assert_eq!(applied, quote.discount + off_shipping, "seed {seed}: promotions account for every cent");
        let funded = quote.applied.iter().filter(|one| !one.funding.is_empty());
        funded.for_each(|one| assert_eq!(one.funding.values().sum::<i64>(), one.amount, "seed {seed}: funding sums"));
    });
}

#[test]
fn the_order_of_lines_means_nothing() {
    each(|seed, book, _, cart, context| {
        let mut turned = cart.clone();
        turned.lines.reverse();
        let (one, other) = (book.quote(cart, context).unwrap(), book.quote(&turned, context).unwrap());
        assert_eq!(without_hash(&one), without_hash(&other), "seed {seed}");
    });
}

#[test]
fn a_slice_quotes_as_the_whole_book() {
    each(|seed, book, _, cart, context| {
        let skus: Vec<_> = cart.lines.iter().map(|line| line.sku.clone()).collect();
        let slice = CompiledBook::from_slice(book.slice(&skus, &cart.coupons)).unwrap();
        let (one, other) = (book.quote(cart, context).unwrap(), slice.quote(cart, context).unwrap());
        assert_eq!(without_hash(&one), without_hash(&other), "seed {seed}");
    });
}

#[test]
fn a_promotion_that_does_not_match_changes_no_amount() {
    each(|seed, book, document, cart, context| {
        let mut more = document.clone();
        let stranger = r#"{"id": "ZZ", "class": "order", "combine": "exclusive", "then": {"percent": "90", "on": {"sku": ["NO-SUCH"]}}}"#;
        more.promotions.push(serde_json::from_str(stranger).unwrap());
        let more = CompiledBook::new(more).unwrap();
        let (one, other) = (book.quote(cart, context).unwrap(), more.quote(cart, context).unwrap());
        assert_eq!((one.lines, one.payable), (other.lines, other.payable), "seed {seed}");
    });
}

#[test]
fn a_book_survives_its_own_text() {
    each(|seed, book, document, _, _| {
        let text = pricing::canonical_json(document);
        let again = CompiledBook::new(serde_json::from_str(&text).unwrap()).unwrap();
        assert_eq!(book.id(), again.id(), "seed {seed}");
    });
}
