//! One story of a shop, told on SQLite and on PostgreSQL.

use ids::{CouponCode, PlaceId, Sku};
use pricing::{Cart, CompiledBook, Quote};
use services::{ServiceError, Services, SessionToken, Who};
use testkit::{Database, TestShop, cart, each_database, order};
use wire::{Delivery, PlaceOrder, ProductQuery, QuoteRequest, RequestCode, SignIn, SliceRequest, Sort};

async fn guest(services: &Services) -> Who {
    let SessionToken { hash, .. } = services.session_start().await.unwrap();
    Who { session: Some(hash), ..Who::default() }
}

async fn member(shop: &TestShop, phone: &str) -> Who {
    let who = guest(&shop.services).await;
    shop.clock.advance_seconds(61);
    shop.services.request_code(&who, &RequestCode { phone: phone.to_owned() }).await.unwrap();
    let code = shop.mailbox.last(&format!("+86{phone}")).unwrap();
    let signed = shop.services.sign_in(&who, &SignIn { phone: phone.to_owned(), code }).await.unwrap();
    Who { member: Some(signed.member), session: Some(signed.token.hash), ..who }
}

/// What the browser does: takes the slice and quotes by itself.
async fn seen(services: &Services, who: &Who, cart: &Cart) -> (pricing::Context, Quote) {
    let skus: Vec<Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let request = SliceRequest { skus, coupons: cart.coupons.clone(), ..SliceRequest::default() };
    let answer = services.slice(who, &request).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(cart, &answer.context).unwrap();
    (answer.context, quote)
}

async fn buy(services: &Services, who: &Who, cart: &Cart, key: &str) -> Result<wire::Order, ServiceError> {
    let (context, quote) = seen(services, who, cart).await;
    services.place_order(who, &order(key, cart, &context, &quote)).await
}

fn sent(lines: &[(&str, i64)]) -> Cart {
    Cart { shipping_method: Some("standard".to_owned()), ..cart(lines) }
}

#[tokio::test]
async fn browsing_and_searching() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let find = |q: &'static str| {
            let query = ProductQuery { q: Some(q.to_owned()), ..ProductQuery::default() };
            let services = shop.services.clone();
            async move { services.products(&Who::default(), &query).await.unwrap() }
        };
        for (text, least) in [("龙井", 1), ("tea", 3), ("notebook", 1), ("手工皂", 2), ("没有这种东西", 0)] {
            let found = find(text).await;
            assert!(found.total >= least && (least > 0 || found.total == 0), "{text}: {}", found.total);
        }
        let all = shop.services.products(&Who::default(), &ProductQuery::default()).await.unwrap();
        assert_eq!((all.total, all.items.len()), (81, 24));
        assert_eq!(all.facets[0].values.len(), 5);
        for (sort, sign) in [(Sort::PriceUp, 1), (Sort::PriceDown, -1)] {
            let mut prices = Vec::new();
            for page in 1..=4 {
                let query = ProductQuery { sort: Some(sort), page: Some(page), ..ProductQuery::default() };
                let found = shop.services.products(&Who::default(), &query).await.unwrap();
                prices.extend(found.items.iter().map(|card| sign * card.price.price));
            }
            assert_eq!(prices.len(), 81);
            assert!(prices.is_sorted(), "{prices:?}");
        }
        for card in &all.items {
            let product = shop.services.product(&Who::default(), &card.handle).await.unwrap();
            assert!(!product.variants.is_empty() && !product.title.en.is_empty() && !product.title.zh.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn the_browsers_quote_is_the_servers_and_becomes_an_order() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let who = guest(services).await;
        let cart = sent(&[("COF-KT-BLK", 1), ("TEA-POT-120", 2)]);
        let (context, quote) = seen(services, &who, &cart).await;
        let asked =
            services.quote(&who, &QuoteRequest { cart: cart.clone(), store: None, channel: None }).await.unwrap();
        assert_eq!(asked, quote, "the slice in the browser and the book on the server give the same bytes");
        assert!(quote.discount > 0 && !quote.applied.is_empty());
        let request = order("key-one-1", &cart, &context, &quote);
        let placed = services.place_order(&who, &request).await.unwrap();
        assert_eq!(placed.quote, quote);
        // The same key again is the same order; with another body it is refused.
        assert_eq!(services.place_order(&who, &request).await.unwrap().number, placed.number);
        let other = PlaceOrder { cart: sent(&[("TEA-POT-120", 1)]), ..request.clone() };
        assert!(matches!(services.place_order(&who, &other).await, Err(ServiceError::Conflict)));
        // Only who placed it sees it.
        assert_eq!(services.order(&who, &placed.number).await.unwrap().quote.hash, quote.hash);
        let stranger = guest(services).await;
        assert!(matches!(services.order(&stranger, &placed.number).await, Err(ServiceError::NotFound(_))));
        assert!(matches!(services.order(&Who::default(), &placed.number).await, Err(ServiceError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn a_price_that_changed_is_shown_and_not_charged() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let who = guest(services).await;
        let cart = sent(&[("COF-KT-BLK", 1)]);
        let (context, quote) = seen(services, &who, &cart).await;
        let forged = PlaceOrder { quote_hash: "0".repeat(32), ..order("key-forged", &cart, &context, &quote) };
        let Err(ServiceError::PriceChanged(changed)) = services.place_order(&who, &forged).await else {
            panic!("taken")
        };
        assert_eq!(changed.quote.payable, quote.payable);
        // The flash price ends; the page is not loaded again.
        shop.clock.advance_seconds(3 * 24 * 60 * 60);
        let late = order("key-late-1", &cart, &context, &quote);
        let Err(ServiceError::PriceChanged(changed)) = services.place_order(&who, &late).await else { panic!("taken") };
        assert!(changed.quote.payable > quote.payable);
        let accepted = order("key-late-2", &cart, &changed.context, &changed.quote);
        assert_eq!(services.place_order(&who, &accepted).await.unwrap().quote, changed.quote);
    })
    .await;
}

#[tokio::test]
async fn the_last_unit_is_sold_once() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let cart = sent(&[("PAP-IS-01", 1)]);
        let mut tries = tokio::task::JoinSet::new();
        for at in 0..8 {
            let (services, cart) =
                (if at % 2 == 0 { shop.services.clone() } else { shop.another().await }, cart.clone());
            tries.spawn(async move {
                let who = guest(&services).await;
                buy(&services, &who, &cart, &format!("key-last-{at}")).await
            });
        }
        let results = tries.join_all().await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        let short = results.iter().filter(|result| matches!(result, Err(ServiceError::OutOfStock(_))));
        assert_eq!(short.count(), 7, "{results:?}");
    })
    .await;
}

