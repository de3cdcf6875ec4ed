//! Exchanges: goods come back and a new order is paid by them, all of it or nothing.

use super::shop::{SKU, STORE, Shop, ask, request_of, shop};
use pricing::Cart;
use services::ServiceError;
use testkit::{cart, each_database};
use wire::{Delivery, Exchange, Exchanged, Order, OrderStatus, PaymentState as S, PlaceOrder, TenderAsk};

/// What a clerk sends: so many units back, and so many taken along.
async fn exchange(shop: &Shop, order: &Order, key: &str, units: (i64, i64), payments: Vec<TenderAsk>) -> Exchange {
    let new = cart(&[(SKU, units.1)]);
    let at_till = services::Who { staff: None, ..shop.who.clone() }.at(Some("till"), STORE.parse().ok().as_ref());
    let request = request_of(shop.services(), &at_till, &format!("new-{key}"), &Cart { ..new }, payments).await;
    let place: ids::PlaceId = STORE.parse().unwrap();
    let order_of = PlaceOrder {
        channel: Some("till".to_owned()),
        store: Some(place.clone()),
        delivery: Delivery::PickUp { store: place },
        hand_over: true,
        ..request
    };
    Exchange { back: shop.back(order, &format!("back-{key}"), units.0), order: order_of }
}

async fn try_exchange(shop: &Shop, order: &Order, request: &Exchange) -> Result<Exchanged, ServiceError> {
    shop.services().exchange(&shop.clerk, &order.number, request).await
}

/// An order of teapots that the member has, paid by stored value and a provider.
async fn bought(shop: &Shop, key: &str, units: i64) -> Order {
    let order = shop.buy(key, units, vec![ask("stored_value", Some(2_000), None), ask("scan", None, None)]).await;
    let scan = &shop.ids(&order).await[1];
    shop.start(scan).await;
    shop.scan.pay(scan);
    shop.later(20).await;
    shop.deliver(&order).await;
    order
}

async fn settle(shop: &Shop) {
    for _ in 0..3 {
        shop.later(61).await;
        shop.scan.finish_refunds();
    }
}

/// What went back of an order's payments for good.
async fn given_back(shop: &Shop, order: &Order) -> i64 {
    let db = shop.test.db().await;
    let all = storage::refunds::of_order(&db, &order.number).await.unwrap();
    all.iter()
        .filter(|one| one.moved_to.is_none() && one.state == wire::RefundStatus::Done)
        .map(|one| one.amount_minor)
        .sum()
}

#[tokio::test]
async fn what_comes_back_pays_and_the_rest_is_given_back_or_paid() {
    each_database(|database| async {
        let shop = shop(database).await;
        shop.top_up(10_000).await;
        // Two come back for one: the rest goes back by what they were paid with.
        let order = bought(&shop, "key-less-1", 2).await;
        let request = exchange(&shop, &order, "less-1", (2, 1), Vec::new()).await;
        let done = try_exchange(&shop, &order, &request).await.unwrap();
        assert_eq!((done.order.status, done.order.exchange_of.as_ref()), (OrderStatus::Completed, Some(&order.number)));
        let (back, cost) = (done.receipt.refund.total - done.receipt.withheld, done.order.quote.payable);
        assert!(back > cost && cost > 0, "{back} {cost}");
        assert_eq!(shop.sums(&done.order).await, [(S::Captured, cost, 0)]);
        settle(&shop).await;
        assert_eq!(given_back(&shop, &order).await, back - cost);
        shop.proved().await;
        // Again, nothing happens.
        let again = try_exchange(&shop, &order, &request).await.unwrap();
        assert_eq!((again.order.number, again.receipt), (done.order.number.clone(), done.receipt));

        // One comes back for two: the rest is paid in cash, and nothing is taken back if it is not.
        let order = bought(&shop, "key-more-1", 1).await;
        let unpaid = exchange(&shop, &order, "more-0", (1, 2), vec![ask("card", None, None)]).await;
        let refused = try_exchange(&shop, &order, &unpaid).await;
        assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{refused:?}");
        assert!(shop.services().order(&shop.who, &order.number).await.unwrap().returns.is_empty());
        let request = exchange(&shop, &order, "more-1", (1, 2), vec![ask("cash", None, None)]).await;
        let more = try_exchange(&shop, &order, &request).await.unwrap();
        let (back, cost) = (more.receipt.refund.total - more.receipt.withheld, more.order.quote.payable);
        assert_eq!(shop.sums(&more.order).await, [(S::Captured, cost - back, 0), (S::Captured, back, 0)]);
        settle(&shop).await;
        assert_eq!(given_back(&shop, &order).await, 0);
        shop.proved().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_exchanged_goes_back_by_what_it_was_paid_with_at_first() {
    each_database(|database| async {
        let shop = shop(database).await;
        shop.top_up(10_000).await;
        let order = bought(&shop, "key-chain-1", 1).await;
        let first = exchange(&shop, &order, "chain-1", (1, 1), vec![]).await;
        let first = try_exchange(&shop, &order, &first).await.unwrap();
        let second = exchange(&shop, &first.order, "chain-3", (1, 1), Vec::new()).await;
        let second = try_exchange(&shop, &first.order, &second).await.unwrap();
        assert_eq!(shop.sums(&second.order).await, [(S::Captured, second.order.quote.payable, 0)]);
        shop.proved().await;
        let before = shop.value().await;
        let back = shop.back(&second.order, "back-chain-4", 1);
        let receipt = shop.services().take_back(&shop.clerk, &second.order.number, &back).await.unwrap();
        settle(&shop).await;
        assert_eq!(receipt.refund.total, second.order.quote.payable);
        assert!(shop.value().await > before, "a part was stored value");
        let sums = shop.sums(&second.order).await;
        assert!(sums.iter().all(|sum| sum.1 == sum.2), "{sums:?}");
        let paid_back = given_back(&shop, &order).await;
        assert!(paid_back > 0 && paid_back <= order.quote.payable);
        shop.proved().await;
    })
    .await;
}

#[tokio::test]
async fn who_may_not_and_what_is_not_there_change_nothing() {
    each_database(|database| async {
        let shop = shop(database).await;
        shop.top_up(10_000).await;
        let order = bought(&shop, "key-none-1", 1).await;
        let request = exchange(&shop, &order, "none-1", (1, 1), vec![ask("cash", None, None)]).await;
        let by = |who: services::Who| {
            let (services, number, request) = (shop.services().clone(), order.number.clone(), request.clone());
            async move { services.exchange(&who, &number, &request).await }
        };
        assert!(matches!(by(shop.who.clone()).await, Err(ServiceError::Forbidden)));
        assert!(matches!(by(services::Who::default()).await, Err(ServiceError::SignInNeeded)));
        let much = exchange(&shop, &order, "none-2", (2, 1), Vec::new()).await;
        assert!(matches!(try_exchange(&shop, &order, &much).await, Err(ServiceError::Invalid(_))));
        let gone = exchange(&shop, &order, "none-3", (1, 9_000), Vec::new()).await;
        let gone = try_exchange(&shop, &order, &gone).await;
        assert!(matches!(gone, Err(ServiceError::OutOfStock(_))), "{gone:?}");
        assert!(shop.services().order(&shop.who, &order.number).await.unwrap().returns.is_empty());
        shop.proved().await;
    })
    .await;
}
