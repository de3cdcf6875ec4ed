//! How each operation is done: over HTTP, as browsers and tills do it.

use crate::{
    audit::Promised,
    checkout::{Checkout, address},
    op::{Op, Pay},
    person::{Answer, Person},
    world::World,
};
use anyhow::{Result, bail};
use ids::{LineId, PlaceId, Sku};
use pricing::{Cart, CartLine};
use wire::{
    CancelOrder, ChangeAddress, Contact, Delivery, Exchange, Exchanged, FulfilStep, Fulfilment, MissingUnits, Order,
    PlaceOrder, PreviewReturn, ReturnReceipt, ReturnedGoods, TakeBack, Task, TenderAsk, UnitsOfLine,
};

/// A code of the demo that few may use.
const COUPON: &str = "LUCKY10";
const CITIES: [&str; 4] = ["上海市", "杭州市", "成都市", "北京市"];

/// What a shopper wants.
struct Wish<'a> {
    lines: &'a [(u16, u8)],
    store: Option<&'a PlaceId>,
    coupon: bool,
    twice: bool,
    pay: Pay,
}

impl World {
    /// Does an operation.
    ///
    /// # Errors
    /// If a server answered as it never may.
    pub async fn act(&self, op: &Op) -> Result<()> {
        match op {
            Op::Buy { shopper, lines, store, coupon, twice, pay } => {
                let store = store.map(|store| &self.stores[usize::from(store) % self.stores.len()]);
                let wish = Wish { lines, store, coupon: *coupon, twice: *twice, pay: *pay };
                self.buy(usize::from(*shopper) % self.shoppers.len(), &wish).await
            }
            Op::Pay { order } => self.pay_for(*order).await,
            Op::Work { task, choice } => self.work(*task, *choice).await,
            Op::Cancel { order, part } => self.cancel(*order, *part).await,
            Op::Move { order, city } => self.move_to(*order, *city).await,
            Op::Return { order, store, broken } => self.bring_back(*order, *store, *broken).await,
            Op::Exchange { order, store, sku, units } => self.exchange(*order, *store, (*sku, *units)).await,
            Op::Sell { sku, units } => self.sell(*sku, *units).await,
            Op::Jump { seconds } => {
                self.cluster.jump(i64::from(*seconds)).await?;
                self.sign_in().await
            }
            Op::Kill { server, after_ms } => {
                tokio::time::sleep(std::time::Duration::from_millis(u64::from(*after_ms))).await;
                self.cluster.kill(usize::from(*server));
                self.cluster.revive(usize::from(*server)).await
            }
        }
    }

    fn sku(&self, number: u16) -> Sku {
        self.skus[usize::from(number) % self.skus.len()].clone()
    }

    async fn buy(&self, shopper: usize, wish: &Wish<'_>) -> Result<()> {
        let line = |(at, (sku, units)): (usize, &(u16, u8))| CartLine {
            id: LineId::new(format!("l{at}")).expect("a letter and digits are an id"),
            sku: self.sku(*sku),
            quantity: i64::from(*units),
        };
        let cart = Cart {
            lines: wish.lines.iter().enumerate().map(line).collect(),
            coupons: wish.coupon.then(|| COUPON.parse().expect("an id")).into_iter().collect(),
            shipping_method: wish.store.is_none().then(|| "standard".to_owned()),
            ..Cart::default()
        };
        let delivery = match wish.store {
            Some(store) => Delivery::PickUp { store: store.clone() },
            None => Delivery::Ship { address: address(CITIES[wish.lines.len() % CITIES.len()]) },
        };
        let person = &self.shoppers[shopper];
        let Some((request, payable)) = self.quoted(person, cart, delivery, ("web", None)).await? else { return Ok(()) };
        let request = PlaceOrder { payments: tenders(wish.pay, payable), ..request };
        let order = if wish.twice {
            let (one, two) = tokio::join!(self.place(Some(shopper), &request), self.place(Some(shopper), &request));
            same(one?, two?)?
        } else {
            self.place(Some(shopper), &request).await?
        };
        match order {
            Some(order) if matches!(wish.pay, Pay::Now | Pay::Purse) => self.pay(shopper, &order.number).await,
            _ => Ok(()),
        }
    }

    /// What a browser sends.
    async fn quoted(
        &self,
        person: &Person,
        cart: Cart,
        delivery: Delivery,
        (channel, store): (&str, Option<&PlaceId>),
    ) -> Result<Option<(PlaceOrder, i64)>> {
        let wish = Checkout { cart, delivery, channel, store, key: self.key("order") };
        let Some(quoted) = wish.quote(person, &self.base()).await? else { return Ok(None) };
        self.learn_limits(&quoted.promotions);
        Ok(Some((quoted.order, quoted.quote.payable)))
    }

    /// Sends an order and remembers what came of it.
    async fn place(&self, shopper: Option<usize>, request: &PlaceOrder) -> Result<Option<Order>> {
        let person = shopper.map_or(&self.admin, |shopper| &self.shoppers[shopper]);
        let answer = person.post(&format!("{}/api/v1/orders", self.base()), request).await;
        if answer.in_doubt() {
            self.doubt(shopper, request.clone());
        }
        let order: Option<Order> = answer.read()?;
        if let Some(order) = &order {
            self.promise(shopper, order)?;
        }
        Ok(order)
    }

