//! Stock counts: `SKU,Location,On hand,Safety`.

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
    Query, Tx, places,
    stock::{self, Movement, StockRow},
    translations, variants,
};

pub(super) const LAYOUT: Layout = Layout { required: &["SKU", "Location", "On hand"], known: &["Safety"] };

/// A count of a file.
#[derive(Clone, Debug)]
pub(super) struct Count {
    spot: Spot,
    row: StockRow,
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
    let row = StockRow { sku: sku.ok()?, place: place?, on_hand: on_hand?, reserved: 0, safety };
    Some(Count { spot: cells.spot, row })
}

async fn compare(on: &impl Query, counts: &[Count], mut findings: Findings, plan: &mut ImportPlan) -> Result<Stored> {
    let mut skus: Vec<Sku> = counts.iter().map(|count| count.row.sku.clone()).collect();
    skus.sort_unstable();
    skus.dedup();
    let known = variants::by_skus(on, &skus).await?;
    let known: std::collections::HashSet<&Sku> = known.iter().map(|row| &row.sku).collect();
    let stored = stock::of_skus(on, &skus).await?.into_iter();
    let stored: Stored = stored.map(|row| ((row.sku.clone(), row.place.clone()), row)).collect();
    let mut seen: HashMap<(&Sku, &PlaceId), &Spot> = HashMap::new();
    for Count { spot, row } in counts {
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

fn change(row: &StockRow, stored: &Stored) -> Change {
    let old = stored.get(&(row.sku.clone(), row.place.clone()));
    Change::of(old.is_some(), old.is_some_and(|old| old.on_hand == row.on_hand && old.safety == row.safety))
}

/// Writes counts that are new or different, with the movements that explain them.
pub(super) async fn write(tx: &Tx, now: Instant, counts: &[Count], progress: Progress<'_>) -> Result<ImportReport> {
    let mut plan = ImportPlan::new(Work::Stock(Vec::new()));
    let stored = compare(tx, counts, Findings::default(), &mut plan).await?;
    refuse(&plan.faults)?;
    let rows = counts.iter().map(|count| &count.row).filter(|row| change(row, &stored) != Change::Unchanged);
    let rows: Vec<StockRow> = rows.cloned().collect();
    progress(0, rows.len());
    stock::count(tx, &rows).await?;
    let movement = |row: &StockRow| {
        let (sku, place) = (row.sku.clone(), row.place.clone());
        let before = stored.get(&(sku.clone(), place.clone())).map_or(0, |old| old.on_hand);
        Movement { sku, place, kind: "count", quantity: row.on_hand - before }
    };
    let movements: Vec<Movement> = rows.iter().map(movement).filter(|one| one.quantity != 0).collect();
    stock::record(tx, now, None, &movements).await?;
    progress(rows.len(), rows.len());
    Ok(plan.report())
}
