//! The first page: what the shop is, its departments, what is on offer, and some products to begin with.

mod coupons;
mod texts;

pub use coupons::coupons;

use crate::{
    api::{self, Ask},
    front::{Front, front},
    ui,
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use texts::Texts;
use wire::{Category, ProductList, ProductQuery, PromotionNote, Sort};

/// Products of the selection.
const SELECTION: i64 = 8;

/// Offers that are shown before the others are asked for.
const OFFERS: usize = 6;

/// `/`
#[component]
pub fn HomePage() -> impl IntoView {
    let front = front();
    let t = Texts(front.locale);
    let facts = front.facts();
    let (store, channel) = (facts.store.clone(), facts.channel.clone());
    let query = ProductQuery {
        size: Some(SELECTION),
        sort: Some(Sort::Mixed),
        in_stock: Some(true),
        store,
        channel: Some(channel),
        ..Default::default()
    };
    let data = ui::load(move || Ask::Products(query.clone()));
    let tagline = front.say(&facts.shop.tagline);
    view! {
        <Title text=""/>
        <Meta name="description" content=tagline.clone()/>
        <section class="hero">
            <picture>
                <source media="(max-width: 600px)" srcset="/img/banner-800x640.svg" width="800" height="640"/>
                <img src="/img/banner-1600x600.svg" alt="" width="1600" height="600" fetchpriority="high"/>
            </picture>
            <div class="hero-word">
                <h1>{tagline}</h1>
                <a class="button" href="/search">{t.look_around()}</a>
            </div>
        </section>
        <section class="block" aria-labelledby="departments">
            <h2 id="departments">{t.departments()}</h2>
            <ul class="tiles">{facts.shop.categories.iter().map(|one| tile(front, one)).collect_view()}</ul>
        </section>
        {(!facts.shop.promotions.is_empty()).then(|| view! {
            <section class="block" aria-labelledby="offers">
                <h2 id="offers">{t.offers()}</h2>
                {coupons(front, &codes_first(&facts.shop.promotions), OFFERS)}
            </section>
        })}
        <section class="block" aria-labelledby="selection">
            <div class="block-head"><h2 id="selection">{t.selection()}</h2><a href="/search">{t.all()}</a></div>
            {ui::loaded(front, data, move |found: ProductList| ui::cards(front, found.items))}
        </section>
    }
    .into_any()
}

fn tile(front: Front, category: &Category) -> AnyView {
    let t = Texts(front.locale);
    view! {
        <li>
            <a class="tile" href=format!("/c/{}", api::encode(category.slug.as_str()))>
                <span class="tile-name">{front.say(&category.name)}</span>
                <span class="tile-blurb">{front.say(&category.blurb)}</span>
                <span class="tile-count">{t.products(&category.products.to_string())}</span>
            </a>
        </li>
    }
    .into_any()
}

/// What a shopper can take comes before what applies by itself.
fn codes_first(notes: &[PromotionNote]) -> Vec<PromotionNote> {
    let (codes, others): (Vec<_>, Vec<_>) = notes.iter().cloned().partition(|note| note.coupon.is_some());
    codes.into_iter().chain(others).collect()
}
