//! How pages get their data: on the server straight from [`ShopApi`], in the browser over HTTP. The same function names on
//! both sides, so that a page does not know where it runs.

pub mod browser;
mod path;

pub use path::{Query, encode};

use ids::{Handle, OrderNumber};
use std::sync::Arc;
use wire::{Account, LabelRequest, Labels, Order, Problem, Product, ProductList, ProductQuery};

/// What pages read while the server renders them. One value serves one request: it knows who is asking.
#[async_trait::async_trait]
pub trait ShopApi: Send + Sync {
    /// `GET /products`.
    async fn products(&self, query: ProductQuery) -> Result<ProductList, Problem>;
    /// `GET /products/{handle}`, with the request's store and channel.
    async fn product(&self, handle: Handle) -> Result<Product, Problem>;
    /// `GET /orders/{number}`, for its own shopper only.
    async fn order(&self, number: OrderNumber) -> Result<Order, Problem>;
    /// `GET /account`; a 401 problem for guests.
    async fn account(&self) -> Result<Account, Problem>;
    /// `GET /labels`.
    async fn labels(&self, request: LabelRequest) -> Result<Labels, Problem>;
}

/// The request's [`ShopApi`], as a context.
#[derive(Clone)]
pub struct Api(pub Arc<dyn ShopApi>);

/// Sets the HTTP status of the page that is being rendered, as a context; absent in the browser.
#[derive(Clone)]
pub struct Status(pub Arc<dyn Fn(u16) + Send + Sync>);

/// Sets the HTTP status of the page; nothing happens in the browser.
pub fn set_status(status: u16) {
    if let Some(Status(set)) = leptos::context::use_context() {
        set(status);
    }
}

#[cfg(feature = "ssr")]
fn api() -> Arc<dyn ShopApi> {
    leptos::prelude::expect_context::<Api>().0
}

/// A page of products.
///
/// # Errors
/// Any problem the server names, or that the network is away.
pub async fn products(query: ProductQuery) -> Result<ProductList, Problem> {
    #[cfg(feature = "ssr")]
    return api().products(query).await;
    #[cfg(not(feature = "ssr"))]
    browser::get(&format!("/products{}", Query::of(&query))).await
}

/// One product with its prices for the request's store and channel.
///
/// # Errors
/// Any problem the server names, 404 for an unknown handle, or that the network is away.
pub async fn product(handle: Handle, place: Place) -> Result<Product, Problem> {
    #[cfg(feature = "ssr")]
    return {
        let _ = place;
        api().product(handle).await
    };
    #[cfg(not(feature = "ssr"))]
    browser::get(&format!("/products/{}{}", encode(handle.as_str()), place.query())).await
}

/// An order of this shopper.
///
/// # Errors
/// Any problem the server names, 404 for an order of somebody else, or that the network is away.
pub async fn order(number: OrderNumber) -> Result<Order, Problem> {
    #[cfg(feature = "ssr")]
    return api().order(number).await;
    #[cfg(not(feature = "ssr"))]
    browser::get(&format!("/orders/{}", encode(number.as_str()))).await
}

/// The member's own page.
///
/// # Errors
/// Any problem the server names, 401 for guests, or that the network is away.
pub async fn account() -> Result<Account, Problem> {
    #[cfg(feature = "ssr")]
    return api().account().await;
    #[cfg(not(feature = "ssr"))]
    browser::get("/account").await
}

/// A sheet of shelf labels.
///
/// # Errors
/// Any problem the server names, or that the network is away.
pub async fn labels(request: LabelRequest) -> Result<Labels, Problem> {
    #[cfg(feature = "ssr")]
    return api().labels(request).await;
    #[cfg(not(feature = "ssr"))]
    browser::get(&format!("/labels{}", Query::of(&request))).await
}

/// The channel and store that prices and stock are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `web` or `kiosk`.
    pub channel: String,
    /// The store, if the shopper is in one.
    pub store: Option<ids::PlaceId>,
}

impl Place {
    /// As a query string.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = Query::new();
        query.add("store", self.store.as_ref().map_or("", |store| store.as_str()));
        query.add("channel", &self.channel);
        query.to_string()
    }
}
