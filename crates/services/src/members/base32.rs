//! Codes that people read out and type: letters and digits that can't be taken for each other.

/// Crockford's alphabet: without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Five bits a character; bits that fill no character are left out.
pub(super) fn encode(bytes: &[u8]) -> String {
    let (mut buffer, mut bits, mut text) = (0_u32, 0, String::new());
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[((buffer >> bits) & 31) as usize]));
        }
    }
    text
}

/// A number of so many characters.
pub(super) fn encode_number(number: u64, chars: u32) -> String {
    let digit = |at| char::from(ALPHABET[((number >> (5 * at)) & 31) as usize]);
    (0..chars).rev().map(digit).collect()
}

/// The number that characters stand for; none for a character that is not in the alphabet, or too many.
pub(super) fn decode_number(text: &str) -> Option<u64> {
    let digit = |byte: u8| ALPHABET.iter().position(|known| *known == byte).map(|at| at as u64);
    (text.len() <= 12).then(|| text.bytes().try_fold(0, |number, byte| Some((number << 5) | digit(byte)?)))?
}

/// Groups of four with hyphens.
pub(super) fn grouped(text: &str) -> String {
    let groups: Vec<&str> = text.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join("-")
}

/// What was typed as the alphabet writes it: capitals, no spaces or hyphens, and the letters that are often taken for digits as those. None for what can be no
/// code.
pub(super) fn plain(text: &str) -> Option<String> {
    let kept = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}' | '\t'));
    let plain: String = kept
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    (!plain.is_empty() && plain.len() <= 40 && plain.bytes().all(|byte| ALPHABET.contains(&byte))).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("abcd-2345 jkmn", Some("ABCD2345JKMN")),
            ("oOiIlL", Some("001111")),
            ("", None),
            ("AB_CD", None),
            ("ÄBCD", None),
            ("U", None),
        ] {
            assert_eq!(plain(typed).as_deref(), expected, "{typed}");
        }
        assert_eq!(encode(&[0xff, 0x00, 0xff, 0x00, 0xff]), "ZW0FY07Z");
        assert_eq!(grouped("ABCDEFGHJK"), "ABCD-EFGH-JK");
        for number in [0, 31, 32, (1 << 60) - 1] {
            assert_eq!(decode_number(&encode_number(number, 12)), Some(number));
        }
        assert_eq!(decode_number("0000000000000"), None);
    }
}
