//! The examples run, and what they assert holds.

#[path = "../../examples/best_and_pinned.rs"]
mod best_and_pinned;
#[path = "../../examples/explain.rs"]
mod explain;
#[path = "../../examples/first_cart.rs"]
mod first_cart;
#[path = "../../examples/marginal.rs"]
mod marginal;
#[path = "../../examples/slice.rs"]
mod slice;

#[test]
fn every_example_holds() {
    for main in [best_and_pinned::main, explain::main, first_cart::main, marginal::main, slice::main] {
        main();
    }
}
