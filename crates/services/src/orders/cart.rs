//! Carts: what the browser needs to quote by itself, and the server's own quote.

use super::check;
use crate::{
    Permission, Result, ServiceError, Services, Who,
    catalog::texts::{OptionTexts, text_of},
    stock::Shelves,
};
use ids::Sku;
use pricing::{COUPONS_MAX, LINES_MAX, Quote};
use std::collections::HashMap;
use storage::variants;
use wire::{OptionValue, OrderItem, QuoteRequest, SkuInfo, SliceAnswer, SliceRequest};

impl Services {
    /// All that the browser needs to quote a cart by itself.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for too many SKUs or codes, an unknown channel or store; for a member whom a clerk serves without
    /// [`Permission::OrderTake`].
    pub async fn slice(&self, who: &Who, request: &SliceRequest) -> Result<SliceAnswer> {
        if request.skus.len() > LINES_MAX {
            return Err(ServiceError::field("skus", "商品编号太多。", format!("At most {LINES_MAX} SKUs.")));
        }
        if request.coupons.len() > COUPONS_MAX {
            return Err(ServiceError::field("coupons", "优惠码太多。", format!("At most {COUPONS_MAX} codes.")));
        }
        let active = self.active().await?;
        let mut who = who.at(request.channel.as_deref(), request.store.as_ref());
        if request.member.is_some() {
            who.require(Permission::OrderTake)?;
            who.member.clone_from(&request.member);
        }
        let context = self.context(&who, &active, self.now()).await?;
        let slice = active.book.slice(&request.skus, &request.coupons);
        let skus: Vec<Sku> = slice.part.skus.iter().map(|sku| sku.sku.clone()).collect();
        Ok(SliceAnswer { items: self.sku_infos(&who, &skus).await?, slice, context })
    }

    /// What a cart costs.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] with every wrong field.
    pub async fn quote(&self, who: &Who, request: &QuoteRequest) -> Result<Quote> {
        let active = self.active().await?;
        check::cart(&request.cart, &active)?;
        let who = who.at(request.channel.as_deref(), request.store.as_ref());
        let context = self.context(&who, &active, self.now()).await?;
        active.book.quote(&request.cart, &context).map_err(|error| check::refused(&error))
    }

    /// Names, pictures and stock of SKUs, in their order; unknown ones are left out.
    async fn sku_infos(&self, who: &Who, skus: &[Sku]) -> Result<Vec<SkuInfo>> {
        let names = self.sku_names(skus).await?;
        let shelves = Shelves::load(self.db(), skus).await?;
        let info = |name: OrderItem| SkuInfo {
            available: shelves.for_web(&name.sku),
            available_here: who.store.as_ref().map(|store| shelves.available(&name.sku, store)),
            sku: name.sku,
            handle: name.handle,
            title: name.title,
            options: name.options,
            image: name.image,
        };
        Ok(names.into_iter().map(info).collect())
    }

    /// Names and pictures of SKUs, in their order; unknown ones are left out. Their stock is not looked at.
    pub(crate) async fn sku_names(&self, skus: &[Sku]) -> Result<Vec<OrderItem>> {
        let variants = variants::by_skus(self.db(), skus).await?;
        let mut numbers: Vec<i64> = variants.iter().map(|variant| variant.product).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let rows = self.named(&numbers).await?;
        let handles: Vec<String> = rows.products.values().map(|row| row.handle.to_string()).collect();
        let texts = OptionTexts::load(self.db(), &handles).await?;
        let by_sku: HashMap<&Sku, _> = variants.iter().map(|variant| (&variant.sku, variant)).collect();
        let name = |sku: &Sku| {
            let variant = by_sku.get(sku)?;
            let product = rows.products.get(&variant.product)?;
            let options = product.options.iter().zip(&variant.options);
            Some(OrderItem {
                sku: sku.clone(),
                handle: product.handle.clone(),
                title: text_of(&rows.titles, product.handle.as_str(), "title"),
                options: options
                    .map(|(option, own)| OptionValue {
                        name: texts.name(product, &option.name),
                        value: texts.value(product, own),
                    })
                    .collect(),
                image: rows.image(product),
            })
        };
        Ok(skus.iter().filter_map(name).collect())
    }
}
