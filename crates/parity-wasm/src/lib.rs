//! The WebAssembly side of `cargo xtask parity`: it makes the same carts from the same seeds as the native side, and answers with digests.

use conformance::parity::{self, Answer, Generator};
use wasm_bindgen::prelude::*;

fn named(name: &str) -> Result<&'static Generator, JsError> {
    parity::generator(name).map_err(|error| JsError::new(&error))
}

/// One JSON object a line.
fn lines(answers: &[Answer]) -> String {
    let line = |answer| serde_json::to_string(answer).expect("two texts are JSON");
    answers.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The digest of all answers of so many books from a seed on; throws if there is no such generator.
#[wasm_bindgen]
pub fn digest(generator: &str, first: u32, books: u32) -> Result<String, JsError> {
    Ok(parity::digest(named(generator)?, u64::from(first), u64::from(books)))
}

/// The answers of one seed, one JSON object a line; throws if there is no such generator.
#[wasm_bindgen]
pub fn answers(generator: &str, seed: u32) -> Result<String, JsError> {
    Ok(lines(&parity::answers(named(generator)?, u64::from(seed))))
}

/// The answers to a file of cases, one JSON object a line; throws if the text is no such file.
#[wasm_bindgen]
pub fn cases(text: &str) -> Result<String, JsError> {
    Ok(lines(&parity::of_cases(text).map_err(|error| JsError::new(&error))?))
}
