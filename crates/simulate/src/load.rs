//! Shoppers who order one cart after the other, and remember what was confirmed to them.

use crate::{
    audit::Promised,
    checkout::{Checkout, Quoted, address},
    cluster::{Cluster, Setup},
    person::{Answer, Person},
    times::Times,
};
use anyhow::{Context, Result, bail, ensure};
use ids::{LineId, Sku};
use pricing::{Cart, CartLine};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use wire::{Delivery, Order, PlaceOrder, ProductList, Shop};

/// Units at each place: more than anybody orders.
const PLENTY: i64 = 10_000_000;
/// SKUs that are ordered.
const SKUS: usize = 24;
/// A request is sent again for so long until it is answered.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is ordered.
#[derive(Clone, Debug)]
pub struct Load {
    /// These.
    pub skus: Vec<Sku>,
    /// Lines of a cart.
    pub lines: usize,
}

/// Everybody who orders.
pub struct Shoppers<'a> {
    cluster: &'a Cluster,
    load: &'a Load,
    seed: u64,
    closed: AtomicBool,
    turn: AtomicUsize,
    doubts: AtomicUsize,
    seen: Mutex<Seen>,
}

struct Seen {
    confirmed: Vec<Promised>,
    orders: Times,
    checkouts: Times,
    last: Instant,
    longest_gap: Duration,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Load {
    /// Fills the shelves of some SKUs.
    ///
    /// # Errors
    /// If the shop does not answer or refuses the goods.
    pub async fn prepare(setup: &Setup, cluster: &Cluster, lines: usize) -> Result<Self> {
        let (person, base) = (Person::new()?, cluster.base(0));
        let shop: Shop = person.get(&format!("{base}/api/v1/shop")).await.read()?.context("there is no shop")?;
        let list: Option<ProductList> = person.get(&format!("{base}/api/v1/products?size=60")).await.read()?;
        let mut skus = Vec::new();
        for card in list.context("there are no products")?.items {
            let url = format!("{base}/api/v1/products/{}", card.handle);
            let product: wire::Product = person.get(&url).await.read()?.context("a product is gone")?;
            skus.extend(product.variants.into_iter().take(1).map(|variant| variant.sku));
            if skus.len() >= SKUS {
                break;
            }
        }
        ensure!(skus.len() >= lines, "the shop has too few products");
        let places = shop.places.iter().map(|place| place.id.to_string());
        let rows = places.flat_map(|place| skus.iter().map(move |sku| (sku.clone(), place.clone(), PLENTY)));
        setup.set_stock(&rows.collect::<Vec<_>>())?;
        Ok(Self { skus, lines })
    }

    fn cart(&self, rng: &mut StdRng) -> Result<Cart> {
        let first = rng.random_range(0..self.skus.len());
        let line = |at: usize| {
            let sku = self.skus[(first + at) % self.skus.len()].clone();
            Ok(CartLine { id: LineId::new(format!("l{at}"))?, sku, quantity: rng.random_range(1..4) })
        };
        let lines = (0..self.lines).map(line).collect::<Result<Vec<_>>>()?;
        Ok(Cart { lines, shipping_method: Some("standard".to_owned()), ..Cart::default() })
    }
}

impl<'a> Shoppers<'a> {
    /// They stand before the shop.
    #[must_use]
    pub fn new(cluster: &'a Cluster, load: &'a Load, seed: u64) -> Self {
        let seen = Seen {
            confirmed: Vec::new(),
            orders: Times::default(),
            checkouts: Times::default(),
            last: Instant::now(),
            longest_gap: Duration::ZERO,
        };
        let (closed, turn, doubts) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
        Self { cluster, load, seed, closed, turn, doubts, seen: Mutex::new(seen) }
    }

    /// Nobody begins another cart.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    /// What was confirmed.
    pub fn confirmed(&self) -> Vec<Promised> {
        locked(&self.seen).confirmed.clone()
    }

    /// Requests to order that got no answer.
    pub fn doubts(&self) -> usize {
        self.doubts.load(Ordering::Relaxed)
    }

    /// The longest time in which no order was confirmed.
    pub fn longest_gap(&self) -> Duration {
        locked(&self.seen).longest_gap
    }

    /// How long requests to order took, and how long whole checkouts did.
    pub fn times(&self) -> (Times, Times) {
        let seen = locked(&self.seen);
        (seen.orders.clone(), seen.checkouts.clone())
    }

    fn base(&self) -> String {
        self.cluster.base(self.turn.fetch_add(1, Ordering::Relaxed))
    }

    /// A shopper orders until the shop closes.
    ///
    /// # Errors
    /// If a server answered as it never may.
    pub async fn shop(&self, shopper: usize) -> Result<()> {
        let person = Person::new()?;
        while matches!(person.post(&format!("{}/api/v1/session", self.base()), &()).await, Answer::Lost) {
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        let mut rng = StdRng::seed_from_u64(self.seed ^ (shopper as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for turn in 0.. {
            if self.closed.load(Ordering::SeqCst) {
                break;
            }
            let (cart, begun) = (self.load.cart(&mut rng)?, Instant::now());
            let delivery = Delivery::Ship { address: address("上海市") };
            let wish = Checkout { cart, delivery, channel: "web", store: None, key: format!("load-{shopper}-{turn}") };
            let Some(Quoted { order, .. }) = wish.quote(&person, &self.base()).await? else {
                // The server is dead or busy.
                tokio::time::sleep(Duration::from_millis(30)).await;
                continue;
            };
            let sent = Instant::now();
            if let Some(order) = self.place(&person, &order).await? {
                self.see(&order, sent.elapsed(), begun.elapsed());
            }
        }
        Ok(())
    }

    /// Sends an order until there is an answer: none if it was refused, as when a price changed meanwhile.
    async fn place(&self, person: &Person, request: &PlaceOrder) -> Result<Option<Order>> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let answer = person.post(&format!("{}/api/v1/orders", self.base()), request).await;
            if !answer.in_doubt() {
                return answer.read();
            }
            self.doubts.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        bail!("order {} got no answer for {} s", request.idempotency_key, PATIENCE.as_secs())
    }

    fn see(&self, order: &Order, ordered: Duration, whole: Duration) {
        let mut seen = locked(&self.seen);
        seen.orders.add(ordered);
        seen.checkouts.add(whole);
        seen.longest_gap = seen.longest_gap.max(seen.last.elapsed());
        seen.last = Instant::now();
        seen.confirmed.push(Promised::of(order, None));
    }
}
