//! What came out over all baskets.

use pricing::{Certificate, Quote};
use serde::Serialize;
use std::collections::BTreeMap;

/// The sums over all baskets; amounts in cents. The same on every machine.
#[derive(Debug, Default, Serialize)]
pub struct Tally {
    baskets: u64,
    lines: u64,
    subtotal: i64,
    discount: i64,
    pub(crate) payable: i64,
    /// What the tills took.
    paid: i64,
    /// Baskets that cost what the till took, to the cent.
    exact: u64,
    optimal: u64,
    bounded: u64,
    pinned: u64,
    /// The largest amount by which a bounded quote could be dearer than the best.
    gap_max: i64,
    applied: u64,
    missed: u64,
    coupons_taken: u64,
    coupons_refused: u64,
    /// What each promotion took off, and in how many baskets.
    by_promotion: BTreeMap<String, (i64, u64)>,
}

impl Tally {
    pub(crate) fn add(&mut self, quote: &Quote, paid: i64) {
        self.baskets += 1;
        self.lines += quote.lines.len() as u64;
        self.subtotal += quote.subtotal;
        self.discount += quote.discount;
        self.payable += quote.payable;
        self.paid += paid;
        self.exact += u64::from(quote.payable == paid);
        match quote.certificate {
            Certificate::Pinned => self.pinned += 1,
            Certificate::Optimal => self.optimal += 1,
            Certificate::Bounded(gap) => {
                self.bounded += 1;
                self.gap_max = self.gap_max.max(gap);
            }
        }
        self.applied += quote.applied.len() as u64;
        self.missed += quote.missed.len() as u64;
        let refused = quote.coupons.iter().filter(|one| one.refused.is_some()).count() as u64;
        self.coupons_refused += refused;
        self.coupons_taken += quote.coupons.len() as u64 - refused;
        for one in &quote.applied {
            let sum = self.by_promotion.entry(one.promotion.as_str().to_owned()).or_default();
            *sum = (sum.0 + one.amount, sum.1 + 1);
        }
    }
}
