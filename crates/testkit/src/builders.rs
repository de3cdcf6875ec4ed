//! Carts and orders with valid defaults.

use ids::{LineId, Sku};
use pricing::{Cart, CartLine, Context, Quote};
use wire::{Address, Contact, Delivery, PlaceOrder};

/// A cart of SKUs and quantities, without codes and not yet sent anywhere.
///
/// # Panics
/// If a text is no SKU.
#[must_use]
pub fn cart(lines: &[(&str, i64)]) -> Cart {
    let line = |(at, (sku, quantity)): (usize, &(&str, i64))| CartLine {
        id: LineId::new(format!("l{:04}", at + 1)).expect("a letter and digits are an id"),
        sku: Sku::new(*sku).expect("a SKU"),
        quantity: *quantity,
    };
    Cart { lines: lines.iter().enumerate().map(line).collect(), ..Cart::default() }
}

/// An address in Shanghai.
#[must_use]
pub fn address() -> Address {
    Address {
        province: "上海市".to_owned(),
        city: "上海市".to_owned(),
        district: "徐汇区".to_owned(),
        street: "武康路 100 号".to_owned(),
    }
}

/// A contact.
#[must_use]
pub fn contact() -> Contact {
    Contact { name: "林知夏".to_owned(), phone: "13912345678".to_owned(), ..Contact::default() }
}

/// An order of a cart as its shopper saw it, to be sent by the cart's shipping method.
#[must_use]
pub fn order(key: &str, cart: &Cart, context: &Context, quote: &Quote) -> PlaceOrder {
    PlaceOrder {
        idempotency_key: key.to_owned(),
        cart: cart.clone(),
        channel: None,
        store: None,
        delivery: Delivery::Ship { address: address() },
        contact: contact(),
        book: quote.book.clone(),
        engine: quote.engine.clone(),
        at: context.at,
        quote_hash: quote.hash.clone(),
        held: None,
        codes: Vec::new(),
        member: None,
        payments: Vec::new(),
        hand_over: false,
    }
}
