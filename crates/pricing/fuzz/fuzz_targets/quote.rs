//! Books and carts of the generator, chosen by the bytes.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| conformance::fuzz::quote(bytes));
