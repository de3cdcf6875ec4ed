//! The measured workloads as a WebAssembly module: the caller holds the clock.

use wasm_bindgen::prelude::*;

/// A book and a cart of a case.
#[wasm_bindgen]
pub struct Case(bench::Case);

#[wasm_bindgen]
impl Case {
    /// Makes a case ready; `shared` is the text of the shared workload, if it is at hand.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, shared: Option<String>) -> Result<Case, String> {
        bench::Case::new(name, shared.as_deref()).map(Case)
    }

    /// Quotes the cart so many times.
    pub fn quote(&self, times: usize) {
        self.0.repeat(times);
    }

    /// The quote's own hash.
    #[must_use]
    pub fn hash(&self) -> String {
        self.0.quote().hash
    }
}

/// The names of all cases, one a line.
#[wasm_bindgen]
#[must_use]
pub fn names(shared: bool) -> String {
    bench::names(shared).collect::<Vec<_>>().join("\n")
}
