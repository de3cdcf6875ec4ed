//! `concord keys`: the keys that quotes are held with, and those that seal personal data.

use super::open::open_existing;
use crate::config::DatabaseOptions;
use crate::{data_keys, held_keys};
use anyhow::{Result, anyhow, bail};
use secrecy::ExposeSecret;
use services::{Clock, DataKeyRing, Services, SystemClock};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Options of `concord keys`.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Let a new key sign held quotes. Those signed before are honoured until they expire; running servers see it at once.
    Rotate {
        /// The folder with the server's own files.
        #[arg(long, env = "CONCORD_DATA_DIR", default_value = "data")]
        data_dir: PathBuf,
        /// Forget all other keys: every quote that is held now becomes void. For a key that leaked.
        #[arg(long)]
        forget: bool,
    },
    /// Let a new key seal personal data, seal with it what others sealed, and drop the keys that nothing names any more. Servers go on meanwhile.
    RotateData {
        #[command(flatten)]
        database: DatabaseOptions,
        /// How long to wait before a key is dropped, for requests that began with it.
        #[arg(long, default_value_t = 60)]
        wait_seconds: u64,
        /// Drop no key: what a backup of before holds can be read only with them.
        #[arg(long)]
        keep: bool,
    },
    /// Seal personal data with the first data key, where another one sealed them. For keys that come from the environment.
    ResealData {
        #[command(flatten)]
        database: DatabaseOptions,
    },
    /// Print new data keys for the environment of several servers, or the given ones with a new first key.
    NewDataKey,
}

/// Does it and prints the ids of the keys that are known then.
pub async fn run(options: &Options) -> Result<ExitCode> {
    match &options.command {
        Command::Rotate { data_dir, forget } => rotate(data_dir, *forget)?,
        Command::RotateData { database, wait_seconds, keep } => rotate_data(database, *wait_seconds, *keep).await?,
        Command::ResealData { database } => {
            let services = open_existing(database).await?;
            reseal(&services).await?;
            tell_used(&services).await?;
            services.close().await;
        }
        Command::NewDataKey => tell!("{}", new_data_key()?.to_text().expose_secret()),
    }
    Ok(ExitCode::SUCCESS)
}

fn rotate(data_dir: &std::path::Path, forget: bool) -> Result<()> {
    if std::env::var_os(held_keys::VARIABLE).is_some() {
        bail!("the keys come from {0}; unset it to rotate those in --data-dir", held_keys::VARIABLE);
    }
    let ring = held_keys::rotate(data_dir, SystemClock.now(), forget)?;
    for (at, id) in ring.ids().into_iter().enumerate() {
        tell!("{id}  {}", if at == 0 { "signs" } else { "known" });
    }
    Ok(())
}

async fn rotate_data(database: &DatabaseOptions, wait_seconds: u64, keep: bool) -> Result<()> {
    // The database is opened first: keys of another one must not be rotated.
    let services = open_existing(database).await?;
    let ring = data_keys::rotate(&database.data_dir, SystemClock.now())?;
    tell!("{}  seals from now on", ring.ids()[0]);
    reseal(&services).await?;
    if !keep {
        tell!("waiting {wait_seconds} s for what began before");
        tokio::time::sleep(Duration::from_secs(wait_seconds)).await;
        reseal(&services).await?;
        let used: Vec<String> = used(&services).await?.into_iter().map(|(id, _)| id).collect();
        for id in data_keys::drop_unused(&database.data_dir, &used)? {
            tell!("{id}  is dropped: nothing names it any more");
        }
    }
    tell_used(&services).await?;
    services.close().await;
    Ok(())
}

fn new_data_key() -> Result<DataKeyRing> {
    let now = SystemClock.now().0;
    Ok(match std::env::var(data_keys::VARIABLE) {
        Ok(given) => DataKeyRing::parse(&given)?.rotated(now)?,
        Err(_) => DataKeyRing::generate(now)?,
    })
}

async fn reseal(services: &Services) -> Result<()> {
    let sealed = services.reseal_data().await.map_err(|error| anyhow!("{error}"))?;
    tell!("{sealed} texts sealed again");
    Ok(())
}

async fn used(services: &Services) -> Result<Vec<(String, i64)>> {
    services.data_keys_in_use().await.map_err(|error| anyhow!("{error}"))
}

async fn tell_used(services: &Services) -> Result<()> {
    for (id, texts) in used(services).await? {
        tell!("{id}  sealed {texts} texts");
    }
    Ok(())
}
