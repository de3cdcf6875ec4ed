//! Price books from any text.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| conformance::fuzz::book(text));
