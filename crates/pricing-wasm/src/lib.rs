//! The pricing core for JavaScript: price books, carts and quotes as JSON texts, the same bytes as the server's.

use ids::{CouponCode, Sku};
use pricing::{Cart, CompiledBook, Context, Slice};
use wasm_bindgen::prelude::*;

/// A price book or a slice of one, made ready to quote.
#[wasm_bindgen]
pub struct Book(CompiledBook);

fn fail(error: impl ToString) -> JsError {
    JsError::new(&error.to_string())
}

fn compiled(book: Result<CompiledBook, Vec<pricing::BookError>>) -> Result<Book, JsError> {
    book.map(Book).map_err(|errors| fail(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
}

#[wasm_bindgen]
impl Book {
    /// Reads a whole price book from its JSON; throws what is wrong with it.
    #[wasm_bindgen(constructor)]
    pub fn new(json: &str) -> Result<Book, JsError> {
        compiled(CompiledBook::new(pricing::read(json).map_err(fail)?))
    }

    /// Reads a slice from its JSON; throws what is wrong with it.
    #[wasm_bindgen(js_name = fromSlice)]
    pub fn from_slice(json: &str) -> Result<Book, JsError> {
        compiled(CompiledBook::from_slice(pricing::read::<Slice>(json).map_err(fail)?))
    }

    /// The part of the book that can touch these SKUs and knows these codes, as JSON; throws if one is no id.
    pub fn slice(&self, skus: Vec<String>, coupons: Vec<String>) -> Result<String, JsError> {
        let skus = skus.into_iter().map(Sku::new).collect::<Result<Vec<_>, _>>().map_err(fail)?;
        let codes = coupons.into_iter().map(CouponCode::new).collect::<Result<Vec<_>, _>>().map_err(fail)?;
        Ok(pricing::write(&self.0.slice(&skus, &codes)))
    }

    /// The book's id.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn id(&self) -> String {
        self.0.id().to_string()
    }

    /// The quote of a cart in a context, all as JSON; throws what can't be priced.
    pub fn quote(&self, cart: &str, context: &str) -> Result<String, JsError> {
        let cart: Cart = pricing::read(cart).map_err(fail)?;
        let context: Context = pricing::read(context).map_err(fail)?;
        self.0.quote(&cart, &context).map(|quote| pricing::write(&quote)).map_err(fail)
    }
}
