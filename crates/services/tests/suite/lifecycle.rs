//! What happens around an order: gifts that run out, a guest who signs in, price books that change, orders computed again.

use ids::Sku;
use pricing::{Cart, CompiledBook, Context, Instant, Quote};
use services::{Deed, ServiceError, Services, Who};
use testkit::{Database, TestShop, cart, each_database, order};
use wire::{RequestCode, SignIn, SliceRequest};

async fn guest(services: &Services) -> Who {
    let token = services.session_start().await.unwrap();
    Who { session: Some(token.hash), ..Who::default() }
}

fn sent(lines: &[(&str, i64)]) -> Cart {
    Cart { shipping_method: Some("standard".to_owned()), ..cart(lines) }
}

/// What the browser does: takes the slice and quotes by itself.
async fn seen(services: &Services, who: &Who, cart: &Cart) -> (Context, Quote) {
    let skus: Vec<Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let answer = services.slice(who, &SliceRequest { skus, ..SliceRequest::default() }).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(cart, &answer.context).unwrap();
    (answer.context, quote)
}

async fn buy(services: &Services, who: &Who, cart: &Cart, key: &str) -> Result<wire::Order, ServiceError> {
    let (context, quote) = seen(services, who, cart).await;
    services.place_order(who, &order(key, cart, &context, &quote)).await
}

async fn count(services: &Services, rows: &str) {
    let text = format!("SKU,Location,On hand,Safety\n{rows}");
    let plan = services.plan_stock(&[("stock.csv".to_owned(), text.into_bytes())]).await.unwrap();
    services.commit_stock(plan, &mut |_, _| ()).await.unwrap();
}

const PLACES: [&str; 9] =
    ["central", "east", "west", "sh-wukang", "sh-daxue", "hz-beishan", "hz-xiaohe", "cd-yulin", "cd-wangping"];

