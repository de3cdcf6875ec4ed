//! What can go wrong between us and the database.

/// Why the database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The address names no database that we can use.
    #[error(
        "the database URL can't be used: {0}; write sqlite://path/to/shop.db?mode=rwc or postgres://user@host/name"
    )]
    BadUrl(String),
    /// A stored value is not what its column should hold.
    #[error("column {column} holds no valid value: {reason}")]
    BadValue {
        /// The column.
        column: String,
        /// What is wrong.
        reason: String,
    },
    /// Personal data could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    /// The data keys are not those that this database was sealed with.
    #[error(
        "the data keys are not those that this database was sealed with; name the folder that has its data-keys.json with --data-dir, or set \
         CONCORD_DATA_KEYS to what it holds"
    )]
    OtherKeys,
    /// Another transaction was quicker: the same one may succeed when it is tried again.
    #[error("what was read has changed since")]
    Changed,
    /// A database was not copied.
    #[error("copy: {0}")]
    Copy(String),
    /// The tables are not those that this program knows.
    #[error("migration: {0}")]
    Migration(String),
}

/// The result of a statement.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    fn code(&self) -> Option<String> {
        match self {
            Self::Database(sqlx::Error::Database(error)) => error.code().map(std::borrow::Cow::into_owned),
            _ => None,
        }
    }

    /// True if a key that must be unique is there already.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    /// True if the database can't be reached for now, or whoever answers may not write: it is starting, stopping, or following another one. Whether
    /// what was asked was done is not known; asked again later with the same key it is done once.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        use sqlx::Error as E;
        let gone = matches!(
            self,
            Self::Database(E::Io(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::Protocol(_))
        );
        // 08: the connection; 57P: shut down, crashed, starting; 53300: too many connections; 25006: read-only.
        let code = self.code();
        gone || code
            .as_deref()
            .is_some_and(|code| code.starts_with("08") || code.starts_with("57P") || matches!(code, "53300" | "25006"))
    }

    /// True if the same transaction may succeed when it is tried again: a deadlock or a serialization failure of
    /// PostgreSQL, a writer of SQLite that waited too long.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Changed) || matches!(self.code().as_deref(), Some("40001" | "40P01" | "5" | "517"))
    }
}
