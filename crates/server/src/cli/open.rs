//! Opening the shop for a command that serves nobody.

use crate::config::DatabaseOptions;
use crate::start::{create_parent, open_data_keys, sqlite_file};
use anyhow::{Result, anyhow, bail};
use rand::RngExt;
use services::{Clock, FixedKeys, KeyRing, LogMessages, Services, ServicesConfig, SystemClock};
use std::sync::Arc;

/// Opens the database, which is made if it is missing.
pub async fn open_or_create(database: &DatabaseOptions) -> Result<Services> {
    create_parent(&database.database_url)?;
    let config = ServicesConfig {
        database_url: database.database_url.clone(),
        replica_url: None,
        clock: Arc::new(SystemClock),
        messages: Arc::new(LogMessages),
        carrier: Arc::new(services::OwnCarrier),
        gateways: Vec::new(),
        demo_payments: false,
        // Nobody signs in here, so the secret behind one-time codes may be any.
        otp_pepper: rand::rng().random::<[u8; 32]>().to_vec(),
        // Nor is any quote held.
        held_keys: Arc::new(FixedKeys::new(
            KeyRing::generate(SystemClock.now()).map_err(|error| anyhow!("cannot make a key: {error}"))?,
        )),
        data_keys: open_data_keys(&database.data_dir, SystemClock.now())?,
        public_url: "http://127.0.0.1:3000".to_owned(),
    };
    Services::open(config).await.map_err(|error| anyhow!("cannot open the database: {error}"))
}

/// Opens a database that must be there: reading from a new one would only hide a mistyped path.
pub async fn open_existing(database: &DatabaseOptions) -> Result<Services> {
    if let Some(file) = sqlite_file(&database.database_url)
        && !file.exists()
    {
        bail!("there is no database at {}; name one with --database-url", file.display());
    }
    open_or_create(database).await
}
