//! The workloads on which the pricing core is measured, natively and as WebAssembly.

mod case;
mod interacting;
mod peers;
mod workload;

pub use case::{Case, names, read_trace};
