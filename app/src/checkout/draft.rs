//! What the shopper has filled in so far; it outlives a look back at the cart.

use super::texts::Texts;
use crate::facts::Facts;
use ids::PlaceId;
use pricing::Text;
use wire::{Address, Contact, Delivery, FieldError};

/// What the shopper has filled in so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Picked up rather than sent.
    pub pick_up: bool,
    /// Where it is picked up.
    pub store: Option<PlaceId>,
    /// Where it is sent.
    pub address: Address,
    /// Who is told.
    pub contact: Contact,
    /// Where messages go too; may stay empty.
    pub email: String,
    /// True if the order that was just placed is to be paid at once.
    pub pay_now: bool,
}

impl Draft {
    /// An empty one: on a kiosk people take their things in its store.
    #[must_use]
    pub fn new(facts: &Facts) -> Self {
        let (address, contact) = (Address::default(), Contact::default());
        Self {
            pick_up: facts.kiosk(),
            store: facts.store.clone(),
            address,
            contact,
            email: String::new(),
            pay_now: false,
        }
    }

    /// How the goods reach the shopper, once that is said.
    #[must_use]
    pub fn delivery(&self) -> Option<Delivery> {
        if self.pick_up {
            return self.store.clone().map(|store| Delivery::PickUp { store });
        }
        Some(Delivery::Ship { address: self.address.clone() })
    }

    /// Who is told, and how.
    #[must_use]
    pub fn contact(&self) -> Contact {
        let email = Some(self.email.trim().to_owned()).filter(|email| !email.is_empty());
        Contact { email, ..self.contact.clone() }
    }

    /// What is missing or can't be right, by the names that the server uses for the same fields.
    pub fn wrong(&self) -> Vec<FieldError> {
        let Address { province, city, district, street } = &self.address;
        let mut wrong = Vec::new();
        if self.pick_up {
            check(&mut wrong, "delivery.store", self.store.is_some(), Texts::choose_store);
        } else {
            let fields = [("province", province), ("city", city), ("district", district), ("street", street)];
            for (field, value) in fields {
                check(&mut wrong, &format!("delivery.address.{field}"), !value.trim().is_empty(), Texts::required);
            }
        }
        check(&mut wrong, "contact.name", !self.contact.name.trim().is_empty(), Texts::required);
        check(&mut wrong, "contact.phone", is_mobile(&self.contact.phone), Texts::bad_phone);
        let email = self.email.trim();
        check(&mut wrong, "contact.email", email.is_empty() || email.contains('@'), Texts::bad_email);
        wrong
    }
}

fn check(wrong: &mut Vec<FieldError>, field: &str, fine: bool, words: fn(Texts) -> &'static str) {
    if !fine {
        let message = Text::new(words(Texts(money::Locale::Zh)), words(Texts(money::Locale::En)));
        wrong.push(FieldError { field: field.to_owned(), message });
    }
}

/// True for a mobile number of mainland China, with or without country code, spaces and dashes.
#[must_use]
pub fn is_mobile(text: &str) -> bool {
    let digits: String = text.chars().filter(|one| !" -".contains(*one)).collect();
    let digits = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086")).unwrap_or(&digits);
    digits.len() == 11 && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.starts_with('1')
}

#[cfg(test)]
mod tests {
    use super::is_mobile;

    #[test]
    fn a_mobile_number_has_eleven_digits() {
        assert!(is_mobile("13800000001") && is_mobile("+86 138-0000-0001"));
        assert!(!is_mobile("1380000") && !is_mobile("23800000001") && !is_mobile(""));
    }
}
