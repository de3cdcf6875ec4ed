//! The auditor: looks into the database after every step, compares the books with each other, and everything that was promised with what is there.

use crate::{
    provider::Money,
    world::{MEMBERS, World},
};
use anyhow::{Result, bail, ensure};
use ids::{OrderNumber, PromotionId};
use orders::Standing;
use pricing::returns::Returned;
use std::collections::{BTreeMap, BTreeSet};
use storage::{
    Db,
    orders::{self as rows, Registered},
    payments,
    proofs::{self, Finding},
    returns,
};
use wire::Order;

/// Compares all books of one moment, and the orders with what was confirmed.
///
/// # Errors
/// With everything that does not agree.
pub async fn check(db: &Db, world: &World) -> Result<Counted> {
    let tx = db.begin().await?;
    let found = proofs::all(&tx).await?;
    let (rows, back) = (rows::register(&tx).await?, returns::register(&tx).await?);
    drop(tx);
    agree(&found)?;
    kept(&rows, &world.promised())?;
    limits(world, &rows, &back)?;
    Ok(Counted { orders: rows.len() })
}

/// An order that a server has confirmed.
#[derive(Clone, Debug)]
pub struct Promised {
    /// Its number.
    pub number: OrderNumber,
    /// The hash of its quote.
    pub hash: String,
    /// What it costs.
    pub payable: i64,
    /// Units of its lines.
    pub units: i64,
    /// Whose it is.
    pub shopper: Option<usize>,
    /// The promotions that gave something.
    pub promotions: Vec<PromotionId>,
}

impl Promised {
    /// What an order promises.
    #[must_use]
    pub fn of(order: &Order, shopper: Option<usize>) -> Self {
        Self {
            number: order.number.clone(),
            hash: order.quote.hash.clone(),
            payable: order.quote.payable,
            units: order.quote.lines.iter().map(|line| line.quantity).sum(),
            shopper,
            promotions: order.quote.applied.iter().map(|one| one.promotion.clone()).collect(),
        }
    }
}

fn by_number(rows: &[Registered]) -> BTreeMap<&str, &Registered> {
    rows.iter().map(|row| (row.number.as_str(), row)).collect()
}

/// Everything that was confirmed is there, as it was confirmed.
///
/// # Errors
/// With the first order that is not.
pub fn kept(rows: &[Registered], promised: &[Promised]) -> Result<()> {
    let by_number = by_number(rows);
    for promised in promised {
        match by_number.get(promised.number.as_str()) {
            None => bail!("order {} was confirmed and is gone", promised.number),
            Some(row) if row.quote_hash != promised.hash || row.payable_minor != promised.payable => {
                bail!("order {} is not what was confirmed", promised.number)
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Nothing was found.
///
/// # Errors
/// With all that was.
pub fn agree(found: &[Finding]) -> Result<()> {
    let lines: Vec<String> = found.iter().map(|one| format!("{}: {} ({})", one.check, one.what, one.off)).collect();
    ensure!(lines.is_empty(), "the books do not agree:\n  {}", lines.join("\n  "));
    Ok(())
}

/// No promotion gave more orders than it may, nor a member more than a member may have. Orders of which nothing is left gave their uses back.
fn limits(world: &World, rows: &[Registered], back: &[(OrderNumber, Returned)]) -> Result<()> {
    let (by_number, mut units) = (by_number(rows), BTreeMap::<&str, i64>::new());
    for (number, returned) in back {
        *units.entry(number.as_str()).or_default() += returned.lines.iter().map(|line| line.units).sum::<i64>();
    }
    let limits = world.limits();
    let mut uses: BTreeMap<_, (i64, BTreeMap<usize, i64>)> = BTreeMap::new();
    for one in world.promised() {
        let number = one.number.as_str();
        let all_back = units.get(number).is_some_and(|back| *back >= one.units);
        if all_back || by_number.get(number).is_none_or(|row| row.status == Standing::Cancelled) {
            continue;
        }
        for promotion in one.promotions {
            let (total, by_member) = uses.entry(promotion).or_default();
            *total += 1;
            if let Some(member) = one.shopper.filter(|shopper| *shopper < MEMBERS) {
                *by_member.entry(member).or_default() += 1;
            }
        }
    }
    for (promotion, (total, by_member)) in &uses {
        let Some(limit) = limits.get(promotion) else { continue };
        ensure!(limit.total.is_none_or(|most| *total <= most), "{promotion} gave {total} orders");
        let most = by_member.values().copied().max().unwrap_or(0);
        ensure!(limit.per_member.is_none_or(|limit| most <= limit), "{promotion} gave a member {most} orders");
    }
    Ok(())
}

/// What the provider has of each payment is what the books say, nothing is set aside for nobody, and no order waits for money.
///
/// # Errors
/// With the first payment that differs.
pub async fn money(db: &Db, world: &World) -> Result<()> {
    let there = world.provider.money().await?;
    let mut known = BTreeSet::new();
    for row in payments::register(db).await?.into_iter().filter(|row| row.tender == "stripe") {
        let found = there.get(row.id.as_str()).copied().unwrap_or_default();
        let booked = Money { captured: row.captured_minor, refunded: row.refunded_minor, held: 0 };
        ensure!(found == booked, "payment {}: the provider has {found:?}, the books say {booked:?} ({row:?})", row.id);
        known.insert(row.id.to_string());
    }
    let strange = there.iter().find(|(id, money)| !known.contains(*id) && **money != Money::default());
    ensure!(strange.is_none(), "the provider has money of no order: {strange:?}");
    let waiting = rows::register(db).await?.into_iter().find(|row| row.status == Standing::AwaitingPayment);
    ensure!(waiting.is_none(), "an order still waits for its payment: {waiting:?}");
    Ok(())
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
    let rows = rows::register(db).await?;
    let strange: Vec<_> = rows.iter().filter(|row| !known.contains(&row.number)).collect();
    if let Some(row) = strange.first() {
        bail!("{} orders were made and never confirmed, {} among them", strange.len(), row.number);
    }
    Ok(())
}
