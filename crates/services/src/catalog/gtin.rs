//! Global trade item numbers.

/// The GTIN as 14 digits, from its 8, 12, 13 or 14 digits; none if its length or its check digit is wrong.
pub(crate) fn gtin14(digits: &str) -> Option<String> {
    let fits = matches!(digits.len(), 8 | 12 | 13 | 14) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let padded = format!("{digits:0>14}");
    (fits && check_digit_holds(&padded)).then_some(padded)
}

/// Digits are weighted 3 and 1 in turn from the left of 14; the sum with the check digit is a multiple of 10.
fn check_digit_holds(digits: &str) -> bool {
    let sum: u32 =
        digits.bytes().zip([3, 1].into_iter().cycle()).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::gtin14;

    #[test]
    fn check_digits_are_checked() {
        // The examples of the GS1 General Specifications and of printed goods.
        assert_eq!(gtin14("6291041500213").as_deref(), Some("06291041500213"));
        assert_eq!(gtin14("96385074").as_deref(), Some("00000096385074"));
        assert_eq!(gtin14("036000291452").as_deref(), Some("00036000291452"));
        for wrong in ["6291041500214", "62910415002", "629104150021a", "", "００００００００"] {
            assert_eq!(gtin14(wrong), None, "{wrong}");
        }
    }
}
