//! A shop with two payment providers, a member and a clerk.

use ids::{OrderNumber, PaymentId};
use pricing::{Cart, CompiledBook};
use services::{ServiceError, Services, Who, payments::Gateway};
use std::sync::Arc;
use testkit::{Database, LocalGateway, TestShop, cart, order};
use wire::{
    CancelOrder, FulfilStep, Order, OrderPayments, OrderStatus, PaymentState, PlaceOrder, RequestCode, ReturnedGoods,
    SellGiftCard, SignIn, SliceRequest, StartPayment, TakeBack, TenderAsk, TopUp, UnitsOfLine,
};

pub(crate) const SKU: &str = "TEA-POT-120";
pub(crate) const STORE: &str = "sh-wukang";
const CLERK: &str = "13900000001";
const SERVICE: &str = "13900000003";
const ADMINISTRATOR: &str = "13900000005";

pub(crate) struct Shop {
    pub(crate) test: TestShop,
    /// Sets money aside first.
    pub(crate) card: Arc<LocalGateway>,
    /// Takes money at once.
    pub(crate) scan: Arc<LocalGateway>,
    pub(crate) who: Who,
    pub(crate) clerk: Who,
}

async fn code_of(test: &TestShop, phone: &str) -> SignIn {
    test.clock.advance_seconds(61);
    test.services.request_code(&Who::default(), &RequestCode { phone: phone.to_owned() }).await.unwrap();
    SignIn { phone: phone.to_owned(), code: test.mailbox.last(&format!("+86{phone}")).unwrap() }
}

pub(crate) async fn member(test: &TestShop, phone: &str) -> Who {
    let signed = test.services.sign_in(&Who::default(), &code_of(test, phone).await).await.unwrap();
    Who { member: Some(signed.member), session: Some(signed.token.hash), ..Who::default() }
}

async fn staff(test: &TestShop, phone: &str) -> Who {
    let token = test.services.staff_sign_in(&Who::default(), &code_of(test, phone).await).await.unwrap().token;
    let found = test.services.session_find(&token.secret).await.unwrap().unwrap();
    Who { session: Some(found.hash), staff: found.staff, ..Who::default() }
}

pub(crate) async fn shop(database: Database) -> Shop {
    let (card, scan) = (Arc::new(LocalGateway::new("card")), Arc::new(LocalGateway::taking_at_once("scan")));
    let gateways: Vec<Arc<dyn Gateway>> = vec![card.clone(), scan.clone()];
    let test = TestShop::with_gateways(database, gateways).await;
    let (who, clerk) = (member(&test, "13800000001").await, staff(&test, CLERK).await);
    Shop { test, card, scan, who, clerk }
}

pub(crate) fn ask(tender: &str, amount: Option<i64>, reference: Option<&str>) -> TenderAsk {
    TenderAsk { tender: tender.to_owned(), amount, reference: reference.map(str::to_owned) }
}

/// An order of teapots as the browser asks for it.
pub(crate) async fn request(
    services: &Services,
    who: &Who,
    key: &str,
    units: i64,
    payments: Vec<TenderAsk>,
) -> PlaceOrder {
    let cart = Cart { shipping_method: Some("standard".to_owned()), ..cart(&[(SKU, units)]) };
    request_of(services, who, key, &cart, payments).await
}

/// An order of a cart as the browser asks for it.
pub(crate) async fn request_of(
    services: &Services,
    who: &Who,
    key: &str,
    cart: &Cart,
    payments: Vec<TenderAsk>,
) -> PlaceOrder {
    let skus = vec![SKU.parse().unwrap()];
    let asked = SliceRequest { skus, coupons: cart.coupons.clone(), ..SliceRequest::default() };
    let answer = services.slice(who, &asked).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(cart, &answer.context).unwrap();
    PlaceOrder { payments, ..order(key, cart, &answer.context, &quote) }
}

impl Shop {
    pub(crate) fn services(&self) -> &Services {
        &self.test.services
    }

    pub(crate) async fn service(&self) -> Who {
        staff(&self.test, SERVICE).await
    }

    pub(crate) async fn administrator(&self) -> Who {
        staff(&self.test, ADMINISTRATOR).await
    }

    pub(crate) async fn try_buy(&self, key: &str, units: i64, payments: Vec<TenderAsk>) -> Result<Order, ServiceError> {
        let request = request(self.services(), &self.who, key, units, payments).await;
        self.services().place_order(&self.who, &request).await
    }

