//! Pictures that the shop draws itself. The same product is the same picture, so browsers may keep them.

use crate::extract::Query;
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use crate::{csp, labels};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ids::{Handle, PaymentId};
use money::Locale;
use serde::Deserialize;
use services::Who;
use sha2::{Digest, Sha256};
use wire::PayNext;

const BANNER_SIDE_MAX: u32 = 4096;
/// The longest code that is drawn; numbers of orders and pick-up codes are far shorter.
const QR_CHARS_MAX: usize = 64;

/// `/img/p/{handle}.svg`.
pub async fn product(State(state): State<AppState>, file: Option<Path<String>>, headers: HeaderMap) -> Response {
    let handle = file.and_then(|Path(file)| Handle::new(file.strip_suffix(".svg")?).ok());
    let Some(handle) = handle else {
        return Failure::not_found().into_response();
    };
    match state.services.product(&Who::default(), &handle).await {
        Ok(product) => {
            let category = product.category.as_ref().map_or("", |slug| slug.as_str());
            let tags: Vec<&str> = product.tags.iter().map(String::as_str).collect();
            svg(art::product_svg(category, handle.as_str(), product.title.get(Locale::Zh), &tags), &headers)
        }
        Err(error) => Failure::from(error).into_response(),
    }
}

/// `/img/banner-{w}x{h}.svg` and `/img/mark.svg`.
pub async fn other(file: Option<Path<String>>, headers: HeaderMap) -> Response {
    let file = file.map(|Path(file)| file).unwrap_or_default();
    match (file.as_str(), banner_size(&file)) {
        ("mark.svg", _) => svg(art::brand_mark_svg(), &headers),
        (_, Some((width, height))) => svg(art::banner_svg("home", width, height), &headers),
        _ => Failure::not_found().into_response(),
    }
}

/// A short code that a page shows to be scanned, such as an order's number. In the query, which goes into no log.
#[derive(Deserialize)]
pub struct Shown {
    /// Letters, digits and dashes.
    text: String,
}

/// `/img/qr.svg?text=`. Some of these codes hand goods over, so no cache keeps them.
pub async fn qr(Query(Shown { text }): Query<Shown>) -> Response {
    let fine = (1..=QR_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let Some(picture) = fine.then(|| labels::qr_svg(&text)).flatten() else {
        return Failure::not_found().into_response();
    };
    unkept(picture)
}

/// `/img/pay/{payment}.svg`: what the shopper of an open payment scans, or where its provider's page is. Only for that shopper.
pub async fn pay(State(state): State<AppState>, Caller(who): Caller, file: Option<Path<String>>) -> Response {
    let id = file.and_then(|Path(file)| PaymentId::new(file.strip_suffix(".svg")?).ok());
    let Some(id) = id else {
        return Failure::not_found().into_response();
    };
    let next = match state.services.payment_next(&who, &id).await {
        Ok(next) => next,
        Err(error) => return Failure::from(error).into_response(),
    };
    let text = match next {
        Some(PayNext::Qr { text }) => text,
        Some(PayNext::Redirect { url }) => url,
        _ => return Failure::not_found().into_response(),
    };
    labels::qr_svg(&text).map_or_else(|| Failure::not_found().into_response(), unkept)
}

/// A picture that no cache keeps.
fn unkept(picture: String) -> Response {
    let mut response = svg(picture, &HeaderMap::new());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response.headers_mut().remove(header::ETAG);
    response
}

fn banner_size(file: &str) -> Option<(u32, u32)> {
    let (width, height) = file.strip_prefix("banner-")?.strip_suffix(".svg")?.split_once('x')?;
    let side = |text: &str| text.parse().ok().filter(|side| (1..=BANNER_SIDE_MAX).contains(side));
    Some((side(width)?, side(height)?))
}

fn svg(picture: String, headers: &HeaderMap) -> Response {
    let hash = Sha256::digest(picture.as_bytes());
    let tag = hash.iter().take(12).fold("\"".to_owned(), |tag, byte| format!("{tag}{byte:02x}")) + "\"";
    let tag = HeaderValue::try_from(tag).expect("hexadecimal digits in quotes");
    // A compressing proxy marks its form as weak; the picture is the same.
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known = known.flat_map(|value| value.split(',')).any(|known| known.trim().trim_start_matches("W/") == tag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { picture.into_response() };
    let fields = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400, stale-while-revalidate=604800")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(csp::PICTURE)),
        (header::ETAG, tag),
    ];
    for (name, value) in fields {
        response.headers_mut().insert(name, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_banner_has_a_sane_size() {
        assert_eq!(banner_size("banner-1280x480.svg"), Some((1280, 480)));
        for bad in ["banner-0x480.svg", "banner-99999x1.svg", "banner-1280.svg", "banner--1x5.svg", "x.svg"] {
            assert_eq!(banner_size(bad), None, "{bad}");
        }
    }
}
