//! `concord book`: versions of the price book.

mod activate;
mod list;
mod publish;
mod read;

use crate::config::DatabaseOptions;
use anyhow::{Result, anyhow};
use jiff::tz::TimeZone;
use money::Locale;
use services::{Deed, ServiceError, Services, Thing};
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `concord book`.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
    /// The language: `zh` or `en`.
    #[arg(long, global = true, default_value = "zh", value_parser = |tag: &str| Locale::from_tag(tag).ok_or("write zh or en"))]
    lang: Locale,
    /// The time zone of the shop's own clock.
    #[arg(long, global = true, env = "CONCORD_TIME_ZONE", default_value = "Asia/Shanghai", value_parser = |name: &str| TimeZone::get(name))]
    time_zone: TimeZone,
    /// A `sqlite:` or `postgres:` address.
    #[arg(long, global = true, env = "CONCORD_DATABASE_URL", default_value = "sqlite://data/concord.db?mode=rwc")]
    database_url: String,
    /// The folder with the server's own files, such as the keys that seal personal data.
    #[arg(long, global = true, env = "CONCORD_DATA_DIR", default_value = "data")]
    data_dir: std::path::PathBuf,
}

/// Versions are named by `current` or by the first digits of their ids, at least four.
#[derive(clap::Subcommand)]
enum Command {
    /// Publish a draft, a price book as JSON. It holds only when it is activated.
    Publish {
        /// The draft.
        file: PathBuf,
        #[command(flatten)]
        deed: DeedOptions,
    },
    /// List versions, and what made them hold.
    List,
    /// Tell what differs between two versions, in words.
    Diff {
        /// The older one.
        a: String,
        /// The newer one.
        b: String,
    },
    /// Make a version hold, now or from an instant on.
    Activate {
        /// The version.
        id: String,
        /// From when on: `2026-12-01`, `2026-12-01T08:30`, `2026-12-01T00:30:00Z`.
        #[arg(long)]
        at: Option<String>,
        #[command(flatten)]
        deed: DeedOptions,
    },
    /// Call off a version's scheduled activation, before its time.
    Cancel {
        /// The version.
        id: String,
        /// Which of several: the instant from which it would have held.
        #[arg(long)]
        at: Option<String>,
        #[command(flatten)]
        deed: DeedOptions,
    },
    /// Go back to the version before, or to an older one.
    Rollback {
        /// The version to go back to.
        #[arg(long)]
        to: Option<String>,
        #[command(flatten)]
        deed: DeedOptions,
    },
    /// Show a version: in numbers, or as the JSON that can be edited and published.
    Show {
        /// The version.
        #[arg(default_value = "current")]
        id: String,
        /// Print the whole book.
        #[arg(long)]
        json: bool,
    },
}

/// Who does it, and why: kept with the version or the activation.
#[derive(clap::Args)]
struct DeedOptions {
    /// Who does it.
    #[arg(long, env = "USER", default_value = "unknown")]
    by: String,
    /// Why.
    #[arg(long, default_value = "")]
    reason: String,
}

impl DeedOptions {
    fn deed(&self) -> Deed {
        Deed { by: self.by.clone(), reason: self.reason.clone() }
    }
}

impl Options {
    fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        if self.lang == Locale::Zh { zh } else { en }
    }

    /// What a use case says, in the operator's language.
    fn say(&self, error: &ServiceError) -> anyhow::Error {
        match error {
            ServiceError::NotFound(Thing::PriceBook) => anyhow!(
                "{}",
                self.pick(
                    "没有这个版本；`concord book list` 列出全部版本。",
                    "There is no such version; `concord book list` lists them."
                )
            ),
            ServiceError::Internal(cause) => anyhow!("{cause}"),
            other => anyhow!("{}", other.detail().get(self.lang)),
        }
    }
}

/// Does it on a database that must be there.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let database = DatabaseOptions { database_url: options.database_url.clone(), data_dir: options.data_dir.clone() };
    // A draft that can't be read is refused before anything is opened.
    let draft = if let Command::Publish { file, .. } = &options.command { Some(publish::draft(file)?) } else { None };
    let services = super::open::open_existing(&database).await?;
    let done = match (&options.command, draft) {
        (Command::Publish { deed, .. }, Some(draft)) => publish::run(options, &services, draft, &deed.deed()).await,
        (command, _) => command.run(options, &services).await,
    };
    services.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

impl Command {
    async fn run(&self, options: &Options, services: &Services) -> Result<()> {
        match self {
            Self::Publish { .. } => Ok(()),
            Self::List => list::run(options, services).await,
            Self::Diff { a, b } => read::diff(options, services, a, b).await,
            Self::Activate { id, at, deed } => activate::run(options, services, id, at.as_deref(), &deed.deed()).await,
            Self::Cancel { id, at, deed } => activate::cancel(options, services, id, at.as_deref(), &deed.deed()).await,
            Self::Rollback { to, deed } => activate::roll_back(options, services, to.as_deref(), &deed.deed()).await,
            Self::Show { id, json } => read::show(options, services, id, *json).await,
        }
    }
}

/// The first digits of an id, enough to name it.
fn short(id: &ids::PriceBookId) -> &str {
    id.as_str().get(..12).unwrap_or(id.as_str())
}
