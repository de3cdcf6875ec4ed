//! Why a promotion gave nothing, what would help, and how a discount was computed.

use crate::{Certificate, Hint, Instant, Need, Quote, Text, trace::Reason};
use ids::PromotionId;
use money::{Currency, Locale, format_amount};

/// Chooses between two languages.
pub(super) fn pick(locale: Locale, zh: String, en: String) -> String {
    if locale == Locale::Zh { zh } else { en }
}

/// How reasons are told to somebody.
pub struct Voice<'n> {
    /// The currency of amounts.
    pub currency: Currency,
    /// The language.
    pub locale: Locale,
    /// Minutes by which the listener's clock is ahead of UTC.
    pub utc_offset_minutes: i32,
    /// What the shop calls a member level, a store, a region or a tender, by its id; the id stands where it has no name.
    pub name: &'n dyn Fn(&str) -> Option<String>,
}

impl Voice<'_> {
    fn money(&self, minor: i64) -> String {
        format_amount(minor, self.currency, self.locale)
    }

    fn names<'i>(&self, ids: impl Iterator<Item = &'i str>) -> String {
        let names: Vec<String> = ids.map(|id| (self.name)(id).unwrap_or_else(|| id.to_owned())).collect();
        names.join(pick(self.locale, "、".to_owned(), ", ".to_owned()).as_str())
    }

    /// An instant to the minute: `2026-06-01 00:00`.
    fn minute(&self, instant: Instant) -> String {
        let local = Instant(instant.0 + i64::from(self.utc_offset_minutes) * MINUTE_MS);
        local.to_string()[..16].replace('T', " ")
    }
}

const MINUTE_MS: i64 = 60_000;

/// The reason as a short sentence without a full stop.
#[must_use]
pub fn reason(reason: &Reason, voice: &Voice) -> String {
    let text = of_offer(reason, voice).or_else(|| of_shopper(reason, voice)).unwrap_or_else(|| of_cart(reason, voice));
    text.get(voice.locale).to_owned()
}

/// Reasons that lie in the offer itself.
fn of_offer(reason: &Reason, voice: &Voice) -> Option<Text> {
    Some(match reason {
        Reason::UnknownCode => Text::new("没有这个券码，请检查大小写", "We don't know this code; check its spelling"),
        Reason::NotStarted { starts } => {
            let at = voice.minute(*starts);
            Text::new(format!("{at} 开始"), format!("Starts on {at}"))
        }
        Reason::Ended { ended } => {
            let at = voice.minute(*ended);
            Text::new(format!("已于 {at} 结束"), format!("Ended on {at}"))
        }
        Reason::UsedUp { limit } => Text::new(format!("{limit} 份已全部用完"), format!("All {limit} uses are gone")),
        Reason::UnitsUsedUp { limit } => {
            Text::new(format!("{limit} 件优惠商品已售完"), format!("All {limit} items at this price are gone"))
        }
        Reason::OutsideHours { next: None } => Text::new("不在活动时段内", "Not at this time of the week"),
        Reason::OutsideHours { next: Some(next) } => {
            let at = voice.minute(*next);
            Text::new(format!("不在活动时段内，下次 {at} 开始"), format!("Not at this time; next on {at}"))
        }
        Reason::WindowsUnknown { until, .. } => {
            let until = voice.minute(*until);
            Text::new(
                format!("活动时段只算到 {until}，需重新发布价目"),
                format!("Its hours are computed up to {until}; the price book must be published again"),
            )
        }
        Reason::GiftGone => Text::new("赠品已送完", "The gifts are out of stock"),
        Reason::UsedByMember { limit } => {
            Text::new(format!("每人限用 {limit} 次，你已用过"), format!("Limit of {limit} per member, already used"))
        }
        Reason::BudgetSpent => Text::new("活动额度已用完", "The budget of this offer is spent"),
        Reason::Excluded => Text::new("不符合本优惠的条件", "This cart is excluded from the offer"),
        Reason::LostTo { name, by: 0, .. } => Text::new(
            format!("不能与“{}”同用", name.get(Locale::Zh)),
            format!("Can't be combined with {}", name.get(Locale::En)),
        ),
        _ => return None,
    })
}

