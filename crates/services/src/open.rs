//! Opening the services, and what they share.

use crate::{Clock, KeyStore, Messages, Result, ServiceError, active::Live, setup};
use pricing::Instant;
use std::{fmt, sync::Arc};
use storage::{Db, Query};

/// How the services are opened.
pub struct ServicesConfig {
    /// `sqlite://path/to/shop.db?mode=rwc` or `postgres://…`.
    pub database_url: String,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// How shoppers are reached.
    pub messages: Arc<dyn Messages>,
    /// The secret that one-time codes are hashed with, at least 16 bytes.
    pub otp_pepper: Vec<u8>,
    /// The keys that quotes are held with.
    pub held_keys: Arc<dyn KeyStore>,
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
    pub(crate) otp_pepper: Vec<u8>,
    pub(crate) held_keys: Arc<dyn KeyStore>,
    pub(crate) public_url: String,
    pub(crate) live: Live,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Services").finish_non_exhaustive()
    }
}

const PEPPER_BYTES_MIN: usize = 16;

impl Services {
    /// Opens the database, brings its tables up to date and compiles the price book.
    ///
    /// # Errors
    /// If the database can't be opened or migrated, or the pepper is too short.
    pub async fn open(config: ServicesConfig) -> Result<Self> {
        if config.otp_pepper.len() < PEPPER_BYTES_MIN {
            return Err(ServiceError::internal("the secret for one-time codes needs at least 16 bytes"));
        }
        let db = Db::open(&config.database_url).await?;
        storage::migrate(&db).await?;
        let ServicesConfig { clock, messages, otp_pepper, held_keys, public_url, .. } = config;
        let live = Live::default();
        let services = Self(Arc::new(Inner { db, clock, messages, otp_pepper, held_keys, public_url, live }));
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
}
