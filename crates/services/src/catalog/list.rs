//! Lists of products: search, filters, sorting, pages, and how the matches could be narrowed.

use super::index::{Catalogue, Entry, NONE, Words};
use crate::{Result, ServiceError, Services, Who};
use pricing::Text;
use std::collections::{HashMap, HashSet};
use storage::{search, stock};
use wire::{Facet, FacetValue, ProductList, ProductQuery, Sort};

const SIZE_DEFAULT: i64 = 24;
const SIZE_MAX: i64 = 100;
/// Values of a facet that are shown.
const VALUES_MAX: usize = 12;
/// A search text longer than this is cut.
const SEARCH_CHARS_MAX: usize = 100;

/// A filter on one word: anything, one word, or a word that no product has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Any,
    Word(u32),
    Unknown,
}

impl Wanted {
    fn new(words: &Words, text: Option<&str>) -> Self {
        match text.filter(|text| !text.is_empty()) {
            None => Self::Any,
            Some(text) => words.find(text).map_or(Self::Unknown, Self::Word),
        }
    }

    fn allows(self, mut has: impl FnMut(u32) -> bool) -> bool {
        match self {
            Self::Any => true,
            Self::Unknown => false,
            Self::Word(word) => has(word),
        }
    }
}

/// The filters of a query, looked up.
struct Filters {
    category: Wanted,
    tag: Wanted,
    vendor: Wanted,
    prices: (i64, i64),
    found: Option<HashMap<i64, i64>>,
    in_stock: Option<HashSet<i64>>,
}

impl Filters {
    fn allows_all_but(&self, entry: &Entry, skipped: &str) -> bool {
        (skipped == "category" || self.category.allows(|word| entry.category == word))
            && (skipped == "tag" || self.tag.allows(|word| entry.tags.contains(&word)))
            && (skipped == "vendor" || self.vendor.allows(|word| entry.vendor == word))
            && (self.prices.0..=self.prices.1).contains(&entry.price_minor)
            && self.found.as_ref().is_none_or(|found| found.contains_key(&entry.number))
            && self.in_stock.as_ref().is_none_or(|numbers| numbers.contains(&entry.number))
    }
}

/// The page and its size, within bounds.
fn window(query: &ProductQuery) -> Result<(i64, i64)> {
    let (page, size) = (query.page.unwrap_or(1), query.size.unwrap_or(SIZE_DEFAULT));
    if !(1..=1_000_000).contains(&page) {
        return Err(ServiceError::field("page", "页码从 1 开始", "pages count from 1"));
    }
    if !(1..=SIZE_MAX).contains(&size) {
        return Err(ServiceError::field("size", "每页 1 到 100 件", "a page has 1 to 100 products"));
    }
    Ok((page, size))
}

impl Services {
    async fn filters(&self, catalogue: &Catalogue, who: &Who, query: &ProductQuery) -> Result<Filters> {
        let text: String = query.q.as_deref().unwrap_or("").trim().chars().take(SEARCH_CHARS_MAX).collect();
        let found = if text.is_empty() {
            None
        } else {
            Some(search::find(self.db(), &search::words(&text)).await?.into_iter().collect())
        };
        let in_stock = match query.in_stock {
            Some(true) => Some(stock::products_in_stock(self.db(), who.store.as_ref()).await?.into_iter().collect()),
            _ => None,
        };
        Ok(Filters {
            category: Wanted::new(&catalogue.category_words, query.category.as_ref().map(ids::CategorySlug::as_str)),
            tag: Wanted::new(&catalogue.tag_words, query.tag.as_deref()),
            vendor: Wanted::new(&catalogue.vendor_words, query.vendor.as_deref()),
            prices: (query.min_price.unwrap_or(0), query.max_price.unwrap_or(i64::MAX)),
            found,
            in_stock,
        })
    }

    /// A page of products that match, with prices for `who`.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a page or a size out of bounds, or an unknown channel or store.
    pub async fn products(&self, who: &Who, query: &ProductQuery) -> Result<ProductList> {
        let (page, size) = window(query)?;
        let active = self.active().await?;
        let catalogue = &active.catalogue;
        let context = self.context(who, &active, self.now()).await?;
        let filters = self.filters(catalogue, who, query).await?;
        let matches = sorted(catalogue, &filters, query.sort.unwrap_or_default());
        let skip = usize::try_from((page - 1) * size).unwrap_or(usize::MAX);
        let shown = matches.iter().skip(skip).take(usize::try_from(size).unwrap_or(0));
        let numbers: Vec<i64> = shown.map(|&at| catalogue.products[at as usize].number).collect();
        Ok(ProductList {
            items: self.cards(&active, &context, &numbers).await?,
            total: i64::try_from(matches.len()).unwrap_or(i64::MAX),
            page,
            size,
            facets: facets(catalogue, &filters),
        })
    }
}

/// Positions of the products that match, in the order asked for.
fn sorted(catalogue: &Catalogue, filters: &Filters, sort: Sort) -> Vec<u32> {
    let all: Vec<u32> = match sort {
        Sort::PriceUp => catalogue.by_price.clone(),
        Sort::PriceDown => catalogue.by_price.iter().rev().copied().collect(),
        Sort::Newest => catalogue.by_age.clone(),
        Sort::Relevance => (0..u32::try_from(catalogue.products.len()).unwrap_or(NONE)).collect(),
    };
    let entry = |at: u32| &catalogue.products[at as usize];
    let mut matches: Vec<u32> = all.into_iter().filter(|&at| filters.allows_all_but(entry(at), "")).collect();
    if let (Sort::Relevance, Some(found)) = (sort, &filters.found) {
        matches.sort_by_key(|&at| (-found.get(&entry(at).number).copied().unwrap_or(0), at));
    }
    matches
}

/// For each facet the values among the products that match all other filters.
fn facets(catalogue: &Catalogue, filters: &Filters) -> Vec<Facet> {
    let plain = |text: &str| Text::new(text, text);
    let department = |slug: &str| catalogue.category_name(slug).cloned().unwrap_or_else(|| plain(slug));
    vec![
        facet(catalogue, filters, "category", &catalogue.category_words, |entry| vec![entry.category], department),
        facet(catalogue, filters, "vendor", &catalogue.vendor_words, |entry| vec![entry.vendor], plain),
        facet(catalogue, filters, "tag", &catalogue.tag_words, |entry| entry.tags.to_vec(), plain),
    ]
}

fn facet(
    catalogue: &Catalogue,
    filters: &Filters,
    key: &str,
    words: &Words,
    words_of: impl Fn(&Entry) -> Vec<u32>,
    name: impl Fn(&str) -> Text,
) -> Facet {
    let mut counts = vec![0_i64; words.texts.len()];
    for entry in catalogue.products.iter().filter(|entry| filters.allows_all_but(entry, key)) {
        for word in words_of(entry) {
            if let Some(count) = counts.get_mut(word as usize) {
                *count += 1;
            }
        }
    }
    let mut order: Vec<usize> = (0..counts.len()).filter(|&at| counts[at] > 0 && !words.texts[at].is_empty()).collect();
    order.sort_by_key(|&at| (-counts[at], at));
    order.truncate(VALUES_MAX);
    let value = |at: usize| FacetValue { value: words.texts[at].clone(), name: name(&words.texts[at]), count: counts[at] };
    Facet { key: key.to_owned(), values: order.into_iter().map(value).collect() }
}