#[tokio::test]
async fn a_limited_code_is_used_no_more_often_than_allowed() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = member(&shop, "13900000009").await;
        let mut cart = sent(&[("TEA-POT-120", 1)]);
        cart.coupons = vec![CouponCode::new("LUCKY10").unwrap()];
        let mut tries = tokio::task::JoinSet::new();
        for at in 0..4 {
            let (services, who, cart) = (shop.services.clone(), who.clone(), cart.clone());
            tries.spawn(async move { buy(&services, &who, &cart, &format!("key-lucky-{at}")).await });
        }
        let results = tries.join_all().await;
        let with_code = |result: &Result<wire::Order, ServiceError>| {
            result.as_ref().is_ok_and(|order| order.quote.coupons.iter().any(|one| one.refused.is_none()))
        };
        assert_eq!(results.iter().filter(|result| with_code(result)).count(), 1, "{results:?}");
    })
    .await;
}

#[tokio::test]
async fn signing_in_by_code() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let who = guest(services).await;
        let phone = "13800000002".to_owned();
        let wrong = services.request_code(&who, &RequestCode { phone: "12345".to_owned() }).await;
        assert!(matches!(wrong, Err(ServiceError::Invalid(_))));
        services.request_code(&who, &RequestCode { phone: phone.clone() }).await.unwrap();
        let soon = services.request_code(&who, &RequestCode { phone: phone.clone() }).await;
        assert!(matches!(soon, Err(ServiceError::RateLimited { .. })));
        let code = shop.mailbox.last("+8613800000002").unwrap();
        let bad = if code == "000000" { "000001" } else { "000000" };
        for left in (0..4).rev() {
            let tried = services.sign_in(&who, &SignIn { phone: phone.clone(), code: bad.to_owned() }).await;
            assert!(matches!(tried, Err(ServiceError::WrongCode { tries_left }) if tries_left == left + 1), "{left}");
        }
        let signed = services.sign_in(&who, &SignIn { phone: phone.clone(), code: code.clone() }).await.unwrap();
        assert_eq!(signed.session.member.unwrap().phone, "138****0002");
        // The code is spent, and the session that was there before is gone.
        assert!(services.sign_in(&who, &SignIn { phone, code }).await.is_err());
        assert!(services.session_find(&signed.token.secret).await.unwrap().unwrap().member.is_some());
        let gold = Who { member: Some(signed.member), session: Some(signed.token.hash), ..Who::default() };
        let account = services.account(&gold).await.unwrap();
        assert_eq!(account.member.level.as_ref().map(ids::LevelId::as_str), Some("gold"));
        assert!(matches!(services.account(&who).await, Err(ServiceError::SignInNeeded)));
    })
    .await;
}

