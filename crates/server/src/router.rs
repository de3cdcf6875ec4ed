//! All routes and the layers around them.

use crate::config::BODY_BYTES_MAX;
use crate::problem::Failure;
use crate::state::AppState;
use crate::{api, csp, demo_pay, health, limits, pages, pictures, redirects, ssr, telemetry};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The whole server.
pub fn router(state: &AppState) -> Router {
    // From the inside to the outside: a request passes the last layer first.
    let guarded = shop(state)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(csrf(state))
        .layer(from_fn_with_state(state.clone(), limits::all));
    guarded
        .merge(health::routes())
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        .layer(CatchPanicLayer::custom(|_| pages::internal()))
        .layer(from_fn_with_state(state.clone(), csp::headers))
        .layer(from_fn(telemetry::each_request))
        .with_state(state.clone())
}

fn shop(state: &AppState) -> Router<AppState> {
    Router::new()
        .merge(api())
        .route("/img/p/{file}", get(pictures::product))
        .route("/img/qr.svg", get(pictures::qr))
        .route("/img/pay/{file}", get(pictures::pay))
        .route("/img/{file}", get(pictures::other))
        .route("/01/{gtin}", get(redirects::digital_link))
        .route("/01/{gtin}/{*rest}", get(redirects::qualified_link))
        .route("/s/{short}", get(redirects::short_link))
        .route("/kiosk/exit", get(redirects::kiosk_exit))
        .route("/demo-pay/{id}", get(demo_pay::ask).post(demo_pay::answer))
        .nest_service("/pkg", built_files(state))
        .method_not_allowed_fallback(|| async { pages::method_not_allowed() })
        .fallback_service(static_file_or_page(state))
}

fn api() -> Router<AppState> {
    let (routes, document) = api::router();
    let described = Router::new()
        .merge(routes)
        .merge(documentation(document))
        .route("/api", any(Failure::not_found_here))
        .route("/api/{*rest}", any(Failure::not_found_here))
        .method_not_allowed_fallback(|| async { Failure::method_not_allowed() })
        .layer(CatchPanicLayer::custom(|_| Failure::internal().into_response()));
    described.layer(default_header(header::CACHE_CONTROL, "no-store"))
}

/// Swagger UI from its own crate: nothing is loaded from elsewhere.
fn documentation(document: utoipa::openapi::OpenApi) -> Router<AppState> {
    let config = Config::default().validator_url("none").try_it_out_enabled(true);
    let ui = SwaggerUi::new(api::DOCUMENTATION).url(api::DOCUMENT, document).config(config);
    let ui: Router<AppState> = ui.into();
    ui.layer(default_header(header::CONTENT_SECURITY_POLICY, csp::DOCUMENTATION))
}

fn default_header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// Files of a build never change: their folder is named by their content.
fn built_files(state: &AppState) -> Router {
    let files = ServeDir::new(state.site.dir().join("pkg")).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(files).layer(axum::middleware::map_response(keep_for_ever))
}

async fn keep_for_ever(mut response: Response) -> Response {
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let value = if found { "public, max-age=31536000, immutable" } else { "no-store" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    response
}

/// A file of `public/` if there is one, else a page.
fn static_file_or_page(state: &AppState) -> ServeDir<axum::routing::MethodRouter<(), std::convert::Infallible>> {
    let page = any(ssr::page).with_state(state.clone());
    ServeDir::new(state.site.dir())
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .fallback(page)
}

/// Refuses writing requests that pages of other sites send. The public address counts as ours behind a proxy that rewrites Host.
fn csrf(state: &AppState) -> CsrfLayer<fn(ProtectionError) -> Response> {
    let refuse: fn(ProtectionError) -> Response = |_| Failure::foreign_origin().into_response();
    let layer = CsrfLayer::new();
    let origin = state.public_url.origin().ascii_serialization();
    let layer = layer.clone().add_trusted_origin(origin).unwrap_or(layer);
    layer.with_rejection_response(refuse)
}
