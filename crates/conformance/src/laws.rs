//! What holds for every quote, whatever the book and the cart are.

use pricing::{Quote, QuoteLine};

/// Says which sums of a quote don't agree, or what is below zero.
///
/// # Errors
/// The first law that is broken, with its numbers.
pub fn sums(quote: &Quote) -> Result<(), String> {
    quote.lines.iter().try_for_each(line)?;
    let shipping = quote.shipping.as_ref();
    let goods: i64 = quote.lines.iter().map(|line| line.total).sum();
    let tax = quote.lines.iter().map(|line| line.tax).sum::<i64>() + shipping.map_or(0, |one| one.tax);
    let added = if quote.tax_included { 0 } else { tax };
    let applied: i64 = quote.applied.iter().map(|one| one.amount).sum();
    let off_shipping = shipping.map_or(0, |one| one.list - one.total);
    equal("the taxes", quote.tax, tax)?;
    equal("the total", quote.total, goods + shipping.map_or(0, |one| one.total) + added)?;
    equal("the discount", quote.discount, quote.subtotal - goods)?;
    equal("the payable", quote.payable, quote.total - quote.points_value)?;
    equal("what promotions took off", applied, quote.discount + off_shipping)?;
    equal_text("the hash", &quote.hash, &quote.compute_hash())?;
    let least = [quote.payable, quote.tax, quote.points_spent, quote.points_earned, off_shipping];
    if least.iter().any(|amount| *amount < 0) { Err(format!("an amount below zero: {least:?}")) } else { Ok(()) }
}

fn line(line: &QuoteLine) -> Result<(), String> {
    let discounts: i64 = line.discounts.iter().map(|one| one.amount).sum();
    equal("a line's list price", line.subtotal, line.list * line.quantity)?;
    equal("a line's discounts", line.subtotal - line.total, discounts)?;
    equal("a line's units", line.quantity, line.runs.iter().map(|run| run.quantity).sum())?;
    equal("a line's runs", line.total, line.runs.iter().map(|run| run.quantity * run.net).sum())?;
    let below = line.runs.iter().any(|run| run.net < 0) || line.discounts.iter().any(|one| one.amount < 0);
    if below { Err(format!("line {}: an amount below zero", line.id)) } else { Ok(()) }
}

fn equal(what: &str, stated: i64, computed: i64) -> Result<(), String> {
    equal_text(what, &stated.to_string(), &computed.to_string())
}

fn equal_text(what: &str, stated: &str, computed: &str) -> Result<(), String> {
    if stated == computed { Ok(()) } else { Err(format!("{what}: {stated} is stated, {computed} is the sum")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{Seeded, book, cart};
    use pricing::CompiledBook;

    /// A quote in which something was taken off.
    fn quote() -> Quote {
        let quotes = (0..).map(|seed| {
            let seeded = &mut Seeded::new(seed);
            let book = CompiledBook::new(book(seeded)).expect("the generator makes valid books");
            let (cart, context) = cart(seeded);
            book.quote(&cart, &context).expect("the generator makes carts that can be priced")
        });
        quotes.into_iter().find(|quote| quote.discount > 0).expect("some promotion applies")
    }

    #[test]
    fn each_broken_sum_is_seen() {
        assert_eq!(sums(&quote()), Ok(()));
        type Break = fn(&mut Quote);
        let breaks: [(&str, Break); 6] = [
            ("the taxes", |quote| quote.tax += 1),
            ("the discount", |quote| quote.discount += 1),
            ("the payable", |quote| quote.payable -= 1),
            ("what promotions took off", |quote| quote.applied[0].amount += 1),
            ("a line's runs", |quote| quote.lines[0].runs[0].net += 1),
            ("the hash", |quote| quote.hash = "0".to_owned()),
        ];
        for (what, break_it) in breaks {
            let mut quote = quote();
            break_it(&mut quote);
            let said = sums(&quote).expect_err(what);
            assert!(said.starts_with(what), "{what}: {said}");
        }
    }
}
