//! Cells as numbers, amounts, flags and codes; what can't be read is reported with what to write instead.

use super::{
    findings::{Findings, Spot},
    table::Row,
};
use crate::catalog::gtin::gtin14;
use money::{Currency, Decimal};

/// Reads the cells of one row.
pub(super) struct Cells<'a, 'f> {
    pub(super) row: Row<'a>,
    pub(super) spot: Spot,
    pub(super) findings: &'f mut Findings,
}

impl<'a, 'f> Cells<'a, 'f> {
    pub(super) fn new(row: Row<'a>, findings: &'f mut Findings) -> Self {
        Self { spot: row.spot(), row, findings }
    }

    pub(super) fn fault(&mut self, column: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.findings.fault(&self.spot, column, zh, en);
    }

    /// An amount in minor units; none for an empty cell and for one that was reported.
    pub(super) fn amount(&mut self, column: &str, currency: Currency) -> Option<i64> {
        let text = self.row.get(column);
        if text.is_empty() {
            return None;
        }
        match amount(text, currency) {
            Ok(minor) => Some(minor),
            Err((zh, en)) => {
                self.fault(column, format!("“{text}”{zh}"), format!("“{text}” {en}"));
                None
            }
        }
    }

    /// A whole number of at least `least`; none for an empty cell and for one that was reported.
    pub(super) fn whole(&mut self, column: &str, least: i64) -> Option<i64> {
        let text = self.row.get(column);
        // Spreadsheets like to write 50 as 50.0.
        let number = text.parse::<Decimal>().ok().filter(Decimal::is_integer);
        let number = number.and_then(|number| i64::try_from(number).ok());
        if text.is_empty() || number.is_some_and(|number| (least..=UNITS_MAX).contains(&number)) {
            return number;
        }
        let en = format!("“{text}” must be a whole number from {least} to {UNITS_MAX}, like 12");
        self.fault(column, format!("“{text}”应是 {least} 到 {UNITS_MAX} 的整数，例如 12"), en);
        None
    }

    /// A flag; `otherwise` for an empty cell and for one that was reported.
    pub(super) fn flag(&mut self, column: &str, otherwise: bool) -> bool {
        let text = self.row.get(column);
        match text.to_ascii_lowercase().as_str() {
            "" => otherwise,
            "true" | "yes" | "1" => true,
            "false" | "no" | "0" => false,
            _ => {
                let en = format!("“{text}” must be true or false");
                self.fault(column, format!("“{text}”应写 true 或 false"), en);
                otherwise
            }
        }
    }

    /// A GTIN as 14 digits. A wrong one is reported, but does not hold up the import: the goods can be sold without it.
    pub(super) fn gtin(&mut self, column: &str) -> Option<String> {
        // Shopify's export puts an apostrophe before digits, so that spreadsheets leave them alone.
        let text = self.row.get(column).trim_start_matches('\'').trim();
        let gtin = gtin14(text);
        if gtin.is_none() && !text.is_empty() {
            let (zh, en) = gtin_hint(text);
            let en = format!("“{text}” {en}; the variant is imported without it");
            self.findings.warn(&self.spot, column, format!("“{text}”{zh}；该规格将不带条码导入"), en);
        }
        gtin
    }
}

/// More than any shop counts; keeps sums far from overflow.
const UNITS_MAX: i64 = 1_000_000_000;

type Words = (&'static str, &'static str);

fn gtin_hint(text: &str) -> Words {
    if text.contains(['E', 'e']) && text.contains('+') {
        return (
            "已被表格软件改成科学计数法，请把该列设为文本后重填",
            "was rounded by a spreadsheet; format the column as text",
        );
    }
    let digits = matches!(text.len(), 8 | 12 | 13 | 14) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        return ("的校验位不对，请核对", "has a wrong check digit; compare it with the goods");
    }
    ("不是 8、12、13 或 14 位的 GTIN", "is no GTIN of 8, 12, 13 or 14 digits")
}

fn amount(text: &str, currency: Currency) -> Result<i64, Words> {
    const PLAIN: Words = ("应是金额，例如 1234.50", "must be an amount like 1234.50");
    if text.contains([',', '，']) {
        return Err(("含有逗号，请写成 1234.50，不带千位分隔符", "must be written without commas, like 1234.50"));
    }
    if text.starts_with(['-', '−']) {
        return Err(("不能为负数", "must not be negative"));
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Err((
            "应只写数字，不带货币符号，例如 1234.50",
            "must be digits alone, without a currency sign, like 1234.50",
        ));
    }
    let decimal: Decimal = text.parse().map_err(|_| PLAIN)?;
    let minor = money::minor_from_decimal(decimal, currency);
    let minor =
        minor.map_err(|_| ("的小数位太多或数额太大", "has too many decimals for the currency, or is too large"))?;
    if minor > AMOUNT_MINOR_MAX {
        return Err(("数额太大", "is too large"));
    }
    Ok(minor)
}

/// A thousand million yuan; keeps the sums of carts far from overflow.
const AMOUNT_MINOR_MAX: i64 = 100_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_plain() {
        for (text, minor) in [("50", 5000), ("9.99", 999), ("0", 0), ("1234.50", 123_450), ("1.500", 150)] {
            assert_eq!(amount(text, Currency::CNY), Ok(minor), "{text}");
        }
        for text in ["1,234.50", "-1", "¥5", "1.2.3", ".", "1e3", "0.005", "99999999999999999999", "+5"] {
            assert!(amount(text, Currency::CNY).is_err(), "{text}");
        }
    }
}
