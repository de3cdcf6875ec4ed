//! Carts and circumstances from any text, with a book that has every kind of rule: quoted or refused with words, never a panic.

#![no_main]

use conformance::generate::{self, Seeded};
use libfuzzer_sys::fuzz_target;
use pricing::{Cart, CompiledBook, Context};
use pricing_fuzz::{both, check};
use std::sync::LazyLock;

/// The book of a seed whose promotions need members, channels, coupons and quantities.
static BOOKS: LazyLock<[Option<CompiledBook>; 2]> = LazyLock::new(|| both(&generate::book(&mut Seeded::new(7))));

fuzz_target!(|text: &str| {
    let Ok((cart, context)) = serde_json::from_str::<(Cart, Context)>(text) else { return };
    let written = serde_json::to_string(&(&cart, &context)).expect("both have only text keys");
    let again: (Cart, Context) = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(again, (cart.clone(), context.clone()), "what is read is written and read again the same");
    check(&BOOKS, &cart, &context);
});
