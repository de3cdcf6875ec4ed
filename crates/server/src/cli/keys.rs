//! `concord keys`: the keys that quotes are held with.

use crate::held_keys;
use anyhow::{Result, bail};
use services::{Clock, SystemClock};
use std::path::PathBuf;
use std::process::ExitCode;

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
}

/// Does it and prints the ids of the keys that are known then.
pub fn run(options: &Options) -> Result<ExitCode> {
    let Command::Rotate { data_dir, forget } = &options.command;
    if std::env::var_os(held_keys::VARIABLE).is_some() {
        bail!("the keys come from {0}; unset it to rotate those in --data-dir", held_keys::VARIABLE);
    }
    let ring = held_keys::rotate(data_dir, SystemClock.now(), *forget)?;
    for (at, id) in ring.ids().into_iter().enumerate() {
        tell!("{id}  {}", if at == 0 { "signs" } else { "known" });
    }
    Ok(ExitCode::SUCCESS)
}
