//! Names and pictures of SKUs in carts and orders.

use crate::{Result, Services, Who, catalog::goods::Goods};
use ids::Sku;
use pricing::Text;
use wire::{OrderItem, SkuInfo};

impl Services {
    /// What lines show of these SKUs besides prices; unknown ones are left out.
    pub(super) async fn infos(&self, who: &Who, skus: &[Sku]) -> Result<Vec<SkuInfo>> {
        let goods = Goods::of_skus(self.db(), skus).await?;
        let mut infos: Vec<SkuInfo> = goods.variants.iter().filter_map(|one| info(&goods, one, who)).collect();
        infos.sort_by(|a, b| a.sku.cmp(&b.sku));
        Ok(infos)
    }

    /// Names and pictures as an order keeps them, in the order of `skus`.
    pub(super) async fn order_items(&self, skus: &[Sku]) -> Result<Vec<OrderItem>> {
        let infos = self.infos(&Who::default(), skus).await?;
        let item = |sku: &Sku| infos.iter().find(|info| info.sku == *sku).cloned().map(item);
        Ok(skus.iter().filter_map(item).collect())
    }
}

fn info(goods: &Goods, variant: &storage::variants::VariantRow, who: &Who) -> Option<SkuInfo> {
    let product = goods.products.get(&variant.product)?;
    Some(SkuInfo {
        sku: variant.sku.clone(),
        handle: product.handle.clone(),
        title: goods.title(product),
        options: goods.chosen(product, variant),
        image: goods.image(product),
        available: goods.available(&variant.sku, None),
        available_here: who.store.as_ref().map(|store| goods.available(&variant.sku, Some(store))),
    })
}

fn item(info: SkuInfo) -> OrderItem {
    let SkuInfo { sku, handle, title, options, image, .. } = info;
    OrderItem { sku, handle, title, options, image }
}

/// A product's name with what was chosen.
pub(super) fn full_title(item: &OrderItem) -> Text {
    let mut title = item.title.clone();
    for option in &item.options {
        title.zh = format!("{} {}", title.zh, option.value.zh);
        title.en = format!("{} {}", title.en, option.value.en);
    }
    title
}
