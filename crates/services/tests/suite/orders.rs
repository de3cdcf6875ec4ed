//! What becomes of orders: gathered, sent, collected, refused, cancelled, brought back, on SQLite and on PostgreSQL.

use ids::{OrderNumber, PlaceId, Sku};
use pricing::{Cart, CompiledBook};
use services::{ServiceError, Services, SessionToken, Who};
use testkit::{TestShop, cart, each_database, order};
use wire::{
    Address, CancelOrder, ChangeAddress, Delivery, FulfilStep, Fulfilment, MissingUnits, Order, OrderStatus,
    PlaceOrder, RequestCode, ReturnedGoods, SignIn, SliceRequest, TakeBack, UnitsOfLine,
};

async fn guest(services: &Services) -> Who {
    let SessionToken { hash, .. } = services.session_start().await.unwrap();
    Who { session: Some(hash), ..Who::default() }
}

/// One of the shop's own people, by the last digit of the telephone.
async fn staff(shop: &TestShop, phone: &str) -> Who {
    shop.clock.advance_seconds(61);
    shop.services.request_code(&Who::default(), &RequestCode { phone: phone.to_owned() }).await.unwrap();
    let code = shop.mailbox.last(&format!("+86{phone}")).unwrap();
    let request = SignIn { phone: phone.to_owned(), code };
    let token = shop.services.staff_sign_in(&Who::default(), &request).await.unwrap().token;
    let found = shop.services.session_find(&token.secret).await.unwrap().unwrap();
    Who { session: Some(found.hash), staff: found.staff, ..Who::default() }
}

async fn request(services: &Services, who: &Who, cart: &Cart, key: &str, delivery: Delivery) -> PlaceOrder {
    let skus: Vec<Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let asked = SliceRequest { skus, coupons: cart.coupons.clone(), ..SliceRequest::default() };
    let answer = services.slice(who, &asked).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(cart, &answer.context).unwrap();
    PlaceOrder { delivery, ..order(key, cart, &answer.context, &quote) }
}

fn to(city: &str) -> Delivery {
    Delivery::Ship { address: Address { city: city.to_owned(), ..testkit::address() } }
}

fn at(store: &str) -> Delivery {
    Delivery::PickUp { store: store.parse().unwrap() }
}

async fn buy(shop: &TestShop, who: &Who, lines: &[(&str, i64)], key: &str, delivery: Delivery) -> Order {
    let shipping = matches!(delivery, Delivery::Ship { .. }).then(|| "standard".to_owned());
    let cart = Cart { shipping_method: shipping, ..cart(lines) };
    let request = request(&shop.services, who, &cart, key, delivery).await;
    shop.services.place_order(who, &request).await.unwrap()
}

async fn step(shop: &TestShop, who: &Who, part: &Fulfilment, step: FulfilStep) -> Result<Fulfilment, ServiceError> {
    shop.services.fulfil(who, &part.id, &step).await
}

/// Units on hand and reserved of a SKU over all places.
async fn units(shop: &TestShop, sku: &str) -> (i64, i64) {
    let db = shop.db().await;
    let rows = storage::stock::of_skus(&db, &[sku.parse().unwrap()]).await.unwrap();
    db.close().await;
    rows.iter().fold((0, 0), |sum, row| (sum.0 + row.on_hand, sum.1 + row.reserved))
}

fn kinds(order: &Order) -> Vec<&str> {
    order.timeline.iter().map(|one| one.kind.as_str()).collect()
}

const SKU: &str = "TEA-POT-120";
/// Lies in the store at Wukang Road.
const SHELF: &str = "TEA-OS-80";

