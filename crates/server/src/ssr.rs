//! Pages: the application rendered whole on the server, so that it reads well without JavaScript.

use crate::facts::{self, Choice};
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use crate::{api, csp, labels, pages};
use app::api::{ShopApi, Status};
use app::facts::Facts;
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{Extensions, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use ids::OrderNumber;
use leptos::context::use_context;
use leptos::nonce::Nonce;
use leptos_axum::ResponseOptions;
use services::Who;
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;
use wire::{Account, LabelRequest, Labels, Order, Problem, Product, ProductList, ProductQuery};

/// What a page reads while it is rendered: the use cases, asked by one shopper.
struct PageApi {
    state: AppState,
    who: Who,
    asked: Asked,
}

/// What says who asks, of the page's own request.
struct Asked {
    cookies: Vec<HeaderValue>,
    extensions: Extensions,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let cookies = request.headers().get_all(header::COOKIE).iter().cloned().collect();
        Self { cookies, extensions: request.extensions().clone() }
    }

    /// The same asker's request to the API.
    fn get(&self, path: &str) -> Result<Request, axum::http::Error> {
        let mut request = Request::get(format!("{}{path}", api::BASE)).body(Body::empty())?;
        *request.extensions_mut() = self.extensions.clone();
        for cookie in &self.cookies {
            request.headers_mut().append(header::COOKIE, cookie.clone());
        }
        Ok(request)
    }
}

/// The API's routes, to be asked without a network in between.
static ROUTES: LazyLock<Router<AppState>> = LazyLock::new(|| api::router().0);

/// So much of an answer is read; no page shows more.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("answers hold only strings, numbers and lists")
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

    async fn read(&self, path: String) -> Result<String, Problem> {
        let broken = || *Failure::internal().problem;
        let request = self.asked.get(&path).map_err(|_| *Failure::not_found().problem)?;
        let routes = ROUTES.clone().with_state(self.state.clone());
        let Ok(response) = routes.oneshot(request).await;
        let ok = response.status().is_success();
        let bytes = axum::body::to_bytes(response.into_body(), ANSWER_BYTES_MAX).await.map_err(|_| broken())?;
        let text = String::from_utf8(bytes.into()).map_err(|_| broken())?;
        if ok { Ok(text) } else { Err(serde_json::from_str(&text).unwrap_or_else(|_| broken())) }
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
        staff: state.services.staff_session(&who).staff.map(|staff| json(&staff)).unwrap_or_default(),
        assets: state.site.assets(),
        nonce: Nonce::new().to_string(),
    };
    Ok(Found { facts: Arc::new(facts), who, choice })
}

async fn render(state: &AppState, found: Found, request: Request<Body>) -> Response {
    let Found { facts, who, choice } = found;
    let api: Arc<dyn ShopApi> = Arc::new(PageApi { state: state.clone(), who, asked: Asked::of(&request) });
    let (context, document, path) = (facts.clone(), facts.clone(), request.uri().path().to_owned());
    let handler = leptos_axum::render_app_async_with_context(
        move || app::provide(context.clone(), api.clone(), status_setter()),
        move || app::shell(&document, &path),
    );
    // What the shop's own people see is on no disk, and not behind the button "back" of whoever comes to the till next.
    let is_staff = !facts.staff.is_empty() || request.uri().path().starts_with("/staff");
    let mut response = handler(request).await;
    if choice.unknown_kiosk && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    finish(&mut response, &facts, &choice, state.remote_images);
    if is_staff {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
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
