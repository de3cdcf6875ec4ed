//! Slices and quotes for carts.

use crate::{Result, ServiceError, Services, Who, active::Active};
use ids::Sku;
use pricing::{COUPONS_MAX, Cart, Context, LINES_MAX, Quote, QuoteError, Text, book::Slice};
use wire::{FieldError, QuoteRequest, SliceAnswer, SliceRequest};

impl Services {
    /// All that a browser needs to quote these SKUs by itself.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for too many SKUs or codes, or an unknown channel or store.
    pub async fn slice(&self, who: &Who, request: &SliceRequest) -> Result<SliceAnswer> {
        if request.skus.len() > LINES_MAX {
            return Err(ServiceError::field("skus", "商品种类太多", format!("at most {LINES_MAX} SKUs")));
        }
        if request.coupons.len() > COUPONS_MAX {
            return Err(ServiceError::field("coupons", "券码太多", format!("at most {COUPONS_MAX} codes")));
        }
        let who = who.at(request.channel.as_deref(), request.store.as_ref());
        let active = self.active().await?;
        let context = self.context(&who, &active, self.now()).await?;
        let slice = active.book.slice(&request.skus, &request.coupons);
        let context = only_of(&slice, context);
        let skus: Vec<Sku> = slice.part.skus.iter().map(|one| one.sku.clone()).collect();
        Ok(SliceAnswer { items: self.infos(&who, &skus).await?, slice, context })
    }

    /// The server's own quote of a cart.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] names every field of the cart that is wrong.
    pub async fn quote(&self, who: &Who, request: &QuoteRequest) -> Result<Quote> {
        let who = who.at(request.channel.as_deref(), request.store.as_ref());
        let active = self.active().await?;
        let context = self.context(&who, &active, self.now()).await?;
        quote_of(&active, &request.cart, &context)
    }
}

/// The context without the counters of promotions that the slice does not hold: nobody needs to know them.
pub(super) fn only_of(slice: &Slice, mut context: Context) -> Context {
    let promotions = &slice.part.promotions;
    context.usage.retain(|usage| promotions.iter().any(|promotion| promotion.id == usage.promotion));
    context
}

/// The slice of the book in force for a cart.
pub(super) fn slice_of(active: &Active, cart: &Cart) -> Slice {
    let skus: Vec<Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
    active.book.slice(&skus, &cart.coupons)
}

/// The core's quote; what it can't price is told by field.
pub(super) fn quote_of(active: &Active, cart: &Cart, context: &Context) -> Result<Quote> {
    active.book.quote(cart, context).map_err(|error| ServiceError::Invalid(vec![field(cart, &error)]))
}

fn field(cart: &Cart, error: &QuoteError) -> FieldError {
    let at = |id: &ids::LineId, part: &str| {
        let line = cart.lines.iter().position(|line| line.id == *id).unwrap_or(0);
        format!("cart.lines[{line}].{part}")
    };
    let (field, zh) = match error {
        QuoteError::UnknownSku { line, sku } => (at(line, "sku"), format!("没有商品 {sku}，请移除这一行")),
        QuoteError::BadQuantity { line, quantity } => {
            (at(line, "quantity"), format!("数量 {quantity} 无效，请填 1 到 {}", pricing::QUANTITY_MAX))
        }
        QuoteError::DuplicateLine(line) => (at(line, "id"), format!("行号 {line} 重复")),
        QuoteError::UnknownShipping(method) => ("cart.shipping_method".to_owned(), format!("没有配送方式 {method}")),
        QuoteError::TooManyLines(_) => ("cart.lines".to_owned(), format!("一张订单最多 {LINES_MAX} 行")),
        QuoteError::TooManyCoupons(_) => ("cart.coupons".to_owned(), format!("最多 {COUPONS_MAX} 个券码")),
        QuoteError::BadItem(_) | QuoteError::Overflow => ("cart".to_owned(), "金额太大，无法计算".to_owned()),
    };
    FieldError { field, message: Text::new(zh, error.to_string()) }
}
