//! The search index entries of imported products, made from what the database holds of them in all languages.

use crate::Result;
use std::collections::{BTreeMap, HashMap};
use storage::{
    Tx, categories,
    products::{self, ProductRow},
    search,
    translations::{self, Texts},
    variants::{self, VariantRow},
};

/// Products of one group: their rows are held in memory.
const GROUP: usize = 512;

/// Weights: what a product is called says most about it.
const TITLE: i64 = 12;
const CODE: i64 = 10;
const KIND: i64 = 5;
const OPTION: i64 = 2;

/// Texts that belong to many products.
struct Shared {
    tags: HashMap<i64, Vec<String>>,
    categories: Texts,
}

/// What the database holds of a group of products.
struct Group {
    titles: Texts,
    options: Texts,
    variants: HashMap<i64, Vec<VariantRow>>,
}

/// Makes the entries of some products anew. Bodies are not indexed: their many words would drown the names.
pub(super) async fn reindex(tx: &Tx, numbers: &[i64]) -> Result<()> {
    if numbers.is_empty() {
        return Ok(());
    }
    let shared = Shared::load(tx).await?;
    for group in numbers.chunks(GROUP) {
        let rows = products::by_numbers(tx, group).await?;
        let loaded = Group::load(tx, &rows).await?;
        let entries: Vec<_> = rows.iter().map(|row| (row.number, loaded.terms(row, &shared))).collect();
        search::put(tx, group, &entries).await?;
    }
    Ok(())
}

/// The products of some departments, whose names are among their terms.
pub(super) async fn of_handles(tx: &Tx, handles: &[ids::Handle]) -> Result<Vec<i64>> {
    let mut numbers: Vec<i64> = products::by_handles(tx, handles).await?.iter().map(|row| row.number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

impl Shared {
    async fn load(tx: &Tx) -> Result<Self> {
        let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
        for (product, tag) in products::all_tags(tx).await? {
            tags.entry(product).or_default().push(tag);
        }
        let mut categories = translations::all(tx, "category").await?;
        categories.retain(|(_, field), _| field == "name");
        for row in categories::all(tx).await? {
            categories.entry((row.slug.into(), "name".to_owned())).or_default();
        }
        Ok(Self { tags, categories })
    }
}

impl Group {
    async fn load(tx: &Tx, rows: &[ProductRow]) -> Result<Self> {
        let handles: Vec<String> = rows.iter().map(|row| row.handle.as_str().to_owned()).collect();
        let numbers: Vec<i64> = rows.iter().map(|row| row.number).collect();
        let mut variants: HashMap<i64, Vec<VariantRow>> = HashMap::new();
        for variant in variants::of_products(tx, &numbers).await? {
            variants.entry(variant.product).or_default().push(variant);
        }
        Ok(Self {
            titles: translations::of(tx, "product", Some("title"), &handles).await?,
            options: translations::of(tx, "option_value", None, &handles).await?,
            variants,
        })
    }

    fn terms(&self, row: &ProductRow, shared: &Shared) -> BTreeMap<String, i64> {
        let mut terms = BTreeMap::new();
        let mut add = |text: &str, weight: i64| search::add_terms(&mut terms, text, weight);
        let handle = row.handle.as_str();
        let named = |id: &str, field: &str| (id.to_owned(), field.to_owned());
        if let Some(title) = self.titles.get(&named(handle, "title")) {
            [&title.zh, &title.en].into_iter().for_each(|title| add(title, TITLE));
        }
        if let Some(slug) = &row.category
            && let Some(name) = shared.categories.get(&named(slug.as_str(), "name"))
        {
            [&name.zh, &name.en].into_iter().for_each(|name| add(name, KIND));
        }
        let tags = shared.tags.get(&row.number).into_iter().flatten();
        [&row.vendor, &row.type_name].into_iter().chain(tags).for_each(|text| add(text, KIND));
        for variant in self.variants.get(&row.number).into_iter().flatten() {
            add(variant.sku.as_str(), CODE);
            add(&variant.short_code, CODE);
            // Shoppers type a GTIN as it is printed, without the zeros that fill it up to 14 digits.
            variant.gtin.iter().for_each(|gtin| add(gtin.trim_start_matches('0'), CODE));
        }
        for value in row.options.iter().flat_map(|option| &option.values) {
            add(value, OPTION);
            if let Some(text) = self.options.get(&named(handle, value)) {
                [&text.zh, &text.en].into_iter().for_each(|text| add(text, OPTION));
            }
        }
        terms
    }
}
