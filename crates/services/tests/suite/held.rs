//! Held quotes: honoured once although the book changes, and every reason why one is not.

use ids::PlaceId;
use pricing::{Cart, CompiledBook, Instant};
use serde_json::json;
use services::{Deed, HeldProblem, ServiceError, Services, Who};
use testkit::{TestShop, cart, each_database, order};
use wire::{HeldQuote, Order, PlaceOrder, QuoteRequest, RequestCode, SignIn};

const POT: &str = "TEA-POT-120";

async fn guest(services: &Services) -> Who {
    Who { session: Some(services.session_start().await.unwrap().hash), ..Who::default() }
}

async fn member(shop: &TestShop, phone: &str) -> Who {
    let (services, phone) = (&shop.services, phone.to_owned());
    services.request_code(&Who::default(), &RequestCode { phone: phone.clone() }).await.unwrap();
    let code = shop.mailbox.last(&format!("+86{phone}")).unwrap();
    let signed = services.sign_in(&Who::default(), &SignIn { phone, code }).await.unwrap();
    Who { member: Some(signed.member), session: Some(signed.token.hash), ..Who::default() }
}

fn sent(lines: &[(&str, i64)]) -> Cart {
    Cart { shipping_method: Some("standard".to_owned()), ..cart(lines) }
}

async fn hold(services: &Services, who: &Who, cart: &Cart) -> HeldQuote {
    let request = QuoteRequest { cart: cart.clone(), store: None, channel: None };
    services.hold_quote(who, &request).await.unwrap()
}

fn request(key: &str, cart: &Cart, held: &HeldQuote) -> PlaceOrder {
    PlaceOrder { held: Some(held.token.clone()), ..order(key, cart, &held.context, &held.quote) }
}

async fn place(
    services: &Services,
    who: &Who,
    key: &str,
    cart: &Cart,
    held: &HeldQuote,
) -> Result<Order, ServiceError> {
    services.place_order(who, &request(key, cart, held)).await
}

fn refused(result: Result<Order, ServiceError>, expected: HeldProblem) {
    match result {
        Err(ServiceError::Held(problem)) => assert_eq!(problem, expected),
        other => panic!("{expected:?} expected: {other:?}"),
    }
}

/// Makes another book hold: the one in force, edited.
async fn change_book(services: &Services, edit: impl FnOnce(&mut serde_json::Value)) {
    let id = services.version_named("current").await.unwrap();
    let mut book = serde_json::to_value(services.version(&id).await.unwrap()).unwrap();
    edit(&mut book);
    let deed = Deed { by: "lin".to_owned(), reason: "a test".to_owned() };
    let id = services.publish(serde_json::from_value(book).unwrap(), &deed).await.unwrap().id;
    services.activate(&id, None, &deed).await.unwrap();
}

fn set_price(book: &mut serde_json::Value, price: &str) {
    let skus = book["skus"].as_array_mut().unwrap();
    skus.iter_mut().find(|one| one["sku"] == POT).unwrap()["price"] = json!(price);
}

#[tokio::test]
async fn a_held_quote_is_honoured_across_a_change_of_the_book_once() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let (who, cart, since) = (guest(services).await, sent(&[(POT, 1)]), services.now());
        let held = hold(services, &who, &cart).await;
        change_book(services, |book| set_price(book, "9999.00")).await;
        shop.clock.advance_seconds(29 * 60);
        // Another server honours it too, since the keys are shared.
        let other = shop.another().await;
        let placed = place(&other, &who, "key-held-1", &cart, &held).await.unwrap();
        assert_eq!(placed.quote, held.quote);
        assert_ne!(placed.quote.book, services.shop().await.unwrap().book);
        assert_eq!(placed.placed_at, services.now());
        // The same request again is the same order; another order can't be had for it.
        assert_eq!(place(services, &who, "key-held-1", &cart, &held).await.unwrap().number, placed.number);
        refused(place(services, &who, "key-held-2", &cart, &held).await, HeldProblem::Used);
        let counts = services.reprice(since, &mut |one| panic!("{one:?}")).await.unwrap();
        assert_eq!((counts.orders, counts.differing), (1, 0));
        // Without the held quote, the new price is asked for.
        let plain = PlaceOrder { held: None, ..request("key-held-3", &cart, &held) };
        let Err(ServiceError::PriceChanged(changed)) = services.place_order(&who, &plain).await else {
            panic!("taken")
        };
        assert!(changed.quote.payable > held.quote.payable);
    })
    .await;
}

