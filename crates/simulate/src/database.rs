//! A new database for each simulation.

use anyhow::{Context, Result};
use std::path::Path;
use storage::{Db, Query};
use vault::Vault;

/// The address of a new database: a file in `folder`, or a database on the PostgreSQL server at `server`.
///
/// # Errors
/// If the server does not make one.
pub async fn fresh(folder: &Path, server: Option<&str>) -> Result<String> {
    let Some(server) = server else {
        return Ok(format!("sqlite://{}?mode=rwc", folder.join("shop.db").display()));
    };
    let db = Db::open(server, Vault::closed()).await.context("the PostgreSQL server does not answer")?;
    let name = format!("simulate_{}_{:08x}", std::process::id(), rand::random::<u32>());
    // A name can't be bound; this one is made of letters and digits only.
    let create: &'static str = Box::leak(format!("CREATE DATABASE {name}").into_boxed_str());
    db.run(create, vec![]).await?;
    db.close().await;
    let (base, _) = server.rsplit_once('/').context("the server's address names a database")?;
    Ok(format!("{base}/{name}"))
}
