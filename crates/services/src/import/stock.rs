//! Stock counts: `SKU,Location,On hand,Safety,Keep back`. The other columns of an export are read over.

use super::{
    cells::Cells,
    findings::{Findings, Spot, refuse},
    plan::{Change, ImportPlan, ImportReport, PlanItem, Progress, Work},
    table::{Layout, Table},
};
use crate::Result;
use ids::{PlaceId, Sku};
use pricing::Instant;
use std::collections::HashMap;
use storage::{
    Query, Tx, bundles, places, postings,
    stock::{self, Counted, StockRow},
    translations, variants,
};

pub(super) const LAYOUT: Layout = Layout {
    required: &["SKU", "Location", "On hand"],
    known: &["Safety", "Keep back", "Reserved", "Available", "Quarantine", "In transit"],
};

/// A count of a file.
#[derive(Clone, Debug)]
pub(super) struct Count {
    spot: Spot,
    sku: Sku,
    place: PlaceId,
    on_hand: i64,
    safety: i64,
    /// As before if none is named.
    keep_back: Option<i64>,
}

type Stored = HashMap<(Sku, PlaceId), StockRow>;

/// Reads the counts of files and says what they would change.
pub(super) async fn plan(on: &impl Query, tables: &[Table], mut findings: Findings) -> Result<ImportPlan> {
    let names = place_names(on).await?;
    let mut counts = Vec::new();
    for table in tables {
        counts.extend(table.rows().filter_map(|row| count(Cells::new(row, &mut findings), &names)));
    }
    let mut plan = ImportPlan::new(Work::Stock(Vec::new()));
    plan.rows = tables.iter().map(Table::len).sum();
    compare(on, &counts, findings, &mut plan).await?;
    plan.work = Work::Stock(counts);
    Ok(plan)
}

/// Every place by its id and its names.
async fn place_names(on: &impl Query) -> Result<HashMap<String, PlaceId>> {
    let texts = translations::all(on, "place").await?;
    let mut names = HashMap::new();
    let places = places::all(on).await?;
    for place in &places {
        let name = texts.get(&(place.id.as_str().to_owned(), "name".to_owned())).cloned().unwrap_or_default();
        names.extend([name.zh, name.en].map(|name| (name, place.id.clone())));
    }
    // An id goes before the name of another place.
    names.extend(places.into_iter().map(|place| (place.id.as_str().to_owned(), place.id)));
    Ok(names)
}

fn count(mut cells: Cells<'_, '_>, names: &HashMap<String, PlaceId>) -> Option<Count> {
    let row = cells.row;
    let (name, sku) = (row.get("Location"), Sku::new(row.get("SKU")));
    if let Err(error) = &sku {
        cells.fault("SKU", "缺少 SKU 或 SKU 不合规", format!("this is no SKU: {error}"));
    }
    let place = names.get(name).filter(|_| !name.is_empty()).cloned();
    if place.is_none() {
        let mut known: Vec<&str> = names.values().map(PlaceId::as_str).collect();
        known.sort_unstable();
        known.dedup();
        let known = known.join(", ");
        let en = format!("there is no place “{name}”; write one of: {known}");
        cells.fault("Location", format!("没有“{name}”这个地点，可写：{known}"), en);
    }
    let on_hand = cells.whole("On hand", 0);
    if row.get("On hand").is_empty() {
        cells.fault("On hand", "缺少数量；没有货请写 0", "the number is missing; write 0 if there are none");
    }
    let safety = cells.whole("Safety", 0).unwrap_or(0);
    let keep_back = cells.whole("Keep back", 0);
    Some(Count { sku: sku.ok()?, place: place?, on_hand: on_hand?, safety, keep_back, spot: cells.spot })
}

