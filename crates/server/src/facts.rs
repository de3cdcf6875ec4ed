//! What a page request says about language and place: by its address first, then by its cookies, then by its headers.

use app::api::encode;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum_extra::extract::cookie::CookieJar;
use ids::PlaceId;
use money::Locale;
use wire::{PlaceKind, Shop};

const YEAR_SECONDS: i64 = 365 * 24 * 3600;
/// A shopper who scanned a label stays in that store's context for so long.
const VISIT_SECONDS: i64 = 12 * 3600;

/// Language and place of a page request, and the cookies that keep them.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// The language.
    pub locale: Locale,
    /// `web` or `kiosk`.
    pub channel: &'static str,
    /// The store in whose context the shopper is.
    pub store: Option<PlaceId>,
    /// True if the address names a kiosk of a store that the shop does not have.
    pub unknown_kiosk: bool,
    /// Values of Set-Cookie, for what the address changed.
    pub cookies: Vec<String>,
}

/// Reads a page request. `secure` cookies stay with https.
#[must_use]
pub fn choose(uri: &Uri, headers: &HeaderMap, shop: &Shop, secure: bool) -> Choice {
    let jar = CookieJar::from_headers(headers);
    let cookie = |name: &str| jar.get(name).map(|cookie| cookie.value().to_owned());
    let mut cookies = Vec::new();
    let wanted = query(uri, "lang").and_then(|tag| Locale::from_tag(&tag));
    if let Some(locale) = wanted {
        let short = if locale == Locale::Zh { "zh" } else { "en" };
        cookies.push(set_cookie("lang", short, YEAR_SECONDS, secure));
    }
    let kept = cookie("lang").and_then(|tag| Locale::from_tag(&tag));
    let locale = wanted.or(kept).or_else(|| accepted(headers)).unwrap_or_default();

    let before = place(&cookie("place").unwrap_or_default(), shop);
    let kiosk_of = uri.path().strip_prefix("/kiosk/").filter(|rest| !rest.is_empty() && !rest.contains('/'));
    let after = match kiosk_of.map(|id| store(id, shop)) {
        Some(Some(store)) => ("kiosk", Some(store)),
        // A kiosk sells in its own store, whatever label is held before its camera.
        _ if before.0 == "kiosk" => before.clone(),
        _ => match query(uri, "s") {
            // `?s=` with nothing after it is the way out of the store.
            Some(id) if id.is_empty() => ("web", None),
            Some(id) => store(&id, shop).map_or_else(|| before.clone(), |store| ("web", Some(store))),
            None => before.clone(),
        },
    };
    if after != before {
        cookies.push(place_cookie(after.0, after.1.as_ref(), secure));
    }
    let unknown_kiosk = kiosk_of.is_some_and(|id| store(id, shop).is_none());
    Choice { locale, channel: after.0, store: after.1, unknown_kiosk, cookies }
}

/// The Set-Cookie value that keeps a place.
#[must_use]
pub fn place_cookie(channel: &str, store: Option<&PlaceId>, secure: bool) -> String {
    let value = store.map_or_else(|| channel.to_owned(), |store| format!("{channel}:{}", encode(store.as_str())));
    set_cookie("place", &value, if channel == "kiosk" { YEAR_SECONDS } else { VISIT_SECONDS }, secure)
}

/// Scripts may read these cookies: they hold no secret, and the page's own switches write them.
fn set_cookie(name: &str, value: &str, age_seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; SameSite=Lax; Max-Age={age_seconds}{secure}")
}

/// A store by its id, as it is or percent-encoded as in a path.
fn store(text: &str, shop: &Shop) -> Option<PlaceId> {
    let mut stores = shop.places.iter().filter(|place| place.kind == PlaceKind::Store).map(|place| &place.id);
    stores.find(|id| id.as_str() == text || encode(id.as_str()) == text).cloned()
}

fn place(cookie: &str, shop: &Shop) -> (&'static str, Option<PlaceId>) {
    let (channel, id) = cookie.split_once(':').unwrap_or((cookie, ""));
    match (channel, store(id, shop)) {
        ("kiosk", Some(store)) => ("kiosk", Some(store)),
        ("web", store) => ("web", store),
        _ => ("web", None),
    }
}

/// The first value of a key of the query string.
#[must_use]
pub fn query(uri: &Uri, key: &str) -> Option<String> {
    let pairs = url::form_urlencoded::parse(uri.query()?.as_bytes());
    pairs.into_iter().find(|(name, _)| name == key).map(|(_, value)| value.into_owned())
}

