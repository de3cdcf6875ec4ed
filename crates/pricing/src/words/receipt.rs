//! The receipt with reasons as plain text, for terminals and printers.

use super::{
    columns::{WIDTH, note, row},
    how::how,
    reason::{Voice, certificate, explain, hint, pick, reason},
};
use crate::{Applied, Explained, Fate, Quote, QuoteLine};
use ids::{PromotionId, Sku};
use money::format_amount;

/// The receipt with reasons: each item with its list price, every discount by name and what it costs in the end; each discount with its
/// arithmetic; sums; codes; what was not used and why; hints; what is known of other choices; and by what it was computed.
///
/// `fates` is the trace of the quote where it is known ([`crate::Explanation`]); without it discounts are told as the quote alone tells them.
/// `name_of` is what the shop calls a SKU.
#[must_use]
pub fn receipt_text(quote: &Quote, fates: &[Explained], voice: &Voice, name_of: impl Fn(&Sku) -> String) -> String {
    let mut slip = Slip { quote, fates, voice, text: String::new() };
    quote.lines.iter().for_each(|line| slip.item(line, &name_of(&line.sku)));
    for gift in &quote.gifts {
        let name = format!("{} × {}", name_of(&gift.sku), gift.quantity);
        slip.row(0, &name, &slip.say("赠送", "free"));
        slip.note(2, &slip.name(&gift.promotion));
    }
    slip.discounts();
    slip.totals();
    slip.coupons();
    slip.missed();
    slip.hints();
    slip.foot();
    slip.text
}

struct Slip<'q> {
    quote: &'q Quote,
    fates: &'q [Explained],
    voice: &'q Voice<'q>,
    text: String,
}

