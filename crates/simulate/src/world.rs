//! What the simulation knows by itself: who there is, what was promised to whom, and what got no answer.

use crate::{audit::Promised, cluster::Cluster, person::Person, provider::Provider};
use anyhow::{Context, Result, bail};
use ids::{PlaceId, PromotionId, Sku};
use pricing::book::{Limit, Promotion};
use std::{
    collections::BTreeMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};
use wire::{FindMember, MemberView, Order, PlaceKind, PlaceOrder, ProductList, RequestCode, Shop, SignIn, TopUp};

/// Shoppers of a simulation.
const SHOPPERS: usize = 6;
/// What each member has stored in the beginning, in minor units.
const STORED_MINOR: i64 = 30_000;
/// The first of them are members.
pub(crate) const MEMBERS: usize = 4;
/// The demo's administrator.
const ADMIN: &str = "13900000005";
/// SKUs that are bought: few, so that they run out.
const SKUS: usize = 14;

/// An order that got no answer: it is asked for again until there is one.
#[derive(Clone, Debug)]
pub struct Unanswered {
    /// Who ordered.
    pub shopper: Option<usize>,
    /// What was sent.
    pub request: PlaceOrder,
}

/// All that is known.
pub struct World {
    /// The servers.
    pub cluster: Cluster,
    /// Who takes the money.
    pub provider: Provider,
    /// Who buys.
    pub shoppers: Vec<Person>,
    /// Who works.
    pub admin: Person,
    /// What is bought.
    pub skus: Vec<Sku>,
    /// Where goods are picked up.
    pub stores: Vec<PlaceId>,
    /// All places.
    pub places: Vec<PlaceId>,
    promised: Mutex<Vec<Promised>>,
    unanswered: Mutex<Vec<Unanswered>>,
    limits: Mutex<BTreeMap<PromotionId, Limit>>,
    turn: AtomicUsize,
    keys: AtomicUsize,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    /// People come to a shop.
    ///
    /// # Errors
    /// If the shop does not let them in.
    pub async fn new(cluster: Cluster, provider: Provider) -> Result<Self> {
        let admin = Person::new()?;
        let base = cluster.base(0);
        let shop: Shop = admin.get(&format!("{base}/api/v1/shop")).await.read()?.context("there is no shop")?;
        let stores: Vec<PlaceId> =
            shop.places.iter().filter(|place| place.kind == PlaceKind::Store).map(|place| place.id.clone()).collect();
        let places = shop.places.into_iter().map(|place| place.id).collect();
        let skus = some_skus(&admin, &base).await?;
        let shoppers = (0..SHOPPERS).map(|_| Person::new()).collect::<Result<Vec<_>>>()?;
        for shopper in &shoppers {
            shopper.post(&format!("{base}/api/v1/session"), &()).await;
        }
        let (turn, keys) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (promised, unanswered, limits) = (Mutex::default(), Mutex::default(), Mutex::default());
        let world =
            Self { cluster, provider, shoppers, admin, skus, stores, places, promised, unanswered, limits, turn, keys };
        world.sign_in().await?;
        for member in 0..MEMBERS {
            world.join(member).await?;
        }
        Ok(world)
    }

    /// Signs the administrator in, whose session ends with the working day.
    ///
    /// # Errors
    /// If that is not possible.
    pub async fn sign_in(&self) -> Result<()> {
        self.enter::<wire::StaffSession>(&self.admin, ADMIN, "staff/sign-in").await
    }

    /// A shopper becomes a member.
    async fn join(&self, shopper: usize) -> Result<()> {
        let phone = format!("1370000{shopper:04}");
        self.enter::<wire::Session>(&self.shoppers[shopper], &phone, "auth/sign-in").await?;
        let url = format!("{}/api/v1/staff/members", self.base());
        let found = self.admin.post(&format!("{url}/find"), &FindMember { text: phone }).await.read::<MemberView>()?;
        let id = found.context("a member can't be found")?.id;
        let (idempotency_key, tender) = (self.key("top-up"), "cash".to_owned());
        let request = TopUp { idempotency_key, amount: STORED_MINOR, tender };
        self.admin
            .post(&format!("{url}/{id}/top-up"), &request)
            .await
            .read::<MemberView>()?
            .context("no money stored")?;
        Ok(())
    }

