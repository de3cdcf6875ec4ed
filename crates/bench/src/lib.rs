//! The workload on which the pricing core is measured, natively and as WebAssembly.

mod workload;

pub use workload::{book, cart, context};

/// The sizes of carts that are measured, in lines.
pub const LINES: [usize; 3] = [1, 10, 50];
/// The sizes of books that are measured, in promotions.
pub const PROMOTIONS: [usize; 4] = [12, 100, 1_000, 10_000];
