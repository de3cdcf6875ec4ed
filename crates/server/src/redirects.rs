//! Addresses on shelf labels, and the way out of a kiosk: they lead elsewhere.

use crate::codes::{are_qualifiers, gtin_14};
use crate::facts::{place_cookie, query};
use crate::pages;
use crate::problem::Failure;
use crate::ssr;
use crate::state::AppState;
use app::api::{Query, encode};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use services::ServiceError;

/// `/01/{gtin}`, a GS1 Digital Link.
pub async fn digital_link(state: State<AppState>, gtin: Option<Path<String>>, request: Request) -> Response {
    let code = gtin.and_then(|Path(text)| gtin_14(&text));
    follow(state, code, request).await
}

/// `/01/{gtin}/10/{lot}/21/{serial}`: the same product; lot and serial do not change what is sold.
pub async fn qualified_link(
    state: State<AppState>,
    path: Option<Path<(String, String)>>,
    request: Request,
) -> Response {
    let code = path.filter(|Path((_, rest))| are_qualifiers(rest)).and_then(|Path((gtin, _))| gtin_14(&gtin));
    follow(state, code, request).await
}

/// `/s/{short}`, our own code for what has no GTIN.
pub async fn short_link(state: State<AppState>, short: Option<Path<String>>, request: Request) -> Response {
    // A GTIN has its own address, so that one product has one of each kind.
    let code = short.map(|Path(text)| text).filter(|text| gtin_14(text).is_none());
    follow(state, code, request).await
}

/// 302 to the product page in the store's context. What is unknown gets the shop's own page for that.
async fn follow(State(state): State<AppState>, code: Option<String>, request: Request) -> Response {
    let found = match code {
        Some(code) => state.services.resolve_code(&code).await,
        None => Err(ServiceError::NotFound(services::Thing::Code)),
    };
    let resolved = match found {
        Ok(resolved) => resolved,
        Err(error @ ServiceError::Internal(_)) => return pages::of(&Failure::from(error)),
        Err(_) => return ssr::page(State(state), request).await,
    };
    let mut target = Query::new();
    target.add("sku", resolved.sku.as_str());
    for key in ["s", "lang"] {
        target.add(key, &query(request.uri(), key).unwrap_or_default());
    }
    found_at(&format!("/p/{}{target}", encode(resolved.handle.as_str())))
}

fn found_at(address: &str) -> Response {
    let address = HeaderValue::try_from(address).unwrap_or(HeaderValue::from_static("/"));
    let mut response = StatusCode::FOUND.into_response();
    response.headers_mut().insert(header::LOCATION, address);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// `/kiosk/exit`: this browser is no kiosk any more.
pub async fn kiosk_exit(State(state): State<AppState>, _uri: Uri) -> Response {
    let mut response = found_at("/");
    if let Ok(cookie) = HeaderValue::try_from(place_cookie("web", None, state.https())) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