#[tokio::test]
async fn a_gift_that_runs_out_ends_its_promotion_and_the_shopper_decides_again() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let rows = PLACES.map(|place| format!("TEA-SAMPLE,{place},{},0\n", i64::from(place == "central")));
        count(services, &rows.concat()).await;
        let (who, cart) = (guest(services).await, sent(&[("TEA-POT-120", 3)]));
        let (context, quote) = seen(services, &who, &cart).await;
        assert_eq!(quote.gifts.len(), 1);
        buy(services, &who, &cart, "key-gift-1").await.unwrap();
        let late = order("key-gift-2", &cart, &context, &quote);
        let Err(ServiceError::PriceChanged(changed)) = services.place_order(&who, &late).await else { panic!("taken") };
        assert!(changed.quote.gifts.is_empty() && changed.quote.payable == quote.payable);
        let agreed = order("key-gift-2", &cart, &changed.context, &changed.quote);
        assert!(services.place_order(&who, &agreed).await.unwrap().quote.gifts.is_empty());
        // With new stock the promotion is back.
        count(services, "TEA-SAMPLE,east,9,0\n").await;
        assert_eq!(seen(services, &who, &cart).await.1.gifts.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_guest_who_signs_in_keeps_the_order_in_sight() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let token = services.session_start().await.unwrap();
        let who = Who { session: Some(token.hash), ..Who::default() };
        let placed = buy(services, &who, &sent(&[("TEA-POT-120", 1)]), "key-guest-1").await.unwrap();
        assert_eq!(placed.contact.phone, "139****5678");
        let phone = "13800000001".to_owned();
        services.request_code(&who, &RequestCode { phone: phone.clone() }).await.unwrap();
        let code = shop.mailbox.last("+8613800000001").unwrap();
        let signed = services.sign_in(&who, &SignIn { phone, code }).await.unwrap();
        assert!(services.session_find(&token.secret).await.unwrap().is_none(), "the old secret is worth nothing");
        assert!(services.order(&who, &placed.number).await.is_err());
        let member = Who { member: Some(signed.member), session: Some(signed.token.hash), ..Who::default() };
        assert_eq!(services.order(&member, &placed.number).await.unwrap().number, placed.number);
        // A member's own order is out of sight after signing out, even for a session that knew it.
        let own = buy(services, &member, &sent(&[("TEA-POT-120", 1)]), "key-member-1").await.unwrap();
        services.sign_out(&member).await.unwrap();
        let left = Who { member: None, ..member };
        assert!(matches!(services.order(&left, &own.number).await, Err(ServiceError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn sessions_end_when_they_are_not_used() {
    let shop = TestShop::new(Database::sqlite()).await;
    let (services, day) = (&shop.services, 86_400);
    let token = services.session_start().await.unwrap();
    for _ in 0..4 {
        shop.clock.advance_seconds(20 * day);
        assert!(services.session_find(&token.secret).await.unwrap().is_some());
    }
    shop.clock.advance_seconds(20 * day);
    assert!(services.session_find(&token.secret).await.unwrap().is_none(), "100 days are too long however it is used");
    let token = services.session_start().await.unwrap();
    shop.clock.advance_seconds(31 * day);
    assert!(services.session_find(&token.secret).await.unwrap().is_none());
    assert!(services.session_find("").await.unwrap().is_none());
}

#[tokio::test]
async fn a_published_book_holds_from_its_instant_on_for_all_servers() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (services, other) = (&shop.services, shop.another().await);
        let sku = Sku::new("TEA-POT-120").unwrap();
        let slice = SliceRequest { skus: vec![sku.clone()], ..SliceRequest::default() };
        let old = services.slice(&Who::default(), &slice).await.unwrap().slice;
        let mut book = old.part.clone();
        book.skus[0].price = "1.00".parse().unwrap();
        book.promotions.clear();
        let from = Instant(services.now().0 + 3_600_000);
        let deed = Deed { by: "lin".to_owned(), reason: "a test".to_owned() };
        let id = services.publish(book, &deed).await.unwrap().id;
        services.activate(&id, Some(from), &deed).await.unwrap();
        assert_eq!(services.slice(&Who::default(), &slice).await.unwrap().slice, old);
        shop.clock.advance_seconds(3_600);
        for services in [services, &other] {
            let now = services.slice(&Who::default(), &slice).await.unwrap().slice;
            assert_eq!((now.of, now.part.skus[0].price.to_string()), (id.clone(), "1.00".to_owned()));
        }
    })
    .await;
}

#[tokio::test]
async fn an_order_is_computed_again_from_what_it_kept() {
    let shop = TestShop::new(Database::sqlite()).await;
    let services = &shop.services;
    let who = guest(services).await;
    let placed = buy(services, &who, &sent(&[("COF-KT-BLK", 1), ("TEA-POT-120", 2)]), "key-again-1").await.unwrap();
    shop.clock.advance_seconds(400 * 86_400);
    count(services, "TEA-SAMPLE,east,1000,0\n").await;
    let record = services.order_record(&placed.number).await.unwrap();
    assert_eq!(record.repriced, placed.quote);
}

#[tokio::test]
async fn codes_on_shelves_are_found() {
    let shop = TestShop::new(Database::sqlite()).await;
    let services = &shop.services;
    let by_gtin = services.resolve_code("6901234100594").await.unwrap();
    assert_eq!((by_gtin.handle.as_str(), by_gtin.sku.as_str()), ("four-tea-sampler-box", "TEA-SAMPLE"));
    assert_eq!(services.resolve_code("06901234100594").await.unwrap(), by_gtin);
    let product = services.product(&Who::default(), &by_gtin.handle).await.unwrap();
    let short = product.variants[0].short_code.to_lowercase();
    assert_eq!(services.resolve_code(&short).await.unwrap(), by_gtin);
    for wrong in ["6901234100595", "", "no such code", "'; DROP TABLE products; --"] {
        assert!(matches!(services.resolve_code(wrong).await, Err(ServiceError::NotFound(_))), "{wrong}");
    }
}
