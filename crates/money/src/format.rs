//! Amounts as people read them, the same text on the server and in the browser.

use crate::Currency;

/// A language of the shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// Simplified Chinese as written in mainland China.
    #[default]
    Zh,
    /// English.
    En,
}

impl Locale {
    /// The BCP 47 tag: `zh-CN` or `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language whose tag starts like `tag` (`zh`, `zh-Hans`, `en-GB`), if the shop has it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        match primary.as_str() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// The amount with sign, currency symbol, grouping and all decimals: `¥1,234.50`, `-¥3.00`, `CN¥` never.
///
/// The renminbi is `¥` in both languages, as it is printed in shops; other currencies follow the usual symbol of `zh-CN`
/// and `en` where they agree, else their code. No rounding, any amount.
#[must_use]
pub fn format_amount(minor: i64, currency: Currency, locale: Locale) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}{}", symbol(currency, locale), digits(minor.unsigned_abs(), currency.exponent(), true))
}

/// The amount as a bare decimal number without grouping or symbol: `1234.50`, `-3.00`.
#[must_use]
pub fn format_plain(minor: i64, currency: Currency) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}", digits(minor.unsigned_abs(), currency.exponent(), false))
}

fn symbol(currency: Currency, locale: Locale) -> String {
    let short = match (currency.code(), locale) {
        ("CNY", _) => "¥",
        ("JPY", Locale::Zh) => "JP¥",
        ("JPY", Locale::En) => "JP¥",
        ("USD", Locale::Zh) => "US$",
        ("USD", Locale::En) => "$",
        ("EUR", _) => "€",
        ("GBP", _) => "£",
        ("HKD", _) => "HK$",
        ("KRW", Locale::En) => "₩",
        ("KRW", Locale::Zh) => "￦",
        (code, _) => return format!("{code}\u{a0}"),
    };
    short.to_owned()
}

fn digits(minor: u64, exponent: u32, grouped: bool) -> String {
    let unit = 10_u64.pow(exponent);
    let mut text = (minor / unit).to_string();
    if grouped {
        let first = text.len() % 3;
        let cuts: Vec<usize> = (0..text.len()).filter(|&at| at > 0 && at % 3 == first % 3).rev().collect();
        cuts.into_iter().for_each(|at| text.insert(at, ','));
    }
    if exponent > 0 {
        text.push_str(&format!(".{:0width$}", minor % unit, width = exponent as usize));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_in_a_shop() {
        let rows = [
            (123_450, "CNY", Locale::Zh, "¥1,234.50"),
            (123_450, "CNY", Locale::En, "¥1,234.50"),
            (-300, "CNY", Locale::Zh, "-¥3.00"),
            (5, "CNY", Locale::Zh, "¥0.05"),
            (1_234_567, "JPY", Locale::En, "JP¥1,234,567"),
            (100_000, "USD", Locale::Zh, "US$1,000.00"),
            (1, "KWD", Locale::En, "KWD\u{a0}0.001"),
            (i64::MIN, "CNY", Locale::En, "-¥92,233,720,368,547,758.08"),
        ];
        for (minor, code, locale, expected) in rows {
            assert_eq!(format_amount(minor, code.parse().unwrap(), locale), expected);
        }
        assert_eq!(format_plain(-123_456, Currency::CNY), "-1234.56");
    }

    #[test]
    fn a_browser_tag_finds_its_language() {
        assert_eq!(Locale::from_tag("zh-Hans-CN"), Some(Locale::Zh));
        assert_eq!(Locale::from_tag("en_GB"), Some(Locale::En));
        assert_eq!(Locale::from_tag("fr"), None);
    }
}
