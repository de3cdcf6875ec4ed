//! `concord reprice`: computes past orders again and compares every byte.

use super::{open::open_existing, when};
use crate::config::DatabaseOptions;
use anyhow::{Result, anyhow};
use jiff::tz::TimeZone;
use services::Differing;
use std::process::ExitCode;

/// Options of `concord reprice`.
#[derive(clap::Args)]
pub struct Options {
    /// The first day or instant: `2026-11-01`, `2026-11-01T08:00`, `2026-11-01T00:00:00Z`.
    #[arg(long)]
    since: String,
    /// The time zone of the shop's own clock.
    #[arg(long, env = "CONCORD_TIME_ZONE", default_value = "Asia/Shanghai", value_parser = |name: &str| TimeZone::get(name))]
    time_zone: TimeZone,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Prints a line for each order that differs, and closes with the counts. Fails if any differs.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let since = when::instant(&options.since, &options.time_zone).map_err(|error| anyhow!("--since: {error}"))?;
    let services = open_existing(&options.database).await?;
    let mut tell = |one: &Differing| {
        let Differing { number, field, stored, again, .. } = one;
        tell!("{number}: {field}: stored {stored}, again {again}");
    };
    let counts = services.reprice(since, &mut tell).await.map_err(|error| anyhow!("{error}"))?;
    services.close().await;
    tell!("{} orders, {} differ", counts.orders, counts.differing);
    if counts.other_engines > 0 {
        tell!(
            "{} of them were quoted by another engine than this one, {}",
            counts.other_engines,
            pricing::ENGINE_VERSION
        );
    }
    Ok(if counts.differing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
