//! A database for each test: a SQLite file in a temporary folder, or a new database of the PostgreSQL server that
//! `CONCORD_TEST_PG_URL` names.

use std::{
    future::Future,
    sync::atomic::{AtomicU32, Ordering},
};
use storage::{Db, Query};
use tempfile::TempDir;

/// The variable with the address of a PostgreSQL server on which databases may be made.
const SERVER: &str = "CONCORD_TEST_PG_URL";

/// A database that is gone when this is dropped; on PostgreSQL it goes with the server, which lives as long as the run.
#[derive(Debug)]
pub struct Database {
    url: String,
    _folder: Option<TempDir>,
}

impl Database {
    /// An embedded database.
    ///
    /// # Panics
    /// If there is no room for a temporary folder.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("shop.db").display());
        Self { url, _folder: Some(folder) }
    }

    /// A new database on the PostgreSQL server; none, with a line that says so, where no server is named.
    ///
    /// # Panics
    /// If the server that is named does not do it.
    pub async fn postgres() -> Option<Self> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var(SERVER) else {
            eprintln!("skipped on PostgreSQL: {SERVER} names no server");
            return None;
        };
        let name = format!("concord_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
        let db = Db::open(&server, vault::Vault::closed()).await.expect("the PostgreSQL server answers");
        // A name can't be bound; this one is made of letters and digits only.
        let create: &'static str = Box::leak(format!("CREATE DATABASE {name}").into_boxed_str());
        db.run(create, vec![]).await.expect("a database can be made");
        db.close().await;
        let (base, _) = server.rsplit_once('/').expect("an address has a path");
        Some(Self { url: format!("{base}/{name}"), _folder: None })
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Runs the same story on SQLite and, where there is a server, on PostgreSQL.
pub async fn each_database<F: Future<Output = ()>>(story: impl Fn(Database) -> F) {
    story(Database::sqlite()).await;
    if let Some(database) = Database::postgres().await {
        story(database).await;
    }
}
