//! What is measured: a book, a cart and a context, by name.

use crate::{interacting, peers::Workload, workload};
use pricing::{Cart, CompiledBook, Context, Quote, ShareView, book::PriceBook};
use std::hint::black_box;

/// The cases that need nothing from outside: name, lines, promotions, units of each line beyond the usual ones.
const CASES: [(&str, usize, usize, i64); 9] = [
    ("scale-10", 10, 10, 0),
    ("scale-1000", 10, 1_000, 0),
    ("scale-100000", 10, 100_000, 0),
    ("lines-1", 1, 1_000, 0),
    ("lines-50", 50, 1_000, 0),
    ("lines-1000", 1_000, 1_000, 0),
    // Not one unit: no second unit would be halved then, and less were done.
    ("quantity-2", 10, 1_000, 2),
    ("quantity-100000", 10, 1_000, 100_000),
    ("interacting", 50, 30, 0),
];

/// The cases of the shared workload: name, lines, how the book chooses.
const SHARED: [(&str, usize, &str); 4] = [
    ("peers-10-pinned", 10, "pinned"),
    ("peers-50-pinned", 50, "pinned"),
    ("peers-10-best", 10, "best"),
    ("peers-50-best", 50, "best"),
];

/// A book, a cart and a context, ready to be quoted.
#[derive(Debug)]
pub struct Case {
    book: CompiledBook,
    cart: Cart,
    context: Context,
}

/// The names of all cases; those of the shared workload only where it is at hand.
pub fn names(shared: bool) -> impl Iterator<Item = &'static str> {
    let shared = SHARED.iter().filter(move |_| shared).map(|case| case.0);
    CASES.iter().map(|case| case.0).chain(shared)
}

impl Case {
    /// The case of that name. `shared` is the text of the peers' `workload.json`, if it is at hand. The error says what is missing.
    pub fn new(name: &str, shared: Option<&str>) -> Result<Self, String> {
        if let Some((_, lines, resolution)) = SHARED.iter().find(|case| case.0 == name) {
            let shared = shared.ok_or("the shared workload is not at hand: set CONCORD_SHARED")?;
            let shared: Workload = serde_json::from_str(shared).map_err(|error| error.to_string())?;
            return Ok(Self::of(shared.book(resolution), shared.cart(*lines), workload::context()));
        }
        let case = CASES.iter().find(|case| case.0 == name);
        let (_, lines, promotions, units) = *case.ok_or_else(|| format!("there is no case {name}"))?;
        if name == "interacting" {
            return Ok(Self::of(interacting::book(), interacting::cart(), interacting::context()));
        }
        let mut cart = workload::cart(lines);
        cart.lines.iter_mut().filter(|_| units > 0).for_each(|line| line.quantity = units);
        Ok(Self::of(workload::book(promotions), cart, workload::context()))
    }

    fn of(book: PriceBook, cart: Cart, context: Context) -> Self {
        Self { book: CompiledBook::new(book).expect("the workload is a valid book"), cart, context }
    }

    /// Quotes once.
    #[must_use]
    pub fn quote(&self) -> Quote {
        self.book.quote(&self.cart, &self.context).expect("the book has all SKUs of the cart")
    }

    /// Quotes, reads the trace and forgets, so many times. A function of its own, so that instructions can be counted inside it alone.
    #[inline(never)]
    pub fn repeat(&self, times: usize) {
        for _ in 0..times {
            let quote = black_box(self.book.quote(black_box(&self.cart), &self.context));
            let _ = black_box(quote.as_ref().map(read_trace));
        }
    }
}

/// Reads every entry of the trace, with the ids, amounts and reasons that the engine keeps as numbers: without it they would cost nothing here.
pub fn read_trace(quote: &Quote) -> usize {
    let mut entries = 0;
    let mut share = |share: ShareView| {
        black_box(share);
        entries += 1;
    };
    quote.lines.iter().for_each(|line| line.discounts.visit(&mut share));
    quote.shipping.iter().for_each(|shipping| shipping.discounts.visit(&mut share));
    quote.missed.visit(|missed| {
        black_box(missed);
        entries += 1;
    });
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_ready() {
        for name in names(false).filter(|name| *name != "scale-100000") {
            let quote = Case::new(name, None).unwrap().quote();
            assert!(quote.discount > 0, "{name} takes something off");
        }
        assert!(Case::new("peers-10-best", None).is_err());
    }

    #[test]
    fn thirty_promotions_interact() {
        assert_eq!(interacting::book().promotions.len(), 30);
        let quote = Case::new("interacting", None).unwrap().quote();
        assert_eq!(quote.applied.len() + quote.missed.len(), 30, "every promotion has a say");
    }
}
