//! Lines that people write: SKUs that exist and hold stock of their own, with units that can be.

use crate::{Result, ServiceError, active::Active};
use ids::{PlaceId, Sku};
use pricing::Text;
use std::collections::BTreeSet;
use storage::{Query, bundles, variants};
use wire::{FieldError, StockUnits};

/// Lines of one request at most.
const LINES_MAX: usize = 500;
/// Units of one line at most.
const UNITS_MAX: i64 = 1_000_000;
/// Characters of a note.
const NOTE_MAX: usize = 300;

/// Checks lines of a request; every wrong one is named. `least` is the fewest units of a line.
pub(super) async fn check(on: &impl Query, lines: &[StockUnits], least: i64) -> Result<()> {
    let mut wrong = Vec::new();
    let mut say = |field: String, zh: String, en: String| {
        wrong.push(FieldError { field, message: Text::new(zh, en) });
    };
    if lines.is_empty() || lines.len() > LINES_MAX {
        let (zh, en) = (format!("要有 1 到 {LINES_MAX} 行。"), format!("Write 1 to {LINES_MAX} lines."));
        return Err(ServiceError::field("lines", zh, en));
    }
    let skus: Vec<Sku> = lines.iter().map(|line| line.sku.clone()).collect();
    let known: BTreeSet<Sku> = variants::by_skus(on, &skus).await?.into_iter().map(|row| row.sku).collect();
    let bundles = bundles::of_skus(on, &skus).await?;
    let mut seen = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let sku = &line.sku;
        if !known.contains(sku) {
            say(format!("lines[{at}].sku"), format!("没有商品编号 {sku}。"), format!("There is no SKU {sku}."));
        } else if bundles.components(sku).is_some() {
            let en = format!("{sku} is a bundle and has no stock of its own; move its components.");
            say(format!("lines[{at}].sku"), format!("{sku} 是组合商品，没有自己的库存，请写它的组成商品。"), en);
        } else if !seen.insert(sku) {
            say(format!("lines[{at}].sku"), format!("{sku} 写了两次。"), format!("{sku} is named twice."));
        }
        if !(least..=UNITS_MAX).contains(&line.quantity) {
            let en = format!("A quantity is from {least} to {UNITS_MAX}.");
            say(format!("lines[{at}].quantity"), format!("数量应在 {least} 到 {UNITS_MAX} 之间。"), en);
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(wrong)) }
}

/// Checks a note.
pub(super) fn note(field: &str, text: &str) -> Result<()> {
    if text.chars().count() <= NOTE_MAX && !text.chars().any(|one| one.is_control() && one != '\n') {
        return Ok(());
    }
    Err(ServiceError::field(field, format!("最多 {NOTE_MAX} 个字。"), format!("At most {NOTE_MAX} characters.")))
}

/// Checks that the shop has a place.
pub(super) fn place(active: &Active, field: &str, place: &PlaceId) -> Result<()> {
    match active.catalogue.place(place) {
        Some(_) => Ok(()),
        None => {
            Err(ServiceError::field(field, format!("没有门店或仓库 {place}。"), format!("There is no place {place}.")))
        }
    }
}
