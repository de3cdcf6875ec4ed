//! Choosing a variant by links with `?sku=`, so that the choice works without scripts and can be sent to a friend.

use super::texts::Texts;
use crate::{api::encode, front::Front};
use leptos::prelude::*;
use pricing::UnitPrice;
use std::sync::Arc;
use wire::{PriceReason, Product, ProductOption, ShelfPrice, Variant};

/// The product and which of its variants is chosen.
#[derive(Clone, Copy)]
pub struct Choice {
    product: StoredValue<Arc<Product>>,
    at: Memo<usize>,
    /// What one costs by itself: as the server wrote it, and as soon as the engine is here, as it is now.
    pub price: Memo<ShelfPrice>,
    /// What one more costs beside the cart, where that is something else.
    pub beside: Memo<Option<ShelfPrice>>,
}

impl Choice {
    /// The chosen variant.
    pub fn variant(self) -> Variant {
        self.product.with_value(|product| product.variants[self.at.get()].clone())
    }

    /// What the cart calls it.
    pub fn name(self, front: Front) -> String {
        let variant = self.variant();
        let options: Vec<String> = variant.options.iter().map(|option| front.say(option)).collect();
        let title = self.product.with_value(|product| front.say(&product.title));
        if options.is_empty() { title } else { format!("{title} {}", options.join(" ")) }
    }

    /// The product's title.
    pub fn title(self, front: Front) -> String {
        self.product.with_value(|product| front.say(&product.title))
    }
}

/// Follows the address; without a choice there it is the first variant that can be had. While the page is shown, the cart
/// knows the prices of all variants.
pub fn choose(front: Front, product: &Arc<Product>, sku: Memo<Option<String>>) -> Choice {
    let skus: Vec<_> = product.variants.iter().map(|variant| variant.sku.clone()).collect();
    let first = product.variants.iter().position(|variant| variant.available > 0).unwrap_or(0);
    let by_address = skus.clone();
    let at = Memo::new(move |_| {
        let wanted = sku.get();
        by_address.iter().position(|sku| Some(sku.as_str()) == wanted.as_deref()).unwrap_or(first)
    });
    Effect::new(move |_| front.cart.shown.set(skus.clone()));
    on_cleanup(move || {
        let _ = front.cart.shown.try_set(Vec::new());
    });
    let product = StoredValue::new(Arc::clone(product));
    let chosen = move || product.with_value(|product| product.variants[at.get()].price.clone());
    let price = Memo::new(move |_| {
        front.cart.quote.track();
        let (known, written) = (front.cart.known.get(), chosen());
        known.and_then(|known| known.alone(&written.sku)).map_or(written.clone(), |unit| shelf(&written, unit))
    });
    let beside = Memo::new(move |_| {
        let (alone, kept) = (price.get(), front.cart.kept.get());
        front.cart.quote.track();
        let unit = front.cart.known.get()?.one_more(&kept, &alone.sku)?;
        (unit.price != alone.price).then(|| shelf(&alone, unit))
    });
    Choice { product, at, price, beside }
}

/// The engine's price as the server would have written it.
fn shelf(written: &ShelfPrice, unit: UnitPrice) -> ShelfPrice {
    let UnitPrice { list, price, reasons } = unit;
    let reasons = reasons.into_iter().map(|(name, amount)| PriceReason { name, amount }).collect();
    ShelfPrice { list, price, reasons, ..written.clone() }
}

/// One row of links for each option.
pub fn options(front: Front, product: &Arc<Product>, choice: Choice) -> AnyView {
    let rows = product.options.iter().enumerate();
    let rows = rows.map(|(at, option)| row(front, product, choice, at, option)).collect_view();
    view! { <div class="options">{rows}</div> }.into_any()
}

fn row(front: Front, product: &Arc<Product>, choice: Choice, at: usize, option: &ProductOption) -> AnyView {
    let links = option.values.iter().map(|value| {
        let (product, value) = (Arc::clone(product), value.clone());
        move || link(front, &product, &choice.variant(), at, &value)
    });
    let label = front.say(&option.name);
    let id = format!("option-{at}");
    let named_by = id.clone();
    view! {
        <div class="option" role="group" aria-labelledby=named_by>
            <p id=id class="option-name">{label}</p>
            <ul>{links.map(|link| view! { <li>{link}</li> }).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// A link to the variant that differs from the chosen one in this option only, or else to any that has the value.
fn link(front: Front, product: &Product, chosen: &Variant, at: usize, value: &pricing::Text) -> AnyView {
    let t = Texts(front.locale);
    let name = front.say(value);
    let has = |variant: &&Variant| variant.options.get(at) == Some(value);
    let others = |variant: &Variant| {
        let pairs = variant.options.iter().zip(&chosen.options).enumerate();
        pairs.filter(|(option, (one, other))| *option != at && one == other).count()
    };
    let Some(variant) = product.variants.iter().filter(has).max_by_key(|variant| others(variant)) else {
        return view! { <span class="choice" data-out="">{name}<span class="sr">{t.not_this()}</span></span> }
            .into_any();
    };
    let href = format!("/p/{}?sku={}", encode(product.handle.as_str()), encode(variant.sku.as_str()));
    let current = (chosen.options.get(at) == Some(value)).then_some("true");
    let out = variant.available < 1;
    let sold_out = out.then(|| view! { <span class="sr">{t.sold_out()}</span> });
    view! { <a class="choice" href=href data-noscroll="" aria-current=current data-out=out>{name}{sold_out}</a> }
        .into_any()
}
