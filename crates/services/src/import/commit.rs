//! Products of files written into the database, in groups, inside one transaction.

use super::{
    categories::Departments,
    diff::{self, Known},
    draft::Draft,
    findings::{Findings, refuse},
    plan::{Change, ImportPlan, ImportReport, Progress, Work},
    sku::short_code,
    terms,
};
use crate::Result;
use ids::{PlaceId, Sku};
use pricing::Instant;
use std::collections::HashSet;
use storage::{
    Query, Tx, places, postings, products,
    stock::{self, Counted},
    translations,
    variants::{self, VariantRow},
};
use wire::PlaceKind;

/// Products of one group: large enough for few statements, small enough for progress that moves.
const GROUP: usize = 500;

/// What all groups need.
struct Writer<'a> {
    tx: &'a Tx,
    now: Instant,
    known: Known,
    departments: Departments,
    /// Short codes that are printed or given.
    codes: HashSet<String>,
    /// Where units of new variants go.
    place: Option<PlaceId>,
}

/// Writes products that are new or changed. What they change is found anew, since the database may have moved on after
/// the plan was made.
pub(super) async fn write(tx: &Tx, now: Instant, drafts: &[Draft], progress: Progress<'_>) -> Result<ImportReport> {
    let mut plan = ImportPlan::new(Work::Products(Vec::new()));
    let known = diff::compare(tx, drafts, Findings::default(), &mut plan).await?;
    refuse(&plan.faults)?;
    let todo: Vec<&Draft> = drafts.iter().filter(|draft| known.change(draft) != Change::Unchanged).collect();
    let mut writer = Writer::new(tx, now, known).await?;
    let numbered = writer.prepare(&todo).await?;
    progress(0, numbered.len());
    let mut done = 0;
    for group in numbered.chunks(GROUP) {
        writer.put(group).await?;
        done += group.len();
        progress(done, numbered.len());
    }
    terms::reindex(tx, &numbered.iter().map(|(number, _)| *number).collect::<Vec<_>>()).await?;
    Ok(plan.report())
}

/// The place that takes goods that no file placed: the central warehouse, or the first place.
async fn default_place(on: &impl Query) -> Result<Option<PlaceId>> {
    let places = places::all(on).await?;
    let central = places.iter().find(|place| place.kind == PlaceKind::Central);
    Ok(central.or(places.first()).map(|place| place.id.clone()))
}

impl<'a> Writer<'a> {
    async fn new(tx: &'a Tx, now: Instant, known: Known) -> Result<Self> {
        let codes = known.skus.values().map(|(_, code)| code.clone()).collect();
        let (departments, place) = (Departments::load(tx).await?, default_place(tx).await?);
        Ok(Self { tx, now, known, departments, codes, place })
    }

    /// Gives numbers to new products, adds departments, and takes the old variants of all changed products out of sale at
    /// once, so that a GTIN can move from one product to another.
    async fn prepare<'d>(&mut self, todo: &[&'d Draft]) -> Result<Vec<(i64, &'d Draft)>> {
        let mut next = self.known.next_number;
        let mut numbered = Vec::with_capacity(todo.len());
        let mut old = Vec::new();
        for &draft in todo {
            self.departments.of(&draft.type_name, draft.locale);
            let number = self.known.number(draft);
            old.extend(number);
            numbered.push((number.unwrap_or(next), draft));
            next += i64::from(number.is_none());
        }
        self.departments.put(self.tx).await?;
        variants::retire(self.tx, &old).await?;
        Ok(numbered)
    }

    async fn put(&mut self, group: &[(i64, &Draft)]) -> Result<()> {
        let numbers: Vec<i64> = group.iter().map(|(number, _)| *number).collect();
        let mut rows = Vec::with_capacity(group.len());
        for (number, draft) in group {
            let category = self.departments.of(&draft.type_name, draft.locale);
            rows.push(draft.row(*number, category, self.now));
        }
        products::put(self.tx, &rows).await?;
        let variants: Vec<VariantRow> =
            group.iter().flat_map(|(number, draft)| self.variants(*number, draft)).collect();
        variants::put(self.tx, &variants).await?;
        let tags = group.iter().flat_map(|(number, draft)| {
            (0_i64..).zip(&draft.tags).map(|(position, tag)| (*number, position, tag.clone()))
        });
        products::put_tags(self.tx, &numbers, &tags.collect::<Vec<_>>()).await?;
        let images: Vec<_> = group.iter().flat_map(|(number, draft)| draft.image_rows(*number)).collect();
        products::put_images(self.tx, &numbers, &images).await?;
        let texts: Vec<_> = group.iter().flat_map(|(_, draft)| draft.texts()).collect();
        translations::put(self.tx, "product", &texts).await?;
        self.put_units(group).await
    }

    fn variants(&mut self, number: i64, draft: &Draft) -> Vec<VariantRow> {
        let (skus, codes) = (&self.known.skus, &mut self.codes);
        draft.variant_rows(number, |sku: &Sku| match skus.get(sku.as_str()) {
            Some((_, code)) => code.clone(),
            None => {
                let code = short_code(sku, |code| codes.contains(code));
                codes.insert(code.clone());
                code
            }
        })
    }

    /// Units of variants that are new.
    async fn put_units(&self, group: &[(i64, &Draft)]) -> Result<()> {
        let Some(place) = &self.place else { return Ok(()) };
        let variants = group.iter().flat_map(|(_, draft)| &draft.variants);
        let fresh = variants.filter(|variant| !self.known.skus.contains_key(variant.sku.as_str()));
        let rows = fresh.filter_map(|variant| {
            let (sku, place) = (variant.sku.clone(), place.clone());
            Some(Counted { sku, place, more: variant.units?, safety: 0, keep_back: None })
        });
        let rows: Vec<Counted> = rows.collect();
        stock::count(self.tx, &rows).await?;
        Ok(postings::record_counts(self.tx, self.now, "import", &rows).await?)
    }
}
