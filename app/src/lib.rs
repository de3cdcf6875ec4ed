//! The shop's pages: rendered by the server, then taken over by the browser.
//!
//! Texts are plain structs with one static per language and feature (`Texts { .. }` in each feature's `texts.rs`): a missing
//! text does not compile, both sides hold the same bytes, and nothing is looked up at run time. An i18n crate would add
//! its run time to the download and its own idea of formatting, which the server and the browser must share exactly.

#![recursion_limit = "256"]

mod account;
pub mod api;
mod cart;
mod catalog;
mod checkout;
pub mod facts;
mod frame;
mod front;
mod home;
mod kiosk;
mod labels;
mod lost;
mod order;
mod parts;
mod product;
mod receipt;
mod root;
mod shell;
mod staff;
mod texts;
mod ui;

pub use root::App;
pub use shell::shell;

#[cfg(any(feature = "ssr", feature = "hydrate"))]
use std::sync::Arc;

/// Provides what [`App`] and [`shell`] expect of a request's context, on the server.
#[cfg(feature = "ssr")]
pub fn provide(facts: Arc<facts::Facts>, api: Arc<dyn api::ShopApi>, status: api::Status) {
    use leptos::context::provide_context;
    provide_context(leptos::nonce::Nonce::from_value(facts.nonce.clone()));
    provide_context(facts);
    provide_context(api::Api(api));
    provide_context(status);
}

/// Takes over the page that the server rendered. Done when all of it answers to the shopper.
#[cfg(feature = "hydrate")]
pub async fn hydrate() {
    use leptos::{context::provide_context, prelude::*};
    let script = document().get_element_by_id(facts::ELEMENT).and_then(|element| element.text_content());
    let Some(facts) = script.and_then(|text| facts::Facts::from_script(&text).ok()) else {
        // The page stays as the server wrote it: readable, with working links.
        leptos::logging::error!("this page carries no facts; reload it");
        return;
    };
    let (facts, ready) = (Arc::new(facts), ArcRwSignal::new(false));
    let is_ready = front::Ready(ready.clone());
    let page = leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), move || {
        provide_context(facts);
        provide_context(is_ready);
        view! { <App/> }
    });
    page.await.forget();
    ready.set(true);
}
