//! What the operator decides: options of `concord serve`, each also an environment variable.

use std::net::SocketAddr;
use std::path::PathBuf;
use url::Url;

/// Where the shop keeps its data and its keys; every subcommand needs it.
#[derive(Clone, Debug, clap::Args)]
pub struct DatabaseOptions {
    /// A `sqlite:` or `postgres:` address.
    #[arg(long, env = "CONCORD_DATABASE_URL", default_value = "sqlite://data/concord.db?mode=rwc")]
    pub database_url: String,
    /// The folder for files of the server's own, such as the generated secret and the keys that seal personal data.
    #[arg(long, env = "CONCORD_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// Options of `concord serve`.
#[derive(Clone, Debug, clap::Args)]
pub struct ServeOptions {
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, env = "CONCORD_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    #[command(flatten)]
    /// The database.
    pub database: DatabaseOptions,
    /// A PostgreSQL server that follows the database: lists, texts and figures that may be a second old are read there, and everything else, and all
    /// of it while the follower does not answer, from the database itself.
    #[arg(long, env = "CONCORD_REPLICA_URL")]
    pub replica_url: Option<String>,
    /// The folder with the built browser files (`cargo xtask bundle` writes it).
    #[arg(long, env = "CONCORD_SITE_DIR", default_value = "target/site")]
    pub site_dir: PathBuf,
    /// The address under which shoppers reach the shop, for QR codes, cookies and links; `http://ADDR` without it.
    #[arg(long, env = "CONCORD_PUBLIC_URL")]
    pub public_url: Option<Url>,
    /// Load the demo shop if the database is empty.
    #[arg(long)]
    pub demo: bool,
    /// How many proxies in front append to X-Forwarded-For; with 0 the header is ignored.
    #[arg(long, env = "CONCORD_TRUSTED_PROXIES", default_value_t = 0)]
    pub trusted_proxies: usize,
    /// The time zone of the shop's own clock.
    #[arg(long, env = "CONCORD_TIME_ZONE", default_value = "Asia/Shanghai")]
    pub time_zone: String,
    /// Let pages show pictures of other sites over https, for imported catalogues whose pictures stay where they are.
    #[arg(long, env = "CONCORD_REMOTE_IMAGES")]
    pub remote_images: bool,
    /// A file with milliseconds that are added to the machine's clock, for tests of what takes days.
    #[arg(long, env = "CONCORD_CLOCK_FILE", hide = true)]
    pub clock_file: Option<PathBuf>,
    /// How log lines are written; what is written, `RUST_LOG` says.
    #[arg(long, env = "CONCORD_LOG", value_enum, default_value = "text")]
    pub log: LogFormat,
    #[command(flatten)]
    /// How messages leave.
    pub messages: MessageOptions,
    #[command(flatten)]
    /// What one client may do.
    pub limits: LimitOptions,
}

/// How messages leave; by the log, if nothing is said. Passwords and secrets come from the environment, so that no list of processes shows them.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct MessageOptions {
    /// A mail server: `smtp://host`, `smtp://user:password@host:587?tls=required` or `smtps://user:password@host`.
    #[arg(long, env = "CONCORD_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Whom e-mails come from: `shop@example.org` or `Name <shop@example.org>`.
    #[arg(long, env = "CONCORD_SMTP_FROM", requires = "smtp_url")]
    pub smtp_from: Option<String>,
    /// An address that is called for every message and one-time code, signed with `CONCORD_WEBHOOK_SECRET`.
    #[arg(long, env = "CONCORD_WEBHOOK_URL")]
    pub webhook_url: Option<Url>,
}

/// What one client, and all together, may do.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct LimitOptions {
    /// Requests for codes and sign-ins per minute and client address.
    #[arg(long, env = "CONCORD_AUTH_PER_MINUTE", default_value = "30")]
    pub auth_per_minute: std::num::NonZeroU32,
    /// Orders per minute and client address.
    #[arg(long, env = "CONCORD_ORDERS_PER_MINUTE", default_value = "60")]
    pub orders_per_minute: std::num::NonZeroU32,
    /// Requests in work at the same time; what is above is told to come back.
    #[arg(long, env = "CONCORD_CONCURRENCY_MAX", default_value_t = 512)]
    pub concurrency_max: usize,
    /// How long one request may take, in seconds.
    #[arg(long, env = "CONCORD_REQUEST_SECONDS_MAX", default_value_t = 30)]
    pub request_seconds_max: u64,
}

/// The largest request body, in bytes.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;
