//! What the targets share.

use pricing::{Cart, CompiledBook, Context, book::{PriceBook, Resolution}};

/// The book in both resolutions.
#[must_use]
pub fn both(document: &PriceBook) -> [Option<CompiledBook>; 2] {
    [Resolution::Pinned, Resolution::Best]
        .map(|resolution| CompiledBook::new(PriceBook { resolution, ..document.clone() }).ok())
}

/// Quotes in both resolutions. Every sum must agree, the best price must not be above the pinned one, and what can't be priced must be so in both.
///
/// # Panics
/// One of this is not so: that is what the fuzzer looks for.
pub fn check(books: &[Option<CompiledBook>; 2], cart: &Cart, context: &Context) {
    let [Some(pinned), Some(best)] = books else { return };
    match [pinned, best].map(|book| book.quote(cart, context)) {
        [Ok(pinned), Ok(best)] => {
            for quote in [&pinned, &best] {
                conformance::laws::sums(quote).unwrap_or_else(|error| panic!("{error}\n{quote:?}"));
            }
            assert!(best.total <= pinned.total, "best {} above pinned {}", best.total, pinned.total);
        }
        [Err(pinned), Err(best)] => assert_eq!(pinned, best),
        [one, other] => panic!("one resolution has a price and the other has none: {one:?} {other:?}"),
    }
}
