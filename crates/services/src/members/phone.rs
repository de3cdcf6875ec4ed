//! Mobile numbers of mainland China.

/// What to say of a number that is none, in Chinese and English.
pub(crate) const WRONG: (&str, &str) =
    ("请填写中国大陆的手机号，例如 13800000001。", "Write a mobile number of mainland China, such as 13800000001.");

/// The number in E.164 form (`+8613800000001`); none if it is not eleven digits that begin with 13 to 19, with or without
/// +86, spaces or hyphens.
pub(crate) fn normalise(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
    let digits = plain.strip_prefix("+86").or_else(|| plain.strip_prefix("0086")).unwrap_or(&plain);
    let bytes = digits.as_bytes();
    let mobile = bytes.len() == 11 && bytes.iter().all(u8::is_ascii_digit) && bytes[0] == b'1' && bytes[1] >= b'3';
    mobile.then(|| format!("+86{digits}"))
}

/// The number with its middle hidden: `138****0001`.
pub(crate) fn masked(phone: &str) -> String {
    let digits = phone.strip_prefix("+86").unwrap_or(phone);
    match (digits.get(..3), digits.get(digits.len().saturating_sub(4)..)) {
        (Some(first), Some(last)) if digits.len() == 11 => format!("{first}****{last}"),
        _ => "****".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for text in ["13800000001", "+86 138 0000 0001", "0086-138-0000-0001"] {
            assert_eq!(normalise(text).as_deref(), Some("+8613800000001"), "{text}");
        }
        for text in ["1380000000", "12800000001", "+1 4155550100", "", "138000000０1"] {
            assert_eq!(normalise(text), None, "{text}");
        }
        assert_eq!(masked("+8613800000001"), "138****0001");
        assert_eq!(masked("7"), "****");
    }
}
