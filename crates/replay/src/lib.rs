//! A year of real purchases, priced again: the same code as a program and as a WebAssembly module, so that their quotes can be compared byte by byte.
//!
//! The data are prepared by `cargo xtask replay`: a price book, the campaigns that each household got, and one basket a line. The caller holds the clock:
//! only [`Replay::price`] is meant to be timed; reading a basket and hashing its quote are not.

mod basket;
mod tally;

pub use tally::Tally;

use basket::{Basket, Row};
use pricing::{
    CompiledBook, Quote, Slice,
    book::{PriceBook, Resolution},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The bytes of a basket's digest that are kept, to tell which baskets differ.
pub const DIGEST_BYTES: usize = 8;

/// A book, the baskets that wait, and what came out so far.
#[derive(Debug)]
pub struct Replay {
    book: CompiledBook,
    tags: BTreeMap<String, Vec<String>>,
    waiting: Vec<Basket>,
    /// The quotes of the waiting baskets.
    quotes: Vec<Option<Quote>>,
    chain: [u8; 32],
    tally: Tally,
}

impl Replay {
    /// Makes a book ready. `book` is its JSON, `households` the campaign tags of each household as JSON; `pinned` takes the book's order of promotions as
    /// fixed instead of looking for the best price. The error says what is wrong with the data.
    pub fn new(book: &str, households: &str, pinned: bool) -> Result<Self, String> {
        let mut document: PriceBook = serde_json::from_str(book).map_err(|error| format!("book.json: {error}"))?;
        document.resolution = if pinned { Resolution::Pinned } else { Resolution::Best };
        let tags = serde_json::from_str(households).map_err(|error| format!("households.json: {error}"))?;
        let wrong =
            |errors: Vec<pricing::BookError>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let book = CompiledBook::new(document).map_err(wrong)?;
        let (waiting, quotes) = (Vec::new(), Vec::new());
        Ok(Self { book, tags, waiting, quotes, chain: [0; 32], tally: Tally::default() })
    }

    /// Reads the next baskets, one a line, in place of those before; returns how many.
    pub fn load(&mut self, rows: &str) -> Result<usize, String> {
        self.waiting.clear();
        for row in rows.lines() {
            let row: Row = serde_json::from_str(row).map_err(|error| format!("{error} in {row}"))?;
            self.waiting.push(row.into_basket(&self.tags).map_err(|error| error.to_string())?);
        }
        if self.quotes.len() < self.waiting.len() {
            self.quotes.resize_with(self.waiting.len(), || None);
        }
        Ok(self.waiting.len())
    }

    /// Prices a basket that was read, by its place; the quote takes the place of an older one, which is freed.
    pub fn price(&mut self, at: usize) -> Result<(), String> {
        let basket = &self.waiting[at];
        let quote = self.book.quote(&basket.cart, &basket.context);
        self.quotes[at] = Some(quote.map_err(|error| format!("basket {}: {error}", basket.id))?);
        Ok(())
    }

    /// Hashes the quotes of the baskets that were read, every byte of them, and adds them to the sums. Returns [`DIGEST_BYTES`] of each digest; each digest
    /// covers all quotes before it.
    pub fn seal(&mut self) -> Vec<u8> {
        let mut digests = Vec::with_capacity(self.waiting.len() * DIGEST_BYTES);
        for (basket, quote) in self.waiting.iter().zip(self.quotes.iter().flatten()) {
            let bytes = serde_json::to_vec(quote).expect("a quote has only text keys and is written to memory");
            self.chain = Sha256::new().chain_update(self.chain).chain_update(bytes).finalize().into();
            digests.extend_from_slice(&self.chain[..DIGEST_BYTES]);
            self.tally.add(quote, basket.paid);
        }
        digests
    }

    /// The part of the book that a page of a basket's goods would get.
    #[must_use]
    pub fn slice(&self, at: usize) -> Slice {
        let cart = &self.waiting[at].cart;
        let skus: Vec<_> = cart.lines.iter().map(|line| line.sku.clone()).collect();
        self.book.slice(&skus, &cart.coupons)
    }

    /// The sums so far.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The hash over all quotes so far, as hexadecimal digits.
    #[must_use]
    pub fn chain(&self) -> String {
        self.chain.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = r#"{"format": 1, "currency": "USD", "skus": [{"sku": "1", "price": "2.00"}, {"sku": "2", "price": "0.01"}], "promotions": [
        {"id": "W", "class": "price", "ends": "2017-01-02T05:00:00Z", "then": {"fixed_price": "1.50", "on": {"sku": ["1"]}}},
        {"id": "C", "class": "product", "coupon": "77", "if": [{"member_tag": ["campaign-3"]}], "then": {"amount": "1.00", "on": {"sku": ["1"]}, "max_units": 1}},
        {"id": "P", "class": "product", "then": {"percent": "75", "on": {"sku": ["2"]}}}]}"#;

    fn row(household: &str, at: &str, lines: &str) -> String {
        format!(
            r#"{{"id":"b","store":"330","household":"{household}","at":"{at}","orders":0,"paid":100,"coupons":["77"],"lines":{lines}}}"#
        )
    }

    fn payable(row: &str) -> i64 {
        let mut replay = Replay::new(BOOK, r#"{"900": ["campaign-3"]}"#, false).unwrap();
        replay.load(row).unwrap();
        replay.price(0).unwrap();
        replay.seal();
        replay.tally.payable
    }

    #[test]
    fn prices_a_basket_as_its_week_and_household_say() {
        let rows = [
            ("900", "2017-01-01T11:53:26Z", r#"[["1",2]]"#, 200),
            ("901", "2017-01-01T11:53:26Z", r#"[["1",2]]"#, 300),
            ("900", "2017-01-02T05:00:00Z", r#"[["1",2]]"#, 300),
            ("901", "2017-01-02T05:00:00Z", r#"[["2",89638]]"#, 22_409),
            ("901", "2017-01-02T05:00:00Z", "[]", 0),
        ];
        for (household, at, lines, expected) in rows {
            assert_eq!(payable(&row(household, at, lines)), expected, "{household} {at} {lines}");
        }
    }

    #[test]
    fn every_digest_depends_on_all_quotes_before_it() {
        let run = |rows: &str| {
            let mut replay = Replay::new(BOOK, "{}", true).unwrap();
            (0..replay.load(rows).unwrap()).for_each(|at| replay.price(at).unwrap());
            replay.seal()
        };
        let [one, two] = [1, 2].map(|units| row("900", "2017-01-01T11:53:26Z", &format!(r#"[["1",{units}]]"#)));
        let (forth, back) = (run(&format!("{one}\n{two}")), run(&format!("{two}\n{one}")));
        assert_eq!(forth.len(), 2 * DIGEST_BYTES);
        assert_eq!(forth, run(&format!("{one}\n{two}")));
        assert_ne!(forth[DIGEST_BYTES..], back[DIGEST_BYTES..]);
    }

    #[test]
    fn says_what_is_wrong_with_the_data() {
        let mut replay = Replay::new(BOOK, "{}", false).unwrap();
        assert!(replay.load("{}").unwrap_err().contains("missing field"));
        replay.load(&row("900", "2017-01-01T11:53:26Z", r#"[["3",1]]"#)).unwrap();
        assert_eq!(replay.price(0).unwrap_err(), "basket b: line 000: the price book has no SKU 3");
    }
}
