//! Lists of products: search, filters, sorting, facets, pages.

use super::index::{Catalogue, Entry, NONE, Words};
use crate::{Result, ServiceError, Services, Who};
use pricing::Text;
use std::collections::BTreeMap;
use storage::{search, stock};
use wire::{Facet, FacetValue, FieldError, ProductList, ProductQuery, Sort};

const SIZE_DEFAULT: i64 = 24;
const SIZE_MAX: i64 = 100;
/// Values of a facet that are shown.
const FACET_VALUES_MAX: usize = 24;
const QUERY_CHARS_MAX: usize = 200;
/// Up to so many products are sorted by the price that is shown; more by their list prices, which need no engine.
const PRICED_MAX: i64 = 300;

/// Which products are meant: a word that no product has matches nothing.
struct Filter<'a> {
    /// The weight of each product that a search found, by position; 0 for the others.
    hits: Option<Vec<i64>>,
    /// Which products are in stock, by position.
    in_stock: Option<Vec<bool>>,
    category: Option<u32>,
    vendor: Option<u32>,
    tag: Option<u32>,
    query: &'a ProductQuery,
}

/// Which of the filters that have a facet hold.
struct Held {
    category: bool,
    vendor: bool,
    tag: bool,
}

impl Filter<'_> {
    /// What holds of a product that passes everything without a facet; none if it does not pass.
    fn held(&self, at: usize, entry: &Entry) -> Option<Held> {
        let query = self.query;
        let passes = self.hits.as_ref().is_none_or(|weights| weights[at] > 0)
            && query.min_price.is_none_or(|least| entry.price_minor >= least)
            && query.max_price.is_none_or(|most| entry.price_minor <= most)
            && self.in_stock.as_ref().is_none_or(|flags| flags[at]);
        passes.then(|| Held {
            category: self.category.is_none_or(|word| entry.category == word),
            vendor: self.vendor.is_none_or(|word| entry.vendor == word),
            tag: self.tag.is_none_or(|word| entry.tags.contains(&word)),
        })
    }
}

/// Matches and counts by word.
struct Counted {
    /// Which products match everything, by position.
    matches: Vec<bool>,
    total: i64,
    categories: Vec<i64>,
    vendors: Vec<i64>,
    tags: Vec<i64>,
}

/// One pass over the catalogue. A facet counts what the other filters let through, so that it shows what choosing another
/// of its values would give.
fn count(catalogue: &Catalogue, filter: &Filter<'_>) -> Counted {
    let mut counted = Counted {
        matches: vec![false; catalogue.products.len()],
        total: 0,
        categories: vec![0; catalogue.category_words.texts.len()],
        vendors: vec![0; catalogue.vendor_words.texts.len()],
        tags: vec![0; catalogue.tag_words.texts.len()],
    };
    for (at, entry) in catalogue.products.iter().enumerate() {
        let Some(held) = filter.held(at, entry) else { continue };
        if held.category && held.vendor && held.tag {
            counted.matches[at] = true;
            counted.total += 1;
        }
        if held.vendor && held.tag && entry.category != NONE {
            counted.categories[entry.category as usize] += 1;
        }
        if held.category && held.tag {
            counted.vendors[entry.vendor as usize] += 1;
        }
        if held.category && held.vendor {
            entry.tags.iter().for_each(|tag| counted.tags[*tag as usize] += 1);
        }
    }
    counted
}

fn facet(key: &str, words: &Words, counts: &[i64], name: impl Fn(&str) -> Text) -> Facet {
    let mut values: Vec<(&String, i64)> = words.texts.iter().zip(counts.iter().copied()).collect();
    values.retain(|(word, count)| *count > 0 && !word.is_empty());
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    values.truncate(FACET_VALUES_MAX);
    let value = |(word, count): (&String, i64)| FacetValue { value: word.clone(), name: name(word), count };
    Facet { key: key.to_owned(), values: values.into_iter().map(value).collect() }
}

fn facets(catalogue: &Catalogue, counted: &Counted) -> Vec<Facet> {
    let plain = |word: &str| Text::new(word, word);
    let category = |slug: &str| catalogue.category_name(slug).cloned().unwrap_or_else(|| plain(slug));
    let tag = |word: &str| catalogue.facts.tags.get(word).cloned().unwrap_or_else(|| plain(word));
    let facets = [
        facet("category", &catalogue.category_words, &counted.categories, category),
        facet("tag", &catalogue.tag_words, &counted.tags, tag),
        facet("vendor", &catalogue.vendor_words, &counted.vendors, plain),
    ];
    facets.into_iter().filter(|facet| !facet.values.is_empty()).collect()
}