    /// Asks again for what got no answer.
    ///
    /// # Errors
    /// If a server answered as it never may.
    pub async fn ask_again(&self) -> Result<usize> {
        let open = self.take_unanswered();
        let count = open.len();
        for one in open {
            self.place(one.shopper, &one.request).await?;
        }
        Ok(count)
    }

    /// The tasks of all places.
    async fn a_task(&self, number: u16) -> Result<Option<Task>> {
        let mut tasks: Vec<Task> = Vec::new();
        for place in &self.places {
            let answer = self.admin.get(&format!("{}/api/v1/staff/places/{place}/tasks", self.base())).await;
            tasks.extend(answer.read::<Vec<Task>>()?.unwrap_or_default());
        }
        let at = usize::from(number) % tasks.len().max(1);
        Ok(tasks.into_iter().nth(at))
    }

    async fn work(&self, number: u16, choice: u8) -> Result<()> {
        let Some(task) = self.a_task(number).await? else { return Ok(()) };
        let Some(step) = self.next_step(&task, choice).await? else { return Ok(()) };
        let url = format!("{}/api/v1/staff/fulfilments/{}/steps", self.base(), task.fulfilment.id);
        self.admin.post(&url, &step).await.read::<Fulfilment>().map(drop)
    }

    async fn next_step(&self, task: &Task, choice: u8) -> Result<Option<FulfilStep>> {
        let missing = || match choice {
            0..40 => {
                let line = &task.fulfilment.lines[usize::from(choice) % task.fulfilment.lines.len()];
                vec![MissingUnits { line: line.line.clone(), units: 1 }]
            }
            _ => Vec::new(),
        };
        Ok(Some(match (task.fulfilment.stage.as_str(), task.fulfilment.way.as_str()) {
            ("allocated", _) if choice < 20 => FulfilStep::Refuse { why: "broken".to_owned() },
            ("allocated", _) => FulfilStep::StartPicking,
            ("picking", "ship") => FulfilStep::Pack { missing: missing() },
            ("picking", _) => FulfilStep::MakeReady { missing: missing() },
            ("packed", _) => FulfilStep::Ship { carrier: "SF".to_owned(), tracking: String::new() },
            ("shipped", _) if choice < 20 => FulfilStep::SendBack { why: "nobody there".to_owned() },
            ("shipped", _) => FulfilStep::Deliver,
            ("ready", _) => match self.code(task).await? {
                Some(code) => FulfilStep::Collect { code, by: String::new() },
                None => return Ok(None),
            },
            _ => return Ok(None),
        }))
    }

    /// The code that the shopper of an order sees.
    async fn code(&self, task: &Task) -> Result<Option<String>> {
        let promised = self.promised().into_iter().find(|one| one.number == task.order);
        let Some(shopper) = promised.and_then(|one| one.shopper) else { return Ok(None) };
        let order = self.see(shopper, task.order.as_str()).await?;
        Ok(order.and_then(|order| order.fulfilments.into_iter().find_map(|part| part.code)))
    }

    async fn see(&self, shopper: usize, number: &str) -> Result<Option<Order>> {
        self.shoppers[shopper].get(&format!("{}/api/v1/orders/{number}", self.base())).await.read()
    }

    async fn cancel(&self, number: u16, part: bool) -> Result<()> {
        let Some((order, shopper)) = self.theirs(number) else { return Ok(()) };
        let lines = match self.see(shopper, order.number.as_str()).await? {
            Some(seen) if part => {
                vec![UnitsOfLine { line: seen.quote.lines[0].id.clone(), units: 1 }]
            }
            _ => Vec::new(),
        };
        let request = CancelOrder { idempotency_key: self.key("cancel"), lines, reason: String::new() };
        let url = format!("{}/api/v1/orders/{}/cancel", self.base(), order.number);
        self.again(&self.shoppers[shopper], &url, &request).await?.read::<Order>().map(drop)
    }

    async fn move_to(&self, number: u16, city: u8) -> Result<()> {
        let Some((order, shopper)) = self.theirs(number) else { return Ok(()) };
        let request = ChangeAddress { address: address(CITIES[usize::from(city) % CITIES.len()]) };
        let url = format!("{}/api/v1/orders/{}/address", self.base(), order.number);
        let answer = self.shoppers[shopper].send(reqwest::Method::PUT, &url, Some(&request)).await;
        answer.read::<Order>().map(drop)
    }

