//! Finding goods: a scanner's code, an article number, or words.

use super::Till;
use crate::{
    api::{Query, browser, encode},
    kiosk,
    ui::{self, Entry, Field},
};
use ids::Sku;
use leptos::{ev::SubmitEvent, prelude::*};
use serde::Deserialize;
use wire::{Problem, Product, ProductCard, ProductList, SkuInfo, SliceRequest, Variant};

/// Products in the list of what was found.
const FOUND_MAX: &str = "8";

/// What a search for goods led to.
enum Found {
    /// Just this.
    One(Sku),
    /// One of these.
    Several(Vec<ProductCard>),
}

/// What is offered to choose from.
#[derive(Clone)]
enum Offer {
    Products(Vec<ProductCard>),
    Variants(Box<Product>),
}

/// The field, which a scanner types into, and what was found by words.
pub fn field(till: Till) -> AnyView {
    let t = till.t;
    let (entry, offer) = (Entry::new(), RwSignal::new(None::<Offer>));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        look(till, entry.read(), entry, offer);
    };
    // A scan while the focus is elsewhere counts too.
    kiosk::listen(Callback::new(move |code| look(till, code, entry, offer)));
    Effect::new(move |_| request_animation_frame(move || entry.focus()));
    let offered = move || {
        offer.get().map(|offer_| match offer_ {
            Offer::Products(products) => products_view(till, products, entry, offer),
            Offer::Variants(product) => variants_view(till, &product, entry, offer),
        })
    };
    view! {
        <form class="till-find" role="search" novalidate on:submit=submit>
            {ui::field(Field { inputmode: "text", ..Field::plain("till-code", t.find(), 200) }, entry)}
            <button class="button quiet" type="submit" disabled=till.work.busy>{t.find_go()}</button>
        </form>
        <div aria-live="polite">{offered}</div>
    }
    .into_any()
}

fn look(till: Till, text: String, entry: Entry, offer: RwSignal<Option<Offer>>) {
    if text.is_empty() {
        return entry.focus();
    }
    if super::member::is_code(&text) {
        entry.write("");
        return super::member::find(till, text);
    }
    let store = till.store.get_untracked();
    let words = text.clone();
    let doing = async move {
        let store = store.as_ref().map(|store| store.as_str()).unwrap_or_default().to_owned();
        find(&words, &store).await
    };
    till.work.start(doing, move |found| {
        match found {
            Found::One(sku) => take(till, &sku, entry, offer),
            Found::Several(products) if products.is_empty() => till.work.wrong.set(Some(till.t.nothing(&text))),
            Found::Several(products) => offer.set(Some(Offer::Products(products))),
        }
        entry.focus();
    });
}

/// Sold: the field is free for the next thing.
fn take(till: Till, sku: &Sku, entry: Entry, offer: RwSignal<Option<Offer>>) {
    till.add(sku);
    entry.write("");
    offer.set(None);
    entry.focus();
}

/// What a scanned code or a typed article number stands for; none if it stands for nothing.
pub async fn sku_of(text: &str) -> Result<Option<Sku>, Problem> {
    if let Some(code) = kiosk::code_of(text) {
        match browser::resolve_code(&code).await {
            Ok(found) => return Ok(Some(found.sku)),
            Err(problem) if problem.status != 404 => return Err(problem),
            Err(_) => {}
        }
    }
    known_sku(text).await
}

/// A code first, then an article number, then words.
async fn find(text: &str, store: &str) -> Result<Found, Problem> {
    if let Some(sku) = sku_of(text).await? {
        return Ok(Found::One(sku));
    }
    let mut query = Query::new();
    query.add("q", text);
    query.add("store", store);
    query.add("size", FOUND_MAX);
    Ok(Found::Several(browser::get::<ProductList>(&format!("/products{query}")).await?.items))
}

/// All that is read of a slice here.
#[derive(Deserialize)]
struct Items {
    items: Vec<SkuInfo>,
}

/// The article number, if the shop has it.
async fn known_sku(text: &str) -> Result<Option<Sku>, Problem> {
    let Ok(sku) = Sku::new(text.to_uppercase()) else { return Ok(None) };
    let request = SliceRequest { skus: vec![sku.clone()], ..SliceRequest::default() };
    let answer = browser::slice(&request).await?;
    let items = crate::api::parse::<Items>(&answer).map_err(|_| browser::unreadable(200))?.items;
    Ok(items.into_iter().find(|item| item.sku == sku).map(|item| item.sku))
}

fn products_view(till: Till, products: Vec<ProductCard>, entry: Entry, offer: RwSignal<Option<Offer>>) -> AnyView {
    let front = till.desk.front;
    let rows = products.into_iter().map(|one| {
        let (title, image) = (front.say(&one.title), one.image.clone());
        let amount = front.money(one.price.price);
        let amount = if one.from { till.t.from(&amount) } else { amount };
        let choose = move |_| match one.variants {
            1 => take(till, &one.price.sku, entry, offer),
            _ => open(till, one.handle.as_str(), offer),
        };
        view! {
            <li>
                <button class="till-found" type="button" on:click=choose>
                    <img src=image alt="" width="48" height="48" loading="lazy"/>
                    <span>{title}</span>
                    <span class="amount">{amount}</span>
                </button>
            </li>
        }
    });
    view! { <ul class="till-offer" aria-label=till.t.found()>{rows.collect_view()}</ul> }.into_any()
}

fn open(till: Till, handle: &str, offer: RwSignal<Option<Offer>>) {
    let path = format!("/products/{}", encode(handle));
    let doing = async move { browser::get::<Product>(&path).await };
    till.work.start(doing, move |product| offer.set(Some(Offer::Variants(Box::new(product)))));
}

fn variants_view(till: Till, product: &Product, entry: Entry, offer: RwSignal<Option<Offer>>) -> AnyView {
    let front = till.desk.front;
    let title = front.say(&product.title);
    let row = |variant: &Variant| {
        let options: Vec<String> = variant.options.iter().map(|option| front.say(option)).collect();
        let (sku, amount) = (variant.sku.clone(), front.money(variant.price.price));
        view! {
            <li>
                <button class="till-found" type="button" on:click=move |_| take(till, &sku, entry, offer)>
                    <span>{title.clone()}<small>{options.join(" · ")}</small></span>
                    <span class="amount">{amount}</span>
                </button>
            </li>
        }
    };
    view! { <ul class="till-offer" aria-label=till.t.which()>{product.variants.iter().map(row).collect_view()}</ul> }
        .into_any()
}
