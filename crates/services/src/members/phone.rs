//! Telephone numbers of mainland China.

/// A mobile number in E.164 form (`+8613800000001`), from what people type: with or without +86, with spaces or hyphens; none if it
/// is no mobile number of mainland China.
pub(crate) fn normalise(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let national = digits.strip_prefix("+86").or(digits.strip_prefix("0086")).unwrap_or(&digits);
    let second = national.as_bytes().get(1).copied().unwrap_or(0);
    let mobile = national.len() == 11
        && national.bytes().all(|byte| byte.is_ascii_digit())
        && national.starts_with('1')
        && (b'3'..=b'9').contains(&second);
    mobile.then(|| format!("+86{national}"))
}

/// The number with its middle hidden: `138****0001`. Anything that is no such number is hidden whole.
pub(crate) fn masked(phone: &str) -> String {
    let national = phone.strip_prefix("+86").unwrap_or(phone);
    match (national.get(..3), national.get(7..)) {
        (Some(head), Some(tail)) if national.len() == 11 && national.is_ascii() => format!("{head}****{tail}"),
        _ => "****".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_one_form() {
        for text in ["13800000001", "+86 138-0000-0001", "008613800000001", " 138 0000 0001 "] {
            assert_eq!(normalise(text).as_deref(), Some("+8613800000001"), "{text}");
        }
        for text in ["", "1380000000", "12800000001", "+4413800000001", "１３８00000001", "138000000011"] {
            assert_eq!(normalise(text), None, "{text}");
        }
        assert_eq!(masked("+8613800000001"), "138****0001");
        assert_eq!(masked("12"), "****");
    }
}
