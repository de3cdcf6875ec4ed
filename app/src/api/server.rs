//! The server's side: straight from the request's [`ShopApi`], without HTTP in between.

use super::{Ask, ShopApi, ask::NULL};
use serde::Serialize;
use std::sync::Arc;
use wire::Problem;

fn api() -> Arc<dyn ShopApi> {
    leptos::prelude::expect_context::<super::Api>().0
}

/// Answers a page's question as the API would.
pub async fn answer(ask: &Ask) -> Result<String, Problem> {
    let api = api();
    Ok(match ask.clone() {
        Ask::Products(query) => json(&api.products(query).await?),
        Ask::Product(handle, _) => json(&api.product(handle).await?),
        Ask::Order(number) => json(&api.order(number).await?),
        Ask::Account(None) => NULL.to_owned(),
        Ask::Account(Some(_)) => json(&api.account().await?),
        Ask::Labels(request) => json(&api.labels(request).await?),
        Ask::Path(path) => api.read(path).await?,
    })
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("answers hold only strings, numbers and lists")
}