#[tokio::test]
async fn what_is_held_are_prices_and_the_rest_may_still_be_chosen() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let (who, open) = (guest(services).await, cart(&[(POT, 1)]));
        let held = hold(services, &who, &open).await;
        change_book(services, |book| set_price(book, "9999.00")).await;
        // The client quotes by the slice that came with the promise: now the goods are sent, and paid with what takes something off.
        let chosen = Cart { tender: Some("unionpay".to_owned()), ..sent(&[(POT, 1)]) };
        let quote = CompiledBook::from_slice(held.slice.clone()).unwrap().quote(&chosen, &held.context).unwrap();
        assert!(quote.shipping.is_some() && quote.applied.iter().any(|one| one.promotion.as_str() == "unionpay-5"));
        let held = HeldQuote { quote, ..held };
        let placed = place(services, &who, "key-open-1", &chosen, &held).await.unwrap();
        assert_eq!((&placed.quote, placed.tender.as_deref()), (&held.quote, Some("unionpay")));
    })
    .await;
}

#[tokio::test]
async fn of_many_orders_at_once_with_one_held_quote_one_is_placed() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let (who, cart) = (guest(services).await, sent(&[(POT, 1)]));
        let held = hold(services, &who, &cart).await;
        let keys: Vec<String> = (0..6).map(|at| format!("key-race-{at}")).collect();
        let mut racing = tokio::task::JoinSet::new();
        for key in keys {
            let (services, who, request) = (services.clone(), who.clone(), request(&key, &cart, &held));
            racing.spawn(async move { services.place_order(&who, &request).await });
        }
        let results = racing.join_all().await;
        assert_eq!(results.iter().filter(|one| one.is_ok()).count(), 1);
        for result in results.into_iter().filter(Result::is_err) {
            refused(result, HeldProblem::Used);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_the_shops_promise_to_this_shopper_is_refused() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let (who, cart) = (guest(services).await, sent(&[(POT, 1)]));
        let held = hold(services, &who, &cart).await;
        let with = |token: String| PlaceOrder { held: Some(token), ..request("key-bad-1", &cart, &held) };
        for token in [format!("{}A", held.token), held.token.replacen("h1.", "h2.", 1), "nonsense".to_owned()] {
            refused(services.place_order(&who, &with(token)).await, HeldProblem::Tampered);
        }
        // A lower price, signed by nobody.
        let parts: Vec<&str> = held.token.split('.').collect();
        let forged = [parts[0], parts[1], &parts[2].to_lowercase(), parts[3]].join(".");
        refused(services.place_order(&who, &with(forged)).await, HeldProblem::Tampered);
        let signed_in = member(&shop, "13800000001").await;
        refused(place(services, &signed_in, "key-bad-2", &cart, &held).await, HeldProblem::OtherMember);
        let theirs = hold(services, &signed_in, &cart).await;
        let another = member(&shop, "13800000002").await;
        refused(place(services, &another, "key-bad-3", &cart, &theirs).await, HeldProblem::OtherMember);
        refused(place(services, &who, "key-bad-4", &cart, &theirs).await, HeldProblem::OtherMember);
        let more = sent(&[(POT, 2)]);
        refused(place(services, &who, "key-bad-5", &more, &held).await, HeldProblem::OtherCart);
        let kiosk = PlaceOrder {
            channel: Some("kiosk".to_owned()),
            store: Some(PlaceId::new("sh-wukang").unwrap()),
            ..request("key-bad-6", &cart, &held)
        };
        refused(services.place_order(&who, &kiosk).await, HeldProblem::OtherPlace);
        // A shopper who says to have seen another quote than the held one decides again.
        let blind = PlaceOrder { quote_hash: "0".repeat(32), ..request("key-bad-7", &cart, &held) };
        let Err(ServiceError::PriceChanged(changed)) = services.place_order(&who, &blind).await else {
            panic!("taken")
        };
        assert_eq!(changed.quote, held.quote);
        // After all that it is still good.
        assert!(place(services, &who, "key-good-1", &cart, &held).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_promise_ends_with_its_time_and_with_its_key() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let (who, cart) = (guest(services).await, sent(&[(POT, 1)]));
        let held = hold(services, &who, &cart).await;
        assert_eq!(held.expires, Instant(services.now().0 + 30 * 60 * 1000));
        // Another key signs from now on; the old one is known still.
        shop.keys.rotate(services.now(), false);
        assert!(place(services, &who, "key-key-1", &cart, &held).await.is_ok());
        let held = hold(services, &who, &cart).await;
        shop.keys.rotate(services.now(), true);
        refused(place(services, &who, "key-key-2", &cart, &held).await, HeldProblem::UnknownKey);
        let held = hold(services, &who, &cart).await;
        shop.clock.advance_milliseconds(30 * 60 * 1000 - 1);
        assert!(place(services, &who, "key-key-3", &cart, &held).await.is_ok());
        let held = hold(services, &who, &cart).await;
        shop.clock.advance_milliseconds(30 * 60 * 1000);
        refused(place(services, &who, "key-key-4", &cart, &held).await, HeldProblem::Expired);
    })
    .await;
}