async fn compare(on: &impl Query, counts: &[Count], mut findings: Findings, plan: &mut ImportPlan) -> Result<Stored> {
    let mut skus: Vec<Sku> = counts.iter().map(|count| count.sku.clone()).collect();
    skus.sort_unstable();
    skus.dedup();
    let known = variants::by_skus(on, &skus).await?;
    let known: std::collections::HashSet<&Sku> = known.iter().map(|row| &row.sku).collect();
    let stored = stock::of_skus(on, &skus).await?.into_iter();
    let stored: Stored = stored.map(|row| ((row.sku.clone(), row.place.clone()), row)).collect();
    let mut seen: HashMap<(&Sku, &PlaceId), &Spot> = HashMap::new();
    let bundles = bundles::of_skus(on, &skus).await?;
    for row in counts {
        let spot = &row.spot;
        if bundles.components(&row.sku).is_some() && row.on_hand > 0 {
            let en = format!("{} is a bundle and has no stock of its own; count its components", row.sku);
            findings.fault(spot, "SKU", format!("{} 是组合商品，没有自己的库存，请盘点它的组成商品", row.sku), en);
        }
        let reserved = stored.get(&(row.sku.clone(), row.place.clone())).map_or(0, |old| old.reserved);
        if row.on_hand < reserved {
            let en = format!("{reserved} are reserved for orders; fewer can't be on hand: move or cancel orders first");
            findings.fault(
                spot,
                "On hand",
                format!("有 {reserved} 件已被订单占用，不能低于它；请先改派或取消订单"),
                en,
            );
        }
        if !known.contains(&row.sku) {
            let en = format!("there is no SKU {}; import its product first", row.sku);
            findings.fault(spot, "SKU", format!("没有 SKU {}，请先导入商品", row.sku), en);
        }
        if let Some(first) = seen.insert((&row.sku, &row.place), spot) {
            let (file, line) = (&first.file, first.line);
            let en = format!("this SKU at this place is already counted at {file}:{line}; keep one of the rows");
            findings.fault(spot, "SKU", format!("这个 SKU 在该地点的数量已写在 {file}:{line}，请只留一行"), en);
        }
        let change = change(row, &stored);
        plan.stock.count(change);
        let (key, title) = (format!("{} @ {}", row.sku, row.place), format!("{} ({})", row.on_hand, row.safety));
        plan.items.push(PlanItem { change, key, title, variants: 0 });
    }
    let findings = findings.sorted();
    (plan.faults, plan.warnings) = (findings.faults, findings.warnings);
    Ok(stored)
}

fn change(row: &Count, stored: &Stored) -> Change {
    let old = stored.get(&(row.sku.clone(), row.place.clone()));
    let keeps = |old: &StockRow| row.keep_back.is_none_or(|units| units == old.keep_back);
    let same = |old: &StockRow| old.on_hand == row.on_hand && old.safety == row.safety && keeps(old);
    Change::of(old.is_some(), old.is_some_and(same))
}

/// Writes counts that are new or different, with the movements that explain them.
pub(super) async fn write(tx: &Tx, now: Instant, counts: &[Count], progress: Progress<'_>) -> Result<ImportReport> {
    let mut plan = ImportPlan::new(Work::Stock(Vec::new()));
    let stored = compare(tx, counts, Findings::default(), &mut plan).await?;
    refuse(&plan.faults)?;
    let rows = counts.iter().filter(|row| change(row, &stored) != Change::Unchanged);
    let counted = |row: &Count| {
        let before = stored.get(&(row.sku.clone(), row.place.clone())).map_or(0, |old| old.on_hand);
        let (sku, place) = (row.sku.clone(), row.place.clone());
        Counted { sku, place, more: row.on_hand - before, safety: row.safety, keep_back: row.keep_back }
    };
    let rows: Vec<Counted> = rows.map(counted).collect();
    progress(0, rows.len());
    stock::count(tx, &rows).await?;
    postings::record_counts(tx, now, "import", &rows).await?;
    progress(rows.len(), rows.len());
    Ok(plan.report())
}