/// The numbers of one page of the matches.
fn page(catalogue: &Catalogue, filter: &Filter<'_>, counted: &Counted, first: usize, size: usize) -> Vec<i64> {
    let cut = |order: &mut dyn Iterator<Item = usize>| {
        let matches = order.filter(|at| counted.matches[*at]).skip(first).take(size);
        matches.map(|at| catalogue.products[at].number).collect::<Vec<i64>>()
    };
    match (filter.query.sort.unwrap_or_default(), &filter.hits) {
        (Sort::PriceUp, _) => cut(&mut catalogue.by_price.iter().map(|at| *at as usize)),
        (Sort::PriceDown, _) => cut(&mut catalogue.by_price.iter().map(|at| *at as usize).rev()),
        (Sort::Newest, _) => cut(&mut catalogue.by_age.iter().map(|at| *at as usize)),
        (Sort::Mixed, _) => cut(&mut mixed(catalogue, counted).into_iter()),
        (Sort::Relevance, None) => cut(&mut (0..catalogue.products.len())),
        (Sort::Relevance, Some(weights)) => {
            let mut order: Vec<usize> = (0..weights.len()).filter(|at| counted.matches[*at]).collect();
            order.sort_by_key(|at| (-weights[*at], *at));
            cut(&mut order.into_iter())
        }
    }
}

/// The matches, one of each department in turn.
fn mixed(catalogue: &Catalogue, counted: &Counted) -> Vec<usize> {
    let mut turns: BTreeMap<u32, usize> = BTreeMap::new();
    let matches = (0..catalogue.products.len()).filter(|at| counted.matches[*at]);
    let mut order: Vec<(usize, usize)> = matches
        .map(|at| {
            let turn = turns.entry(catalogue.products[at].category).or_default();
            *turn += 1;
            (*turn, at)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| at).collect()
}

fn check(query: &ProductQuery) -> Result<(usize, usize)> {
    let mut errors = Vec::new();
    let mut say = |field: &str, zh: &str, en: &str| {
        errors.push(FieldError { field: field.to_owned(), message: Text::new(zh, en) });
    };
    let (page, size) = (query.page.unwrap_or(1), query.size.unwrap_or(SIZE_DEFAULT));
    if !(1..=1_000_000).contains(&page) {
        say("page", "页码从 1 开始。", "Pages are counted from 1.");
    }
    if !(1..=SIZE_MAX).contains(&size) {
        say("size", "每页 1 到 100 件。", "A page has 1 to 100 products.");
    }
    if query.q.as_ref().is_some_and(|text| text.chars().count() > QUERY_CHARS_MAX) {
        say("q", "搜索词最多 200 个字。", "A search has at most 200 characters.");
    }
    if query.min_price.is_some_and(|price| price < 0) || query.max_price.is_some_and(|price| price < 0) {
        say("min_price", "价格不能为负。", "A price may not be negative.");
    }
    if errors.is_empty() {
        let (page, size) = (page.unsigned_abs() as usize, size.unsigned_abs() as usize);
        return Ok(((page - 1) * size, size));
    }
    Err(ServiceError::Invalid(errors))
}

impl Services {
    /// A page of products for `who`, with counts of how the list could be narrowed.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a page, a size, a channel or a store that is none.
    pub async fn products(&self, who: &Who, query: &ProductQuery) -> Result<ProductList> {
        let (first, size) = check(query)?;
        let active = self.active().await?;
        let who = who.at(query.channel.as_deref(), query.store.as_ref());
        let context = self.context(&who, &active, self.now()).await?;
        let filter = self.filter(&active.catalogue, &who, query).await?;
        let counted = count(&active.catalogue, &filter);
        let sort = query.sort.unwrap_or_default();
        let by_price = matches!(sort, Sort::PriceUp | Sort::PriceDown) && counted.total <= PRICED_MAX;
        let (from, most) = if by_price { (0, usize::MAX) } else { (first, size) };
        let numbers = page(&active.catalogue, &filter, &counted, from, most);
        let mut items = self.cards(&active, &context, &numbers).await?;
        if by_price {
            // Promotions change the order that list prices have; of equal prices it stays.
            items.sort_by_key(|card| if sort == Sort::PriceUp { card.price.price } else { -card.price.price });
            items = items.into_iter().skip(first).take(size).collect();
        }
        Ok(ProductList {
            items,
            total: counted.total,
            page: query.page.unwrap_or(1),
            size: query.size.unwrap_or(SIZE_DEFAULT),
            facets: facets(&active.catalogue, &counted),
        })
    }

    async fn filter<'a>(&self, catalogue: &Catalogue, who: &Who, query: &'a ProductQuery) -> Result<Filter<'a>> {
        let products = catalogue.products.len();
        let hits = match query.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => {
                let mut weights = vec![0; products];
                for (number, weight) in search::find(&self.stale(), &search::words(text)).await? {
                    // What was added after the catalogue was loaded has no place in it yet.
                    if let Some(at) = catalogue.position(number) {
                        weights[at] = weight;
                    }
                }
                Some(weights)
            }
            None => None,
        };
        let in_stock = match query.in_stock {
            Some(true) => {
                let mut flags = vec![false; products];
                let found = stock::products_in_stock(&self.stale(), who.store.as_ref()).await?;
                found.into_iter().filter_map(|number| catalogue.position(number)).for_each(|at| flags[at] = true);
                Some(flags)
            }
            _ => None,
        };
        let word = |words: &Words, text: &str| words.find(text).unwrap_or(NONE - 1);
        Ok(Filter {
            hits,
            in_stock,
            category: query.category.as_ref().map(|slug| word(&catalogue.category_words, slug.as_str())),
            vendor: query.vendor.as_ref().map(|text| word(&catalogue.vendor_words, text)),
            tag: query.tag.as_ref().map(|text| word(&catalogue.tag_words, text)),
            query,
        })
    }
}
