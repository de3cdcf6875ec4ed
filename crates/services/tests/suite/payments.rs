//! Payments whose gateway answers late, twice, out of order or never, on SQLite and on PostgreSQL.

use ids::{OrderNumber, PaymentId};
use pricing::{Cart, CompiledBook};
use services::{
    ServiceError, Services, SessionToken, Who,
    payments::{Gateway, GatewayState, PaymentProblem},
};
use std::sync::Arc;
use testkit::{Database, LocalGateway, Mood, TestShop, cart, each_database, order};
use wire::{
    CancelOrder, Order, OrderMoney, OrderPayments, OrderStatus, Payment, PaymentState, PlaceOrder, RefundStatus,
    SliceRequest, StartPayment, TenderAsk, UnitsOfLine,
};

const SKU: &str = "TEA-POT-120";

struct Shop {
    test: TestShop,
    /// Sets money aside first.
    card: Arc<LocalGateway>,
    /// Takes money at once.
    scan: Arc<LocalGateway>,
    who: Who,
}

async fn shop(database: Database) -> Shop {
    let (card, scan) = (Arc::new(LocalGateway::new("card")), Arc::new(LocalGateway::taking_at_once("scan")));
    let gateways: Vec<Arc<dyn Gateway>> = vec![card.clone(), scan.clone()];
    let test = TestShop::with_gateways(database, gateways).await;
    let SessionToken { hash, .. } = test.services.session_start().await.unwrap();
    Shop { test, card, scan, who: Who { session: Some(hash), ..Who::default() } }
}

fn ask(tender: &str, amount: Option<i64>) -> TenderAsk {
    TenderAsk { tender: tender.to_owned(), amount, reference: None }
}

async fn request(services: &Services, who: &Who, key: &str, units: i64, payments: Vec<TenderAsk>) -> PlaceOrder {
    let cart = Cart { shipping_method: Some("standard".to_owned()), ..cart(&[(SKU, units)]) };
    let skus = vec![SKU.parse().unwrap()];
    let answer = services.slice(who, &SliceRequest { skus, ..SliceRequest::default() }).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(&cart, &answer.context).unwrap();
    PlaceOrder { payments, ..order(key, &cart, &answer.context, &quote) }
}

impl Shop {
    fn services(&self) -> &Services {
        &self.test.services
    }

    async fn buy(&self, key: &str, units: i64, payments: Vec<TenderAsk>) -> Order {
        let request = request(self.services(), &self.who, key, units, payments).await;
        self.services().place_order(&self.who, &request).await.unwrap()
    }

    async fn paid(&self, order: &OrderNumber) -> OrderPayments {
        self.services().order_payments(&self.who, order).await.unwrap()
    }

    async fn ids(&self, order: &Order) -> Vec<PaymentId> {
        self.paid(&order.number).await.payments.into_iter().map(|payment| payment.id).collect()
    }

    async fn start(&self, id: &PaymentId) -> Result<Payment, ServiceError> {
        self.services().start_payment(&self.who, id, &StartPayment::default()).await
    }

    async fn states(&self, order: &Order) -> Vec<PaymentState> {
        self.paid(&order.number).await.payments.into_iter().map(|payment| payment.state).collect()
    }

    async fn status(&self, order: &Order) -> OrderStatus {
        self.services().order(&self.who, &order.number).await.unwrap().status
    }

    async fn kinds(&self, order: &Order) -> Vec<String> {
        let order = self.services().order(&self.who, &order.number).await.unwrap();
        order.timeline.into_iter().map(|entry| entry.kind).collect()
    }

    async fn told(&self, gateway: &LocalGateway, event: &str, id: &PaymentId, state: GatewayState) -> u16 {
        let (headers, body) = gateway.notice(event, id, state);
        self.services().payment_notice(gateway.tender(), &headers, &body).await.unwrap().status
    }

    /// The clock goes on and the jobs run.
    async fn later(&self, seconds: i64) {
        self.test.clock.advance_seconds(seconds);
        self.services().settle_payments().await.unwrap();
        self.services().expire_orders().await.unwrap();
    }
}

