//! Pages as the server writes them, without JavaScript.

use crate::common::{request, shop};
use axum::body::Body;
use axum::http::{Method, StatusCode};

#[tokio::test]
async fn pages_are_complete_and_speak_the_asked_language() {
    let test = shop().await;
    let home = test.get("/").await;
    assert_eq!(home.status, StatusCode::OK, "{}", home.text());
    assert_eq!((home.header("content-language"), home.header("cache-control")), ("zh-CN", "private, no-cache"));
    let text = home.text();
    for part in
        ["<!DOCTYPE html>", "lang=\"zh-CN\"", "/pkg/b1/concord.css", "/pkg/b1/concord_bg.wasm", "hydrate", "</html>"]
    {
        assert!(text.contains(part), "{part}");
    }
    let english = test.get("/?lang=en").await;
    assert_eq!(english.header("content-language"), "en");
    assert!(english.cookies().iter().any(|cookie| cookie.starts_with("lang=en; Path=/")));
}

#[tokio::test]
async fn what_is_not_there_is_a_page_with_status_404() {
    let test = shop().await;
    for path in
        ["/no-such-page", "/01/6901234100113", "/01/06901234100112/99/x", "/s/no-such", "/kiosk/nowhere", "/p/no-such"]
    {
        let answer = test.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text());
        assert!(answer.text().contains("<!DOCTYPE html>"), "{path}");
    }
    for path in ["/cart", "/img/mark.svg", "/kiosk/exit"] {
        let posted = test.send(request(Method::POST, path).body(Body::empty()).unwrap()).await;
        assert_eq!((posted.status, posted.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"), "{path}");
        assert!(posted.text().contains("<!DOCTYPE html>"), "{path}");
    }
}

#[tokio::test]
async fn a_shelf_code_opens_its_product_in_its_store() {
    let test = shop().await;
    let product: wire::Product = test.read("/api/v1/products/longjing-tea-tin").await;
    let short = &product.variants[0].short_code;
    let target = "/p/longjing-tea-tin?sku=TEA-LJ-50";
    for (path, location) in [
        ("/01/6901234100112".to_owned(), target.to_owned()),
        ("/01/06901234100112?s=sh-1".to_owned(), format!("{target}&s=sh-1")),
        ("/01/06901234100112/10/LOT7/21/42?s=sh-1".to_owned(), format!("{target}&s=sh-1")),
        (format!("/s/{short}?s=sh-1"), format!("{target}&s=sh-1")),
    ] {
        let answer = test.get(&path).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::FOUND, location.as_str()), "{path}");
    }
    let page = test.get("/p/longjing-tea-tin?sku=TEA-LJ-50").await;
    assert!(page.status == StatusCode::OK && page.text().contains("龙井"), "{}", page.text());
}

#[tokio::test]
async fn a_kiosk_stays_a_kiosk_until_it_is_released() {
    let test = shop().await;
    let shop: wire::Shop = test.read("/api/v1/shop").await;
    let store = shop.places.iter().find(|place| place.kind == wire::PlaceKind::Store).unwrap();
    let answer = test.get(&format!("/kiosk/{}", store.id)).await;
    let cookie = answer.cookies().into_iter().find(|cookie| cookie.starts_with("place=kiosk:")).unwrap().to_owned();
    let page = test.get_as("/", cookie.split(';').next().unwrap()).await;
    assert!(page.text().contains("data-channel=\"kiosk\""));
    assert_eq!(page.header("cache-control"), "no-store");
    let exit = test.get("/kiosk/exit").await;
    assert_eq!((exit.status, exit.header("location")), (StatusCode::FOUND, "/"));
    assert!(exit.cookies()[0].starts_with("place=web; Path=/"));
}

#[tokio::test]
async fn pages_of_the_staff_are_kept_by_nobody_and_show_guests_the_sign_in() {
    let test = shop().await;
    for path in ["/staff", "/staff/tasks", "/staff/orders/C-1"] {
        let answer = test.get(path).await;
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-store"), "{path}");
        assert!(answer.text().contains("员工登录"), "{path}");
    }
}

#[tokio::test]
async fn codes_to_be_scanned_are_drawn_and_kept_by_no_cache() {
    let test = shop().await;
    let picture = test.get("/img/qr.svg?text=7KQ4M9XW").await;
    let kind = (picture.header("content-type"), picture.header("cache-control"));
    assert_eq!((picture.status, kind), (StatusCode::OK, ("image/svg+xml", "private, no-store")));
    assert!(picture.text().starts_with("<svg"));
    for bad in ["", "a%20b", "%3Cscript%3E", &"A".repeat(65)] {
        assert_eq!(test.get(&format!("/img/qr.svg?text={bad}")).await.status, StatusCode::NOT_FOUND, "{bad}");
    }
}
