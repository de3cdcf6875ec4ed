//! What tests of the use cases share: a demo shop on SQLite or PostgreSQL with a clock that stands until it is moved, and builders with
//! valid defaults.

mod builders;
mod database;
mod ports;

pub use builders::{address, cart, contact, order};
pub use database::{Database, each_database};
pub use ports::{Mailbox, TestClock, TestKeys};

use services::{DemoFiles, Services, ServicesConfig};
use std::sync::Arc;

/// A demo shop of its own, gone when it is dropped.
pub struct TestShop {
    /// The use cases.
    pub services: Services,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// The one-time codes that were sent.
    pub mailbox: Arc<Mailbox>,
    /// The keys that its quotes are held with.
    pub keys: Arc<TestKeys>,
    /// Its database, which other services can be opened on too.
    pub database: Database,
}

impl TestShop {
    /// A demo shop on that database.
    ///
    /// # Panics
    /// If the shop can't be made: a test has nothing to go on with then.
    pub async fn new(database: Database) -> Self {
        let (clock, mailbox) = (Arc::new(TestClock::default()), Arc::new(Mailbox::default()));
        let keys = Arc::new(TestKeys::default());
        let services = open(&database, &clock, &mailbox, &keys).await;
        let promotions = demo::promotions(clock.seconds());
        let files = DemoFiles {
            products_csv: demo::PRODUCTS_CSV,
            translations_csv: demo::TRANSLATIONS_CSV,
            stock_csv: demo::STOCK_CSV,
            shop_json: demo::SHOP_JSON,
            promotions_json: &promotions,
        };
        assert!(services.load_demo(files).await.expect("the demo loads"), "a new shop is empty");
        Self { services, clock, mailbox, keys, database }
    }

    /// Another server on the same database, with the same clock and mailbox.
    pub async fn another(&self) -> Services {
        open(&self.database, &self.clock, &self.mailbox, &self.keys).await
    }
}

async fn open(database: &Database, clock: &Arc<TestClock>, mailbox: &Arc<Mailbox>, keys: &Arc<TestKeys>) -> Services {
    let config = ServicesConfig {
        database_url: database.url().to_owned(),
        clock: Arc::clone(clock) as Arc<dyn services::Clock>,
        messages: Arc::clone(mailbox) as Arc<dyn services::Messages>,
        otp_pepper: b"a pepper for tests only".to_vec(),
        held_keys: Arc::clone(keys) as Arc<dyn services::KeyStore>,
        public_url: "http://shop.test".to_owned(),
    };
    Services::open(config).await.expect("the services open")
}
