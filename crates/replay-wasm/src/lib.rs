//! The replay as a WebAssembly module: the caller reads the files and holds the clock.

use wasm_bindgen::prelude::*;

/// See `replay::Replay`.
#[wasm_bindgen]
pub struct Replay(replay::Replay);

#[wasm_bindgen]
impl Replay {
    /// Makes a book ready, from its JSON and the households' tags.
    #[wasm_bindgen(constructor)]
    pub fn new(book: &str, households: &str, pinned: bool) -> Result<Replay, String> {
        replay::Replay::new(book, households, pinned).map(Replay)
    }

    /// Reads the next baskets, one a line; returns how many.
    pub fn load(&mut self, rows: &str) -> Result<usize, String> {
        self.0.load(rows)
    }

    /// Prices one of them.
    pub fn price(&mut self, at: usize) -> Result<(), String> {
        self.0.price(at)
    }

    /// Hashes their quotes, and returns the beginning of each digest.
    pub fn seal(&mut self) -> Vec<u8> {
        self.0.seal()
    }

    /// The memory that the module has taken, in bytes. It never shrinks, so in the end this is the most that was needed.
    #[must_use]
    pub fn memory(&self) -> usize {
        #[cfg(target_arch = "wasm32")]
        return core::arch::wasm32::memory_size::<0>() * 65_536;
        #[cfg(not(target_arch = "wasm32"))]
        0
    }

    /// The hash over all quotes so far.
    #[must_use]
    pub fn chain(&self) -> String {
        self.0.chain()
    }
}
