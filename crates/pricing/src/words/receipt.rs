//! The receipt with reasons as plain text, for terminals and printers.

use super::reason::{Voice, explain, hint, pick, reason};
use crate::Quote;
use ids::Sku;
use money::{Locale, format_amount};

/// Characters of a line of the receipt; Chinese characters count two.
const WIDTH: usize = 48;

/// The receipt with reasons: items first, then each discount with its arithmetic, totals, refused codes and hints.
#[must_use]
pub fn receipt_text(quote: &Quote, voice: &Voice, name_of: impl Fn(&Sku) -> String) -> String {
    let locale = voice.locale;
    let mut slip = Slip { quote, locale, text: String::new() };
    for line in &quote.lines {
        slip.row(&format!("{} × {}", name_of(&line.sku), line.quantity), line.subtotal);
    }
    slip.rule();
    for applied in &quote.applied {
        let code = applied.coupon.as_ref().map_or_else(String::new, |code| format!(" [{code}]"));
        slip.row(&format!("{}{code}", applied.name.get(locale)), -applied.amount);
        slip.note(&explain(quote, &applied.promotion, locale));
    }
    slip.totals();
    for gift in &quote.gifts {
        let name = format!("{} × {}", name_of(&gift.sku), gift.quantity);
        slip.note(&pick(locale, format!("赠 {name}"), format!("Gift: {name}")));
    }
    for coupon in &quote.coupons {
        if let Some(why) = &coupon.refused {
            slip.note(&format!("{}: {}", coupon.code, reason(why, voice)));
        }
    }
    quote.hints.iter().for_each(|one| slip.note(&hint(one, quote.currency, locale)));
    slip.text
}

struct Slip<'q> {
    quote: &'q Quote,
    locale: Locale,
    text: String,
}

fn width(text: &str) -> usize {
    text.chars().map(|one| if one < '\u{2e80}' { 1 } else { 2 }).sum()
}

impl Slip<'_> {
    fn row(&mut self, label: &str, amount: i64) {
        let amount = format_amount(amount, self.quote.currency, self.locale);
        let dots = WIDTH.saturating_sub(width(label) + width(&amount) + 2).max(1);
        self.text.push_str(&format!("{label} {} {amount}\n", ".".repeat(dots)));
    }

    fn note(&mut self, note: &str) {
        if !note.is_empty() {
            self.text.push_str(&format!("  {note}\n"));
        }
    }

    fn rule(&mut self) {
        self.text.push_str(&"-".repeat(WIDTH));
        self.text.push('\n');
    }

    fn totals(&mut self) {
        let (quote, locale) = (self.quote, self.locale);
        let label = |zh: &str, en: &str| pick(locale, zh.to_owned(), en.to_owned());
        self.rule();
        if let Some(shipping) = &quote.shipping {
            self.row(&label("运费", "Shipping"), shipping.total);
        }
        let tax = if quote.tax_included { label("含税", "Tax included") } else { label("税", "Tax") };
        self.row(&tax, quote.tax);
        if quote.points_value > 0 {
            self.row(&label("积分抵扣", "Points"), -quote.points_value);
        }
        self.row(&label("应付", "To pay"), quote.payable);
        if quote.points_earned > 0 {
            self.note(&pick(
                locale,
                format!("可得 {} 积分", quote.points_earned),
                format!("Earns {} points", quote.points_earned),
            ));
        }
        self.note(&pick(locale, format!("价目 {}", seal(quote)), format!("Price book {}", seal(quote))));
    }
}

/// The short id of the price book: the first eight digits.
fn seal(quote: &Quote) -> &str {
    let id = quote.book.as_str();
    id.get(..8).unwrap_or(id)
}
