//! One door to both databases: reads anywhere, writes in transactions.

use crate::{Error, Result, Row, Value};
use sqlx::{
    Postgres, SqlSafeStr, SqlStr, Sqlite, Transaction,
    postgres::{PgArguments, PgPool, PgPoolOptions},
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
    },
};
use std::{pin::Pin, str::FromStr, time::Duration};
use tokio::sync::Mutex;
use vault::Vault;

const READERS: u32 = 8;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const WRITER_TIMEOUT: Duration = Duration::from_secs(30);
/// A replica that does not answer sooner is passed over.
const REPLICA_TIMEOUT: Duration = Duration::from_secs(2);

/// A database, opened, with the vault that seals personal data in it; cloning is cheap.
#[derive(Clone, Debug)]
pub struct Db {
    pool: Pool,
    /// A server that follows the primary, for reads that may be a little old.
    replica: Option<PgPool>,
    /// Reads go to the replica.
    stale: bool,
    vault: Vault,
}

/// SQLite has one writer at a time. A writer pool of one connection makes writers queue in order here instead of polling for
/// SQLite's lock, and the readers, which WAL never blocks, refuse to write, so that no write escapes the queue.
#[derive(Clone, Debug)]
enum Pool {
    /// An embedded database in a file.
    Sqlite { reader: SqlitePool, writer: SqlitePool },
    /// A PostgreSQL server.
    Postgres(PgPool),
}

/// A transaction that writes; it is rolled back unless it is committed.
#[derive(Debug)]
pub struct Tx {
    open: Mutex<Open>,
    vault: Vault,
}

#[derive(Debug)]
enum Open {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// What a statement gives, some time. It is boxed, since a future that names the type of its statement is not known to be
/// `Send` by the compiler wherever that type holds a lifetime.
type Answer<'q, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'q>>;

/// What statements run on: a database or a transaction.
pub trait Query: Sync {
    /// What seals and opens the personal data in rows.
    fn vault(&self) -> &Vault;

    /// Runs a statement and returns its rows.
    fn rows_of(&self, sql: SqlStr, values: Vec<Value>) -> Answer<'_, Vec<Row>>;

    /// Runs a statement and returns how many rows it changed.
    fn run_of(&self, sql: SqlStr, values: Vec<Value>) -> Answer<'_, u64>;

    /// Runs a statement and returns its rows.
    fn rows(&self, sql: impl SqlSafeStr, values: Vec<Value>) -> Answer<'_, Vec<Row>> {
        self.rows_of(sql.into_sql_str(), values)
    }

    /// Runs a statement and returns how many rows it changed.
    fn run(&self, sql: impl SqlSafeStr, values: Vec<Value>) -> Answer<'_, u64> {
        self.run_of(sql.into_sql_str(), values)
    }

    /// Runs a statement and returns its first row.
    fn row(&self, sql: impl SqlSafeStr, values: Vec<Value>) -> Answer<'_, Option<Row>> {
        let rows = self.rows_of(sql.into_sql_str(), values);
        Box::pin(async move { Ok(rows.await?.into_iter().next()) })
    }
}

fn sqlite_query(sql: SqlStr, values: Vec<Value>) -> sqlx::query::Query<'static, Sqlite, SqliteArguments> {
    values.into_iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Int(int) => query.bind(int),
        Value::Text(text) => query.bind(text),
    })
}

fn pg_query(sql: SqlStr, values: Vec<Value>) -> sqlx::query::Query<'static, Postgres, PgArguments> {
    values.into_iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Int(int) => query.bind(int),
        Value::Text(text) => query.bind(text),
    })
}

impl Db {
    /// Opens `sqlite://path?mode=rwc` or `postgres://…`; tables are made by [`crate::migrate`].
    pub async fn open(url: &str, vault: Vault) -> Result<Self> {
        if url.starts_with("sqlite:") {
            let pool = Self::open_sqlite(url).await?;
            return Ok(Self { pool, replica: None, stale: false, vault });
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = Pool::Postgres(PgPoolOptions::new().max_connections(16).connect(url).await?);
            return Ok(Self { pool, replica: None, stale: false, vault });
        }
        Err(Error::BadUrl("it starts with neither sqlite: nor postgres:".to_owned()))
    }

    /// Reads that may be a little old go to a PostgreSQL server that follows this one ([`Db::stale`]). It need not be there yet.
    ///
    /// # Errors
    /// [`Error::BadUrl`] if either is no PostgreSQL.
    pub fn with_replica(self, url: &str) -> Result<Self> {
        if !self.is_postgres() || !(url.starts_with("postgres:") || url.starts_with("postgresql:")) {
            return Err(Error::BadUrl("only PostgreSQL has replicas".to_owned()));
        }
        let replica = PgPoolOptions::new().max_connections(16).acquire_timeout(REPLICA_TIMEOUT).connect_lazy(url)?;
        Ok(Self { replica: Some(replica), ..self })
    }

    /// The same database for reads that may be a little old: from the replica, and where that does not answer from the primary. What is read here must
    /// not be decided upon, nor be kept.
    #[must_use]
    pub fn stale(&self) -> Self {
        Self { stale: true, ..self.clone() }
    }

