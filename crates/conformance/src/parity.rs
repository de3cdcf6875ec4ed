//! What two builds of the core have to answer alike, byte by byte: carts made from seeds, and cases of files.
//!
//! Each side makes the carts by itself, so that only digests are compared; the texts are asked for where digests differ.

use crate::{
    generate::{self, Seeded},
    quote,
};
use pricing::{
    Cart, CompiledBook, Context,
    book::{PriceBook, Resolution},
};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// How many carts are made for each book.
pub const CARTS_PER_BOOK: u64 = 10;

/// A way to make books and carts.
#[derive(Debug)]
pub struct Generator {
    /// Names it on the command line.
    pub name: &'static str,
    book: fn(&mut Seeded) -> PriceBook,
    cart: fn(&mut Seeded) -> (Cart, Context),
}

/// All generators. A new one needs a line here.
pub const GENERATORS: &[Generator] = &[Generator { name: "small", book: generate::book, cart: generate::cart }];

/// The generator of a name.
///
/// # Errors
/// There is none; the message lists those that there are.
pub fn generator(name: &str) -> Result<&'static Generator, String> {
    GENERATORS.iter().find(|one| one.name == name).ok_or_else(|| {
        let names: Vec<&str> = GENERATORS.iter().map(|one| one.name).collect();
        format!("no generator is called {name}; there are {}", names.join(", "))
    })
}

/// One thing that was asked and what the core answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// What was asked: `cart 3, best`.
    pub of: String,
    /// The quote's JSON, hash and all, or why there is none.
    pub text: String,
}

const RESOLUTIONS: [(&str, Resolution); 2] = [("pinned", Resolution::Pinned), ("best", Resolution::Best)];

/// The book of a seed and its carts in both resolutions.
#[must_use]
pub fn answers(generator: &Generator, seed: u64) -> Vec<Answer> {
    let seeded = &mut Seeded::new(seed);
    let document = (generator.book)(seeded);
    let carts: Vec<(Cart, Context)> = (0..CARTS_PER_BOOK).map(|_| (generator.cart)(seeded)).collect();
    let of_one = |(name, resolution)| of_book(name, PriceBook { resolution, ..document.clone() }, &carts);
    RESOLUTIONS.into_iter().flat_map(of_one).collect()
}

fn of_book(name: &str, document: PriceBook, carts: &[(Cart, Context)]) -> Vec<Answer> {
    let book = match CompiledBook::new(document) {
        Ok(book) => book,
        Err(errors) => return vec![Answer { of: format!("book, {name}"), text: format!("{errors:?}") }],
    };
    let of_cart = |(at, (cart, context)): (usize, &(Cart, Context))| Answer {
        of: format!("cart {at}, {name}"),
        text: text(book.quote(cart, context)),
    };
    let id = Answer { of: format!("book, {name}"), text: book.id().to_string() };
    std::iter::once(id).chain(carts.iter().enumerate().map(of_cart)).collect()
}

fn text(quote: Result<pricing::Quote, impl ToString>) -> String {
    match quote {
        Ok(quote) => serde_json::to_string(&quote).expect("a quote has only text keys and writes to memory"),
        Err(error) => error.to_string(),
    }
}

/// The SHA-256 over all answers of so many books from a seed on, as 64 hexadecimal digits.
#[must_use]
pub fn digest(generator: &Generator, first: u64, books: u64) -> String {
    let mut sum = Sha256::new();
    for answer in (first..first + books).flat_map(|seed| answers(generator, seed)) {
        // A length before each text, so that no two lists of answers have the same bytes.
        sum.update((answer.text.len() as u64).to_le_bytes());
        sum.update(answer.text.as_bytes());
    }
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The cases of a file in both resolutions.
///
/// # Errors
/// The text is no file of cases.
pub fn of_cases(file: &str) -> Result<Vec<Answer>, String> {
    let cases = crate::parse(file)?;
    let of_case = |case: &crate::Case| {
        RESOLUTIONS.map(|(name, resolution)| Answer {
            of: format!("case {}, {name}", case.id),
            text: text(quote(case, resolution)),
        })
    };
    Ok(cases.iter().flat_map(of_case).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_covers_every_answer() {
        let one = &GENERATORS[0];
        assert_eq!(answers(one, 5).len(), 2 * (1 + 10));
        assert_eq!(digest(one, 5, 2), digest(one, 5, 2));
        assert_ne!(digest(one, 5, 2), digest(one, 5, 1));
        assert_ne!(digest(one, 5, 1), digest(one, 6, 1));
    }

    #[test]
    fn cases_are_answered_in_both_resolutions_and_refusals_too() {
        let file = r#"[{"id": "a", "currency": "CNY", "lines": [{"id": "1", "sku": "A", "price": "2.00", "quantity": 1}]},
                       {"id": "b", "currency": "CNY", "lines": [{"id": "1", "sku": "A", "price": "2.005", "quantity": 1}]}]"#;
        let answers = of_cases(file).expect("two cases");
        let of: Vec<&str> = answers.iter().map(|one| one.of.as_str()).collect();
        assert_eq!(of, ["case a, pinned", "case a, best", "case b, pinned", "case b, best"]);
        assert!(answers[0].text.contains("\"payable\":200"), "{}", answers[0].text);
        assert!(answers[2].text.contains("decimals"), "{}", answers[2].text);
    }

    #[test]
    fn an_unknown_generator_is_refused_with_the_known_ones() {
        assert!(generator("nosuch").expect_err("there is none").contains("small"));
    }
}
