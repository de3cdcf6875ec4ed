//! The clerk's answer to "why this price?", from what the order kept.

use super::check;
use crate::{Result, ServiceError, Services, Thing, book};
use ids::OrderNumber;
use pricing::{Cart, Context, Explained, Quote};
use storage::{books, orders};
use wire::Order;

/// An order with everything its price came from.
#[derive(Clone, Debug)]
pub struct OrderRecord {
    /// The order.
    pub order: Order,
    /// What was wanted.
    pub cart: Cart,
    /// The circumstances then.
    pub context: Context,
    /// The quote computed again today from cart, context and the order's own price book: the same bytes, as long as the
    /// engine is the order's own.
    pub repriced: Quote,
    /// What each promotion did in [`OrderRecord::repriced`], or why it did nothing.
    pub promotions: Vec<Explained>,
}

impl Services {
    /// An order for the shop's own people, whoever placed it. Not for shoppers: it asks no questions.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is no such order.
    pub async fn order_record(&self, number: &OrderNumber) -> Result<OrderRecord> {
        let row = orders::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        let document = books::document(self.db(), &row.quote.book).await?;
        let document = document.ok_or_else(|| ServiceError::internal("the order's price book is not stored"))?;
        let book = book::compile(serde_json::from_str(&document).map_err(ServiceError::internal)?).await?;
        let again = book.explain(&row.cart, &row.context).map_err(|error| check::refused(&error))?;
        let (cart, context) = (row.cart.clone(), row.context.clone());
        Ok(OrderRecord {
            order: self.whole(row, ::orders::Level::Service).await?,
            cart,
            context,
            repriced: again.quote,
            promotions: again.promotions,
        })
    }
}
