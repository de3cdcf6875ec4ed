//! The measured workload as a WebAssembly module: the caller holds the clock.

use pricing::{Cart, CompiledBook, Context};
use std::hint::black_box;
use wasm_bindgen::prelude::*;

/// A book and a cart of the workload.
#[wasm_bindgen]
pub struct Workload {
    book: CompiledBook,
    cart: Cart,
    context: Context,
}

#[wasm_bindgen]
impl Workload {
    /// Makes the book and the cart ready.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(lines: usize, promotions: usize) -> Workload {
        let book = CompiledBook::new(bench::book(promotions)).expect("the workload is a valid book");
        Workload { book, cart: bench::cart(lines), context: bench::context() }
    }

    /// Quotes the cart so many times.
    pub fn quote(&self, times: usize) {
        for _ in 0..times {
            drop(black_box(self.book.quote(black_box(&self.cart), &self.context)));
        }
    }
}