/// The language of the shop that Accept-Language likes best.
fn accepted(headers: &HeaderMap) -> Option<Locale> {
    let text = headers.get(header::ACCEPT_LANGUAGE).map(HeaderValue::to_str)?.ok()?;
    let mut best: Option<(u32, Locale)> = None;
    for item in text.split(',') {
        let (tag, weight) = item.split_once(";q=").unwrap_or((item, "1"));
        let weight = thousandths(weight.trim());
        if let Some(locale) = Locale::from_tag(tag.trim())
            && weight > best.map_or(0, |(best, _)| best)
        {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

/// `0.8` is 800; what is no such number is 0.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    if fraction.len() > 3 {
        return 0;
    }
    format!("{whole}{fraction:0<3}").parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> Shop {
        let store = |id: &str, kind: &str| serde_json::json!({"id": id, "kind": kind, "name": {}, "city": {}, "address": {}, "hours": {}, "phone": ""});
        serde_json::from_value(serde_json::json!({
            "name": {}, "tagline": {}, "currency": "CNY", "book": "b", "engine": "0", "now": "2026-01-15T12:00:00Z",
            "categories": [], "shipping": [], "levels": [], "promotions": [],
            "places": [store("sh-01", "store"), store("静安", "store"), store("east", "regional")],
        }))
        .unwrap()
    }

    fn read(uri: &str, cookies: &str, language: &str) -> Choice {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookies.parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, language.parse().unwrap());
        choose(&uri.parse().unwrap(), &headers, &shop(), false)
    }

    #[test]
    fn the_language_comes_from_address_then_cookie_then_browser() {
        let of = |uri, cookies, language| read(uri, cookies, language).locale;
        assert_eq!(of("/", "", "fr, en-GB;q=0.8, zh;q=0.7"), Locale::En);
        assert_eq!(of("/", "", "en;q=0.1, zh-CN;q=0.9"), Locale::Zh);
        assert_eq!(of("/", "", "fr, en;q=0"), Locale::Zh);
        assert_eq!(of("/", "lang=en", "zh"), Locale::En);
        assert_eq!(of("/?lang=zh", "lang=en", "en"), Locale::Zh);
        let choice = read("/p/x?a=1&lang=en", "", "zh");
        assert_eq!(choice.cookies, ["lang=en; Path=/; SameSite=Lax; Max-Age=31536000"]);
    }

    #[test]
    fn the_place_is_a_store_of_the_shop_or_none() {
        let of = |uri, cookies| {
            let choice = read(uri, cookies, "");
            (choice.channel, choice.store.map(|id| id.to_string()), choice.cookies.len(), choice.unknown_kiosk)
        };
        let some = |id: &str| Some(id.to_owned());
        assert_eq!(of("/", ""), ("web", None, 0, false));
        assert_eq!(of("/p/x?s=sh-01", ""), ("web", some("sh-01"), 1, false));
        assert_eq!(of("/p/x?s=%E9%9D%99%E5%AE%89", ""), ("web", some("静安"), 1, false));
        assert_eq!(of("/p/x?s=east", ""), ("web", None, 0, false), "a warehouse sells nothing");
        assert_eq!(of("/p/x?s=nowhere", "place=web:sh-01"), ("web", some("sh-01"), 0, false));
        assert_eq!(of("/p/x?s=", "place=web:sh-01"), ("web", None, 1, false), "the shopper leaves the store");
        assert_eq!(of("/p/x?s=", "place=kiosk:sh-01"), ("kiosk", some("sh-01"), 0, false));
        assert_eq!(of("/kiosk/sh-01", ""), ("kiosk", some("sh-01"), 1, false));
        assert_eq!(of("/", "place=kiosk:sh-01"), ("kiosk", some("sh-01"), 0, false));
        assert_eq!(of("/p/x?s=%E9%9D%99%E5%AE%89", "place=kiosk:sh-01"), ("kiosk", some("sh-01"), 0, false));
        assert_eq!(of("/kiosk/nowhere", ""), ("web", None, 0, true));
        assert_eq!(of("/", "place=kiosk:gone"), ("web", None, 0, false));
        assert_eq!(of("/", "place=web:%E9%9D%99%E5%AE%89"), ("web", some("静安"), 0, false));
    }
}
