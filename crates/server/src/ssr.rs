//! Pages: the application rendered whole on the server, so that it reads well without JavaScript.

use crate::facts::{self, Choice};
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use crate::{csp, labels, pages};
use app::api::{ShopApi, Status};
use app::facts::Facts;
use async_trait::async_trait;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use ids::OrderNumber;
use leptos::context::use_context;
use leptos::nonce::Nonce;
use leptos_axum::ResponseOptions;
use services::Who;
use std::sync::Arc;
use wire::{Account, LabelRequest, Labels, Order, Problem, Product, ProductList, ProductQuery};

/// What a page reads while it is rendered: the use cases, asked by one shopper.
struct PageApi {
    state: AppState,
    who: Who,
}

#[expect(clippy::result_large_err, reason = "the application's trait answers so")]
fn answer<T>(result: services::Result<T>) -> Result<T, Problem> {
    result.map_err(|error| *Failure::from(error).problem)
}

#[async_trait]
impl ShopApi for PageApi {
    async fn products(&self, query: ProductQuery) -> Result<ProductList, Problem> {
        let who = self.who.at(query.channel.as_deref(), query.store.as_ref());
        answer(self.state.services.products(&who, &query).await)
    }

    async fn product(&self, handle: String) -> Result<Product, Problem> {
        let handle = handle.parse().map_err(|_| *Failure::not_found().problem)?;
        answer(self.state.services.product(&self.who, &handle).await)
    }

    async fn order(&self, number: OrderNumber) -> Result<Order, Problem> {
        answer(self.state.services.order(&self.who, &number).await)
    }

    async fn account(&self) -> Result<Account, Problem> {
        answer(self.state.services.account(&self.who).await)
    }

    async fn labels(&self, request: LabelRequest) -> Result<Labels, Problem> {
        answer(self.state.services.labels(&self.who, &request, &labels::Art).await)
    }
}

/// What the server finds out about a page request before it renders.
struct Found {
    facts: Arc<Facts>,
    who: Who,
    choice: Choice,
}

/// Renders the page at the request's address; the application says 404 where it has none.
pub async fn page(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return pages::method_not_allowed();
    }
    let (mut parts, body) = request.into_parts();
    match find_out(&state, &mut parts).await {
        Ok(found) => render(&state, found, Request::from_parts(parts, body)).await,
        Err(failure) => pages::of(&failure),
    }
}

async fn find_out(state: &AppState, parts: &mut axum::http::request::Parts) -> Result<Found, Failure> {
    let Caller(who) = Caller::from_request_parts(parts, state).await?;
    let shop = state.services.shop().await?;
    let session = state.services.session(&who).await?;
    let choice = facts::choose(&parts.uri, &parts.headers, &shop, state.https());
    let who = who.at(Some(choice.channel), choice.store.as_ref());
    let facts = Facts {
        locale: choice.locale,
        channel: choice.channel.to_owned(),
        store: choice.store.clone(),
        utc_offset_minutes: state.utc_offset_minutes(shop.now),
        shop,
        session,
        assets: state.site.assets(),
        nonce: Nonce::new().to_string(),
    };
    Ok(Found { facts: Arc::new(facts), who, choice })
}

async fn render(state: &AppState, found: Found, request: Request<Body>) -> Response {
    let Found { facts, who, choice } = found;
    let api: Arc<dyn ShopApi> = Arc::new(PageApi { state: state.clone(), who });
    let (context, document, path) = (facts.clone(), facts.clone(), request.uri().path().to_owned());
    let handler = leptos_axum::render_app_async_with_context(
        move || app::provide(context.clone(), api.clone(), status_setter()),
        move || app::shell(&document, &path),
    );
    let mut response = handler(request).await;
    if choice.unknown_kiosk && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    finish(&mut response, &facts, &choice, state.remote_images);
    response
}

/// Lets the application set the status of the response that it is being rendered for.
fn status_setter() -> Status {
    let options = use_context::<ResponseOptions>();
    Status(Arc::new(move |status| {
        if let (Some(options), Ok(status)) = (&options, StatusCode::from_u16(status)) {
            options.set_status(status);
        }
    }))
}

fn finish(response: &mut Response, facts: &Facts, choice: &Choice, remote_images: bool) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, csp::page(&facts.nonce, remote_images));
    // A page names its shopper. A kiosk has many, and the next one must not find it by the button "back".
    let cache = if facts.kiosk() { "no-store" } else { "private, no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("Cookie, Accept-Language"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(facts.locale.tag()));
    for cookie in choice.cookies.iter().filter_map(|cookie| HeaderValue::try_from(cookie).ok()) {
        headers.append(header::SET_COOKIE, cookie);
    }
}
