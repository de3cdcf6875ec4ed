//! Every endpoint, the way it is meant to be used.

use crate::common::shop;
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::HashSet;
use wire::{Account, Labels, Order, Product, ProductList, Resolved, Session, Shop, SliceAnswer};

#[tokio::test]
async fn the_shop_and_its_catalogue_are_readable() {
    let test = shop().await;
    let shop: Shop = test.read("/api/v1/shop").await;
    assert_eq!((shop.categories.len(), shop.name.zh.as_str()), (5, "南窗"));
    let session: Session = test.read("/api/v1/session").await;
    assert_eq!(session.member, None);

    let all: ProductList = test.read("/api/v1/products?size=100").await;
    assert!(all.total >= 70, "{}", all.total);
    let tea: ProductList =
        test.read(&format!("/api/v1/products?category={}&sort=price_up", shop.categories[0].slug)).await;
    assert!(tea.total > 0 && tea.total < all.total);
    assert!(
        tea.items
            .windows(2)
            .all(|pair| pair[0].price.list <= pair[1].price.list || pair[0].price.price <= pair[1].price.price)
    );
    let mixed: ProductList = test.read("/api/v1/products?size=10&sort=mixed").await;
    let departments =
        |items: &[wire::ProductCard]| items.iter().map(|item| item.category.clone()).collect::<HashSet<_>>();
    assert_eq!([&mixed.items[..5], &mixed.items[5..]].map(|round| departments(round).len()), [5, 5]);
    for words in ["龙井", "longjing"] {
        let query = app::api::encode(words);
        let found: ProductList = test.read(&format!("/api/v1/products?q={query}")).await;
        assert!(found.items.iter().any(|item| item.handle.as_str() == "longjing-tea-tin"), "{words}");
    }

    let product: Product = test.read("/api/v1/products/longjing-tea-tin").await;
    let variant = &product.variants[0];
    let gtin = variant.gtin.as_deref().unwrap();
    for code in [gtin, gtin.strip_prefix('0').unwrap(), &variant.short_code] {
        let resolved: Resolved = test.read(&format!("/api/v1/codes/{code}")).await;
        assert_eq!((resolved.handle.as_str(), &resolved.sku), ("longjing-tea-tin", &variant.sku), "{code}");
    }
}

#[tokio::test]
async fn labels_open_the_product_in_the_store() {
    let test = shop().await;
    let shop: Shop = test.read("/api/v1/shop").await;
    let store = shop.places.iter().find(|place| place.kind == wire::PlaceKind::Store).unwrap();
    let labels: Labels = test.read(&format!("/api/v1/labels?store={}&handle=longjing-tea-tin", store.id)).await;
    let label = &labels.labels[0];
    assert_eq!(label.url, format!("http://127.0.0.1:3000/01/06901234100112?s={}", store.id));
    assert!(label.qr_svg.starts_with("<svg") && label.barcode_svg.as_deref().unwrap().starts_with("<svg"));

    let path = label.url.strip_prefix("http://127.0.0.1:3000").unwrap();
    let answer = test.get(path).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert_eq!(answer.header("location"), format!("/p/longjing-tea-tin?sku=TEA-LJ-50&s={}", store.id));
}

#[tokio::test]
async fn a_client_quotes_what_the_server_quotes() {
    let test = shop().await;
    let (sku, _) = test.some_sku().await;
    let cart = test.cart(&sku, 3).await;
    let slice: SliceAnswer = test.post("/api/v1/slice", &json!({"skus": [sku, "NO-SUCH"]})).await.json();
    assert_eq!(slice.items.iter().filter(|item| item.sku.as_str() == sku).count(), 1);
    let book = pricing::CompiledBook::from_slice(slice.slice).unwrap();
    let ours = book.quote(&serde_json::from_value(cart.clone()).unwrap(), &slice.context).unwrap();
    let answer = test.post("/api/v1/quote", &json!({"cart": cart})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let theirs: pricing::Quote = answer.json();
    assert_eq!((ours.payable, &ours.lines), (theirs.payable, &theirs.lines));
}

#[tokio::test]
async fn a_guest_orders_once_and_sees_the_order() {
    let test = shop().await;
    let (sku, _) = test.some_sku().await;
    let cart = test.cart(&sku, 1).await;
    let body = test.order_of(cart, "key-guest-1", "").await;
    let placed = test.post("/api/v1/orders", &body).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.text());
    let (order, cookie): (Order, String) = (placed.json(), placed.session());
    assert_eq!(order.quote.hash, body["quote_hash"].as_str().unwrap());

    let again = test.post_as("/api/v1/orders", &body, &cookie).await;
    assert_eq!(again.json::<Order>().number, order.number, "the same key is the same order");
    let seen = test.get_as(&format!("/api/v1/orders/{}", order.number), &cookie).await;
    assert_eq!(seen.json::<Order>().quote, order.quote);
}

#[tokio::test]
async fn a_guest_is_known_before_ordering() {
    let test = shop().await;
    let begun = test.post("/api/v1/session", &Value::Null).await;
    assert_eq!(begun.status, StatusCode::NO_CONTENT);
    let again = test.post_as("/api/v1/session", &Value::Null, &begun.session()).await;
    assert_eq!(again.status, StatusCode::NO_CONTENT);
    assert!(!again.cookies().iter().any(|cookie| cookie.contains("session=")), "one session is enough");
}

#[tokio::test]
async fn a_member_signs_in_orders_and_signs_out() {
    let test = shop().await;
    let cookie = test.sign_in("13912345678").await;
    let session: Session = test.get_as("/api/v1/session", &cookie).await.json();
    assert_eq!(session.member.unwrap().phone, "139****5678");

    let (sku, _) = test.some_sku().await;
    let body = test.order_of(test.cart(&sku, 1).await, "key-member-1", &cookie).await;
    let placed = test.post_as("/api/v1/orders", &body, &cookie).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.text());
    let account: Account = test.get_as("/api/v1/account", &cookie).await.json();
    assert_eq!((account.member.orders, account.orders.len()), (1, 1));

    let out = test.post_as("/api/v1/auth/sign-out", &Value::Null, &cookie).await;
    assert_eq!((out.status, out.session().as_str()), (StatusCode::NO_CONTENT, "session="));
    assert_eq!(test.get_as("/api/v1/account", &cookie).await.status, StatusCode::UNAUTHORIZED);
}