#[tokio::test]
async fn a_payment_that_is_set_aside_confirms_the_order_and_is_taken() {
    each_database(|database| async {
        let shop = shop(database).await;
        let order = shop.buy("key-card-1", 1, vec![ask("card", None)]).await;
        assert_eq!(order.status, OrderStatus::AwaitingPayment);
        let id = &shop.ids(&order).await[0];
        let begun = shop.start(id).await.unwrap();
        assert_eq!((begun.state, begun.next.is_some()), (PaymentState::Pending, true));
        assert_eq!(shop.start(id).await.unwrap(), begun, "asked again, it goes on as it did");
        assert_eq!(shop.card.calls(), ["start"]);
        assert!(shop.card.pay(id));
        assert_eq!(shop.told(&shop.card, "e1", id, shop.card.state(id)).await, 200);
        assert_eq!(shop.status(&order).await, OrderStatus::Placed);
        assert_eq!(shop.states(&order).await, [PaymentState::Authorised]);
        shop.later(1).await;
        let paid = shop.paid(&order.number).await;
        assert_eq!((paid.state, paid.payments[0].captured), (OrderMoney::Settled, paid.payable));
        assert_eq!(shop.card.sums(id), (paid.payable, 0));
        // Told again, late and out of order, nothing changes; nor is anything left to do.
        for (event, state) in [
            ("e1", GatewayState::Authorised { minor: paid.payable }),
            ("e2", GatewayState::Pending),
            ("e3", GatewayState::Authorised { minor: paid.payable }),
            ("e4", GatewayState::Failed { why: "the first card".to_owned() }),
            ("e5", GatewayState::Voided),
        ] {
            assert_eq!(shop.told(&shop.card, event, id, state).await, 200);
        }
        shop.later(86_400).await;
        assert_eq!(shop.paid(&order.number).await, paid);
        assert_eq!(shop.card.calls(), ["start", "capture"]);
        assert_eq!(shop.kinds(&order).await.iter().filter(|kind| *kind == "paid").count(), 1);
        let closed = shop.start(id).await;
        assert!(matches!(closed, Err(ServiceError::Payment(PaymentProblem::Closed))), "{closed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_payment_whose_notices_never_come_is_found() {
    each_database(|database| async {
        let shop = shop(database).await;
        let order = shop.buy("key-found-1", 1, vec![ask("scan", None)]).await;
        let id = &shop.ids(&order).await[0];
        // It began, and we were not told.
        shop.scan.next(&[Mood::AnswerLost]);
        let lost = shop.start(id).await;
        assert!(matches!(lost, Err(ServiceError::Payment(PaymentProblem::NoAnswer))), "{lost:?}");
        assert_eq!(shop.states(&order).await, [PaymentState::Unknown]);
        assert!(shop.scan.pay(id));
        shop.scan.next(&[Mood::RequestLost, Mood::AnswerLost]);
        for _ in 0..3 {
            shop.later(61).await;
        }
        assert_eq!(shop.states(&order).await, [PaymentState::Captured]);
        assert_eq!(shop.status(&order).await, OrderStatus::Placed);
    })
    .await;
}

#[tokio::test]
async fn an_order_that_nobody_pays_is_called_off_and_a_late_payment_goes_back() {
    each_database(|database| async {
        let shop = shop(database).await;
        let order = shop.buy("key-late-1", 1, vec![ask("scan", None)]).await;
        let id = &shop.ids(&order).await[0];
        shop.start(id).await.unwrap();
        // The shopper pays in the moment in which we give up, and the gateway's line is cut.
        shop.test.clock.advance_seconds(901);
        shop.services().expire_orders().await.unwrap();
        assert_eq!(shop.status(&order).await, OrderStatus::Cancelled);
        let late = shop.start(id).await;
        assert!(matches!(late, Err(ServiceError::Payment(PaymentProblem::TooLate))), "{late:?}");
        assert!(shop.scan.pay(id));
        shop.scan.next(&[Mood::RequestLost]);
        shop.later(1).await;
        assert_eq!(shop.states(&order).await, [PaymentState::Pending]);
        shop.later(600).await;
        shop.later(600).await;
        shop.scan.finish_refunds();
        shop.later(600).await;
        let paid = shop.paid(&order.number).await;
        assert_eq!((paid.state, paid.payments[0].state), (OrderMoney::Cancelled, PaymentState::Refunded));
        assert_eq!(shop.scan.sums(id), (paid.payable, paid.payable));
        assert_eq!(paid.payments[0].refunds.len(), 1);
        let kinds = shop.kinds(&order).await;
        assert_eq!(kinds.iter().filter(|kind| *kind == "refunded").count(), 1, "{kinds:?}");
        // Another order is not paid either, and its gateway is told so.
        let unpaid = shop.buy("key-late-2", 1, vec![ask("card", None)]).await;
        let id = &shop.ids(&unpaid).await[0];
        shop.start(id).await.unwrap();
        shop.later(901).await;
        shop.later(1).await;
        assert_eq!(shop.states(&unpaid).await, [PaymentState::Voided]);
        assert_eq!(shop.card.state(id), GatewayState::Voided);
        // And one that was never begun: nobody has to be asked.
        let never = shop.buy("key-late-3", 1, vec![ask("card", None)]).await;
        shop.later(901).await;
        assert_eq!(shop.states(&never).await, [PaymentState::Voided]);
    })
    .await;
}

#[tokio::test]
async fn several_tenders_are_all_there_or_all_go_back() {
    each_database(|database| async {
        let shop = shop(database).await;
        let order = shop.buy("key-split-1", 2, vec![ask("card", Some(1_000)), ask("scan", None)]).await;
        let ids = shop.ids(&order).await;
        let payable = order.quote.payable;
        for id in &ids {
            shop.start(id).await.unwrap();
        }
        shop.card.pay(&ids[0]);
        shop.later(20).await;
        assert_eq!(shop.states(&order).await, [PaymentState::Authorised, PaymentState::Pending]);
        assert_eq!(shop.status(&order).await, OrderStatus::AwaitingPayment, "half of it is not enough");
        shop.scan.pay(&ids[1]);
        shop.later(60).await;
        shop.later(1).await;
        assert_eq!(shop.states(&order).await, [PaymentState::Captured, PaymentState::Captured]);
        assert_eq!((shop.card.sums(&ids[0]).0, shop.scan.sums(&ids[1]).0), (1_000, payable - 1_000));

        let half = shop.buy("key-split-2", 2, vec![ask("scan", Some(1_000)), ask("card", None)]).await;
        let ids = shop.ids(&half).await;
        shop.start(&ids[0]).await.unwrap();
        shop.start(&ids[1]).await.unwrap();
        shop.scan.pay(&ids[0]);
        shop.later(901).await;
        shop.later(61).await;
        shop.scan.finish_refunds();
        shop.later(61).await;
        assert_eq!(shop.status(&half).await, OrderStatus::Cancelled);
        assert_eq!(shop.states(&half).await, [PaymentState::Refunded, PaymentState::Voided]);
        assert_eq!(shop.scan.sums(&ids[0]), (1_000, 1_000));
    })
    .await;
}

#[tokio::test]
async fn units_that_are_cancelled_go_back_by_their_tenders_and_never_more_than_was_paid() {
    each_database(|database| async {
        let shop = shop(database).await;
        let order = shop.buy("key-part-1", 3, vec![ask("card", Some(5_000)), ask("scan", None)]).await;
        let ids = shop.ids(&order).await;
        for (id, gateway) in ids.iter().zip([&shop.card, &shop.scan]) {
            shop.start(id).await.unwrap();
            gateway.pay(id);
        }
        shop.later(60).await;
        shop.later(1).await;
        let cancel = |key: &str, units: i64| CancelOrder {
            idempotency_key: key.to_owned(),
            lines: vec![UnitsOfLine { line: order.quote.lines[0].id.clone(), units }],
            reason: String::new(),
        };
        for key in ["cancel-one-1", "cancel-one-1"] {
            shop.services().cancel_order(&shop.who, &order.number, &cancel(key, 1)).await.unwrap();
        }
        let given: i64 = shop.services().order(&shop.who, &order.number).await.unwrap().returns[0].refund.total;
        // The first answer is lost after the refund was made; it is asked for again by the same id.
        shop.card.next(&[Mood::AnswerLost]);
        shop.scan.next(&[Mood::RequestLost]);
        for seconds in [1, 61, 61] {
            shop.later(seconds).await;
            shop.scan.finish_refunds();
        }
        shop.later(600).await;
        let paid = shop.paid(&order.number).await;
        let sums = [shop.card.sums(&ids[0]), shop.scan.sums(&ids[1])];
        assert_eq!(sums.iter().map(|sum| sum.1).sum::<i64>(), given);
        assert!(given > 0 && sums.iter().all(|sum| sum.1 > 0), "in proportion: {sums:?}");
        assert_eq!(paid.payments.iter().map(|one| one.refunded).collect::<Vec<_>>(), [sums[0].1, sums[1].1]);
        assert!(paid.payments.iter().all(|one| one.state == PaymentState::PartlyRefunded), "{paid:?}");

        let all = CancelOrder { idempotency_key: "cancel-all-1".to_owned(), ..CancelOrder::default() };
        shop.services().cancel_order(&shop.who, &order.number, &all).await.unwrap();
        for seconds in [1, 61, 61] {
            shop.later(seconds).await;
            shop.scan.finish_refunds();
        }
        shop.later(600).await;
        let paid = shop.paid(&order.number).await;
        assert!(paid.payments.iter().all(|one| one.state == PaymentState::Refunded), "{paid:?}");
        for (id, gateway) in ids.iter().zip([&shop.card, &shop.scan]) {
            let (taken, back) = gateway.sums(id);
            assert_eq!(taken, back);
        }
    })
    .await;
}

#[tokio::test]
async fn a_split_is_checked_and_a_refused_refund_is_tried_again() {
    let shop = shop(Database::sqlite()).await;
    let rows: [(Vec<TenderAsk>, &str); 6] = [
        (vec![ask("nothing", None)], "payments[0].tender"),
        (vec![ask("points", None)], "payments[0].tender"),
        (vec![ask("cash", None)], "payments[0].tender"),
        (vec![ask("card", Some(1))], "payments"),
        (vec![ask("card", None), ask("scan", None)], "payments"),
        (vec![ask("card", Some(-5)), ask("scan", None)], "payments"),
    ];
    for (at, (asks, field)) in rows.into_iter().enumerate() {
        let request = request(shop.services(), &shop.who, &format!("key-wrong-{at}"), 1, asks).await;
        match shop.services().place_order(&shop.who, &request).await {
            Err(ServiceError::Invalid(errors)) => assert_eq!(errors[0].field, field),
            other => panic!("{field}: {other:?}"),
        }
    }
    let order = shop.buy("key-refuse-1", 1, vec![ask("card", None)]).await;
    let id = &shop.ids(&order).await[0];
    shop.card.next(&[Mood::Refuses]);
    let refused = shop.start(id).await;
    assert!(matches!(refused, Err(ServiceError::Payment(PaymentProblem::Refused { .. }))), "{refused:?}");
    assert_eq!(shop.start(id).await.unwrap().state, PaymentState::Pending, "and then it begins");
    shop.card.pay(id);
    shop.later(60).await;
    shop.later(1).await;
    let all = CancelOrder { idempotency_key: "cancel-all-2".to_owned(), ..CancelOrder::default() };
    shop.services().cancel_order(&shop.who, &order.number, &all).await.unwrap();
    shop.card.next(&[Mood::Refuses]);
    shop.later(1).await;
    assert_eq!(shop.card.sums(id).1, 0);
    assert_eq!(shop.paid(&order.number).await.payments[0].refunds[0].state, RefundStatus::Unknown);
    shop.later(61).await;
    assert_eq!(shop.card.sums(id).0, shop.card.sums(id).1);
}

#[tokio::test]
async fn notices_of_others_change_nothing_and_strangers_see_nothing() {
    let shop = shop(Database::sqlite()).await;
    let order = shop.buy("key-forged-1", 1, vec![ask("card", None)]).await;
    let id = &shop.ids(&order).await[0];
    shop.start(id).await.unwrap();
    let captured = GatewayState::Captured { minor: order.quote.payable };
    let (mut headers, body) = shop.card.notice("forged", id, captured.clone());
    headers.insert("secret".to_owned(), "guessed".to_owned());
    assert_eq!(shop.services().payment_notice("card", &headers, &body).await.unwrap().status, 400);
    // A true notice of another gateway about this payment.
    assert_eq!(shop.told(&shop.scan, "other", id, captured).await, 200);
    // Of a payment that is not ours.
    let nobody = PaymentId::new("nobody").unwrap();
    assert_eq!(shop.told(&shop.card, "nobody", &nobody, GatewayState::Voided).await, 200);
    assert!(shop.services().payment_notice("nothing", &headers, &body).await.is_err());
    assert_eq!(shop.states(&order).await, [PaymentState::Pending]);
    let stranger = Who::default();
    let started = shop.services().start_payment(&stranger, id, &StartPayment::default()).await;
    assert!(matches!(started, Err(ServiceError::NotFound(_))));
    assert!(matches!(shop.services().order_payments(&stranger, &order.number).await, Err(ServiceError::NotFound(_))));
}

#[tokio::test]
async fn the_demos_own_provider_approves_and_refuses() {
    each_database(|database| async {
        let shop = shop(database).await;
        let order = shop.buy("key-demo-1", 1, vec![ask("demo_pay", None)]).await;
        let id = &shop.ids(&order).await[0];
        let begun = shop.start(id).await.unwrap();
        let url = format!("http://shop.test/demo-pay/{id}");
        assert_eq!(begun.next, Some(wire::PayNext::Redirect { url }));
        assert!(shop.services().demo_payment(id).await.unwrap().is_open);
        for approve in [true, true, false] {
            assert!(!shop.services().answer_demo_payment(id, approve).await.unwrap().is_open);
        }
        shop.later(1).await;
        assert_eq!(shop.states(&order).await, [PaymentState::Captured]);
        let all = CancelOrder { idempotency_key: "cancel-demo-1".to_owned(), ..CancelOrder::default() };
        shop.services().cancel_order(&shop.who, &order.number, &all).await.unwrap();
        shop.later(1).await;
        assert_eq!(shop.states(&order).await, [PaymentState::Refunded]);

        let refused = shop.buy("key-demo-2", 1, vec![ask("wechat_pay", None)]).await;
        let id = &shop.ids(&refused).await[0];
        shop.start(id).await.unwrap();
        shop.services().answer_demo_payment(id, false).await.unwrap();
        assert_eq!(shop.states(&refused).await, [PaymentState::Failed]);
    })
    .await;
}
