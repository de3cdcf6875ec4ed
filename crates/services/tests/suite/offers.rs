//! Offers whose facts the server keeps: units given so far, gifts in stock.

use pricing::{Cart, CompiledBook, Quote, book::PriceBook};
use serde_json::json;
use services::{Deed, Services, SessionToken, Who};
use testkit::{TestShop, cart, each_database, order};
use wire::SliceRequest;

async fn guest(services: &Services) -> Who {
    let SessionToken { hash, .. } = services.session_start().await.unwrap();
    Who { session: Some(hash), ..Who::default() }
}

/// A book of some SKUs with these promotions only, in force from now on.
async fn publish(services: &Services, skus: &[&str], promotions: serde_json::Value) {
    let skus = skus.iter().map(|sku| sku.parse().unwrap()).collect();
    let request = SliceRequest { skus, ..SliceRequest::default() };
    let answer = services.slice(&Who::default(), &request).await.unwrap();
    let promotions = serde_json::from_value(promotions).unwrap();
    let deed = Deed { by: "lin".to_owned(), reason: "a test".to_owned() };
    let id = services.publish(PriceBook { promotions, ..answer.slice.part }, &deed).await.unwrap().id;
    services.activate(&id, None, &deed).await.unwrap();
}

/// Buys as a guest whose browser quotes by itself.
async fn buy(services: &Services, cart: &Cart, key: &str) -> Quote {
    let who = guest(services).await;
    let skus = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let answer = services.slice(&who, &SliceRequest { skus, ..SliceRequest::default() }).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(cart, &answer.context).unwrap();
    services.place_order(&who, &order(key, cart, &answer.context, &quote)).await.unwrap().quote
}

fn sent(sku: &str, quantity: i64) -> Cart {
    Cart { shipping_method: Some("standard".to_owned()), ..cart(&[(sku, quantity)]) }
}

#[tokio::test]
async fn a_flash_price_is_given_on_so_many_units() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let then = json!({"fixed_price": "1.00", "on": "all"});
        let flash = json!([{"id": "FLASH", "class": "price", "then": then, "limit": {"units": 3}}]);
        publish(&shop.services, &["COF-KT-BLK"], flash).await;
        let mut given = Vec::new();
        for key in ["key-flash-1", "key-flash-2", "key-flash-3"] {
            let quote = buy(&shop.services, &sent("COF-KT-BLK", 2), key).await;
            given.push(quote.applied.iter().map(|one| one.units).sum::<i64>());
        }
        assert_eq!(given, [2, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn a_gift_that_is_out_of_stock_gives_way_to_the_next() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let then = json!({"gift": {"choose": ["PAP-IS-01", "TEA-POT-120"]}});
        let gift = json!([{"id": "GIFT", "class": "order", "then": then}]);
        publish(&shop.services, &["COF-KT-BLK", "PAP-IS-01", "TEA-POT-120"], gift).await;
        let first = buy(&shop.services, &sent("COF-KT-BLK", 1), "key-gift-1").await;
        let second = buy(&shop.services, &sent("COF-KT-BLK", 1), "key-gift-2").await;
        let gifts = [first, second].map(|quote| quote.gifts[0].sku.to_string());
        assert_eq!(gifts, ["PAP-IS-01", "TEA-POT-120"]);
    })
    .await;
}