    /// What the replica says; none if the primary has to be asked.
    async fn read_stale(&self, sql: &SqlStr, values: &[Value]) -> Option<Vec<Row>> {
        let replica = self.replica.as_ref().filter(|_| self.stale)?;
        match pg_query(sql.clone(), values.to_vec()).fetch_all(replica).await {
            Ok(rows) => Some(rows.into_iter().map(Row::Postgres).collect()),
            Err(error) => {
                tracing::debug!(%error, "the replica does not answer; the primary is asked");
                None
            }
        }
    }

    async fn open_sqlite(url: &str) -> Result<Pool> {
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Err(Error::BadUrl("a database in memory can't be shared by the reader and the writer".to_owned()));
        }
        let options = SqliteConnectOptions::from_str(url).map_err(|error| Error::BadUrl(error.to_string()))?;
        // FULL and not NORMAL: an order that was confirmed must survive a power cut.
        let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        let options = options.foreign_keys(true).busy_timeout(BUSY_TIMEOUT).pragma("temp_store", "memory");
        // What is deleted is overwritten: an erased person is not to be found in the file's free pages.
        let options = options.pragma("secure_delete", "on");
        let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(WRITER_TIMEOUT);
        let writer = writer.connect_with(options.clone()).await?;
        let reader = SqlitePoolOptions::new().max_connections(READERS);
        let reader = reader.connect_with(options.create_if_missing(false).pragma("query_only", "on")).await?;
        Ok(Pool::Sqlite { reader, writer })
    }

    /// Begins a transaction that writes. On SQLite it holds the one write lock from the start, since a transaction that
    /// begins by reading can't become a writer once another has written.
    pub async fn begin(&self) -> Result<Tx> {
        let open = match &self.pool {
            Pool::Sqlite { writer, .. } => Open::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pool::Postgres(pool) => Open::Postgres(pool.begin().await?),
        };
        Ok(Tx { open: Mutex::new(open), vault: self.vault.clone() })
    }

    /// Lets go of all connections, after those that are in use came back.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { reader, writer } => {
                reader.close().await;
                writer.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }

    /// True for PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.pool, Pool::Postgres(_))
    }

    /// PostgreSQL's connections, if that is what it is.
    pub(crate) fn postgres(&self) -> Option<&PgPool> {
        match &self.pool {
            Pool::Postgres(pool) => Some(pool),
            Pool::Sqlite { .. } => None,
        }
    }
}

impl Query for Db {
    fn vault(&self) -> &Vault {
        &self.vault
    }

    fn rows_of(&self, sql: SqlStr, values: Vec<Value>) -> Answer<'_, Vec<Row>> {
        Box::pin(async move {
            if let Some(rows) = self.read_stale(&sql, &values).await {
                return Ok(rows);
            }
            Ok(match &self.pool {
                Pool::Sqlite { reader, .. } => {
                    sqlite_query(sql, values).fetch_all(reader).await?.into_iter().map(Row::Sqlite).collect()
                }
                Pool::Postgres(pool) => {
                    pg_query(sql, values).fetch_all(pool).await?.into_iter().map(Row::Postgres).collect()
                }
            })
        })
    }

    fn run_of(&self, sql: SqlStr, values: Vec<Value>) -> Answer<'_, u64> {
        Box::pin(async move {
            Ok(match &self.pool {
                Pool::Sqlite { writer, .. } => sqlite_query(sql, values).execute(writer).await?.rows_affected(),
                Pool::Postgres(pool) => pg_query(sql, values).execute(pool).await?.rows_affected(),
            })
        })
    }
}

impl Tx {
    /// Makes all that was done last.
    pub async fn commit(self) -> Result<()> {
        match self.open.into_inner() {
            Open::Sqlite(tx) => tx.commit().await?,
            Open::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// True on PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        // Nobody else has the transaction while it is only asked for its kind.
        self.open.try_lock().is_ok_and(|open| matches!(*open, Open::Postgres(_)))
    }

    /// Runs a script of several statements without values.
    pub(crate) async fn script(&self, sql: SqlStr) -> Result<()> {
        match &mut *self.open.lock().await {
            Open::Sqlite(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(drop)?,
            Open::Postgres(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(drop)?,
        }
        Ok(())
    }
}

impl Query for Tx {
    fn vault(&self) -> &Vault {
        &self.vault
    }

    fn rows_of(&self, sql: SqlStr, values: Vec<Value>) -> Answer<'_, Vec<Row>> {
        Box::pin(async move {
            Ok(match &mut *self.open.lock().await {
                Open::Sqlite(tx) => {
                    sqlite_query(sql, values).fetch_all(&mut **tx).await?.into_iter().map(Row::Sqlite).collect()
                }
                Open::Postgres(tx) => {
                    pg_query(sql, values).fetch_all(&mut **tx).await?.into_iter().map(Row::Postgres).collect()
                }
            })
        })
    }

    fn run_of(&self, sql: SqlStr, values: Vec<Value>) -> Answer<'_, u64> {
        Box::pin(async move {
            Ok(match &mut *self.open.lock().await {
                Open::Sqlite(tx) => sqlite_query(sql, values).execute(&mut **tx).await?.rows_affected(),
                Open::Postgres(tx) => pg_query(sql, values).execute(&mut **tx).await?.rows_affected(),
            })
        })
    }
}
