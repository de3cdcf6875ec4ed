//! Products of files compared with those in the database.

use super::{
    categories::Departments,
    draft::Draft,
    findings::{Findings, Spot},
    plan::{Change, ImportPlan, PlanItem, Tally},
};
use crate::Result;
use std::collections::{HashMap, HashSet};
use storage::{Query, products, variants, variants::VariantRow};

/// What the database holds of everything that has to be unique.
pub(super) struct Known {
    /// Number and fingerprint by handle.
    products: HashMap<String, (i64, String)>,
    handles: HashMap<i64, String>,
    /// Product and short code by SKU.
    pub(super) skus: HashMap<String, (i64, String)>,
    /// Product by GTIN.
    gtins: HashMap<String, i64>,
    pub(super) next_number: i64,
}

impl Known {
    pub(super) async fn load(on: &impl Query) -> Result<Self> {
        let (mut products, mut handles, mut next_number) = (HashMap::new(), HashMap::new(), 1);
        for (number, handle, fingerprint) in products::fingerprints(on).await? {
            next_number = next_number.max(number + 1);
            handles.insert(number, handle.clone());
            products.insert(handle, (number, fingerprint));
        }
        let (mut skus, mut gtins) = (HashMap::new(), HashMap::new());
        for (sku, product, gtin, code) in variants::keys(on).await? {
            skus.insert(sku, (product, code));
            gtins.extend(gtin.map(|gtin| (gtin, product)));
        }
        Ok(Self { products, handles, skus, gtins, next_number })
    }

    pub(super) fn number(&self, draft: &Draft) -> Option<i64> {
        self.products.get(draft.handle.as_str()).map(|(number, _)| *number)
    }

    pub(super) fn change(&self, draft: &Draft) -> Change {
        let there = self.products.get(draft.handle.as_str());
        Change::of(there.is_some(), there.is_some_and(|(_, old)| *old == draft.fingerprint()))
    }
}

/// Says what a handle, SKU or GTIN is, and where it was seen first.
struct Once<'a> {
    column: &'static str,
    what: &'static str,
    seen: HashMap<&'a str, &'a Spot>,
}

impl<'a> Once<'a> {
    fn new(column: &'static str, what: &'static str) -> Self {
        Self { column, what, seen: HashMap::new() }
    }

    fn see(&mut self, text: &'a str, spot: &'a Spot, findings: &mut Findings) {
        let Some(first) = self.seen.insert(text, spot) else { return };
        let (what, file, line) = (self.what, &first.file, first.line);
        let en = format!("the {what} “{text}” stands already at {file}:{line}; each may be there only once");
        findings.fault(spot, self.column, format!("“{text}”在 {file}:{line} 已出现，不能重复"), en);
    }
}

/// Reports handles, SKUs and GTINs that two things have, in the files or in the database.
fn check_unique(drafts: &[Draft], known: &Known, findings: &mut Findings) {
    let stated: HashSet<i64> = drafts.iter().filter_map(|draft| known.number(draft)).collect();
    let mut handles = Once::new("Handle", "handle");
    let (mut skus, mut gtins) = (Once::new("Variant SKU", "SKU"), Once::new("Variant Barcode", "GTIN"));
    for draft in drafts {
        handles.see(draft.handle.as_str(), &draft.spot, findings);
        for variant in &draft.variants {
            let (sku, gtin) = (variant.sku.as_str(), variant.gtin.as_deref());
            skus.see(sku, &variant.spot, findings);
            gtin.into_iter().for_each(|gtin| gtins.see(gtin, &variant.spot, findings));
            let of_sku = known.skus.get(sku).map(|(product, _)| *product);
            let of_gtin = gtin.and_then(|gtin| known.gtins.get(gtin).copied());
            for (text, owner, column) in [(sku, of_sku, skus.column), (gtin.unwrap_or(""), of_gtin, gtins.column)] {
                // A product of the files gives up what it does not state any more.
                let other = owner.filter(|number| !stated.contains(number));
                if let Some(handle) = other.and_then(|number| known.handles.get(&number)) {
                    let en = format!("“{text}” belongs to the product {handle}; change it or import that product too");
                    findings.fault(
                        &variant.spot,
                        column,
                        format!("“{text}”属于商品 {handle}，请修改或一并导入该商品"),
                        en,
                    );
                }
            }
        }
    }
}

/// True if a variant is as the file states it; short codes never change.
fn same(old: &VariantRow, new: &VariantRow) -> bool {
    VariantRow { short_code: String::new(), ..old.clone() } == VariantRow { short_code: String::new(), ..new.clone() }
}

async fn variants_tally(on: &impl Query, drafts: &[Draft], known: &Known) -> Result<Tally> {
    let mut tally = Tally::default();
    let changed: Vec<&Draft> = drafts.iter().filter(|draft| known.change(draft) == Change::Changed).collect();
    let numbers: Vec<i64> = changed.iter().filter_map(|draft| known.number(draft)).collect();
    let old = variants::of_products(on, &numbers).await?;
    let old: HashMap<&str, &VariantRow> = old.iter().map(|row| (row.sku.as_str(), row)).collect();
    for draft in drafts {
        let all_same = known.change(draft) == Change::Unchanged;
        for row in draft.variant_rows(known.number(draft).unwrap_or(0), |_| String::new()) {
            let there = known.skus.contains_key(row.sku.as_str());
            let unchanged = all_same || old.get(row.sku.as_str()).is_some_and(|old| same(old, &row));
            tally.count(Change::of(there, unchanged));
        }
    }
    Ok(tally)
}

/// Fills in what the drafts would change.
pub(super) async fn compare(
    on: &impl Query,
    drafts: &[Draft],
    mut findings: Findings,
    plan: &mut ImportPlan,
) -> Result<Known> {
    let known = Known::load(on).await?;
    let mut departments = Departments::load(on).await?;
    check_unique(drafts, &known, &mut findings);
    for draft in drafts {
        let change = known.change(draft);
        plan.products.count(change);
        let (key, title) = (draft.handle.as_str().to_owned(), draft.title.clone());
        plan.items.push(PlanItem { change, key, title, variants: draft.variants.len() });
        if departments.of(&draft.type_name, draft.locale).is_none() && !draft.type_name.is_empty() {
            let en = "no address can be made of this type; the product gets no department";
            findings.warn(&draft.spot, "Type", "这个类型无法转成网址，商品将不属于任何分类", en);
        }
    }
    plan.variants = variants_tally(on, drafts, &known).await?;
    plan.new_categories = departments.added.iter().map(|(row, _)| row.type_name.clone()).collect();
    let findings = findings.sorted();
    (plan.faults, plan.warnings) = (findings.faults, findings.warnings);
    Ok(known)
}
