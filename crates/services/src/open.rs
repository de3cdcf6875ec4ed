//! Opening the services, and what they share.

use crate::{
    Carrier, Clock, KeyStore, Messages, Result, ServiceError,
    active::Live,
    payments::{Gateway, demo},
    setup,
};
use pricing::Instant;
use std::{collections::BTreeMap, fmt, sync::Arc};
use storage::{Db, Query, sealed};
use vault::{DataKeys, Vault};

/// How the services are opened.
pub struct ServicesConfig {
    /// `sqlite://path/to/shop.db?mode=rwc` or `postgres://…`.
    pub database_url: String,
    /// A PostgreSQL server that follows the database, for reads that may be a little old.
    pub replica_url: Option<String>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// How shoppers are reached.
    pub messages: Arc<dyn Messages>,
    /// Who takes parcels to shoppers.
    pub carrier: Arc<dyn Carrier>,
    /// The secret that one-time codes are hashed with, at least 16 bytes.
    pub otp_pepper: Vec<u8>,
    /// The keys that quotes are held with.
    pub held_keys: Arc<dyn KeyStore>,
    /// The payment providers that are set up, each for a tender of its own.
    pub gateways: Vec<Arc<dyn Gateway>>,
    /// True if the demo's own payment provider plays those that are not set up. Nobody pays anything there.
    pub demo_payments: bool,
    /// The keys that seal personal data.
    pub data_keys: Arc<dyn DataKeys>,
    /// The address that shelf codes point to, `https://shop.example`, without a slash at the end.
    pub public_url: String,
}

/// All use cases; cloning is cheap.
#[derive(Clone)]
pub struct Services(pub(crate) Arc<Inner>);

/// What all clones share.
pub(crate) struct Inner {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) messages: Arc<dyn Messages>,
    pub(crate) carrier: Arc<dyn Carrier>,
    pub(crate) otp_pepper: Vec<u8>,
    pub(crate) held_keys: Arc<dyn KeyStore>,
    pub(crate) public_url: String,
    pub(crate) gateways: BTreeMap<String, Arc<dyn Gateway>>,
    pub(crate) live: Live,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Services").finish_non_exhaustive()
    }
}

const PEPPER_BYTES_MIN: usize = 16;

/// The payment providers by their tenders; in a demo its own one plays those that are missing.
fn gateways(config: &ServicesConfig, db: &Db) -> BTreeMap<String, Arc<dyn Gateway>> {
    let mut gateways: BTreeMap<String, Arc<dyn Gateway>> = BTreeMap::new();
    if config.demo_payments {
        for one in demo::all(db, &config.public_url, &config.otp_pepper) {
            gateways.insert(one.tender().to_owned(), one);
        }
    }
    for one in &config.gateways {
        gateways.insert(one.tender().to_owned(), Arc::clone(one));
    }
    gateways
}

impl Services {
    /// Opens the database, brings its tables up to date and compiles the price book.
    ///
    /// # Errors
    /// If the database can't be opened or migrated, the data keys are not its own, or the pepper is too short.
    pub async fn open(config: ServicesConfig) -> Result<Self> {
        if config.otp_pepper.len() < PEPPER_BYTES_MIN {
            return Err(ServiceError::internal("the secret for one-time codes needs at least 16 bytes"));
        }
        let db = Db::open(&config.database_url, Vault::new(Arc::clone(&config.data_keys))).await?;
        let db = match &config.replica_url {
            Some(replica) => db.with_replica(replica)?,
            None => db,
        };
        storage::migrate(&db).await?;
        sealed::check_keys(&db).await?;
        let sealed = sealed::seal_plain(&db).await?;
        if sealed > 0 {
            tracing::info!(sealed, "personal data of before are sealed now");
        }
        let gateways = gateways(&config, &db);
        let ServicesConfig { clock, messages, carrier, otp_pepper, held_keys, public_url, .. } = config;
        let live = Live::default();
        let inner = Inner { db, clock, messages, carrier, otp_pepper, held_keys, public_url, gateways, live };
        let services = Self(Arc::new(inner));
        setup::first_start(&services).await?;
        services.reload().await?;
        Ok(services)
    }

    /// Checks that the database answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ready(&self) -> Result<()> {
        self.db().row("SELECT version FROM schema_migrations LIMIT 1", vec![]).await?;
        Ok(())
    }

    /// Lets go of the database connections, after those that are in use came back.
    pub async fn close(&self) {
        self.db().close().await;
    }

    /// The server's clock.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    /// For lists, texts and figures that may be a little old: what is decided by nobody.
    pub(crate) fn stale(&self) -> Db {
        self.0.db.stale()
    }
}
