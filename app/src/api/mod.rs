//! How pages get their data: on the server straight from [`ShopApi`], in the browser over HTTP. A page asks the same way on
//! both sides and does not know where it runs.

mod ask;
pub mod browser;
mod path;
#[cfg(feature = "ssr")]
mod server;

pub use ask::{Answer, AsIs, Ask, ask};
pub use path::{Query, encode};

use ids::OrderNumber;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use wire::{Account, LabelRequest, Labels, Order, Problem, Product, ProductList, ProductQuery};

/// What pages read while the server renders them. One value serves one request: it knows who is asking.
#[async_trait::async_trait]
pub trait ShopApi: Send + Sync {
    /// `GET /products`.
    async fn products(&self, query: ProductQuery) -> Result<ProductList, Problem>;
    /// `GET /products/{handle}`, with the request's store and channel. What can be no handle stands for nothing: 404.
    async fn product(&self, handle: String) -> Result<Product, Problem>;
    /// `GET /orders/{number}`, for its own shopper only.
    async fn order(&self, number: OrderNumber) -> Result<Order, Problem>;
    /// `GET /account`; a 401 problem for guests.
    async fn account(&self) -> Result<Account, Problem>;
    /// `GET /labels`.
    async fn labels(&self, request: LabelRequest) -> Result<Labels, Problem>;
    /// Any `GET` by its path below `/api/v1`: the answer's JSON as it is.
    async fn read(&self, path: String) -> Result<String, Problem>;
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

/// Reads JSON. All texts go through one tree of values, which leaves far less code per type than reading types from text.
///
/// # Errors
/// If the text is not what the type expects.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(tree(text)?)
}

fn tree(text: &str) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::from_str(text)
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
