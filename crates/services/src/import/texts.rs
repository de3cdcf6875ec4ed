//! Shopify's translation CSV.

use super::{
    cells::Cells,
    findings::{Findings, Spot, refuse},
    plan::{Change, ImportPlan, ImportReport, PlanItem, Progress, Work},
    table::{Layout, Table},
    terms,
};
use crate::Result;
use ids::Handle;
use std::collections::{BTreeSet, HashMap};
use storage::{
    Query, Tx,
    products::{self, ProductRow},
    translations::{self, Texts, Translation},
};

pub(super) const LAYOUT: Layout = Layout {
    required: &["Type", "Identification", "Field", "Locale", "Default content", "Translated content"],
    known: &["Market", "Status"],
};

const ENTITIES: [&str; 4] = ["product", "option", "option_value", "category"];
const GROUP: usize = 2_000;

/// A translation of a file.
#[derive(Clone, Debug)]
pub(super) struct TextRow {
    spot: Spot,
    /// The product that it was stated for.
    handle: Handle,
    entity: &'static str,
    text: Translation,
}

/// What of the files is not for us, named once.
#[derive(Default)]
struct Skipped(BTreeSet<String>);

/// Reads the translations of files and says what they would change.
pub(super) async fn plan(on: &impl Query, tables: &[Table], mut findings: Findings) -> Result<ImportPlan> {
    let products = products_of(on, tables).await?;
    let (mut rows, mut skipped) = (Vec::new(), Skipped::default());
    for table in tables {
        rows.extend(table.rows().filter_map(|row| text(Cells::new(row, &mut findings), &products, &mut skipped)));
    }
    if !skipped.0.is_empty() {
        let list = skipped.0.into_iter().collect::<Vec<_>>().join(", ");
        let en = format!("rows that are not imported: {list}");
        findings.warn(&Spot::default(), "", format!("不会导入的行：{list}"), en);
    }
    let rows = once(rows, &mut findings);
    let mut plan = ImportPlan::new(Work::Texts(Vec::new()));
    plan.rows = tables.iter().map(Table::len).sum();
    compare(on, &rows, &mut plan).await?;
    let findings = findings.sorted();
    (plan.faults, plan.warnings) = (findings.faults, findings.warnings);
    plan.work = Work::Texts(rows);
    Ok(plan)
}

async fn products_of(on: &impl Query, tables: &[Table]) -> Result<HashMap<Handle, ProductRow>> {
    let handles = tables.iter().flat_map(Table::rows).filter_map(|row| Handle::new(row.get("Identification")).ok());
    let handles: Vec<Handle> = handles.collect::<BTreeSet<_>>().into_iter().collect();
    let rows = products::by_handles(on, &handles).await?;
    Ok(rows.into_iter().map(|row| (row.handle.clone(), row)).collect())
}

fn text(mut cells: Cells<'_, '_>, products: &HashMap<Handle, ProductRow>, skipped: &mut Skipped) -> Option<TextRow> {
    let row = cells.row;
    let (kind, field) = (row.get("Type"), row.get("Field"));
    let translated = row.get("Translated content");
    if translated.is_empty() {
        return None;
    }
    let locale = money::Locale::from_tag(row.get("Locale"));
    let ours = matches!(
        (kind, field),
        ("PRODUCT", "title" | "body_html" | "product_type") | ("PRODUCT_OPTION" | "PRODUCT_OPTION_VALUE", "name")
    );
    let Some(locale) = locale.filter(|_| ours && row.get("Market").is_empty()) else {
        skipped.0.insert([kind, field, row.get("Locale"), row.get("Market")].join(" ").trim().to_owned());
        return None;
    };
    let handle = row.get("Identification");
    let Some(product) = Handle::new(handle).ok().and_then(|handle| products.get(&handle)) else {
        let en = format!("there is no product “{handle}”; import it first, or delete this row");
        cells.fault("Identification", format!("没有商品“{handle}”，请先导入商品或删除这一行"), en);
        return None;
    };
    let (entity, id, field) = target(&mut cells, product)?;
    let text = if field == "body_html" { ammonia::clean(translated) } else { translated.to_owned() };
    let text = Translation { id, field, locale: locale_column(locale).to_owned(), text };
    Some(TextRow { spot: cells.spot, handle: product.handle.clone(), entity, text })
}

fn locale_column(locale: money::Locale) -> &'static str {
    match locale {
        money::Locale::Zh => "zh",
        money::Locale::En => "en",
    }
}

