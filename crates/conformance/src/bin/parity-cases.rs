//! Writes random books and carts with their native quotes as JSON lines, for another build of the core to repeat: a line with a `book`, then its
//! lines with `cart`, `context` and `quote`, the exact text that the native build writes.

use conformance::generate::{self, Seeded};
use pricing::CompiledBook;
use serde_json::json;
use std::io::{BufWriter, Write};

fn main() -> std::io::Result<()> {
    let number =
        |at: usize, default: u64| std::env::args().nth(at).and_then(|text| text.parse().ok()).unwrap_or(default);
    let (first, books, carts) = (number(1, 0), number(2, 100), number(3, 10));
    let mut out = BufWriter::new(std::io::stdout().lock());
    for seed in first..first + books {
        let seeded = &mut Seeded::new(seed);
        let document = generate::book(seeded);
        let book = CompiledBook::new(document.clone()).expect("the generator makes valid books");
        writeln!(out, "{}", json!({"seed": seed, "book": serde_json::to_string(&document)?, "id": book.id()}))?;
        for _ in 0..carts {
            let (cart, context) = generate::cart(seeded);
            let quote = book.quote(&cart, &context).expect("the generator makes carts that can be priced");
            let texts =
                [serde_json::to_string(&cart)?, serde_json::to_string(&context)?, serde_json::to_string(&quote)?];
            writeln!(out, "{}", json!({"cart": texts[0], "context": texts[1], "quote": texts[2]}))?;
        }
    }
    out.flush()
}
