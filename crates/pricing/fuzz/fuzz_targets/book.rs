//! Price books from any text: read and compiled or refused with words, never a panic; what is read is written and read again as the same book; and
//! a slice of a good book is good.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pricing::{CompiledBook, book::PriceBook, canonical_json};

fuzz_target!(|text: &str| {
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
});
