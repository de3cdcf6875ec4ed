//! A flash sale: many buyers at once, few units, and a coupon for fewer of them.

use crate::{
    audit,
    checkout::{Checkout, Quoted, address},
    cluster::{Cluster, Setup},
    person::{Answer, Person},
    stage::Most,
    times::Times,
};
use anyhow::{Context, Result, bail, ensure};
use futures::{StreamExt, stream};
use ids::{LineId, Sku};
use pricing::{Cart, CartLine};
use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use storage::{Db, proofs};
use vault::Vault;
use wire::{Delivery, Order, Problem, ProductList, Shop};

/// The coupon.
const COUPON: &str = "LUCKY10";
/// A buyer gives up after so many requests, which never may happen.
const TRIES: usize = 60;

/// A sale.
#[derive(Clone, Debug)]
pub struct Sale {
    /// How servers are started.
    pub setup: Setup,
    /// How many.
    pub servers: usize,
    /// Who wants one.
    pub buyers: usize,
    /// How many of them at once.
    pub connections: usize,
    /// What there is.
    pub units: i64,
    /// How many of them for less.
    pub coupons: i64,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// Orders.
    pub sold: usize,
    /// Orders with the coupon.
    pub with_coupon: usize,
    /// Buyers who were told that there is nothing left.
    pub sold_out: usize,
    /// How long it took until the last unit was sold, and until the last buyer had an answer.
    pub until_sold_out: Duration,
    /// As said.
    pub whole: Duration,
    /// How long requests to order took.
    pub times: Times,
}

/// What a buyer got.
enum Got {
    /// An order, with the coupon or without.
    One(bool),
    Nothing,
}

struct Floor<'a> {
    cluster: &'a Cluster,
    sku: &'a Sku,
    begun: Instant,
    times: Mutex<Times>,
    turn: AtomicUsize,
    last_sold: Mutex<Duration>,
}

/// Holds the sale and checks it: as many orders as units, at most as many with the coupon as it allows, and an answer for everybody.
///
/// # Errors
/// If any of this does not hold.
pub async fn hold(sale: &Sale) -> Result<Outcome> {
    let cluster = Cluster::start(sale.setup.clone(), sale.servers).await?;
    let sku = prepare(sale, &cluster).await?;
    let (times, last_sold) = (Mutex::default(), Mutex::default());
    let floor =
        Floor { cluster: &cluster, sku: &sku, begun: Instant::now(), times, turn: AtomicUsize::new(0), last_sold };
    let got = stream::iter(0..sale.buyers).map(|buyer| floor.serve(buyer)).buffer_unordered(sale.connections);
    let got: Vec<Result<Got>> = got.collect().await;
    let whole = floor.begun.elapsed();
    let got = got.into_iter().collect::<Result<Vec<_>>>()?;
    let sold = got.iter().filter(|one| matches!(one, Got::One(_))).count();
    let with_coupon = got.iter().filter(|one| matches!(one, Got::One(true))).count();
    let until_sold_out = *floor.last_sold.lock().unwrap_or_else(PoisonError::into_inner);
    let times = floor.times.into_inner().unwrap_or_else(PoisonError::into_inner);
    let outcome = Outcome { sold, with_coupon, sold_out: got.len() - sold, until_sold_out, whole, times };
    check(sale, &outcome).await?;
    Ok(outcome)
}

async fn check(sale: &Sale, outcome: &Outcome) -> Result<()> {
    ensure!(i64::try_from(outcome.sold)? == sale.units, "{} of {} units were sold", outcome.sold, sale.units);
    let with_coupon = i64::try_from(outcome.with_coupon)?;
    ensure!(with_coupon <= sale.coupons, "{with_coupon} orders have a coupon for {}", sale.coupons);
    let db = Db::open(&sale.setup.database_url, Vault::closed()).await?;
    let tx = db.begin().await?;
    let (found, rows) = (proofs::all(&tx).await?, storage::orders::register(&tx).await?);
    drop(tx);
    db.close().await;
    audit::agree(&found)?;
    ensure!(rows.len() == outcome.sold, "{} orders are in the database, {} were confirmed", rows.len(), outcome.sold);
    Ok(())
}

