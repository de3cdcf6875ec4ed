//! What a browser does before it sends an order: it asks for its slice of the price book and quotes the cart where the shopper is.

use crate::person::Person;
use anyhow::{Result, bail};
use ids::PlaceId;
use pricing::{Cart, CompiledBook, Quote, book::Promotion};
use wire::{Address, Contact, Delivery, PlaceOrder, SliceAnswer, SliceRequest};

/// A cart on its way to an order.
pub struct Checkout<'a> {
    /// What is bought.
    pub cart: Cart,
    /// Where it goes.
    pub delivery: Delivery,
    /// Where it is bought.
    pub channel: &'a str,
    /// In which store.
    pub store: Option<&'a PlaceId>,
    /// The order's key.
    pub key: String,
}

/// A cart with its price, ready to be ordered.
pub struct Quoted {
    /// What is sent.
    pub order: PlaceOrder,
    /// What was quoted.
    pub quote: Quote,
    /// The promotions of the slice.
    pub promotions: Vec<Promotion>,
}

impl Checkout<'_> {
    /// Quotes the cart; none if the server did not give a slice, or the cart can't be priced.
    ///
    /// # Errors
    /// If a server answered as it never may.
    pub async fn quote(self, person: &Person, base: &str) -> Result<Option<Quoted>> {
        let request = SliceRequest {
            skus: self.cart.lines.iter().map(|line| line.sku.clone()).collect(),
            coupons: self.cart.coupons.clone(),
            store: self.store.cloned(),
            channel: Some(self.channel.to_owned()),
            member: None,
        };
        let answer = person.post(&format!("{base}/api/v1/slice"), &request).await;
        let Some(answer) = answer.read::<SliceAnswer>()? else { return Ok(None) };
        let promotions = answer.slice.part.promotions.clone();
        let Ok(book) = CompiledBook::from_slice(answer.slice) else { bail!("a slice can't be compiled") };
        let Ok(quote) = book.quote(&self.cart, &answer.context) else { return Ok(None) };
        let order = PlaceOrder {
            idempotency_key: self.key,
            cart: self.cart,
            channel: Some(self.channel.to_owned()),
            store: self.store.cloned(),
            delivery: self.delivery,
            contact: Contact { name: "林知夏".to_owned(), phone: "13912345678".to_owned(), ..Contact::default() },
            book: quote.book.clone(),
            engine: quote.engine.clone(),
            at: answer.context.at,
            quote_hash: quote.hash.clone(),
            held: None,
            member: None,
            hand_over: false,
            payments: Vec::new(),
            codes: Vec::new(),
        };
        Ok(Some(Quoted { order, quote, promotions }))
    }
}

/// A house in a city.
#[must_use]
pub fn address(city: &str) -> Address {
    Address {
        province: city.to_owned(),
        city: city.to_owned(),
        district: "徐汇区".to_owned(),
        street: "武康路 100 号".to_owned(),
    }
}
