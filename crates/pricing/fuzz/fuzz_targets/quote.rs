//! Books and carts of the generator, chosen by the bytes: every sum agrees in both resolutions, and best is never above pinned.

#![no_main]

use conformance::generate::{self, Seeded};
use libfuzzer_sys::fuzz_target;
use pricing_fuzz::{both, check};

fuzz_target!(|bytes: &[u8]| {
    let seeded = &mut Seeded::from_bytes(bytes);
    let books = both(&generate::book(seeded));
    let (cart, context) = generate::cart(seeded);
    check(&books, &cart, &context);
});