#[tokio::test]
async fn an_order_is_gathered_sent_delivered_and_brought_back_to_a_store() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let before = units(&shop, SKU).await;
        let who = guest(&shop.services).await;
        let order = buy(&shop, &who, &[(SKU, 2)], "key-send-1", to("上海市")).await;
        assert_eq!((order.status, order.fulfilments.len()), (OrderStatus::Placed, 1));
        assert!(order.may.cancel && order.may.change_address && !order.may.bring_back);
        assert_eq!(units(&shop, SKU).await, (before.0, before.1 + 2));
        let part = order.fulfilments[0].clone();
        assert_eq!(part.place.as_str(), "central");
        let keeper = staff(&shop, "13900000006").await;
        let clerk = staff(&shop, "13900000001").await;
        // Only who works there gathers the goods, and only in the order in which it makes sense.
        assert!(matches!(step(&shop, &clerk, &part, FulfilStep::StartPicking).await, Err(ServiceError::Forbidden)));
        assert!(matches!(step(&shop, &who, &part, FulfilStep::StartPicking).await, Err(ServiceError::SignInNeeded)));
        let pack = || FulfilStep::Pack { missing: Vec::new() };
        assert!(matches!(step(&shop, &keeper, &part, pack()).await, Err(ServiceError::NotNow(_))));
        step(&shop, &keeper, &part, FulfilStep::StartPicking).await.unwrap();
        assert_eq!(shop.services.tasks(&keeper, &part.place).await.unwrap().len(), 1);
        let cancel = CancelOrder { idempotency_key: "cancel-1".to_owned(), ..CancelOrder::default() };
        let late = shop.services.cancel_order(&who, &order.number, &cancel).await;
        assert!(matches!(late, Err(ServiceError::NotNow(_))), "the goods are being gathered");
        step(&shop, &keeper, &part, pack()).await.unwrap();
        let ship = || FulfilStep::Ship { carrier: "顺丰".to_owned(), tracking: "SF100".to_owned() };
        step(&shop, &keeper, &part, ship()).await.unwrap();
        // The same step again is answered with where the goods are, and they leave once.
        assert_eq!(step(&shop, &keeper, &part, ship()).await.unwrap().stage, "shipped");
        assert_eq!(units(&shop, SKU).await, (before.0 - 2, before.1));
        step(&shop, &keeper, &part, FulfilStep::Deliver).await.unwrap();
        let order = shop.services.order(&who, &order.number).await.unwrap();
        assert_eq!(order.status, OrderStatus::Completed);
        // Shoppers don't read who gathers.
        assert_eq!(kinds(&order), ["placed", "packed", "shipped", "delivered", "payment"]);
        let seen = shop.services.staff_order(&keeper, &order.number).await.unwrap();
        assert_eq!(kinds(&seen), ["placed", "sourced", "picking", "packed", "shipped", "delivered", "payment"]);

        let line = order.quote.lines[0].id.clone();
        let goods = |units, quarantine| ReturnedGoods { line: Some(line.clone()), gift: None, units, quarantine };
        let take = |key: &str, goods: Vec<ReturnedGoods>| TakeBack {
            idempotency_key: key.to_owned(),
            place: "sh-wukang".parse().unwrap(),
            goods,
            reason: "太大".to_owned(),
            shops_fault: false,
        };
        let first =
            shop.services.take_back(&clerk, &order.number, &take("return-1", vec![goods(1, false)])).await.unwrap();
        assert!(first.refund.total > 0);
        let again =
            shop.services.take_back(&clerk, &order.number, &take("return-1", vec![goods(1, false)])).await.unwrap();
        assert_eq!(again.id, first.id, "the same key takes goods back once");
        let more = shop.services.take_back(&clerk, &order.number, &take("return-2", vec![goods(2, false)])).await;
        assert!(matches!(more, Err(ServiceError::Invalid(_))), "the shopper has one left");
        let gifts = order.quote.gifts.iter().map(|gift| ReturnedGoods {
            line: None,
            gift: Some(gift.promotion.clone()),
            units: gift.quantity,
            quarantine: false,
        });
        let rest: Vec<ReturnedGoods> = std::iter::once(goods(1, false)).chain(gifts).collect();
        let second = shop.services.take_back(&clerk, &order.number, &take("return-3", rest)).await.unwrap();
        let sum = first.refund.total + second.refund.total;
        assert_eq!(sum, order.quote.payable, "everything back is everything paid");
        assert_eq!(units(&shop, SKU).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_pick_up_waits_is_collected_by_its_code_or_goes_back_on_the_shelf() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let before = units(&shop, SHELF).await;
        let clerk = staff(&shop, "13900000001").await;
        let who = guest(&shop.services).await;
        let store: PlaceId = "sh-wukang".parse().unwrap();
        for (key, collected) in [("key-pick-1", true), ("key-pick-2", false)] {
            let order = buy(&shop, &who, &[(SHELF, 1)], key, at("sh-wukang")).await;
            let part = order.fulfilments[0].clone();
            assert_eq!(part.way, "pick_up");
            step(&shop, &clerk, &part, FulfilStep::StartPicking).await.unwrap();
            step(&shop, &clerk, &part, FulfilStep::MakeReady { missing: Vec::new() }).await.unwrap();
            let order = shop.services.order(&who, &order.number).await.unwrap();
            let code = order.fulfilments[0].code.clone().unwrap();
            shop.services.relay_messages().await.unwrap();
            let told = shop.mailbox.messages().pop().unwrap();
            assert!(told.text.contains(&code), "the shopper is told the code: {}", told.text);
            assert_eq!(order.status, OrderStatus::Ready);
            let seen = shop.services.staff_order(&clerk, &order.number).await.unwrap();
            assert_eq!(seen.fulfilments[0].code, None, "the code is the shopper's to show");
            let task = shop.services.task_by_code(&clerk, &store, &code.to_lowercase()).await.unwrap();
            assert_eq!(task.order, order.number);
            let take = |code: &str| FulfilStep::Collect { code: code.to_owned(), by: String::new() };
            assert!(matches!(step(&shop, &clerk, &part, take("AAAAAAAA")).await, Err(ServiceError::Invalid(_))));
            if collected {
                step(&shop, &clerk, &part, take(&code)).await.unwrap();
                assert_eq!(shop.services.expire_orders().await.unwrap(), 0);
                continue;
            }
            shop.clock.advance_seconds(3 * 86_400);
            assert_eq!(shop.services.expire_orders().await.unwrap(), 1);
            assert_eq!(shop.services.expire_orders().await.unwrap(), 0);
            let order = shop.services.order(&who, &order.number).await.unwrap();
            assert_eq!(order.status, OrderStatus::Cancelled);
            assert_eq!(order.returns[0].refund.total, order.quote.payable);
        }
        assert_eq!(units(&shop, SHELF).await, (before.0 - 1, before.1));
    })
    .await;
}