fn only(promotion: serde_json::Value) -> impl FnOnce(&mut serde_json::Value) {
    move |book| book["promotions"] = json!([promotion])
}

#[tokio::test]
async fn limits_and_stock_are_looked_at_as_they_are_then() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let promotion =
            json!({"id": "ONE", "class": "order", "then": {"amount": "1.00", "on": "order"}, "limit": {"total": 1}});
        change_book(services, only(promotion)).await;
        let (who, cart) = (guest(services).await, sent(&[(POT, 1)]));
        let (first, second) = (hold(services, &who, &cart).await, hold(services, &who, &cart).await);
        assert!(place(services, &who, "key-lim-1", &cart, &first).await.is_ok());
        refused(place(services, &who, "key-lim-2", &cart, &second).await, HeldProblem::UsedUp);
        let held = hold(services, &who, &cart).await;
        count_none(services).await;
        let short = place(services, &who, "key-lim-3", &cart, &held).await;
        assert!(matches!(short, Err(ServiceError::OutOfStock(_))), "{short:?}");
        count_some(services).await;
        assert!(place(services, &who, "key-lim-3", &cart, &held).await.is_ok(), "what was refused was not used up");
    })
    .await;
}

async fn count(services: &Services, rows: &str) {
    let text = format!("SKU,Location,On hand,Safety\n{rows}");
    let plan = services.plan_stock(&[("stock.csv".to_owned(), text.into_bytes())]).await.unwrap();
    services.commit_stock(plan, &mut |_, _| ()).await.unwrap();
}

const PLACES: [&str; 9] =
    ["central", "east", "west", "sh-wukang", "sh-daxue", "hz-beishan", "hz-xiaohe", "cd-yulin", "cd-wangping"];

/// Nothing but the unit that the first order holds: what is reserved can't be counted away.
async fn count_none(services: &Services) {
    let left = |place: &str| i64::from(place == "central");
    count(services, &PLACES.map(|place| format!("{POT},{place},{},0\n", left(place))).concat()).await;
}

async fn count_some(services: &Services) {
    count(services, &format!("{POT},central,50,0\n")).await;
}

#[tokio::test]
async fn a_members_first_order_is_first_once_and_points_are_spent_once() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let promotion = json!({"id": "FIRST", "class": "order", "if": [{"nth_order": 1}], "then": {"percent": "50", "on": "order"}});
        change_book(services, only(promotion)).await;
        let who = member(&shop, "13900000077").await;
        let cart = sent(&[(POT, 1)]);
        let (first, second) = (hold(services, &who, &cart).await, hold(services, &who, &cart).await);
        assert_eq!(first.quote.applied.len(), 1);
        assert!(place(services, &who, "key-nth-1", &cart, &first).await.is_ok());
        refused(place(services, &who, "key-nth-2", &cart, &second).await, HeldProblem::UsedUp);
        // A later order changes nothing in a quote that does not ask which one it is.
        let (third, fourth) = (hold(services, &who, &cart).await, hold(services, &who, &cart).await);
        assert!(place(services, &who, "key-nth-3", &cart, &third).await.is_ok());
        assert!(place(services, &who, "key-nth-4", &cart, &fourth).await.is_ok());
        let rich = member(&shop, "13800000001").await;
        let points = services.account(&rich).await.unwrap().member.points;
        let spending = Cart { points, ..sent(&[(POT, 1)]) };
        let (one, two) = (hold(services, &rich, &spending).await, hold(services, &rich, &spending).await);
        assert!(one.quote.points_spent * 2 > points, "twice is more than there is: {} of {points}", one.quote.points_spent);
        assert!(place(services, &rich, "key-pts-1", &spending, &one).await.is_ok());
        refused(place(services, &rich, "key-pts-2", &spending, &two).await, HeldProblem::PointsSpent);
    })
    .await;
}