#[tokio::test]
async fn a_member_earns_and_spends_points() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = member(&shop, "13800000001").await;
        let before = shop.services.account(&who).await.unwrap().member;
        let mut cart = sent(&[("TEA-POT-120", 1)]);
        cart.points = 100;
        let placed = buy(&shop.services, &who, &cart, "key-points").await.unwrap();
        assert_eq!((placed.quote.points_spent, placed.quote.points_value), (100, 100));
        // What the order earned waits until it can't come back any more.
        let after = shop.services.account(&who).await.unwrap();
        assert_eq!((after.member.points, after.outlook.pending), (before.points - 100, placed.quote.points_earned));
        shop.clock.advance_seconds(15 * 86_400);
        assert_eq!(shop.services.release_points().await.unwrap(), placed.quote.points_earned);
        let after = shop.services.account(&who).await.unwrap();
        assert_eq!(after.member.points, before.points - 100 + placed.quote.points_earned);
        assert!(shop.services.prove_ledger(shop.services.now()).await.unwrap().holds());
        assert_eq!((after.points.len(), after.orders.len(), after.member.orders), (2, 1, before.orders + 1));
    })
    .await;
}

#[tokio::test]
async fn a_store_has_its_own_offers_and_stock() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let store = PlaceId::new("sh-wukang").unwrap();
        let kiosk = Who { channel: "kiosk".to_owned(), store: Some(store.clone()), ..Who::default() };
        let coffee = ProductQuery { tag: Some("咖啡豆".to_owned()), ..ProductQuery::default() };
        let price = |who: Who, services: Services, query: ProductQuery| async move {
            services.products(&who, &query).await.unwrap().items[0].price.clone()
        };
        let on_web = price(Who::default(), shop.services.clone(), coffee.clone()).await;
        let in_store = price(kiosk, shop.services.clone(), coffee).await;
        assert!(in_store.price < on_web.price && in_store.list == on_web.list && !in_store.reasons.is_empty());
        let nowhere = Who { store: Some(PlaceId::new("nowhere").unwrap()), ..Who::default() };
        let refused = shop.services.products(&nowhere, &ProductQuery::default()).await;
        assert!(matches!(refused, Err(ServiceError::Invalid(_))));
        let who = guest(&shop.services).await;
        let cart = cart(&[("TEA-POT-120", 1)]);
        let (context, quote) = seen(&shop.services, &who, &cart).await;
        let picked =
            PlaceOrder { delivery: Delivery::PickUp { store }, ..order("key-pick-up", &cart, &context, &quote) };
        assert!(shop.services.place_order(&who, &picked).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn wrong_orders_are_refused_with_every_fault_named() {
    let shop = TestShop::new(Database::sqlite()).await;
    let who = guest(&shop.services).await;
    let good = sent(&[("TEA-POT-120", 1)]);
    let (context, quote) = seen(&shop.services, &who, &good).await;
    let good = order("key-wrong-1", &good, &context, &quote);
    let change = |edit: fn(&mut PlaceOrder)| {
        let mut request = good.clone();
        edit(&mut request);
        request
    };
    let rows: [(PlaceOrder, &str); 7] = [
        (change(|one| one.idempotency_key = "short".to_owned()), "idempotency_key"),
        (change(|one| one.cart.lines.clear()), "cart.lines"),
        (change(|one| one.cart.lines[0].quantity = 0), "cart.lines[0].quantity"),
        (change(|one| one.cart.lines[0].sku = Sku::new("NONE").unwrap()), "cart.lines[0].sku"),
        (change(|one| one.contact.phone = "123".to_owned()), "contact.phone"),
        (change(|one| one.cart.shipping_method = None), "cart.shipping_method"),
        (change(|one| one.delivery = Delivery::PickUp { store: PlaceId::new("central").unwrap() }), "delivery.store"),
    ];
    for (request, field) in rows {
        match shop.services.place_order(&who, &request).await {
            Err(ServiceError::Invalid(errors)) => assert!(errors.iter().any(|one| one.field == field), "{errors:?}"),
            other => panic!("{field}: {other:?}"),
        }
    }
    let stale = change(|one| one.engine = "0.0.1".to_owned());
    assert!(matches!(shop.services.place_order(&who, &stale).await, Err(ServiceError::StaleBook)));
}
