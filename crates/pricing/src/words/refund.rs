//! A refund with its reasons as plain text, for terminals and printers.

use super::reason::pick;
use crate::{
    Quote,
    returns::{Refund, ReturnReason},
};
use ids::Sku;
use money::{Currency, Locale, format_amount};

/// The refund as a slip: the units that come back at what each of them cost, what is kept back and why, and how the money goes back. `quote` is the
/// order's, and `name_of` names its goods in the language of `locale`.
#[must_use]
pub fn refund_text(refund: &Refund, quote: &Quote, locale: Locale, name_of: impl Fn(&Sku) -> String) -> String {
    let mut slip = Slip { quote, locale, text: String::new() };
    for line in &refund.lines {
        for run in &line.runs {
            slip.row(&format!("{} × {}", name_of(&line.sku), run.quantity), run.quantity * run.net);
        }
    }
    for gift in &refund.gifts {
        let given = quote.gifts.iter().find(|one| one.promotion == gift.promotion);
        let name = given.map_or_else(|| gift.promotion.to_string(), |one| name_of(&one.sku));
        let text = format!("{name} × {}", gift.units);
        slip.note(&pick(locale, format!("退回赠品 {text}"), format!("Gift returned: {text}")));
    }
    slip.rule();
    kept_back(&mut slip, refund);
    refund.reasons.iter().for_each(|one| slip.note(&return_reason(one, quote.currency, locale, &name_of)));
    slip.rule();
    goes_back(&mut slip, refund);
    slip.text
}

/// Characters of a line of the slip; Chinese characters count two.
const WIDTH: usize = 48;

struct Slip<'q> {
    quote: &'q Quote,
    locale: Locale,
    text: String,
}

impl Slip<'_> {
    fn row(&mut self, label: &str, amount: i64) {
        let amount = format_amount(amount, self.quote.currency, self.locale);
        let width = |text: &str| text.chars().map(|one| if one < '\u{2e80}' { 1 } else { 2 }).sum::<usize>();
        let dots = WIDTH.saturating_sub(width(label) + width(&amount) + 2).max(1);
        self.text.push_str(&format!("{label} {} {amount}\n", ".".repeat(dots)));
    }

    fn note(&mut self, note: &str) {
        self.text.push_str(&format!("  {note}\n"));
    }

    fn rule(&mut self) {
        self.text.push_str(&format!("{}\n", "-".repeat(WIDTH)));
    }
}

fn kept_back(slip: &mut Slip, refund: &Refund) {
    let (locale, included) = (slip.locale, slip.quote.tax_included);
    let label = |zh: &str, en: &str| pick(locale, zh.to_owned(), en.to_owned());
    let mut row = |label: String, amount: i64| {
        if amount != 0 {
            slip.row(&label, amount);
        }
    };
    row(label("不再享有的优惠", "Discounts no longer earned"), -refund.discounts_lost.max(0));
    row(label("恢复的优惠", "Discounts earned again"), -refund.discounts_lost.min(0));
    row(label("未退回的赠品", "Gifts kept"), -refund.gifts_charged.max(0));
    row(label("赠品扣款退还", "Charge for gifts given back"), -refund.gifts_charged.min(0));
    row(label("运费", "Shipping"), refund.shipping);
    row(if included { label("其中税额", "Tax included") } else { label("税", "Tax") }, refund.tax);
}

fn goes_back(slip: &mut Slip, refund: &Refund) {
    let locale = slip.locale;
    let label = |zh: String, en: String| pick(locale, zh, en);
    if refund.points_back_value != 0 {
        let points = refund.points_back;
        slip.row(&label(format!("退还 {points} 积分"), format!("As {points} points")), -refund.points_back_value);
    }
    slip.row(&label("退款".to_owned(), "Refund".to_owned()), refund.total);
    for tender in refund.tenders.iter().filter(|tender| tender.amount != 0) {
        let amount = format_amount(tender.amount, slip.quote.currency, locale);
        slip.note(&label(format!("{amount} 退至 {}", tender.name), format!("{amount} to {}", tender.name)));
    }
    if refund.points_clawed != 0 {
        let points = refund.points_clawed;
        slip.note(&label(format!("扣回 {points} 积分"), format!("{points} earned points are taken back")));
    }
}

/// One reason of a refund as a short sentence without a full stop.
#[must_use]
pub fn return_reason(
    reason: &ReturnReason,
    currency: Currency,
    locale: Locale,
    name_of: &dyn Fn(&Sku) -> String,
) -> String {
    let money = |minor: i64| format_amount(minor, currency, locale);
    match reason {
        ReturnReason::ReEvaluated { name, was, now, .. } => {
            let (name, was, now) = (name.get(locale), money(*was), money(*now));
            pick(
                locale,
                format!("{name}：整单减 {was}，留下的商品单独可减 {now}"),
                format!("{name}: {was} on the whole order, {now} on what is kept alone"),
            )
        }
        ReturnReason::GiftKept { name, sku, units, value, .. } => {
            let (name, gift, value) = (name.get(locale), name_of(sku), money(*value));
            pick(
                locale,
                format!("{name}：已不满足条件，赠品 {gift} × {units} 未退回，价值 {value}"),
                format!("{name}: no longer earned, and {gift} × {units} worth {value} is kept"),
            )
        }
        ReturnReason::NoLess => pick(
            locale,
            "失去的优惠超过这些商品的金额：不再多扣".to_owned(),
            "More discount is lost than these items cost; no more than that is kept back".to_owned(),
        ),
        ReturnReason::InSteps => pick(
            locale,
            "退货件数多，按实际退货步骤计算".to_owned(),
            "Many units came back; counted by the returns as they were made".to_owned(),
        ),
        ReturnReason::ShippingKept => pick(locale, "运费不退".to_owned(), "Shipping is not given back".to_owned()),
    }
}