/// Which text of which entity a row translates; none if the product does not have it any more, which is reported.
fn target(cells: &mut Cells<'_, '_>, product: &ProductRow) -> Option<(&'static str, String, String)> {
    let (row, handle) = (cells.row, product.handle.as_str().to_owned());
    let own = row.get("Default content");
    let found = match (row.get("Type"), row.get("Field")) {
        ("PRODUCT", "product_type") => {
            let slug = product.category.as_ref().filter(|_| product.type_name == own);
            slug.map(|slug| ("category", slug.as_str().to_owned(), "name".to_owned()))
        }
        ("PRODUCT", field) => Some(("product", handle, field.to_owned())),
        ("PRODUCT_OPTION", _) => {
            let there = product.options.iter().any(|option| option.name == own);
            there.then(|| ("option", handle, own.to_owned()))
        }
        _ => {
            let there = product.options.iter().any(|option| option.values.iter().any(|value| value == own));
            there.then(|| ("option_value", handle, own.to_owned()))
        }
    };
    if found.is_none() {
        let en = format!("the product has no “{own}” any more; the translation is left out");
        cells.findings.warn(&cells.spot, "Default content", format!("商品已没有“{own}”，这条译文不会导入"), en);
    }
    found
}

/// Each text once; two different translations of the same text are a fault.
fn once(rows: Vec<TextRow>, findings: &mut Findings) -> Vec<TextRow> {
    let mut seen: HashMap<(&'static str, String, String, String), (Spot, String)> = HashMap::new();
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let TextRow { spot, entity, text, .. } = &row;
        let key = (*entity, text.id.clone(), text.field.clone(), text.locale.clone());
        match seen.get(&key) {
            None => {
                seen.insert(key, (spot.clone(), text.text.clone()));
                kept.push(row);
            }
            Some((first, other)) if *other != text.text => {
                let (file, line) = (&first.file, first.line);
                let en = format!("{file}:{line} translates the same text in another way; keep one of them");
                findings.fault(
                    spot,
                    "Translated content",
                    format!("{file}:{line} 对同一内容有不同译文，请只留一种"),
                    en,
                );
            }
            Some(_) => {}
        }
    }
    kept
}

type Stored = HashMap<&'static str, Texts>;

async fn stored(on: &impl Query, rows: &[TextRow]) -> Result<Stored> {
    let mut stored = Stored::new();
    for entity in ENTITIES {
        let ids = rows.iter().filter(|row| row.entity == entity).map(|row| row.text.id.clone());
        let ids: Vec<String> = ids.collect::<BTreeSet<_>>().into_iter().collect();
        stored.insert(entity, translations::of(on, entity, None, &ids).await?);
    }
    Ok(stored)
}

fn change(row: &TextRow, stored: &Stored) -> Change {
    let text = &row.text;
    let old = stored.get(row.entity).and_then(|texts| texts.get(&(text.id.clone(), text.field.clone())));
    let old = old.map_or("", |old| if text.locale == "zh" { &old.zh } else { &old.en });
    Change::of(!old.is_empty(), old == text.text)
}

async fn compare(on: &impl Query, rows: &[TextRow], plan: &mut ImportPlan) -> Result<Stored> {
    let stored = stored(on, rows).await?;
    for row in rows {
        let change = change(row, &stored);
        plan.texts.count(change);
        let Translation { id, field, locale, text } = &row.text;
        let key = format!("{} {id} {field} {locale}", row.entity);
        plan.items.push(PlanItem { change, key, title: text.chars().take(80).collect(), variants: 0 });
    }
    Ok(stored)
}

/// Writes texts that are new or different, and makes the search entries of their products anew.
pub(super) async fn write(tx: &Tx, rows: &[TextRow], progress: Progress<'_>) -> Result<ImportReport> {
    let mut plan = ImportPlan::new(Work::Texts(Vec::new()));
    let stored = compare(tx, rows, &mut plan).await?;
    refuse(&plan.faults)?;
    let todo: Vec<&TextRow> = rows.iter().filter(|row| change(row, &stored) != Change::Unchanged).collect();
    progress(0, todo.len());
    let mut done = 0;
    for group in todo.chunks(GROUP) {
        for entity in ENTITIES {
            let texts = group.iter().filter(|row| row.entity == entity).map(|row| row.text.clone());
            translations::put(tx, entity, &texts.collect::<Vec<_>>()).await?;
        }
        done += group.len();
        progress(done, todo.len());
    }
    let handles: BTreeSet<Handle> = todo.iter().map(|row| row.handle.clone()).collect();
    let numbers = terms::of_handles(tx, &handles.into_iter().collect::<Vec<_>>()).await?;
    terms::reindex(tx, &numbers).await?;
    Ok(plan.report())
}
