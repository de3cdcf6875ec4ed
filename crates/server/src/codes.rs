//! Codes on shelves and packages: GTINs, and addresses after GS1 Digital Link.

/// A GTIN-8, -12, -13 or -14 as 14 digits. None unless it has one of these lengths and its check digit is right.
#[must_use]
pub fn gtin_14(text: &str) -> Option<String> {
    let known_length = matches!(text.len(), 8 | 12 | 13 | 14);
    if !known_length || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{text:0>14}");
    let (body, check) = padded.split_at(13);
    (check == check_digit(body).to_string()).then_some(padded)
}

/// The check digit after `body`: weights 3 and 1 from the right, up to the next multiple of ten.
fn check_digit(body: &str) -> u32 {
    let digits = body.bytes().rev().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    let sum: u32 = digits.enumerate().map(|(at, digit)| if at % 2 == 0 { digit * 3 } else { digit }).sum();
    (10 - sum % 10) % 10
}

/// The 13 digits that an EAN-13 barcode shows, or none for a GTIN-14 of a bigger package.
#[must_use]
pub fn ean_13(gtin: &str) -> Option<String> {
    gtin_14(gtin)?.strip_prefix('0').map(str::to_owned)
}

/// Qualifiers that may follow `/01/{gtin}`, in the order that GS1 Digital Link prescribes: consumer product variant, lot, serial.
const QUALIFIERS: [&str; 3] = ["22", "10", "21"];

/// True if `rest`, what follows `/01/{gtin}` in a path, is a series of qualifiers with values, such as `10/LOT7/21/42`.
#[must_use]
pub fn are_qualifiers(rest: &str) -> bool {
    let parts: Vec<&str> = rest.split('/').collect();
    let mut allowed = QUALIFIERS.iter();
    let (pairs, odd) = parts.as_chunks::<2>();
    odd.is_empty()
        && pairs.iter().all(|[key, value]| !value.is_empty() && value.len() <= 60 && allowed.any(|next| next == key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gtin_of_any_length_becomes_14_digits() {
        let rows = [
            ("6901234100112", Some("06901234100112")),
            ("06901234100112", Some("06901234100112")),
            ("96385074", Some("00000096385074")),
            ("036000291452", Some("00036000291452")),
            ("6901234100113", None),
            ("690123410011", None),
            ("", None),
            ("69012341001１２", None),
            ("690123410011x", None),
        ];
        for (text, expected) in rows {
            assert_eq!(gtin_14(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn only_a_trade_item_has_an_ean_13() {
        assert_eq!(ean_13("06901234100112").as_deref(), Some("6901234100112"));
        assert_eq!(gtin_14("16901234100119").as_deref(), Some("16901234100119"));
        assert_eq!(ean_13("16901234100119"), None);
    }

    #[test]
    fn qualifiers_come_in_pairs_and_in_order() {
        for (rest, good) in [
            ("10/LOT7", true),
            ("10/LOT7/21/42", true),
            ("22/A/10/B/21/C", true),
            ("21/42/10/LOT7", false),
            ("10", false),
            ("10/", false),
            ("99/x", false),
        ] {
            assert_eq!(are_qualifiers(rest), good, "{rest}");
        }
    }
}
