//! What every view may ask for: language, money, the shop's facts, the session, the cart and the one line of notice.

use crate::{cart::CartStore, checkout::Draft, facts::Facts};
use leptos::prelude::*;
use money::{Currency, Locale};
use pricing::{Instant, Reason, Text, words};
use std::sync::Arc;
use wire::{MemberInfo, Session};

/// What every view may ask for; a handful of handles, cheap to copy.
#[derive(Clone, Copy)]
pub struct Front {
    /// The language of the page.
    pub locale: Locale,
    /// The currency of all amounts.
    pub currency: Currency,
    /// True on a kiosk.
    pub kiosk: bool,
    /// Who is looking; changes when the shopper signs in or out.
    pub session: RwSignal<Session>,
    /// The cart.
    pub cart: CartStore,
    /// What was filled in at the checkout.
    pub draft: RwSignal<Draft>,
    /// Something to say once, such as "added to the cart".
    pub notice: RwSignal<Option<String>>,
    facts: StoredValue<Arc<Facts>>,
}

/// True as soon as the browser has taken over the whole page. Until then everything has to be as the server saw it, while
/// the page's part of the program may still be on its way.
#[derive(Clone)]
pub struct Ready(pub ArcRwSignal<bool>);

impl Ready {
    /// Tracked by whoever asks. Always false on the server.
    #[must_use]
    pub fn now(context: Option<&Self>) -> bool {
        context.is_some_and(|ready| ready.0.get())
    }
}

/// The [`Front`] of this page.
#[must_use]
pub fn front() -> Front {
    expect_context()
}

impl Front {
    /// Makes it from the request's facts and provides it as a context.
    pub fn provide() -> Self {
        let facts: Arc<Facts> = expect_context();
        let session = RwSignal::new(facts.session.clone());
        let front = Self {
            locale: facts.locale,
            currency: facts.currency(),
            kiosk: facts.kiosk(),
            session,
            cart: CartStore::new(&facts, session),
            draft: RwSignal::new(Draft::new(&facts)),
            notice: RwSignal::new(None),
            facts: StoredValue::new(facts),
        };
        provide_context(front);
        front
    }

    /// The request's facts.
    #[must_use]
    pub fn facts(self) -> Arc<Facts> {
        self.facts.get_value()
    }

    /// A text in the page's language.
    #[must_use]
    pub fn say(self, text: &Text) -> String {
        text.get(self.locale).to_owned()
    }

    /// An amount in the shop's currency.
    #[must_use]
    pub fn money(self, minor: i64) -> String {
        money::format_amount(minor, self.currency, self.locale)
    }

    /// The member, if the shopper is signed in.
    #[must_use]
    pub fn member(self) -> Option<MemberInfo> {
        self.session.get().member
    }

    /// Why a promotion gave nothing, in the shop's own names and on its own clock.
    #[must_use]
    pub fn reason(self, reason: &Reason) -> String {
        let facts = self.facts();
        let name = |id: &str| facts.shop.name_of(id).map(|name| self.say(name));
        let (currency, locale, utc_offset_minutes) = (self.currency, self.locale, facts.utc_offset_minutes);
        words::reason(reason, &words::Voice { currency, locale, utc_offset_minutes, name: &name })
    }

    /// A date and time on the shop's own clock: `11月22日 14:30`, `22 Nov, 14:30`.
    #[must_use]
    pub fn time(self, instant: Instant) -> String {
        let local = self.local(instant);
        let (day, clock) = (day_of(&local, self.locale), &local[11..16]);
        match self.locale {
            Locale::Zh => format!("{day} {clock}"),
            Locale::En => format!("{day}, {clock}"),
        }
    }

    /// A time of day on the shop's own clock: `14:30`.
    #[must_use]
    pub fn clock(self, instant: Instant) -> String {
        self.local(instant)[11..16].to_owned()
    }

    /// A date on the shop's own calendar: `11月22日`, `22 Nov`.
    #[must_use]
    pub fn day(self, instant: Instant) -> String {
        day_of(&self.local(instant), self.locale)
    }

    /// A day that the server wrote, with its day of the week: `11月26日周四`, `Thu 26 Nov`.
    #[must_use]
    pub fn date(self, day: &str, weekday: i64) -> String {
        dated(day, weekday, self.locale)
    }

    fn local(self, instant: Instant) -> String {
        let offset_ms = i64::from(self.facts().utc_offset_minutes) * 60_000;
        Instant(instant.0 + offset_ms).to_string()
    }
}

/// The day of an RFC 3339 text.
fn day_of(local: &str, locale: Locale) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let number = |from: usize| local[from..from + 2].parse::<usize>().unwrap_or(1);
    let (month, day) = (number(5), number(8));
    match locale {
        Locale::Zh => format!("{month}月{day}日"),
        Locale::En => format!("{day} {}", MONTHS[(month - 1) % 12]),
    }
}

/// A date with its day of the week, counted from 0 for Sunday; a text that is no date stays as it is.
fn dated(day: &str, weekday: i64, locale: Locale) -> String {
    const DAYS: [(&str, &str); 7] =
        [("日", "Sun"), ("一", "Mon"), ("二", "Tue"), ("三", "Wed"), ("四", "Thu"), ("五", "Fri"), ("六", "Sat")];
    let name = usize::try_from(weekday).ok().and_then(|at| DAYS.get(at));
    let (Some((zh, en)), true) = (name, day.is_ascii() && day.len() == 10) else { return day.to_owned() };
    match locale {
        Locale::Zh => format!("{}周{zh}", day_of(day, locale)),
        Locale::En => format!("{en} {}", day_of(day, locale)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_its_day_of_the_week() {
        assert_eq!(dated("2026-11-26", 4, Locale::Zh), "11月26日周四");
        assert_eq!(dated("2026-11-26", 4, Locale::En), "Thu 26 Nov");
        assert_eq!(dated("soon", 4, Locale::En), "soon");
    }

    #[test]
    fn a_day_reads_naturally() {
        assert_eq!(day_of("2026-11-02T06:30:00Z", Locale::Zh), "11月2日");
        assert_eq!(day_of("2026-11-02T06:30:00Z", Locale::En), "2 Nov");
    }
}
