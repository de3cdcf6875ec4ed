//! Names and pictures of what a quote names only by SKU.

use crate::{api::encode, front::Front};
use ids::{Handle, Sku};
use pricing::Text;
use wire::{OptionValue, OrderItem, SkuInfo};

/// What a SKU is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The product's name.
    pub title: String,
    /// The variant, or empty.
    pub options: String,
    /// The address of its page.
    pub href: String,
    /// The picture's address.
    pub image: String,
}

/// Names by SKU; few enough to look through.
pub type Names = Vec<(Sku, Named)>;

fn named(front: Front, sku: &Sku, handle: &Handle, title: &Text, options: &[OptionValue], image: &str) -> Named {
    let options: Vec<String> = options.iter().map(|option| front.say(&option.value)).collect();
    let href = format!("/p/{}?sku={}", encode(handle.as_str()), encode(sku.as_str()));
    Named { title: front.say(title), options: options.join(" · "), href, image: image.to_owned() }
}

/// Names of a slice's items.
pub fn of_items(front: Front, items: &[SkuInfo]) -> Names {
    let name = |item: &SkuInfo| named(front, &item.sku, &item.handle, &item.title, &item.options, &item.image);
    items.iter().map(|item| (item.sku.clone(), name(item))).collect()
}

/// Names of an order's items, as they were when it was placed.
pub fn of_order(front: Front, items: &[OrderItem]) -> Names {
    let name = |item: &OrderItem| named(front, &item.sku, &item.handle, &item.title, &item.options, &item.image);
    items.iter().map(|item| (item.sku.clone(), name(item))).collect()
}

/// The name of a SKU; the SKU itself where nothing else is known.
pub fn name_of(names: &Names, sku: &Sku) -> (String, String) {
    named_of(names, sku)
        .map_or_else(|| (sku.to_string(), String::new()), |named| (named.title.clone(), named.options.clone()))
}

/// What is known of a SKU.
pub fn named_of<'n>(names: &'n Names, sku: &Sku) -> Option<&'n Named> {
    names.iter().find(|(one, _)| one == sku).map(|(_, named)| named)
}