/// There are exactly so many units, all in one warehouse, and the coupon has its limit.
async fn prepare(sale: &Sale, cluster: &Cluster) -> Result<Sku> {
    let (person, base) = (Person::new()?, cluster.base(0));
    let shop: Shop = person.get(&format!("{base}/api/v1/shop")).await.read()?.context("there is no shop")?;
    let list: Option<ProductList> = person.get(&format!("{base}/api/v1/products?sort=price_down")).await.read()?;
    let card = list.and_then(|list| list.items.into_iter().next()).context("there are no products")?;
    let product: Option<wire::Product> = person.get(&format!("{base}/api/v1/products/{}", card.handle)).await.read()?;
    let sku = product.and_then(|product| product.variants.into_iter().next()).context("a product has no variants")?.sku;
    let first = shop.places.first().context("there are no places")?.id.to_string();
    let units = |place: &str| if place == first { sale.units } else { 0 };
    let rows = shop.places.iter().map(|place| (sku.clone(), place.id.to_string(), units(place.id.as_str())));
    sale.setup.set_stock(&rows.collect::<Vec<_>>())?;
    sale.setup.limit_coupon(COUPON, Most { total: sale.coupons, per_member: None })?;
    // All servers hear of the new book within a second.
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(sku)
}

impl Floor<'_> {
    fn base(&self) -> String {
        self.cluster.base(self.turn.fetch_add(1, Ordering::Relaxed))
    }

    async fn serve(&self, buyer: usize) -> Result<Got> {
        let person = Person::new()?;
        person.post(&format!("{}/api/v1/session", self.base()), &()).await;
        let mut open: Option<Quoted> = None;
        for turn in 0..TRIES {
            let quoted = match open.take() {
                Some(quoted) => quoted,
                None => match self.quote(&person, buyer, turn).await? {
                    Some(quoted) => quoted,
                    // The server is too busy for a moment.
                    None => {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                },
            };
            let begun = Instant::now();
            let answer = person.post(&format!("{}/api/v1/orders", self.base()), &quoted.order).await;
            self.times.lock().unwrap_or_else(PoisonError::into_inner).add(begun.elapsed());
            if let Some(order) = answer.read::<Order>()? {
                *self.last_sold.lock().unwrap_or_else(PoisonError::into_inner) = self.begun.elapsed();
                ensure!(
                    order.quote.hash == quoted.quote.hash,
                    "order {} has another price than was agreed",
                    order.number
                );
                let applied = &order.quote.applied;
                return Ok(Got::One(
                    applied.iter().any(|one| one.coupon.as_ref().is_some_and(|code| code.as_str() == COUPON)),
                ));
            }
            match &answer {
                answer if answer.in_doubt() => open = Some(quoted),
                Answer::Heard(_, text) => match kind(text)?.as_str() {
                    "/problems/out-of-stock" => return Ok(Got::Nothing),
                    // The coupon is used up by now: the next quote is without it.
                    "/problems/price-changed" | "/problems/conflict" => {}
                    other => bail!("a buyer was told {other}: {text}"),
                },
                Answer::Lost => open = Some(quoted),
            }
        }
        bail!("buyer {buyer} got no answer")
    }

    async fn quote(&self, person: &Person, buyer: usize, turn: usize) -> Result<Option<Quoted>> {
        let line = CartLine { id: LineId::new("l0")?, sku: self.sku.clone(), quantity: 1 };
        let cart = Cart {
            lines: vec![line],
            coupons: vec![COUPON.parse()?],
            shipping_method: Some("standard".to_owned()),
            ..Cart::default()
        };
        let delivery = Delivery::Ship { address: address("上海市") };
        let wish = Checkout { cart, delivery, channel: "web", store: None, key: format!("flash-{buyer}-{turn}") };
        wish.quote(person, &self.base()).await
    }
}

fn kind(text: &str) -> Result<String> {
    let problem: Problem = serde_json::from_str(text).with_context(|| format!("no problem: {text}"))?;
    Ok(problem.kind)
}
