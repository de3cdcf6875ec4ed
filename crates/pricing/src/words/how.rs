//! How a discount came about, for the shop's own people.

use super::reason::{Voice, pick};
use crate::{
    Bound, How,
    book::{Base, Rounding, Scope},
};
use money::{Locale, RoundingMode, format_amount};

/// How a promotion was applied, as short statements: what it was computed of, how many units it touched, how it was rounded, what limited it.
#[must_use]
pub fn how(how: &How, voice: &Voice) -> Vec<String> {
    let money = |minor: i64| format_amount(minor, voice.currency, voice.locale);
    let say = |zh: String, en: String| pick(voice.locale, zh, en);
    let mut told = vec![say(format!("基数 {}", money(how.base)), format!("of {}", money(how.base)))];
    if how.units > 0 {
        let en = if how.units == 1 { "1 unit".to_owned() } else { format!("{} units", how.units) };
        told.push(say(format!("{} 件", how.units), en));
    }
    match how.of {
        Base::Current => {}
        Base::Shelf => told.push(say("按货架价".to_owned(), "on the shelf price".to_owned())),
        Base::List => told.push(say("按标价".to_owned(), "on the list price".to_owned())),
    }
    told.extend(how.rounding.map(|rounding| rounded(rounding, voice.locale)));
    told.extend(how.limits.iter().map(|limit| match limit {
        Bound::Cap(most) => say(format!("封顶 {}", money(*most)), format!("capped at {}", money(*most))),
        Bound::Budget(left) => {
            say(format!("活动额度只剩 {}", money(*left)), format!("{} was left of the budget", money(*left)))
        }
        Bound::Floor => say("已到最低限价".to_owned(), "down to the floor price".to_owned()),
    }));
    told
}

fn rounded(rounding: Rounding, locale: Locale) -> String {
    let (zh, en) = match rounding.mode {
        RoundingMode::HalfUp => ("四舍五入", "half up"),
        RoundingMode::HalfEven => ("四舍六入五成双", "half to even"),
        RoundingMode::HalfDown => ("五舍六入", "half down"),
        RoundingMode::Down => ("舍去尾数", "down"),
    };
    let (of_zh, of_en) = match rounding.scope {
        Scope::Unit => ("每件", "each unit"),
        Scope::Line => ("每行", "each line"),
        Scope::Document => ("整单", "the whole order"),
    };
    pick(locale, format!("{of_zh}{zh}"), format!("{of_en} rounded {en}"))
}
