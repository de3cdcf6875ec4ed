//! Moving a shop to another database.

use crate::Result;
use storage::{Db, copy};
use vault::Vault;

pub use storage::copy::Copied;

/// Copies the shop at `from` into the empty database at `to`, both as `sqlite:` or `postgres:` addresses, and compares every row. Sealed columns are
/// moved as they are: no key is needed to carry a letter. `progress` is told each table as it is done.
///
/// # Errors
/// If a database can't be opened, the target is not empty, or what arrived is not what was sent: then the target is not to be used.
pub async fn copy_database(from: &str, to: &str, progress: &mut (dyn FnMut(&Copied) + Send)) -> Result<Vec<Copied>> {
    let (source, target) = (Db::open(from, Vault::closed()).await?, Db::open(to, Vault::closed()).await?);
    storage::migrate(&source).await?;
    storage::migrate(&target).await?;
    let copied = copy::copy(&source, &target, progress).await?;
    source.close().await;
    target.close().await;
    Ok(copied)
}
