//! What a fuzzer tries with any bytes: the bodies of the targets in `crates/pricing/fuzz`, so that its corpus is also replayed by an ordinary test.
//! Whatever comes in must be answered or refused with words; a panic is what the fuzzer looks for.

use crate::{
    generate::{self, Seeded},
    laws,
};
use pricing::{
    Cart, CompiledBook, Context,
    book::{PriceBook, Resolution},
    canonical_json,
};

/// A price book from any text: read and compiled, or refused. What is read is written and read again as the same book, and a slice of a good book is
/// good.
///
/// # Panics
/// One of this is not so.
pub fn book(text: &str) {
    let Ok(document) = serde_json::from_str::<PriceBook>(text) else { return };
    let canonical = canonical_json(&document);
    let again: PriceBook = serde_json::from_str(&canonical).unwrap_or_else(|error| panic!("{error}: {canonical}"));
    assert_eq!(canonical_json(&again), canonical, "the canonical text has one form");
    let book = match CompiledBook::new(document) {
        Ok(book) => book,
        Err(errors) => return assert!(!errors.is_empty() && errors.iter().all(|one| !one.message.is_empty())),
    };
    let skus: Vec<_> = book.document().skus.iter().take(3).map(|one| one.sku.clone()).collect();
    let codes: Vec<_> = book.document().promotions.iter().filter_map(|one| one.coupon.clone()).take(1).collect();
    let slice = CompiledBook::from_slice(book.slice(&skus, &codes));
    slice.unwrap_or_else(|errors| panic!("a slice of a good book is refused: {errors:?}"));
}

/// A cart and its circumstances from any text, a JSON list of both, with a book of the generator: quoted or refused.
///
/// # Panics
/// They are not read again as they were written, or [`check`] does.
pub fn cart(text: &str) {
    let Ok((cart, context)) = serde_json::from_str::<(Cart, Context)>(text) else { return };
    let written = serde_json::to_string(&(&cart, &context)).expect("both have only text keys");
    let again: (Cart, Context) = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(again, (cart.clone(), context.clone()), "what is read is written and read again the same");
    check(&generate::book(&mut Seeded::new(7)), &cart, &context);
}

/// A book and a cart of the generator, chosen by the bytes.
///
/// # Panics
/// As [`check`].
pub fn quote(bytes: &[u8]) {
    let seeded = &mut Seeded::from_bytes(bytes);
    let document = generate::book(seeded);
    let (cart, context) = generate::cart(seeded);
    check(&document, &cart, &context);
}

/// Quotes in both resolutions: every sum agrees, best is never above pinned, and what has no price in one has none in the other for the same reason.
///
/// # Panics
/// One of this is not so.
pub fn check(document: &PriceBook, cart: &Cart, context: &Context) {
    let quote = |resolution| {
        let book = CompiledBook::new(PriceBook { resolution, ..document.clone() });
        book.expect("the generator makes valid books").quote(cart, context)
    };
    match [Resolution::Pinned, Resolution::Best].map(quote) {
        [Ok(pinned), Ok(best)] => {
            for quote in [&pinned, &best] {
                laws::sums(quote).unwrap_or_else(|error| panic!("{error}\n{quote:?}"));
            }
            assert!(best.total <= pinned.total, "best {} is above pinned {}", best.total, pinned.total);
        }
        [Err(pinned), Err(best)] => assert_eq!(pinned, best),
        [pinned, best] => panic!("only one resolution has a price: {pinned:?} {best:?}"),
    }
}
