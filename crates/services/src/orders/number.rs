//! Public numbers of orders.

use crate::{Result, secret::below};
use ids::OrderNumber;
use pricing::Instant;

/// Letters and digits that can't be mistaken for one another when read aloud or off paper.
const ALPHABET: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const RANDOM_CHARS: usize = 8;

/// A number like `C261122-7KQ4M9XW`: the day in UTC, and 40 random bits, so that a number says nothing about others.
pub(super) fn new(now: Instant) -> Result<OrderNumber> {
    let day: String = now.to_string()[2..10].chars().filter(char::is_ascii_digit).collect();
    let mut number = format!("C{day}-");
    let letters = u32::try_from(ALPHABET.len()).unwrap_or(u32::MAX);
    for _ in 0..RANDOM_CHARS {
        number.push(char::from(ALPHABET[below(letters)? as usize]));
    }
    Ok(OrderNumber::new(number).expect("letters, digits and a hyphen are an id"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_has_its_day_and_cannot_be_guessed() {
        let now = "2026-11-22T03:00:00Z".parse().unwrap();
        let (one, other) = (super::new(now).unwrap(), super::new(now).unwrap());
        assert!(one.as_str().starts_with("C261122-") && one.as_str().len() == 16 && one != other);
    }
}
