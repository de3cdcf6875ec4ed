//! A product: pictures, choice, price with its reasons, stock by store, and what it goes with.

mod buy;
mod choice;
mod gallery;
mod stock;
mod texts;
mod why;

use crate::{
    api::{self, Ask},
    front::{Front, front},
    home::coupons,
    ui,
};
use choice::choose;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};
use std::sync::Arc;
use texts::Texts;
use wire::Product;

/// `/p/{handle}?sku=`
#[component]
pub fn ProductPage() -> impl IntoView {
    let front = front();
    let facts = front.facts();
    let (params, keys) = (use_params_map(), use_query_map());
    let handle = Memo::new(move |_| params.with(|params| params.get("handle").unwrap_or_default()));
    let place = api::Place { channel: facts.channel.clone(), store: facts.store.clone() };
    let data = ui::load(move || Ask::Product(handle.get(), place.clone()));
    let sku = Memo::new(move |_| keys.with(|keys| keys.get("sku")));
    ui::loaded(front, data, move |product| page(front, Arc::new(product), sku))
}

fn page(front: Front, product: Arc<Product>, sku: Memo<Option<String>>) -> AnyView {
    let t = Texts(front.locale);
    let title = front.say(&product.title);
    let choice = choose(front, &product, sku);
    let category = product.category.as_ref().map(|slug| {
        let href = format!("/c/{}", api::encode(slug.as_str()));
        view! { <a href=href>{front.say(&front.facts().category_name(slug))}</a> }
    });
    let body = front.say(&product.body_html);
    view! {
        <Title text=title.clone()/>
        <Meta name="description" content=summary(&body)/>
        <article class="product">
            {gallery::gallery(front, &product.images)}
            <div class="product-side">
                <p class="product-kind">{category}<span>{product.vendor.clone()}</span></p>
                <h1>{title}</h1>
                {choice::options(front, &product, choice)}
                {buy::buy(front, choice)}
                {offers(front, &product)}
                {stock::stock(front, choice)}
            </div>
            {(!body.is_empty()).then(|| view! {
                <section class="product-body" aria-labelledby="about"><h2 id="about">{t.about()}</h2><div class="prose" inner_html=body></div></section>
            })}
        </article>
        {related(front, &product)}
    }
    .into_any()
}

/// Offers that are shown before the others are asked for.
const OFFERS: usize = 3;

fn offers(front: Front, product: &Product) -> Option<AnyView> {
    let t = Texts(front.locale);
    if product.promotions.is_empty() {
        return None;
    }
    let coupons = coupons(front, &product.promotions, OFFERS);
    Some(view! { <section class="product-offers" aria-labelledby="offers"><h2 id="offers">{t.offers()}</h2>{coupons}</section> }.into_any())
}

fn related(front: Front, product: &Product) -> Option<AnyView> {
    let t = Texts(front.locale);
    if product.related.is_empty() {
        return None;
    }
    let cards = ui::cards(front, product.related.clone());
    Some(
        view! { <section class="block" aria-labelledby="related"><h2 id="related">{t.related()}</h2>{cards}</section> }
            .into_any(),
    )
}

/// The first words of a description, without its markup.
fn summary(html: &str) -> String {
    let mut inside = false;
    let text = html.chars().filter(|one| {
        match one {
            '<' => inside = true,
            '>' => inside = false,
            _ => return !inside,
        }
        false
    });
    text.take(150).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_summary_has_no_markup() {
        assert_eq!(super::summary("<p>Green <b>tea</b>\n from Hangzhou.</p>"), "Green tea from Hangzhou.");
    }
}