#[tokio::test]
async fn what_a_place_can_not_give_comes_from_others_or_is_refunded() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (keeper, admin) = (staff(&shop, "13900000006").await, staff(&shop, "13900000005").await);
        let who = guest(&shop.services).await;
        let before = units(&shop, SKU).await;
        let order = buy(&shop, &who, &[(SKU, 2)], "key-refuse-1", to("上海市")).await;
        let part = order.fulfilments[0].clone();
        step(&shop, &keeper, &part, FulfilStep::StartPicking).await.unwrap();
        let missing = vec![MissingUnits { line: part.lines[0].line.clone(), units: 1 }];
        step(&shop, &keeper, &part, FulfilStep::Pack { missing }).await.unwrap();
        let order = shop.services.order(&who, &order.number).await.unwrap();
        assert_eq!(order.fulfilments.iter().map(|part| part.lines[0].quantity).sum::<i64>(), 2, "another place helps");
        let other = order.fulfilments.iter().find(|one| one.place != part.place).unwrap().clone();
        // Every place refuses in turn: what nobody has is refunded, and nothing stays reserved.
        let mut next = Some(other);
        while let Some(part) = next.take() {
            step(&shop, &admin, &part, FulfilStep::Refuse { why: "坏了".to_owned() }).await.unwrap();
            let order = shop.services.order(&who, &order.number).await.unwrap();
            next = order.fulfilments.into_iter().find(|part| part.stage == "allocated");
        }
        let order = shop.services.order(&who, &order.number).await.unwrap();
        assert_eq!((order.status, order.returns.len()), (OrderStatus::InWork, 1));
        assert_eq!(order.returns[0].kind, "missing");
        assert!(order.returns[0].refund.total > 0);
        assert_eq!(units(&shop, SKU).await, (before.0, before.1 + 1));
    })
    .await;
}

