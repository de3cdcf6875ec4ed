//! `concord person`: a person's data, taken along or erased, by whoever runs the shop's machine.

use super::open::open_existing;
use crate::config::DatabaseOptions;
use anyhow::{Context, Result, anyhow};
use ids::MemberId;
use std::path::PathBuf;
use std::process::ExitCode;
use wire::{ErasePerson, FindPerson};

/// What `concord person` takes.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Args)]
struct Which {
    #[command(flatten)]
    database: DatabaseOptions,
    /// The member's telephone.
    #[arg(long, conflicts_with = "member", required_unless_present = "member")]
    phone: Option<String>,
    /// The member number.
    #[arg(long)]
    member: Option<MemberId>,
    /// Why; the audit log keeps it, and the person may read it there.
    #[arg(long)]
    reason: String,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Write everything that the shop keeps of a member as JSON.
    Export {
        #[command(flatten)]
        which: Which,
        /// Where to; standard output without it.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Erase a member's name, telephone and addresses; the books keep their figures.
    Erase {
        #[command(flatten)]
        which: Which,
        /// The member gives up points that are left.
        #[arg(long)]
        give_up_points: bool,
    },
}

/// Runs it.
pub async fn run(options: &Options) -> Result<ExitCode> {
    match &options.command {
        Command::Export { which, out } => export(which, out.as_ref()).await,
        Command::Erase { which, give_up_points } => erase(which, *give_up_points).await,
    }?;
    Ok(ExitCode::SUCCESS)
}

async fn export(which: &Which, out: Option<&PathBuf>) -> Result<()> {
    let services = open_existing(&which.database).await?;
    let member = member(&services, which).await?;
    let export = services.export_person_here(&member, &which.reason).await.map_err(|error| anyhow!("{error}"))?;
    let text = serde_json::to_string_pretty(&export)?;
    match out {
        Some(path) => {
            crate::secret::write_private(path, text.as_bytes())
                .with_context(|| format!("cannot write {}, or it is there already", path.display()))?;
            tell!("{} is written", path.display());
        }
        None => tell!("{text}"),
    }
    services.close().await;
    Ok(())
}

async fn erase(which: &Which, give_up_points: bool) -> Result<()> {
    let services = open_existing(&which.database).await?;
    let member = member(&services, which).await?;
    let request = ErasePerson { reason: which.reason.clone(), give_up_points };
    let erased = services.erase_person_here(&member, &request).await;
    let erased = erased.map_err(|error| anyhow!("{error}")).context("nothing was erased")?;
    tell!("{member}: {} orders, {} messages, {} sessions", erased.orders, erased.messages, erased.sessions);
    services.close().await;
    Ok(())
}

async fn member(services: &services::Services, which: &Which) -> Result<MemberId> {
    let query = FindPerson { phone: which.phone.clone(), member: which.member.clone() };
    services.member_here(&query).await.map_err(|error| anyhow!("{error}"))
}
