//! How much of a telephone, a name and an address each role sees: the one place that decides it.

use crate::{Permission, Role};
use wire::{Address, Contact, Delivery};

pub(crate) use crate::members::phone::masked as phone;

/// A kind of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A telephone number or e-mail address.
    Phone,
    /// A name.
    Name,
    /// Where goods go.
    Address,
}

/// What personal data are looked at for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A look at a list or a page.
    Look,
    /// A parcel that is packed and labelled.
    Parcel,
    /// A reason that was given and is written into the audit log.
    Reason,
}

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Nothing of it.
    Nothing,
    /// Enough to tell it from others.
    Masked,
    /// All of it.
    Full,
}

/// How much of a field a role sees for a need. Who sees anything in full, the caller writes into the audit log.
#[must_use]
pub fn sight(role: Role, field: Field, need: Need) -> Sight {
    let looks = role.may(Permission::MemberSee) || role.may(Permission::OrderSee);
    match need {
        Need::Reason if role.may(Permission::MemberUnmask) => Sight::Full,
        // The carrier calls, not the clerk: a label needs no telephone in full.
        Need::Parcel if role.may(Permission::OrderFulfil) && field != Field::Phone => Sight::Full,
        _ if looks => Sight::Masked,
        _ => Sight::Nothing,
    }
}

fn shown(role: Role, field: Field, need: Need, text: &str, mask: fn(&str) -> String) -> String {
    match sight(role, field, need) {
        Sight::Full => text.to_owned(),
        Sight::Masked => mask(text),
        Sight::Nothing => String::new(),
    }
}

/// A telephone as a role sees it.
pub(crate) fn phone_for(role: Role, need: Need, text: &str) -> String {
    shown(role, Field::Phone, need, text, phone)
}

/// A name as a role sees it.
pub(crate) fn name_for(role: Role, need: Need, text: &str) -> String {
    shown(role, Field::Name, need, text, name)
}

/// A contact as a role sees it.
pub(crate) fn contact_for(role: Role, need: Need, contact: &Contact) -> Contact {
    let mail = |text: &String| shown(role, Field::Phone, need, text, email);
    Contact {
        name: name_for(role, need, &contact.name),
        phone: phone_for(role, need, &contact.phone),
        email: contact.email.as_ref().map(mail).filter(|text| !text.is_empty()),
        language: contact.language.clone(),
    }
}

/// Where an order goes, as a role sees it: masked, only the district.
pub(crate) fn delivery_for(role: Role, need: Need, delivery: &Delivery) -> Delivery {
    match (delivery, sight(role, Field::Address, need)) {
        (Delivery::PickUp { .. }, _) | (_, Sight::Full) => delivery.clone(),
        (Delivery::Ship { address }, Sight::Masked) => {
            Delivery::Ship { address: Address { street: hidden(&address.street), ..address.clone() } }
        }
        (Delivery::Ship { .. }, Sight::Nothing) => Delivery::Ship { address: Address::default() },
    }
}

fn hidden(text: &str) -> String {
    if text.is_empty() { String::new() } else { "****".to_owned() }
}

/// The first character of a name: `林**`, `A***`.
fn name(text: &str) -> String {
    let mut rest = text.chars();
    let Some(first) = rest.next() else { return String::new() };
    let stars = if first.is_ascii() { 3 } else { rest.count().clamp(1, 2) };
    format!("{first}{}", "*".repeat(stars))
}

/// The first character of an address and its domain: `a***@example.com`.
fn email(text: &str) -> String {
    match (text.chars().next(), text.rsplit_once('@')) {
        (Some(first), Some((_, domain))) => format!("{first}***@{domain}"),
        _ => hidden(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Sight::{Full, Masked, Nothing};

    #[test]
    fn each_role_sees_what_it_needs_and_no_more() {
        let rows = [
            (Role::Clerk, [Masked, Masked, Masked], [Masked, Full, Full], [Masked, Masked, Masked]),
            (Role::StoreManager, [Masked, Masked, Masked], [Masked, Full, Full], [Masked, Masked, Masked]),
            (Role::Service, [Masked, Masked, Masked], [Masked, Masked, Masked], [Full, Full, Full]),
            (Role::Merchandiser, [Nothing; 3], [Nothing; 3], [Nothing; 3]),
            (Role::Administrator, [Masked, Masked, Masked], [Masked, Full, Full], [Full, Full, Full]),
        ];
        assert_eq!(rows.map(|row| row.0), Role::ALL);
        for (role, look, parcel, reason) in rows {
            for (need, expected) in [(Need::Look, look), (Need::Parcel, parcel), (Need::Reason, reason)] {
                let found = [Field::Phone, Field::Name, Field::Address].map(|field| sight(role, field, need));
                assert_eq!(found, expected, "{role:?} {need:?}");
            }
        }
    }

    #[test]
    fn masks_tell_people_apart_and_nothing_else() {
        assert_eq!(["林知夏", "欧阳知夏", "林", "Ada Lovelace", ""].map(name), ["林**", "欧**", "林*", "A***", ""]);
        assert_eq!(["ada@example.com", "nobody"].map(email), ["a***@example.com", "****"]);
        let address =
            Address { district: "徐汇区".to_owned(), street: "武康路 100 号".to_owned(), ..Address::default() };
        let delivery = Delivery::Ship { address: address.clone() };
        let seen = |role, need| match delivery_for(role, need, &delivery) {
            Delivery::Ship { address } => (address.district, address.street),
            Delivery::PickUp { .. } => unreachable!("the delivery is none"),
        };
        assert_eq!(seen(Role::Clerk, Need::Look), ("徐汇区".to_owned(), "****".to_owned()));
        assert_eq!(seen(Role::Clerk, Need::Parcel), ("徐汇区".to_owned(), "武康路 100 号".to_owned()));
        assert_eq!(seen(Role::Merchandiser, Need::Reason), (String::new(), String::new()));
        let contact =
            Contact { name: "林知夏".to_owned(), phone: "+8613912345678".to_owned(), ..Contact::default() };
        let masked = contact_for(Role::Service, Need::Look, &contact);
        assert_eq!((masked.name.as_str(), masked.phone.as_str()), ("林**", "139****5678"));
        assert_eq!(contact_for(Role::Service, Need::Reason, &contact), contact);
    }
}