    pub(crate) async fn buy(&self, key: &str, units: i64, payments: Vec<TenderAsk>) -> Order {
        self.try_buy(key, units, payments).await.unwrap()
    }

    /// Money that the member pays in cash to be stored.
    pub(crate) async fn top_up(&self, amount: i64) {
        let request = TopUp { idempotency_key: format!("top-up-{amount}"), amount, tender: "cash".to_owned() };
        self.services().top_up(&self.clerk, self.who.member.as_ref().unwrap(), &request).await.unwrap();
    }

    /// What the member stored.
    pub(crate) async fn value(&self) -> i64 {
        self.services().account(&self.who).await.unwrap().value.balance
    }

    /// A new gift card; its code.
    pub(crate) async fn gift_card(&self, amount: i64) -> String {
        let request = SellGiftCard {
            idempotency_key: format!("card-{amount}"),
            amount,
            tender: "cash".to_owned(),
            expires_at: None,
        };
        self.services().sell_gift_card(&self.clerk, &request).await.unwrap().code
    }

    pub(crate) async fn paid(&self, order: &OrderNumber) -> OrderPayments {
        self.services().order_payments(&self.who, order).await.unwrap()
    }

    /// State, captured and refunded amount of each payment.
    pub(crate) async fn sums(&self, order: &Order) -> Vec<(PaymentState, i64, i64)> {
        let paid = self.paid(&order.number).await.payments;
        paid.into_iter().map(|one| (one.state, one.captured, one.refunded)).collect()
    }

    pub(crate) async fn ids(&self, order: &Order) -> Vec<PaymentId> {
        self.paid(&order.number).await.payments.into_iter().map(|payment| payment.id).collect()
    }

    pub(crate) async fn start(&self, id: &PaymentId) {
        self.services().start_payment(&self.who, id, &StartPayment::default()).await.unwrap();
    }

    pub(crate) async fn status(&self, order: &Order) -> OrderStatus {
        self.services().order(&self.who, &order.number).await.unwrap().status
    }

    /// Cancels so many units of the order's first line, or all that are still to come.
    pub(crate) async fn cancel(&self, order: &Order, key: &str, units: Option<i64>) {
        let lines = units.map(|units| UnitsOfLine { line: order.quote.lines[0].id.clone(), units });
        let request =
            CancelOrder { idempotency_key: key.to_owned(), lines: lines.into_iter().collect(), reason: String::new() };
        self.services().cancel_order(&self.who, &order.number, &request).await.unwrap();
    }

    /// The shopper has all goods of an order.
    pub(crate) async fn deliver(&self, order: &Order) {
        let admin = self.administrator().await;
        let parts = self.services().order(&self.who, &order.number).await.unwrap().fulfilments;
        for part in parts {
            let ship = FulfilStep::Ship { carrier: "SF".to_owned(), tracking: "1".to_owned() };
            let pack = FulfilStep::Pack { missing: Vec::new() };
            for step in [FulfilStep::StartPicking, pack, ship, FulfilStep::Deliver] {
                self.services().fulfil(&admin, &part.id, &step).await.unwrap();
            }
        }
    }

    /// Goods of an order's first line as they come back to the store.
    pub(crate) fn back(&self, order: &Order, key: &str, units: i64) -> TakeBack {
        let line = Some(order.quote.lines[0].id.clone());
        TakeBack {
            idempotency_key: key.to_owned(),
            place: STORE.parse().unwrap(),
            goods: vec![ReturnedGoods { line, gift: None, units, quarantine: false }],
            reason: String::new(),
            shops_fault: false,
        }
    }

    /// What the member may spend, what waits, and how many orders count.
    pub(crate) async fn standing(&self) -> (i64, i64, i64) {
        let (db, member) = (self.test.db().await, self.who.member.clone().unwrap());
        let row = storage::members::by_id(&db, &member).await.unwrap().unwrap();
        let lots = storage::lots::of_member(&db, &member).await.unwrap();
        (row.points, members::points::pending(&lots), row.orders)
    }

    /// The clock goes on and the jobs run.
    pub(crate) async fn later(&self, seconds: i64) {
        self.test.clock.advance_seconds(seconds);
        self.services().settle_payments().await.unwrap();
        self.services().expire_orders().await.unwrap();
    }

    /// All books agree.
    pub(crate) async fn proved(&self) {
        let proof = self.services().prove_ledger(self.services().now()).await.unwrap();
        assert!(proof.holds(), "{:#?}", proof.differences);
        let found = storage::proofs::all(&self.test.db().await).await.unwrap();
        assert!(found.is_empty(), "{found:#?}");
    }
}
