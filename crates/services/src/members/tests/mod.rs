//! What orders, returns and payments will ask of the desk, told on both databases.

mod coupons;
mod model;
mod points;
mod value;

use super::Desk;
use crate::{Clock, FixedKeys, KeyRing, LogMessages, Services, ServicesConfig, active::Active};
use ::members::DAY_MS;
use ids::{MemberId, OrderNumber, StaffId};
use pricing::Instant;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use storage::{Tx, members::MemberRow};
use testkit::Database;

const SHOP: &str = r#"{"name": {"zh": "店", "en": "Shop"}, "currency": "CNY",
    "levels": [{"id": "silver", "rank": 1, "name": {"zh": "银卡", "en": "Silver"}}, {"id": "gold", "rank": 2, "name": {"zh": "金卡", "en": "Gold"}}],
    "membership": {
        "points": {"pending_days": 15, "expiry": {"kind": "days", "days": 100}, "give_back_days": 30, "shortfall": "withhold"},
        "levels": {"measure": "spend", "window_months": 12, "period_months": 6, "grace_days": 30,
            "levels": [{"level": "silver", "from": 100000}, {"level": "gold", "from": 500000}]}
    }}"#;

/// A clock that stands until it is moved.
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

/// An empty shop with members' rules, and its clock.
pub(super) struct Bench {
    pub(super) services: Services,
    pub(super) active: Arc<Active>,
    hands: Arc<Hands>,
    _database: Arc<Database>,
}

pub(super) fn order(at: impl std::fmt::Display) -> OrderNumber {
    OrderNumber::new(format!("N{at}")).unwrap()
}

pub(super) fn clerk() -> StaffId {
    StaffId::new("clerk").unwrap()
}

impl Bench {
    pub(super) async fn new(database: Database) -> Self {
        let hands = Arc::new(Hands(AtomicI64::new(1_795_320_000_000)));
        let config = ServicesConfig {
            database_url: database.url().to_owned(),
            replica_url: None,
            clock: Arc::clone(&hands) as Arc<dyn Clock>,
            messages: Arc::new(LogMessages),
            otp_pepper: b"a pepper for tests only".to_vec(),
            carrier: Arc::new(crate::OwnCarrier),
            held_keys: Arc::new(FixedKeys::new(KeyRing::generate(Instant(0)).unwrap())),
            data_keys: Arc::new(testkit::TestDataKeys::default()),
            public_url: "http://shop.test".to_owned(),
            gateways: Vec::new(),
            demo_payments: false,
        };
        let services = Services::open(config).await.unwrap();
        let tx = services.db().begin().await.unwrap();
        crate::setup::put_shop(&services, &tx, SHOP).await.unwrap();
        crate::setup::stamp(&tx).await.unwrap();
        tx.commit().await.unwrap();
        let active = services.reload().await.unwrap();
        Self { services, active, hands, _database: Arc::new(database) }
    }

    pub(super) fn days(&self, days: i64) {
        self.hands.0.fetch_add(days * DAY_MS, Ordering::SeqCst);
    }

    pub(super) async fn begin(&self) -> Tx {
        self.services.db().begin().await.unwrap()
    }

    pub(super) fn desk<'a>(&'a self, tx: &'a Tx) -> Desk<'a> {
        Desk::new(tx, &self.active, self.services.now())
    }

    /// A new member with points that never expire.
    pub(super) async fn member(&self, name: &str, points: i64) -> MemberId {
        let id = MemberId::new(name).unwrap();
        let row = MemberRow {
            id: id.clone(),
            phone: format!("+86138{name}"),
            name: name.to_owned(),
            level: None,
            tags: Vec::new(),
            points: 0,
            orders: 0,
            created_at: self.services.now(),
            birthday_month: None,
            birthday_told_at: None,
        };
        let tx = self.begin().await;
        assert!(storage::members::insert(&tx, &row).await.unwrap());
        self.desk(&tx).open_points(&id, points).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// What a member may spend and what waits, as quotes and the account page see it.
    pub(super) async fn points(&self, member: &MemberId) -> (i64, i64) {
        let row = storage::members::by_id(self.services.db(), member).await.unwrap().unwrap();
        let lots = storage::lots::of_member(self.services.db(), member).await.unwrap();
        assert_eq!(::members::points::available(&lots), row.points);
        (row.points, ::members::points::pending(&lots))
    }

    /// The books balance, and whatever is stored is what was posted.
    pub(super) async fn proved(&self) {
        let proof = self.services.prove_ledger(self.services.now()).await.unwrap();
        assert!(proof.holds(), "{:#?}", proof.differences);
    }
}

/// Runs a few lines in a transaction of their own with a desk.
macro_rules! at_desk {
    ($bench:expr, |$desk:ident| $body:expr) => {{
        let tx = $bench.begin().await;
        let $desk = $bench.desk(&tx);
        let answer = $body;
        tx.commit().await.unwrap();
        answer
    }};
}
pub(super) use at_desk;