/// Reasons that lie in who the shopper is and where.
fn of_shopper(reason: &Reason, voice: &Voice) -> Option<Text> {
    let list = |items: &[String]| items.join(", ");
    Some(match reason {
        Reason::SignInNeeded => Text::new("登录会员后可用", "For members; sign in to use it"),
        Reason::LevelNeeded { levels } => {
            let levels = voice.names(levels.iter().map(|level| level.as_str()));
            Text::new(format!("限{levels}"), format!("{levels} only"))
        }
        Reason::TagNeeded { tags } => {
            Text::new(format!("限会员：{}", tags.join("、")), format!("Only for {}", list(tags)))
        }
        Reason::OrderNumber { needed: 1, .. } => Text::new("仅限首单", "For the first order only"),
        Reason::OrderNumber { needed, actual } => Text::new(
            format!("仅限第 {needed} 单，这是第 {actual} 单"),
            format!("For order number {needed}; this is number {actual}"),
        ),
        Reason::OtherChannel { channels } => {
            let zh: Vec<&str> = channels.iter().map(|channel| channel_name(channel).0).collect();
            let en: Vec<&str> = channels.iter().map(|channel| channel_name(channel).1).collect();
            Text::new(format!("仅限{}使用", zh.join("、")), format!("Only {}", en.join(", ")))
        }
        Reason::OtherStore { stores } => {
            let stores = voice.names(stores.iter().map(String::as_str));
            Text::new(format!("仅限{stores}"), format!("Only at {stores}"))
        }
        Reason::OtherMonth { needed: None } => {
            Text::new("仅限生日当月，请先填写生日", "For your birthday month; add your birthday to your account")
        }
        Reason::OtherMonth { needed: Some(month) } => Text::new(
            format!("仅限生日当月（{month} 月）"),
            format!("For your birthday month only ({})", month_name(*month)),
        ),
        Reason::OtherRegion { regions } => {
            let regions = voice.names(regions.iter().map(String::as_str));
            Text::new(format!("仅限送往{regions}"), format!("Only in {regions}"))
        }
        Reason::OtherTender { tenders } => {
            let tenders = voice.names(tenders.iter().map(String::as_str));
            Text::new(format!("仅限用{tenders}付款"), format!("Only when paid with {tenders}"))
        }
        Reason::OtherShipping { methods } => {
            let methods = voice.names(methods.iter().map(String::as_str));
            Text::new(format!("限{methods}"), format!("Only with {methods}"))
        }
        _ => return None,
    })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month's English name; a question mark for what is none of the twelve.
#[must_use]
pub fn month_name(month: u8) -> &'static str {
    usize::from(month).checked_sub(1).and_then(|at| MONTHS.get(at)).copied().unwrap_or("?")
}

fn channel_name(channel: &str) -> (&str, &str) {
    match channel {
        "web" => ("网店", "in the web shop"),
        "kiosk" => ("门店自助屏", "at the kiosk in a store"),
        "till" => ("门店收银台", "at the till of a store"),
        other => (other, other),
    }
}

/// Reasons that lie in what is in the cart.
fn of_cart(reason: &Reason, voice: &Voice) -> Text {
    let money = |minor: i64| voice.money(minor);
    match reason {
        Reason::BelowSubtotal { needed, actual } => Text::new(
            format!("满 {} 可用，还差 {}", money(*needed), money(needed - actual)),
            format!("{} below {}", money(needed - actual), money(*needed)),
        ),
        Reason::AboveSubtotal { allowed, .. } => {
            Text::new(format!("商品金额须不超过 {}", money(*allowed)), format!("Only up to {}", money(*allowed)))
        }
        Reason::BelowQuantity { needed, actual } => Text::new(
            format!("满 {needed} 件可用，还差 {} 件", needed - actual),
            format!("Needs {needed} items, {} more", needed - actual),
        ),
        Reason::AboveQuantity { allowed, .. } => {
            Text::new(format!("最多 {allowed} 件可用"), format!("Only up to {allowed} items"))
        }
        Reason::NotTogether { missing } => Text::new(
            format!("还差 {missing} 件搭配商品"),
            format!("Needs {missing} more of the items that go together"),
        ),
        Reason::NothingMatches => Text::new("购物车里没有适用的商品", "Nothing in the cart it applies to"),
        Reason::OtherLines => Text::new("购物车里有不适用的商品", "Some items in the cart don't qualify"),
        Reason::LostTo { name, by, .. } => Text::new(
            format!("“{}”更优惠，多省 {}", name.get(Locale::Zh), money(*by)),
            format!("{} saves {} more", name.get(Locale::En), money(*by)),
        ),
        Reason::Incomplete { need: Need::Amount(amount) } => {
            Text::new(format!("还差 {}", money(*amount)), format!("{} more needed", money(*amount)))
        }
        Reason::Incomplete { need: Need::Units(units) } => {
            Text::new(format!("还差 {units} 件"), format!("{units} more needed"))
        }
        Reason::NotWith { name, .. } => {
            Text::new(format!("不能与“{}”同时使用", name.zh), format!("Not together with {}", name.en))
        }
        Reason::BetterWithout { rival, by } => without(rival.as_ref(), *by, voice),
        _ => Text::new("当前没有可以优惠的金额", "Nothing left to take off"),
    }
}