#[tokio::test]
async fn shoppers_cancel_and_move_what_nobody_has_begun_with() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = guest(&shop.services).await;
        let before = units(&shop, SKU).await;
        let order = buy(&shop, &who, &[(SKU, 3), ("COF-KT-BLK", 1)], "key-cancel-1", to("上海市")).await;
        let line = order.quote.lines.iter().find(|line| line.sku.as_str() == SKU).unwrap().id.clone();
        let one = |key: &str, units| CancelOrder {
            idempotency_key: key.to_owned(),
            lines: vec![UnitsOfLine { line: line.clone(), units }],
            reason: String::new(),
        };
        let stranger = guest(&shop.services).await;
        let cancel = |who: Who, number: OrderNumber, request: CancelOrder| {
            let services = shop.services.clone();
            async move { services.cancel_order(&who, &number, &request).await }
        };
        let number = order.number.clone();
        assert!(matches!(cancel(stranger, number.clone(), one("cancel-a1", 1)).await, Err(ServiceError::NotFound(_))));
        assert!(matches!(
            cancel(who.clone(), number.clone(), one("cancel-a2", 4)).await,
            Err(ServiceError::Invalid(_))
        ));
        let left = cancel(who.clone(), number.clone(), one("cancel-a3", 1)).await.unwrap();
        assert_eq!(left.status, OrderStatus::Placed);
        let again = cancel(who.clone(), number.clone(), one("cancel-a3", 1)).await.unwrap();
        assert_eq!((again.returns.len(), units(&shop, SKU).await), (1, (before.0, before.1 + 2)));
        let there = ChangeAddress { address: Address { city: "成都市".to_owned(), ..testkit::address() } };
        let moved = shop.services.change_address(&who, &number, &there).await.unwrap();
        assert!(matches!(&moved.delivery, Delivery::Ship { address } if address.city == "成都市"));
        assert_eq!(units(&shop, SKU).await, (before.0, before.1 + 2));
        let all = CancelOrder { idempotency_key: "cancel-all".to_owned(), ..CancelOrder::default() };
        let gone = cancel(who.clone(), number.clone(), all).await.unwrap();
        assert_eq!(gone.status, OrderStatus::Cancelled);
        assert_eq!(gone.returns.iter().map(|one| one.refund.total).sum::<i64>(), order.quote.payable);
        assert_eq!(units(&shop, SKU).await, before);
        shop.clock.advance_seconds(25 * 3600);
        let late = buy(&shop, &who, &[(SKU, 1)], "key-late-2", to("上海市")).await;
        shop.clock.advance_seconds(24 * 3600 + 1);
        assert!(matches!(shop.services.change_address(&who, &late.number, &there).await, Err(ServiceError::NotNow(_))));
    })
    .await;
}

#[tokio::test]
async fn a_clerk_sells_at_the_till_and_the_goods_leave_at_once() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let clerk = staff(&shop, "13900000001").await;
        let store: PlaceId = "sh-wukang".parse().unwrap();
        let before = units(&shop, SHELF).await;
        let at_till = clerk.at(Some("till"), Some(&store));
        let plain = cart(&[(SHELF, 1)]);
        let asked = SliceRequest {
            skus: vec![SHELF.parse().unwrap()],
            store: Some(store.clone()),
            channel: Some("till".to_owned()),
            ..SliceRequest::default()
        };
        let answer = shop.services.slice(&at_till, &asked).await.unwrap();
        let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(&plain, &answer.context).unwrap();
        let sale = PlaceOrder {
            delivery: at("sh-wukang"),
            contact: wire::Contact::default(),
            channel: Some("till".to_owned()),
            store: Some(store.clone()),
            hand_over: true,
            ..order("key-till-1", &plain, &answer.context, &quote)
        };
        // Nobody else sells at this till.
        let shopper = guest(&shop.services).await;
        assert!(matches!(shop.services.place_order(&shopper, &sale).await, Err(ServiceError::SignInNeeded)));
        let other = staff(&shop, "13900000006").await;
        assert!(matches!(shop.services.place_order(&other, &sale).await, Err(ServiceError::Forbidden)));
        let unpaid = shop.services.place_order(&clerk, &sale).await;
        assert!(matches!(&unpaid, Err(ServiceError::Invalid(faults)) if faults[0].field == "payments"), "{unpaid:?}");
        let cash = wire::TenderAsk { tender: "cash".to_owned(), amount: None, reference: None };
        let sale = PlaceOrder { payments: vec![cash], ..sale };
        let sold = shop.services.place_order(&clerk, &sale).await.unwrap();
        assert_eq!((sold.status, sold.fulfilments[0].stage.as_str()), (OrderStatus::Completed, "collected"));
        assert_eq!(shop.services.place_order(&clerk, &sale).await.unwrap().number, sold.number);
        assert_eq!(units(&shop, SHELF).await, (before.0 - 1, before.1));
    })
    .await;
}
