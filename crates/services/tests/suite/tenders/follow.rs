//! What follows from a payment: points and coupons with the confirmation, refunds less spent points, other tenders, refunds tried again.

use super::shop::{Shop, ask, member, request_of, shop};
use pricing::Cart;
use services::{
    ServiceError,
    payments::{Gateway as _, GatewayState, PaymentProblem},
};
use testkit::{Database, cart, each_database};
use wire::{
    MakeCouponBatch, Order, OrderStatus, PayOtherwise, PaymentState as S, PreviewReturn, RefundStatus, TenderAsk,
};

async fn coupon_order(shop: &Shop, key: &str, codes: &[&str]) -> Result<Order, ServiceError> {
    let coupons = vec!["TEA15".parse().unwrap()];
    let cart = Cart { shipping_method: Some("standard".to_owned()), coupons, ..cart(&[(super::shop::SKU, 1)]) };
    let request = request_of(shop.services(), &shop.who, key, &cart, vec![ask("scan", None, None)]).await;
    let codes = codes.iter().map(|code| code.parse().unwrap()).collect();
    shop.services().place_order(&shop.who, &wire::PlaceOrder { codes, ..request }).await
}

#[tokio::test]
async fn an_order_earns_and_uses_when_it_is_paid_and_leaves_nothing_if_it_never_is() {
    each_database(|database| async {
        let shop = shop(database).await;
        let admin = shop.administrator().await;
        let batch = MakeCouponBatch {
            idempotency_key: "batch-follow".to_owned(),
            coupon: "TEA15".parse().unwrap(),
            prefix: Some("FOLLOW".to_owned()),
            codes: 1,
            per_member: Some(1),
            starts: None,
            ends: None,
            wallet_days: None,
            occasion: None,
            note: String::new(),
        };
        let batch = shop.services().make_coupon_batch(&admin, &batch).await.unwrap();
        let file: String = shop.services().coupon_codes(&admin, &batch.id).await.unwrap().collect();
        let code = file.lines().nth(1).unwrap();
        let coupon = || async {
            let db = shop.test.db().await;
            storage::coupons::code_state(&db, &batch.id, 0).await.unwrap().word()
        };
        let before = shop.standing().await;
        let unpaid = coupon_order(&shop, "key-coupon-1", &[code]).await.unwrap();
        assert_eq!(coupon().await, "reserved");
        assert_eq!(shop.standing().await, (before.0, before.1, before.2 + 1), "nothing is earned yet");
        let taken = coupon_order(&shop, "key-coupon-2", &[code]).await;
        assert!(matches!(taken, Err(ServiceError::Invalid(_))), "what is reserved is nobody else's: {taken:?}");
        shop.later(901).await;
        assert_eq!(shop.status(&unpaid).await, OrderStatus::Cancelled);
        assert_eq!((coupon().await, shop.standing().await), ("returned", before));

        let paid = coupon_order(&shop, "key-coupon-3", &[code]).await.unwrap();
        let id = &shop.ids(&paid).await[0];
        shop.start(id).await;
        shop.scan.pay(id);
        shop.later(20).await;
        assert_eq!((shop.status(&paid).await, coupon().await), (OrderStatus::Placed, "used"));
        let earned = paid.quote.points_earned;
        assert!(earned > 0);
        assert_eq!(shop.standing().await, (before.0, before.1 + earned, before.2 + 1));
        shop.proved().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_cancelled_before_it_is_paid_is_never_earned() {
    each_database(|database| async {
        let shop = shop(database).await;
        let before = shop.standing().await;
        let order = shop.buy("key-part-1", 3, vec![ask("scan", None, None)]).await;
        shop.cancel(&order, "cancel-part-1", Some(1)).await;
        assert_eq!(shop.standing().await.0, before.0, "other points are not taken for it");
        let id = &shop.ids(&order).await[0];
        shop.start(id).await;
        shop.scan.pay(id);
        shop.later(20).await;
        let back = shop.services().order(&shop.who, &order.number).await.unwrap().returns[0].refund.clone();
        assert!(back.points_clawed > 0);
        assert_eq!(shop.standing().await.1, before.1 + order.quote.points_earned - back.points_clawed);
        let progress = shop.services().account(&shop.who).await.unwrap().level.unwrap();
        assert_eq!(progress.reached, order.quote.payable - back.total);
        shop.proved().await;
    })
    .await;
}

#[tokio::test]
async fn points_that_were_earned_with_returned_goods_and_spent_are_kept_back_from_the_refund() {
    each_database(|database| async {
        let shop = shop(database).await;
        shop.top_up(3_000_000).await;
        let order =
            shop.buy("key-earn-1", 2, vec![ask("stored_value", Some(1_000), None), ask("scan", None, None)]).await;
        let scan = &shop.ids(&order).await[1];
        shop.start(scan).await;
        shop.scan.pay(scan);
        shop.later(20).await;
        shop.deliver(&order).await;
        shop.test.clock.advance_seconds(16 * 86_400);
        shop.services().release_points().await.unwrap();
        let (points, ..) = shop.standing().await;
        let spend = Cart { points, shipping_method: Some("standard".to_owned()), ..cart(&[(super::shop::SKU, 3)]) };
        let request =
            request_of(shop.services(), &shop.who, "key-spend-1", &spend, vec![ask("stored_value", None, None)]).await;
        let spent = shop.services().place_order(&shop.who, &request).await.unwrap().quote.points_spent;
        let left = points - spent;
        assert!(spent > 0 && left < order.quote.points_earned / 2, "{points} {spent}");

        let back = shop.back(&order, "back-earn-1", 2);
        let preview = PreviewReturn { goods: back.goods.clone(), shops_fault: false };
        let preview = shop.services().preview_return(&shop.clerk, &order.number, &preview).await.unwrap();
        let receipt = shop.services().take_back(&shop.clerk, &order.number, &back).await.unwrap();
        let worth = receipt.refund.points_clawed - left;
        assert_eq!((receipt.withheld, preview.withheld), (worth, worth), "a point is a cent");
        assert_eq!(receipt.reasons, preview.reasons);
        assert!(receipt.reasons.last().unwrap().en.contains("is kept back"), "{:?}", receipt.reasons);
        assert_eq!(shop.standing().await.0, 0);
        for _ in 0..3 {
            shop.later(61).await;
            shop.scan.finish_refunds();
        }
        let refunded: Vec<i64> = shop.sums(&order).await.into_iter().map(|sum| sum.2).collect();
        assert_eq!(refunded.iter().sum::<i64>(), receipt.refund.total - worth);
        assert!(refunded.iter().zip(&receipt.refund.tenders).all(|(paid, tender)| *paid > 0 && *paid <= tender.amount));
        shop.proved().await;
    })
    .await;
}

fn otherwise(key: &str, payments: Vec<TenderAsk>) -> PayOtherwise {
    PayOtherwise { idempotency_key: key.to_owned(), payments }
}

#[tokio::test]
async fn an_order_that_waits_takes_other_tenders() {
    each_database(|database| async {
        let shop = shop(database).await;
        let code = shop.gift_card(5_000).await;
        let order =
            shop.buy("key-other-1", 2, vec![ask("gift_card", Some(1_000), Some(&code)), ask("scan", None, None)]).await;
        let payable = order.quote.payable;
        let first = shop.ids(&order).await[1].clone();
        shop.start(&first).await;
        let pay = |key: &'static str, asks: Vec<TenderAsk>| {
            let (services, who, number) = (shop.services().clone(), shop.who.clone(), order.number.clone());
            async move { services.pay_otherwise(&who, &number, &otherwise(key, asks)).await }
        };
        let asks = || vec![ask("gift_card", Some(500), Some(&code)), ask("card", None, None)];
        for wrong in [
            vec![],
            vec![ask("card", Some(payable), None)],
            vec![ask("pay_on_delivery", None, None)],
            vec![ask("cash", None, None)],
        ] {
            let refused = pay("other-wrong", wrong).await;
            assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{refused:?}");
        }
        let stranger = member(&shop.test, "13800000002").await;
        let strange = shop.services().pay_otherwise(&stranger, &order.number, &otherwise("other-0", asks())).await;
        assert!(matches!(strange, Err(ServiceError::NotFound(_))));
        let paid = pay("other-one", asks()).await.unwrap();
        assert_eq!(pay("other-one", asks()).await.unwrap(), paid, "once");
        let states: Vec<_> = paid.payments.iter().map(|one| (one.tender.as_str(), one.amount, one.state)).collect();
        let rest = payable - 1_500;
        assert_eq!(
            states,
            [
                ("gift_card", 1_000, S::Authorised),
                ("scan", payable - 1_000, S::Pending),
                ("gift_card", 500, S::Authorised),
                ("card", rest, S::Created)
            ]
        );
        // The shopper had paid the first way in the same moment, and the line to the provider was cut: that money comes back.
        shop.scan.pay(&first);
        let card = paid.payments[3].id.clone();
        shop.start(&card).await;
        shop.card.pay(&card);
        for _ in 0..4 {
            shop.later(61).await;
            shop.scan.finish_refunds();
        }
        assert_eq!(shop.status(&order).await, OrderStatus::Placed);
        assert_eq!(
            shop.sums(&order).await,
            [
                (S::Captured, 1_000, 0),
                (S::Refunded, payable - 1_000, payable - 1_000),
                (S::Captured, 500, 0),
                (S::Captured, rest, 0)
            ]
        );
        let closed = pay("other-two", asks()).await;
        assert!(matches!(closed, Err(ServiceError::Payment(PaymentProblem::Closed))), "{closed:?}");
        // What is returned later goes back by what it was paid with in the end.
        shop.cancel(&order, "cancel-other-1", None).await;
        shop.later(1).await;
        let sums = shop.sums(&order).await;
        assert_eq!([sums[0].2, sums[2].2, sums[3].2], [1_000, 500, rest]);
        shop.proved().await;
    })
    .await;
}

#[tokio::test]
async fn other_tenders_come_too_late_when_the_time_to_pay_is_over() {
    each_database(|database| async {
        let shop = shop(database).await;
        let late = shop.buy("key-other-2", 1, vec![ask("scan", None, None)]).await;
        shop.test.clock.advance_seconds(901);
        let asks = vec![ask("card", None, None)];
        let late = shop.services().pay_otherwise(&shop.who, &late.number, &otherwise("other-late", asks)).await;
        assert!(matches!(late, Err(ServiceError::Payment(PaymentProblem::TooLate))), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn a_refund_that_failed_is_tried_again_by_those_who_may() {
    each_database(|database| async {
        let shop = shop(database).await;
        let order = shop.buy("key-retry-1", 1, vec![ask("scan", None, None)]).await;
        let id = &shop.ids(&order).await[0];
        shop.start(id).await;
        shop.scan.pay(id);
        shop.later(20).await;
        shop.cancel(&order, "cancel-retry-1", None).await;
        shop.later(1).await;
        let service = shop.service().await;
        let refund = || async { shop.paid(&order.number).await.payments[0].refunds.clone() };
        let begun = refund().await[0].clone();
        let not_now = shop.services().retry_refund(&service, &begun.id).await;
        assert!(matches!(not_now, Err(ServiceError::NotNow(_))), "{not_now:?}");
        shop.scan.refuse_refunds();
        shop.later(600).await;
        assert_eq!(refund().await[0].state, RefundStatus::Failed);
        let forbidden = shop.services().retry_refund(&shop.clerk, &begun.id).await;
        assert!(matches!(forbidden, Err(ServiceError::Forbidden)), "{forbidden:?}");
        let again = shop.services().retry_refund(&service, &begun.id).await.unwrap();
        assert_eq!(shop.services().retry_refund(&service, &begun.id).await.unwrap().id, again.id, "once");
        for _ in 0..3 {
            shop.later(61).await;
            shop.scan.finish_refunds();
        }
        let payable = order.quote.payable;
        assert_eq!((shop.scan.sums(id).1, shop.sums(&order).await[0]), (payable, (S::Refunded, payable, payable)));
        shop.proved().await;
    })
    .await;
}

#[tokio::test]
async fn staff_see_that_a_provider_dropped_what_was_set_aside() {
    let shop = shop(Database::sqlite()).await;
    let order = shop.buy("key-drop-1", 1, vec![ask("card", None, None)]).await;
    let id = &shop.ids(&order).await[0];
    shop.start(id).await;
    shop.card.pay(id);
    for (event, state) in [("e1", shop.card.state(id)), ("e2", GatewayState::Voided)] {
        let (headers, body) = shop.card.notice(event, id, state);
        shop.services().payment_notice(shop.card.tender(), &headers, &body).await.unwrap();
    }
    assert_eq!(shop.sums(&order).await, [(S::Voided, 0, 0)]);
    let texts = |order: Order| order.timeline.into_iter().map(|entry| entry.text.en).collect::<Vec<_>>();
    let seen = texts(shop.services().staff_order(&shop.clerk, &order.number).await.unwrap());
    assert!(seen.iter().any(|text| text.contains("no longer set aside")), "{seen:?}");
    let seen = texts(shop.services().order(&shop.who, &order.number).await.unwrap());
    assert!(!seen.iter().any(|text| text.contains("set aside")), "{seen:?}");
}

/// An order of two teapots with a code that each member may use once; none if the code is used.
async fn lucky_order(shop: &Shop, key: &str) -> Option<Order> {
    let coupons = vec!["LUCKY10".parse().unwrap()];
    let wanted = Cart { coupons, shipping_method: Some("standard".to_owned()), ..cart(&[(super::shop::SKU, 2)]) };
    let request = request_of(shop.services(), &shop.who, key, &wanted, Vec::new()).await;
    let order = shop.services().place_order(&shop.who, &request).await.unwrap();
    order.quote.coupons.iter().all(|one| one.refused.is_none()).then_some(order)
}

#[tokio::test]
async fn what_may_be_had_once_may_be_had_again_when_nothing_of_the_order_is_left() {
    each_database(|database| async {
        let shop = shop(database).await;
        let before = shop.standing().await.2;
        let cancelled = lucky_order(&shop, "key-lucky-1").await.expect("the code was never used");
        shop.cancel(&cancelled, "cancel-lucky-1", Some(1)).await;
        assert!(lucky_order(&shop, "key-lucky-2").await.is_none(), "a unit of the order is still to come");
        shop.cancel(&cancelled, "cancel-lucky-2", Some(1)).await;
        assert_eq!(shop.standing().await.2, before + 1, "the order without the code is the member's only one");

        let returned = lucky_order(&shop, "key-lucky-3").await.expect("the use came back");
        shop.deliver(&returned).await;
        let (first, second) = (shop.back(&returned, "back-lucky-1", 1), shop.back(&returned, "back-lucky-2", 1));
        shop.services().take_back(&shop.clerk, &returned.number, &first).await.unwrap();
        assert!(lucky_order(&shop, "key-lucky-4").await.is_none(), "the member keeps a unit");
        for _ in 0..2 {
            shop.services().take_back(&shop.clerk, &returned.number, &second).await.unwrap();
        }
        assert!(lucky_order(&shop, "key-lucky-5").await.is_some(), "the use came back, and once");
        assert!(lucky_order(&shop, "key-lucky-6").await.is_none());
        shop.proved().await;
    })
    .await;
}
