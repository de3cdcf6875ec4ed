//! The auditor: looks into the database after every step, compares the books with each other, and everything that was promised with what is there.

use crate::world::World;
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use storage::{Db, orders, proofs};

/// Compares all books of one moment, and the orders with what was confirmed.
///
/// # Errors
/// With everything that does not agree.
pub async fn check(db: &Db, world: &World) -> Result<Counted> {
    let tx = db.begin().await?;
    let found = proofs::all(&tx).await?;
    let rows = orders::register(&tx).await?;
    drop(tx);
    if !found.is_empty() {
        let lines: Vec<String> = found.iter().map(|one| format!("{}: {} ({})", one.check, one.what, one.off)).collect();
        bail!("the books do not agree:\n  {}", lines.join("\n  "));
    }
    let mut by_number = BTreeMap::new();
    for row in &rows {
        by_number.insert(row.number.as_str(), row);
    }
    for promised in world.promised() {
        match by_number.get(promised.number.as_str()) {
            None => bail!("order {} was confirmed and is gone", promised.number),
            Some(row) if row.quote_hash != promised.hash || row.payable_minor != promised.payable => {
                bail!("order {} is not what was confirmed", promised.number)
            }
            Some(_) => {}
        }
    }
    Ok(Counted { orders: rows.len() })
}

/// What an audit saw.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// Orders in the database.
    pub orders: usize,
}

/// In the end nothing is in doubt: every order in the database was asked for, and everything that was asked for was answered.
///
/// # Errors
/// If an order is there that nobody knows of.
pub async fn last(db: &Db, world: &World) -> Result<()> {
    let known: Vec<_> = world.promised().into_iter().map(|one| one.number).collect();
    let rows = orders::register(db).await?;
    let strange: Vec<_> = rows.iter().filter(|row| !known.contains(&row.number)).collect();
    if let Some(row) = strange.first() {
        bail!("{} orders were made and never confirmed, {} among them", strange.len(), row.number);
    }
    Ok(())
}
