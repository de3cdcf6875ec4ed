//! What tests of the use cases share: a demo shop on SQLite or PostgreSQL with a clock that stands until it is moved, and builders with
//! valid defaults.

mod builders;
mod database;
mod dump;
mod gateway;
mod ports;

pub use builders::{address, cart, contact, order};
pub use database::{Database, each_database};
pub use dump::{Cell, dump};
pub use gateway::{LocalGateway, Mood};
pub use ports::{Mailbox, TestClock, TestDataKeys, TestKeys};

use services::{DemoFiles, Services, ServicesConfig, payments::Gateway};
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
    /// The keys that seal its personal data.
    pub data_keys: Arc<TestDataKeys>,
    /// Its payment providers.
    pub gateways: Vec<Arc<dyn Gateway>>,
    /// Its database, which other services can be opened on too.
    pub database: Database,
}

impl TestShop {
    /// A demo shop on that database.
    ///
    /// # Panics
    /// If the shop can't be made: a test has nothing to go on with then.
    pub async fn new(database: Database) -> Self {
        Self::with_gateways(database, Vec::new()).await
    }

    /// A demo shop on that database with these payment providers.
    ///
    /// # Panics
    /// As [`TestShop::new`].
    pub async fn with_gateways(database: Database, gateways: Vec<Arc<dyn Gateway>>) -> Self {
        let (clock, mailbox) = (Arc::new(TestClock::default()), Arc::new(Mailbox::default()));
        let (keys, data_keys) = (Arc::new(TestKeys::default()), Arc::new(TestDataKeys::default()));
        let services = open(&database, &clock, &mailbox, (&keys, &data_keys), &gateways).await;
        let promotions = demo::promotions(clock.seconds());
        let files = DemoFiles {
            products_csv: demo::PRODUCTS_CSV,
            translations_csv: demo::TRANSLATIONS_CSV,
            stock_csv: demo::STOCK_CSV,
            shop_json: demo::SHOP_JSON,
            promotions_json: &promotions,
        };
        assert!(services.load_demo(files).await.expect("the demo loads"), "a new shop is empty");
        Self { services, clock, mailbox, keys, data_keys, gateways, database }
    }

    /// Its database, opened once more with the shop's own keys, to look at rows directly.
    ///
    /// # Panics
    /// If it can't be opened.
    pub async fn db(&self) -> storage::Db {
        let vault = vault::Vault::new(Arc::clone(&self.data_keys) as Arc<dyn services::DataKeys>);
        storage::Db::open(self.database.url(), vault).await.expect("the database opens")
    }

    /// Another server on the same database, with the same clock and mailbox.
    pub async fn another(&self) -> Services {
        open(&self.database, &self.clock, &self.mailbox, (&self.keys, &self.data_keys), &self.gateways).await
    }
}

async fn open(
    database: &Database,
    clock: &Arc<TestClock>,
    mailbox: &Arc<Mailbox>,
    (keys, data_keys): (&Arc<TestKeys>, &Arc<TestDataKeys>),
    gateways: &[Arc<dyn Gateway>],
) -> Services {
    let config = ServicesConfig {
        database_url: database.url().to_owned(),
        replica_url: None,
        clock: Arc::clone(clock) as Arc<dyn services::Clock>,
        messages: Arc::clone(mailbox) as Arc<dyn services::Messages>,
        carrier: Arc::new(services::OwnCarrier),
        gateways: gateways.to_vec(),
        demo_payments: true,
        otp_pepper: b"a pepper for tests only".to_vec(),
        held_keys: Arc::clone(keys) as Arc<dyn services::KeyStore>,
        data_keys: Arc::clone(data_keys) as Arc<dyn services::DataKeys>,
        public_url: "http://shop.test".to_owned(),
    };
    Services::open(config).await.expect("the services open")
}
