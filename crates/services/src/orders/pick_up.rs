//! The code that a shopper shows in the store: it follows from the fulfilment's id and the shop's secret, and only its hash is stored.

use crate::{Services, secret};
use ids::FulfilmentId;
use storage::fulfilments::FulfilmentRow;

/// Crockford's digits: none looks like another when it is read out or written down.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 40 bits: nobody finds one by trying at a counter.
const LENGTH: usize = 8;

/// The code of a fulfilment, such as `7KQ4M9XW`.
pub(crate) fn code(services: &Services, id: &FulfilmentId) -> String {
    let hash = secret::keyed_hash(&services.0.otp_pepper, &["pick-up code", id.as_str()]);
    hash[..LENGTH].iter().map(|byte| char::from(DIGITS[usize::from(byte % 32)])).collect()
}

/// The hash under which a code is found.
pub(crate) fn hash(services: &Services, code: &str) -> String {
    secret::hex(&secret::keyed_hash(&services.0.otp_pepper, &["pick-up hash", &normal(code)])[..16])
}

/// True if the code is the fulfilment's, however it was typed.
pub(crate) fn same(services: &Services, part: &FulfilmentRow, shown: &str) -> bool {
    secret::same(&code(services, &part.id), &normal(shown))
}

/// The code as people read it out: without spaces, in capitals, O for 0 and I or L for 1.
fn normal(code: &str) -> String {
    let plain = code.chars().filter(|c| !matches!(c, ' ' | '-'));
    let digit = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    plain.map(digit).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_read_as_people_say_it() {
        assert_eq!(super::normal("7kq4-m9xw "), "7KQ4M9XW");
        assert_eq!(super::normal("oIl0"), "0110");
    }
}