    /// A unit of an order that comes back to a store, and the order as the staff see it.
    async fn coming_back(&self, number: u16, store: u8, broken: bool) -> Result<Option<(Order, TakeBack)>> {
        let Some(order) = self.an_order(number) else { return Ok(None) };
        let url = format!("{}/api/v1/staff/orders/{}", self.base(), order.number);
        let Some(seen) = self.admin.get(&url).await.read::<Order>()? else { return Ok(None) };
        let Some(line) = seen.quote.lines.first() else { return Ok(None) };
        let goods = vec![ReturnedGoods { line: Some(line.id.clone()), gift: None, units: 1, quarantine: broken }];
        let place = self.stores[usize::from(store) % self.stores.len()].clone();
        let request = TakeBack {
            idempotency_key: self.key("return"),
            place,
            goods,
            reason: "changed my mind".to_owned(),
            shops_fault: broken,
        };
        Ok(Some((seen, request)))
    }

    /// What comes back pays as far as it reaches, cash the rest. A member's prices are a till's own affair: this one serves those who are none.
    async fn exchange(&self, number: u16, store: u8, (sku, units): (u16, u8)) -> Result<()> {
        let Some((seen, back)) = self.coming_back(number, store, false).await? else { return Ok(()) };
        if seen.member.is_some() {
            return Ok(());
        }
        let preview = PreviewReturn { goods: back.goods.clone(), shops_fault: false };
        let url = format!("{}/api/v1/orders/{}/returns/preview", self.base(), seen.number);
        let Some(worth) = self.admin.post(&url, &preview).await.read::<ReturnReceipt>()? else { return Ok(()) };
        let (place, id) = (back.place.clone(), LineId::new("l0").expect("a letter and a digit are an id"));
        let line = CartLine { id, sku: self.sku(sku), quantity: i64::from(units) };
        let cart = Cart { lines: vec![line], ..Cart::default() };
        let delivery = Delivery::PickUp { store: place.clone() };
        let quoted = self.quoted(&self.admin, cart, delivery, ("till", Some(&place))).await?;
        let Some((request, payable)) = quoted else { return Ok(()) };
        let rest = payable - (worth.refund.total - worth.withheld).min(payable);
        let cash = TenderAsk { tender: "cash".to_owned(), amount: Some(rest), reference: None };
        let payments = if rest > 0 { vec![cash] } else { Vec::new() };
        let order = PlaceOrder { hand_over: true, contact: Contact::default(), payments, ..request };
        let url = format!("{}/api/v1/staff/orders/{}/exchanges", self.base(), seen.number);
        let done = self.again(&self.admin, &url, &Exchange { back, order }).await?.read::<Exchanged>()?;
        done.map_or(Ok(()), |done| self.promise(None, &done.order))
    }

    async fn bring_back(&self, number: u16, store: u8, broken: bool) -> Result<()> {
        let Some((seen, request)) = self.coming_back(number, store, broken).await? else { return Ok(()) };
        let url = format!("{}/api/v1/staff/orders/{}/returns", self.base(), seen.number);
        self.again(&self.admin, &url, &request).await?.read::<ReturnReceipt>().map(drop)
    }

    async fn sell(&self, sku: u16, units: u8) -> Result<()> {
        let store = &self.stores[usize::from(sku) % self.stores.len()];
        let id = LineId::new("l0").expect("a letter and a digit are an id");
        let line = CartLine { id, sku: self.sku(sku), quantity: i64::from(units) };
        let cart = Cart { lines: vec![line], ..Cart::default() };
        let delivery = Delivery::PickUp { store: store.clone() };
        let Some((request, _)) = self.quoted(&self.admin, cart, delivery, ("till", Some(store))).await? else {
            return Ok(());
        };
        let cash = TenderAsk { tender: "cash".to_owned(), amount: None, reference: None };
        let request = PlaceOrder { hand_over: true, contact: Contact::default(), payments: vec![cash], ..request };
        self.place(None, &request).await.map(drop)
    }

    pub(crate) fn theirs(&self, number: u16) -> Option<(Promised, usize)> {
        let order = self.an_order(number)?;
        let shopper = order.shopper?;
        Some((order, shopper))
    }

    /// Sends a request with a key until somebody answers: it is carried out once all the same.
    async fn again(&self, person: &Person, url: &str, body: &(impl serde::Serialize + Sync)) -> Result<Answer> {
        let mut answer = person.post(url, body).await;
        for _ in 0..3 {
            if !answer.in_doubt() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            answer = person.post(url, body).await;
        }
        Ok(answer)
    }
}

/// The same request, sent twice at once, makes one order.
fn same(one: Option<Order>, two: Option<Order>) -> Result<Option<Order>> {
    match (one, two) {
        (Some(one), Some(two)) if one.number != two.number => {
            bail!("one request made two orders: {} and {}", one.number, two.number)
        }
        (one, two) => Ok(one.or(two)),
    }
}

/// So much of an order is paid with stored money.
const STORED_MINOR: i64 = 2_000;

fn tenders(pay: Pay, payable: i64) -> Vec<TenderAsk> {
    let ask = |tender: &str, amount| TenderAsk { tender: tender.to_owned(), amount, reference: None };
    match pay {
        Pay::OnDelivery => Vec::new(),
        Pay::Now | Pay::Later => vec![ask("stripe", None)],
        Pay::Purse if payable <= STORED_MINOR => vec![ask("stored_value", None)],
        Pay::Purse => vec![ask("stored_value", Some(STORED_MINOR)), ask("stripe", None)],
    }
}
