//! Values that go into statements and rows that come out, the same for both databases.

use crate::{Error, Result};
use pricing::Instant;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Column as _, Decode, Postgres, Row as _, Sqlite, Type, TypeInfo as _, ValueRef as _};
use std::fmt::Display;

/// A bound value. Instants and flags are integers, lists and documents are JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An integer or NULL.
    Int(Option<i64>),
    /// A text or NULL.
    Text(Option<String>),
}

macro_rules! from {
    ($($source:ty, $name:ident => $value:expr;)+) => {$(
        impl From<$source> for Value {
            fn from($name: $source) -> Self { $value }
        }
    )+};
}

from! {
    i64, int => Self::Int(Some(int));
    Option<i64>, int => Self::Int(int);
    bool, flag => Self::Int(Some(i64::from(flag)));
    Instant, at => Self::Int(Some(at.0));
    String, text => Self::Text(Some(text));
    &String, text => Self::Text(Some(text.clone()));
    &str, text => Self::Text(Some(text.to_owned()));
    Option<String>, text => Self::Text(text);
    Option<&str>, text => Self::Text(text.map(str::to_owned));
    &Option<String>, text => Self::Text(text.clone());
}

macro_rules! from_ids {
    ($($id:ident)+) => {$(
        impl From<&ids::$id> for Value {
            fn from(id: &ids::$id) -> Self { Self::Text(Some(id.as_str().to_owned())) }
        }
        impl From<Option<&ids::$id>> for Value {
            fn from(id: Option<&ids::$id>) -> Self { Self::Text(id.map(|id| id.as_str().to_owned())) }
        }
    )+};
}

from_ids! {
    CategorySlug CouponBatchId CouponCode FulfilmentId GiftCardId Handle LevelId LotId MemberId OrderNumber PaymentId PlaceId PriceBookId
    PromotionId RefundId ReturnId Sku StaffId WalletCouponId
}

/// A document as JSON text.
pub(crate) fn json<T: Serialize>(document: &T) -> Result<String> {
    serde_json::to_string(document).map_err(|error| bad("(bound)", error))
}

/// A word of an enumeration, as it is named on the wire.
pub(crate) fn word<T: Serialize>(word: &T) -> Result<String> {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        Ok(other) => Err(bad("(bound)", other)),
        Err(error) => Err(bad("(bound)", error)),
    }
}

/// Reads such a word.
pub(crate) fn read_word<T: DeserializeOwned>(column: &str, text: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|error| bad(column, error))
}

pub(crate) fn bad(column: &str, reason: impl Display) -> Error {
    Error::BadValue { column: column.to_owned(), reason: reason.to_string() }
}

/// The bound values of a statement, in the order of `$1`, `$2` and so on.
#[macro_export]
#[doc(hidden)]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}

/// A row that came back.
pub enum Row {
    /// From SQLite.
    Sqlite(sqlx::sqlite::SqliteRow),
    /// From PostgreSQL.
    Postgres(sqlx::postgres::PgRow),
}

impl Row {
    fn get<'r, T>(&'r self, column: &str) -> Result<T>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        let value = match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        };
        Ok(value?)
    }

    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        match self {
            Self::Sqlite(row) => row.columns().iter().map(|column| column.name().to_owned()).collect(),
            Self::Postgres(row) => row.columns().iter().map(|column| column.name().to_owned()).collect(),
        }
    }

    /// Whatever is in a column, to be bound again.
    pub fn value(&self, column: &str) -> Result<Value> {
        let is_int = match self {
            Self::Sqlite(row) => row.try_get_raw(column)?.type_info().name() == "INTEGER",
            Self::Postgres(row) => row.try_get_raw(column)?.type_info().name() == "INT8",
        };
        Ok(if is_int { Value::Int(self.maybe_int(column)?) } else { Value::Text(self.maybe_text(column)?) })
    }

    /// The integer in a column.
    pub fn int(&self, column: &str) -> Result<i64> {
        self.get(column)
    }

    /// The integer in a column, or none for NULL.
    pub fn maybe_int(&self, column: &str) -> Result<Option<i64>> {
        self.get(column)
    }

    /// The flag in a column.
    pub fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    /// The integers in a column that lists them with commas; none for NULL.
    pub fn ints(&self, column: &str) -> Result<Vec<i64>> {
        let text = self.maybe_text(column)?.unwrap_or_default();
        let parts = text.split(',').filter(|part| !part.is_empty());
        parts.map(|part| part.parse().map_err(|error| bad(column, error))).collect()
    }

    /// The instant in a column.
    pub fn instant(&self, column: &str) -> Result<Instant> {
        Ok(Instant(self.int(column)?))
    }

    /// The text in a column.
    pub fn text(&self, column: &str) -> Result<String> {
        self.get(column)
    }

    /// The text in a column, or none for NULL.
    pub fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        self.get(column)
    }

    /// The id in a column, checked like any other id.
    pub fn id<T: TryFrom<String, Error = ids::IdError>>(&self, column: &str) -> Result<T> {
        T::try_from(self.text(column)?).map_err(|error| bad(column, error))
    }

    /// The id in a column, or none for NULL.
    pub fn maybe_id<T: TryFrom<String, Error = ids::IdError>>(&self, column: &str) -> Result<Option<T>> {
        let text = self.maybe_text(column)?;
        text.map(|text| T::try_from(text).map_err(|error| bad(column, error))).transpose()
    }

    /// The document in a column.
    pub fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        serde_json::from_str(&self.text(column)?).map_err(|error| bad(column, error))
    }
}