    async fn enter<T: serde::de::DeserializeOwned>(&self, person: &Person, phone: &str, path: &str) -> Result<()> {
        for _ in 0..20 {
            let base = self.base();
            let request = RequestCode { phone: phone.to_owned() };
            person.post(&format!("{base}/api/v1/auth/code"), &request).await;
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            if let Some(code) = last_code(&self.cluster.logs(), phone) {
                let request = SignIn { phone: phone.to_owned(), code };
                let answer = person.post(&format!("{base}/api/v1/{path}"), &request).await;
                if answer.read::<T>()?.is_some() {
                    return Ok(());
                }
            }
            // One code a minute, and five an hour.
            self.cluster.jump(800).await?;
        }
        bail!("{phone} can't sign in")
    }

    /// Remembers how often promotions may give.
    pub fn learn_limits(&self, promotions: &[Promotion]) {
        let mut limits = locked(&self.limits);
        for one in promotions.iter().filter(|one| !one.limit.is_none()) {
            limits.entry(one.id.clone()).or_insert(one.limit);
        }
    }

    /// How often promotions may give, as far as anybody saw.
    pub fn limits(&self) -> BTreeMap<PromotionId, Limit> {
        locked(&self.limits).clone()
    }

    /// A server, in turn; it may be dead.
    pub fn base(&self) -> String {
        self.cluster.base(self.turn.fetch_add(1, Ordering::Relaxed))
    }

    /// A key that was never used.
    pub fn key(&self, what: &str) -> String {
        format!("sim-{what}-{:06}", self.keys.fetch_add(1, Ordering::Relaxed))
    }

    /// A server has confirmed an order.
    ///
    /// # Errors
    /// If it was confirmed before with another quote.
    pub fn promise(&self, shopper: Option<usize>, order: &Order) -> Result<()> {
        let mut promised = locked(&self.promised);
        match promised.iter().find(|one| one.number == order.number) {
            Some(known) if known.hash != order.quote.hash => bail!("order {} has two quotes", order.number),
            Some(_) => {}
            None => promised.push(Promised::of(order, shopper)),
        }
        Ok(())
    }

    /// All orders that were confirmed.
    pub fn promised(&self) -> Vec<Promised> {
        locked(&self.promised).clone()
    }

    /// One of the orders that were confirmed.
    pub fn an_order(&self, number: u16) -> Option<Promised> {
        let promised = locked(&self.promised);
        // The latest ones are those with which something can still be done.
        let recent = &promised[promised.len().saturating_sub(30)..];
        recent.get(usize::from(number) % recent.len().max(1)).cloned()
    }

    /// An order got no answer.
    pub fn doubt(&self, shopper: Option<usize>, request: PlaceOrder) {
        locked(&self.unanswered).push(Unanswered { shopper, request });
    }

    /// Takes all that got no answer, to ask again.
    pub fn take_unanswered(&self) -> Vec<Unanswered> {
        std::mem::take(&mut *locked(&self.unanswered))
    }
}

async fn some_skus(person: &Person, base: &str) -> Result<Vec<Sku>> {
    let list: ProductList =
        person.get(&format!("{base}/api/v1/products")).await.read()?.context("there are no products")?;
    let mut skus = Vec::new();
    for card in list.items {
        let url = format!("{base}/api/v1/products/{}", card.handle);
        let product: wire::Product = person.get(&url).await.read()?.context("a product is gone")?;
        skus.extend(product.variants.into_iter().map(|variant| variant.sku));
        if skus.len() >= SKUS {
            break;
        }
    }
    Ok(skus)
}

/// The last code that was sent to a telephone, from the servers' logs.
fn last_code(logs: &str, phone: &str) -> Option<String> {
    // The log shows a telephone's beginning and end only.
    let phone = format!("{}****{}", &phone[..3], &phone[phone.len() - 4..]);
    let line =
        logs.lines().filter(|line| line.contains("one-time code") && line.contains(&phone)).max_by_key(|line| {
            // Lines begin with their instant.
            line.split_whitespace().next().unwrap_or_default().to_owned()
        })?;
    let digits = line.split("code=").nth(1)?.trim_start_matches('"');
    Some(digits.chars().take_while(char::is_ascii_digit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_code_is_read_from_the_log() {
        let logs = "2026-01-01T00:00:02Z INFO one-time code (x) phone=\"139****0005\" code=\"123456\"\n\
                    2026-01-01T00:00:01Z INFO one-time code (x) phone=\"139****0005\" code=\"000000\"\n";
        assert_eq!(last_code(logs, "13900000005").as_deref(), Some("123456"));
        assert_eq!(last_code(logs, "13900000001"), None);
    }
}
