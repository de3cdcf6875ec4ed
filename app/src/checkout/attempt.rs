//! The attempt to order one cart. Its key makes one order at the most, whatever becomes of the answers; and a request that
//! got no answer is sent again as it was, so that the server knows it and answers with the order that it made.

use leptos::prelude::{GetValue, SetValue, StoredValue, window};
use serde::{Deserialize, Serialize};
use wire::PlaceOrder;

/// Where the browser's tab keeps the attempt, so that it outlives a reload.
const KEPT: &str = "concord.attempt.1";

/// What was sent last.
#[derive(Serialize, Deserialize)]
struct Sent {
    order: PlaceOrder,
    answered: bool,
}

/// The request to send for `fresh`, whose key is empty: with the attempt's key as long as the cart is the same, and unchanged
/// if the same order is still without an answer.
pub fn send(fresh: PlaceOrder) -> PlaceOrder {
    let order = match load().filter(|sent| sent.order.cart == fresh.cart) {
        Some(sent) => again(sent, fresh),
        None => PlaceOrder { idempotency_key: random_key(), ..fresh },
    };
    save(&Sent { order: order.clone(), answered: false });
    order
}

/// The server answered: the next request may be another one under the same key.
pub fn answered() {
    if let Some(sent) = load() {
        save(&Sent { answered: true, ..sent });
    }
}

/// The attempt is over: the next order gets another key, even for an equal cart.
pub fn forget() {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(KEPT);
    }
}

fn again(sent: Sent, fresh: PlaceOrder) -> PlaceOrder {
    let Sent { order, answered } = sent;
    let fresh = PlaceOrder { idempotency_key: order.idempotency_key.clone(), ..fresh };
    // Time alone does not make another order.
    let same = PlaceOrder { at: order.at, ..fresh.clone() } == order;
    if same && !answered { order } else { fresh }
}

fn load() -> Option<Sent> {
    let text = window().session_storage().ok().flatten()?.get_item(KEPT).ok().flatten()?;
    crate::api::parse(&text).ok()
}

fn save(sent: &Sent) {
    if let (Ok(Some(storage)), Ok(text)) = (window().session_storage(), serde_json::to_string(sent)) {
        let _ = storage.set_item(KEPT, &text);
    }
}

/// 128 random bits. `crypto.randomUUID` needs https, which a kiosk in a store's own network may not have.
fn random_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A key that is made in the browser when it is first needed, and stays the same for one form: however often that is sent, it is done once.
#[derive(Clone, Copy)]
pub struct Key(StoredValue<Option<String>>);

impl Key {
    /// One that is still to be made.
    #[must_use]
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// The key.
    #[must_use]
    pub fn get(self) -> String {
        if let Some(known) = self.0.get_value() {
            return known;
        }
        let key = random_key();
        self.0.set_value(Some(key.clone()));
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pricing::Instant;
    use wire::{Contact, Delivery};

    fn order(key: &str, at: i64, name: &str) -> PlaceOrder {
        PlaceOrder {
            idempotency_key: key.into(),
            cart: pricing::Cart::default(),
            channel: None,
            store: None,
            delivery: Delivery::PickUp { store: ids::PlaceId::new("sh").unwrap() },
            contact: Contact { name: name.into(), phone: String::new(), ..Contact::default() },
            book: ids::PriceBookId::new("b").unwrap(),
            engine: String::new(),
            at: Instant(at),
            quote_hash: String::new(),
            held: None,
            codes: Vec::new(),
            member: None,
            hand_over: false,
            payments: Vec::new(),
        }
    }

    #[test]
    fn an_unanswered_order_is_sent_again_as_it_was() {
        let sent = |answered| Sent { order: order("k", 1, "A"), answered };
        assert_eq!(again(sent(false), order("", 2, "A")), order("k", 1, "A"));
        assert_eq!(again(sent(true), order("", 2, "A")), order("k", 2, "A"));
        assert_eq!(again(sent(false), order("", 2, "B")), order("k", 2, "B"));
    }
}