/// What was left out because the shopper pays no less with it.
fn without(rival: Option<&Text>, by: i64, voice: &Voice) -> Text {
    match rival {
        Some(rival) => Text::new(
            format!("有“{}”在，再用它不会更便宜", rival.get(Locale::Zh)),
            format!("With {} it would save no more", rival.get(Locale::En)),
        ),
        None if by > 0 => Text::new(
            format!("其他优惠合起来多省 {}", voice.money(by)),
            format!("The other offers together save {} more", voice.money(by)),
        ),
        None => Text::new("其他优惠合起来更省，再用它不会更便宜", "The other offers together save as much or more"),
    }
}

/// What is known of other choices of promotions, as one line; none where the merchant fixed the order and so nothing was chosen.
#[must_use]
pub fn certificate(certificate: Certificate, currency: Currency, locale: Locale) -> Option<String> {
    match certificate {
        Certificate::Pinned => None,
        Certificate::Optimal => Some(pick(
            locale,
            "已为你算出最低价，经过证明".to_owned(),
            "The lowest price your offers allow, proved".to_owned(),
        )),
        Certificate::Bounded(most) => {
            let most = format_amount(most, currency, locale);
            Some(pick(
                locale,
                format!("优惠的组合太多，没有全部试完；最多还可能再省 {most}"),
                format!("Too many combinations of offers to try them all; at most {most} more could be saved"),
            ))
        }
    }
}

/// The hint as one line: "再买 ¥12.00 减 ¥30.00 · 满200减30".
#[must_use]
pub fn hint(hint: &Hint, currency: Currency, locale: Locale) -> String {
    let money = |minor: i64| format_amount(minor, currency, locale);
    let name = hint.name.get(locale);
    let need = match hint.need {
        Need::Amount(amount) => pick(locale, format!("再买 {}", money(amount)), format!("Add {}", money(amount))),
        Need::Units(units) => pick(locale, format!("再买 {units} 件"), format!("Add {units} more")),
        Need::SignIn => pick(locale, "登录会员".to_owned(), "Sign in".to_owned()),
    };
    match hint.saving {
        Some(saving) => pick(
            locale,
            format!("{need}，可减 {} · {name}", money(saving)),
            format!("{need} to save {} · {name}", money(saving)),
        ),
        None => pick(locale, format!("{need}，享{name}"), format!("{need} for {name}")),
    }
}

/// How one applied discount was computed, in one line: "218.00 中减 30.00，分摊到 3 件". Empty if the promotion was not applied.
#[must_use]
pub fn explain(quote: &Quote, promotion: &PromotionId, locale: Locale) -> String {
    let Some(applied) = quote.applied.iter().find(|one| one.promotion == *promotion) else { return String::new() };
    let money = |minor: i64| format_amount(minor, quote.currency, locale);
    let (base, amount, units) = (money(applied.base), money(applied.amount), applied.units);
    let capped =
        if applied.limited { pick(locale, "（已封顶）".into(), " (capped)".into()) } else { String::new() };
    match (applied.amount, units) {
        (0, _) => pick(locale, format!("商品金额 {base}"), format!("Goods worth {base}")),
        (_, 0) => pick(locale, format!("{base} − {amount}{capped}"), format!("{base} − {amount}{capped}")),
        _ => pick(
            locale,
            format!("{base} − {amount}{capped}，分摊到 {units} 件"),
            format!("{base} − {amount}{capped}, shared over {units} items"),
        ),
    }
}
