//! From options to a state that can serve.

use crate::assets::Site;
use crate::config::ServeOptions;
use crate::data_keys;
use crate::held_keys;
use crate::limits::Limits;
use crate::secret;
use crate::state::{AppState, Shared};
use anyhow::{Context, Result, anyhow};
use jiff::tz::TimeZone;
use pricing::Instant;
use services::{Clock, DataKeys, DemoFiles, Messages, Services, ServicesConfig, payments::Gateway};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use url::Url;

/// What the outside gives to the server; tests give their own.
pub struct Ports {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// How shoppers are reached.
    pub messages: Arc<dyn Messages>,
    /// The payment providers.
    pub gateways: Vec<Arc<dyn Gateway>>,
}

/// Opens the database, loads the demo shop if that is asked for, and gathers what requests use. `bound` is the address that
/// is listened on.
///
/// # Errors
/// With what to do about it: an unreachable database, an unusable secret or time zone.
pub async fn open(options: &ServeOptions, ports: Ports, bound: SocketAddr) -> Result<AppState> {
    // Pages are rendered on tokio. Only the first call of a process counts; tests make more.
    let _ = any_spawner::Executor::init_tokio();
    let public_url = public_url(options, bound)?;
    let services = open_services(options, ports, &public_url).await?;
    if options.demo {
        load_demo(&services).await?;
    }
    let time_zone =
        TimeZone::get(&options.time_zone).with_context(|| format!("no time zone {:?}", options.time_zone))?;
    Ok(AppState::new(Shared {
        services,
        site: Site::new(&options.site_dir),
        limits: Limits::new(&options.limits),
        public_url,
        trusted_proxies: options.trusted_proxies,
        remote_images: options.remote_images,
        time_zone,
    }))
}

fn public_url(options: &ServeOptions, bound: SocketAddr) -> Result<Url> {
    let url = match &options.public_url {
        Some(url) => url.clone(),
        None => format!("http://{bound}").parse().context("the listening address makes no URL")?,
    };
    match url.scheme() {
        "http" | "https" if url.path() == "/" && url.query().is_none() => Ok(url),
        _ => Err(anyhow!(
            "--public-url {url} must be http or https with nothing after the host, like https://shop.example"
        )),
    }
}

async fn open_services(options: &ServeOptions, ports: Ports, public_url: &Url) -> Result<Services> {
    let data_dir = &options.database.data_dir;
    let given = std::env::var(secret::VARIABLE).ok();
    let otp_pepper = secret::load(given.as_deref(), data_dir)?;
    let held = std::env::var(held_keys::VARIABLE).ok();
    let held_keys = held_keys::open(held.as_deref(), data_dir, ports.clock.now())?;
    let data_keys = open_data_keys(data_dir, ports.clock.now())?;
    let database_url = options.database.database_url.clone();
    create_parent(&database_url)?;
    let config = ServicesConfig {
        database_url,
        replica_url: options.replica_url.clone(),
        clock: ports.clock,
        messages: ports.messages,
        carrier: Arc::new(services::OwnCarrier),
        gateways: ports.gateways,
        demo_payments: options.demo,
        otp_pepper,
        held_keys,
        data_keys,
        public_url: public_url.as_str().trim_end_matches('/').to_owned(),
    };
    Services::open(config).await.map_err(|error| anyhow!("cannot open the database: {error}"))
}

/// The keys that seal personal data, of the environment or the data folder.
pub(crate) fn open_data_keys(data_dir: &Path, now: Instant) -> Result<Arc<dyn DataKeys>> {
    data_keys::open(std::env::var(data_keys::VARIABLE).ok().as_deref(), data_dir, now)
}

/// The file of a `sqlite:` address; none for other databases and for one in memory.
pub(crate) fn sqlite_file(database_url: &str) -> Option<PathBuf> {
    let rest = database_url.strip_prefix("sqlite:")?;
    let file = rest.strip_prefix("//").unwrap_or(rest).split('?').next()?;
    (!file.is_empty() && file != ":memory:").then(|| PathBuf::from(file))
}

/// SQLite creates a file but not its folder.
pub(crate) fn create_parent(database_url: &str) -> Result<()> {
    let file = sqlite_file(database_url);
    match file.as_deref().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display())),
        None => Ok(()),
    }
}

async fn load_demo(services: &Services) -> Result<()> {
    let promotions = demo::promotions(services.now().0.div_euclid(1000));
    let files = DemoFiles {
        products_csv: demo::PRODUCTS_CSV,
        translations_csv: demo::TRANSLATIONS_CSV,
        stock_csv: demo::STOCK_CSV,
        shop_json: demo::SHOP_JSON,
        promotions_json: &promotions,
    };
    let loaded = services.load_demo(files).await.map_err(|error| anyhow!("cannot load the demo shop: {error}"))?;
    if loaded {
        tracing::info!("the demo shop is loaded");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_database_is_found() {
        let file = |url| sqlite_file(url).map(|path| path.display().to_string());
        assert_eq!(file("sqlite://data/x.db?mode=rwc").as_deref(), Some("data/x.db"));
        assert_eq!(file("sqlite:///tmp/x.db").as_deref(), Some("/tmp/x.db"));
        assert_eq!(file("sqlite:x.db").as_deref(), Some("x.db"));
        assert_eq!((file("sqlite::memory:"), file("postgres://db/x")), (None, None));
    }
}