impl Slip<'_> {
    fn say(&self, zh: &str, en: &str) -> String {
        pick(self.voice.locale, zh.to_owned(), en.to_owned())
    }

    fn money(&self, minor: i64) -> String {
        format_amount(minor, self.quote.currency, self.voice.locale)
    }

    /// What a promotion that gave something is called.
    fn name(&self, promotion: &PromotionId) -> String {
        let applied = self.quote.applied.iter().find(|one| one.promotion == *promotion);
        applied.map_or_else(|| promotion.to_string(), |one| one.name.get(self.voice.locale).to_owned())
    }

    fn row(&mut self, indent: usize, label: &str, amount: &str) {
        self.text.push_str(&row(indent, label, amount));
    }

    fn amount(&mut self, indent: usize, label: &str, amount: i64) {
        self.row(indent, label, &self.money(amount));
    }

    fn note(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.text.push_str(&note(indent, text));
        }
    }

    fn rule(&mut self) {
        self.text.push_str(&"-".repeat(WIDTH));
        self.text.push('\n');
    }

    /// A heading of what follows, behind a rule.
    fn heading(&mut self, zh: &str, en: &str) {
        self.rule();
        self.text.push_str(&format!("{}\n", self.say(zh, en)));
    }

    /// An item: list price, each discount's share, and what it costs after them.
    fn item(&mut self, line: &QuoteLine, name: &str) {
        self.note(0, name);
        let list = format!("{} × {}", line.quantity, self.money(line.list));
        self.amount(2, &list, line.subtotal);
        for share in &line.discounts {
            let units = if share.units < line.quantity { format!(" ({})", share.units) } else { String::new() };
            self.amount(4, &format!("{}{units}", self.name(&share.promotion)), -share.amount);
        }
        if !line.discounts.is_empty() {
            self.amount(2, &self.say("优惠后", "after savings"), line.total);
        }
        if line.runs.len() > 1 {
            let run = |run: &crate::Run| format!("{} × {}", run.quantity, self.money(run.net));
            let runs = line.runs.iter().map(run).collect::<Vec<_>>().join(" + ");
            self.note(4, &format!("= {runs}"));
        }
    }

    fn discounts(&mut self) {
        if self.quote.applied.is_empty() {
            return;
        }
        self.heading("优惠", "Savings");
        for (at, applied) in self.quote.applied.iter().enumerate() {
            let code = applied.coupon.as_ref().map_or_else(String::new, |code| format!(" [{code}]"));
            let name = applied.name.get(self.voice.locale);
            let gift = || self.quote.gifts.iter().any(|gift| gift.promotion == applied.promotion);
            let amount = match applied.amount {
                0 if gift() => self.say("赠品", "a gift"),
                0 => self.say("多得积分", "more points"),
                amount => self.money(-amount),
            };
            self.row(0, &format!("{}. {name}{code}", at + 1), &amount);
            self.note(3, &self.arithmetic(applied));
        }
    }

    /// How a discount came about: from the trace where it is there.
    fn arithmetic(&self, applied: &Applied) -> String {
        let fate = self.fates.iter().find(|one| one.promotion == applied.promotion).map(|one| &one.fate);
        match fate {
            Some(Fate::Applied(of)) => how(of, self.voice).join(" · "),
            _ => explain(self.quote, &applied.promotion, self.voice.locale),
        }
    }

    fn totals(&mut self) {
        let quote = self.quote;
        self.rule();
        self.amount(0, &self.say("商品小计", "Items"), quote.subtotal);
        if quote.discount > 0 {
            self.amount(0, &self.say("商品优惠", "Savings on items"), -quote.discount);
        }
        if let Some(shipping) = &quote.shipping {
            self.amount(0, &self.say("运费", "Shipping"), shipping.list);
            for share in &shipping.discounts {
                self.amount(2, &self.name(&share.promotion), -share.amount);
            }
        }
        if !quote.tax_included {
            self.amount(0, &self.say("税", "Tax"), quote.tax);
        }
        if quote.points_value > 0 {
            let spent = quote.points_spent;
            let label = self.say(&format!("使用 {spent} 积分"), &format!("{spent} points"));
            self.amount(0, &label, -quote.points_value);
        }
        self.amount(0, &self.say("应付", "To pay"), quote.payable);
        if quote.tax_included {
            let tax = self.money(quote.tax);
            self.note(2, &self.say(&format!("含税 {tax}"), &format!("includes {tax} tax")));
        }
        if quote.points_earned > 0 {
            let earned = quote.points_earned;
            self.note(2, &self.say(&format!("可得 {earned} 积分"), &format!("earns {earned} points")));
        }
    }

    fn coupons(&mut self) {
        if self.quote.coupons.is_empty() {
            return;
        }
        self.heading("优惠码", "Coupon codes");
        for coupon in &self.quote.coupons {
            let taken = || self.say("已使用", "used");
            let refused = |why| format!("{}{}", self.say("没用上：", "not used: "), reason(why, self.voice));
            let outcome = coupon.refused.as_ref().map_or_else(taken, refused);
            self.note(2, &format!("{}  {outcome}", coupon.code));
        }
    }

    /// What gave nothing, and why; codes have told it already.
    fn missed(&mut self) {
        let missed: Vec<_> = self.quote.missed.iter().filter(|one| one.coupon.is_none()).collect();
        if missed.is_empty() {
            return;
        }
        self.heading("没有用上的优惠", "Offers that were not used");
        for one in missed {
            self.note(2, &format!("{}  {}", one.name.get(self.voice.locale), reason(&one.reason, self.voice)));
        }
    }

    fn hints(&mut self) {
        if self.quote.hints.is_empty() {
            return;
        }
        self.heading("还可以更省", "To save more");
        for one in &self.quote.hints {
            self.note(2, &hint(one, self.quote.currency, self.voice.locale));
        }
    }

    /// What is known of other choices, and by what all was computed.
    fn foot(&mut self) {
        let quote = self.quote;
        self.rule();
        let pinned = || self.say("按商家定好的顺序计算", "Computed in the merchant's own order");
        let proof = certificate(quote.certificate, quote.currency, self.voice.locale).unwrap_or_else(pinned);
        self.note(0, &proof);
        let (book, engine, hash) = (short(quote.book.as_str()), &quote.engine, short(&quote.hash));
        self.note(
            0,
            &self.say(
                &format!("价目 {book} · 引擎 {engine} · 报价 {hash}"),
                &format!("price book {book} · engine {engine} · quote {hash}"),
            ),
        );
    }
}

/// The digits of an id that people compare: the first eight.
fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}
