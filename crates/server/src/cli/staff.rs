//! `concord staff`: the first administrator of a shop can only be made here.

use super::open::open_existing;
use crate::config::DatabaseOptions;
use anyhow::{Context, Result, anyhow};
use ids::PlaceId;
use std::process::ExitCode;
use wire::PutStaff;

/// What `concord staff` takes.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Add an account, or change the one with this telephone.
    Put(Account),
    /// Close an account: its sessions end and nobody signs in to it any more.
    Close(Account),
}

#[derive(clap::Args)]
struct Account {
    /// A mobile number of mainland China.
    #[arg(long)]
    phone: String,
    /// The name that colleagues see.
    #[arg(long)]
    name: String,
    /// clerk, `store_manager`, service, merchandiser or administrator.
    #[arg(long)]
    role: String,
    /// The place where they work, for clerks and store managers.
    #[arg(long)]
    place: Option<PlaceId>,
}

/// Runs it.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let (account, active) = match &options.command {
        Command::Put(account) => (account, true),
        Command::Close(account) => (account, false),
    };
    let services = open_existing(&options.database).await?;
    let request = PutStaff {
        phone: account.phone.clone(),
        name: account.name.clone(),
        role: account.role.clone(),
        place: account.place.clone(),
        active,
    };
    let put =
        services.put_staff_here(&request).await.map_err(|error| anyhow!("{error}")).context("nothing was changed")?;
    tell!("{} {} {} {}", put.id, put.name, put.role, if put.active { "active" } else { "closed" });
    services.close().await;
    Ok(ExitCode::SUCCESS)
}
