//! What a list's address asks for, read from the address and written back into links.

use crate::{
    api::{Query, encode},
    front::Front,
};
use ids::CategorySlug;
use leptos_router::params::ParamsMap;
use money::{Currency, Decimal, format_plain, minor_from_decimal};
use wire::{ProductQuery, Sort};

/// Products on a page: divides by two, three and four columns.
const PAGE_SIZE: i64 = 24;

/// A list's address: where it is and what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The path, `/search` or `/c/{category}`.
    pub path: String,
    /// The request that it stands for.
    pub query: ProductQuery,
}

impl Asked {
    /// Reads the address of a department (`category` is its slug) or of a search (none).
    pub fn read(front: Front, category: Option<&str>, keys: &ParamsMap) -> Self {
        let text = |key: &str| keys.get(key).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let amount = |key: &str| text(key).and_then(|text| minor(&text, front.currency));
        let facts = front.facts();
        let slug = category.map(str::to_owned).or_else(|| text("category"));
        let query = ProductQuery {
            q: text("q"),
            category: slug.and_then(|slug| CategorySlug::new(slug).ok()),
            tag: text("tag"),
            vendor: text("vendor"),
            min_price: amount("min"),
            max_price: amount("max"),
            in_stock: text("stock").map(|_| true),
            sort: text("sort").and_then(|text| sort(&text)),
            page: text("page").and_then(|text| text.parse().ok()).filter(|page| *page > 1),
            size: Some(PAGE_SIZE),
            store: facts.store.clone(),
            channel: Some(facts.channel.clone()),
        };
        let path = category.map_or_else(|| "/search".to_owned(), |slug| format!("/c/{}", encode(slug)));
        Self { path, query }
    }

    /// The address of the list after a change; it begins at its first page again.
    pub fn link(&self, currency: Currency, change: impl FnOnce(&mut ProductQuery)) -> String {
        let mut query = self.query.clone();
        query.page = None;
        change(&mut query);
        let mut keys = Query::new();
        for (key, value) in self.fields(&query, currency) {
            keys.add(key, &value);
        }
        format!("{}{keys}", self.path)
    }

    /// The keys and values of `query` as they stand in an address.
    pub fn fields(&self, query: &ProductQuery, currency: Currency) -> Vec<(&'static str, String)> {
        let amount = |minor: Option<i64>| minor.map(|minor| format_plain(minor, currency)).unwrap_or_default();
        let category = query.category.as_ref().filter(|_| self.searching());
        let rows = [
            ("q", query.q.clone().unwrap_or_default()),
            ("category", category.map(ToString::to_string).unwrap_or_default()),
            ("tag", query.tag.clone().unwrap_or_default()),
            ("vendor", query.vendor.clone().unwrap_or_default()),
            ("min", amount(query.min_price)),
            ("max", amount(query.max_price)),
            ("stock", if query.in_stock == Some(true) { "1".to_owned() } else { String::new() }),
            ("sort", query.sort.map(|sort| sort_key(sort).to_owned()).unwrap_or_default()),
            ("page", query.page.map(|page| page.to_string()).unwrap_or_default()),
        ];
        rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// True on the search page.
    pub fn searching(&self) -> bool {
        self.path == "/search"
    }

    /// How many filters are set.
    pub fn filters(&self) -> usize {
        let ProductQuery { tag, vendor, min_price, max_price, in_stock, category, .. } = &self.query;
        let price = min_price.is_some() || max_price.is_some();
        let set = [tag.is_some(), vendor.is_some(), price, in_stock.is_some(), category.is_some() && self.searching()];
        set.into_iter().filter(|set| *set).count()
    }

    /// The address without any filter.
    pub fn cleared(&self, currency: Currency) -> String {
        self.link(currency, |query| {
            let category = query.category.take().filter(|_| !self.searching());
            *query = ProductQuery { q: query.q.take(), category, sort: query.sort, ..ProductQuery::default() };
        })
    }
}

/// `12.5` as people type it into a price field, in minor units; none if it is no price.
fn minor(text: &str, currency: Currency) -> Option<i64> {
    let amount: Decimal = text.parse().ok()?;
    minor_from_decimal(amount.round_dp(currency.exponent()), currency).ok().filter(|minor| *minor >= 0)
}

fn sort(key: &str) -> Option<Sort> {
    [Sort::PriceUp, Sort::PriceDown, Sort::Newest].into_iter().find(|sort| sort_key(*sort) == key)
}

/// The value of `sort` in an address; empty for the default.
pub fn sort_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "",
        Sort::PriceUp => "price_up",
        Sort::PriceDown => "price_down",
        Sort::Newest => "newest",
        Sort::Mixed => "mixed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_keeps_what_is_asked_and_goes_to_the_first_page() {
        let query = ProductQuery { q: Some("茶".into()), min_price: Some(1250), page: Some(3), ..Default::default() };
        let asked = Asked { path: "/search".into(), query };
        let link = asked.link(Currency::CNY, |query| query.sort = Some(Sort::PriceUp));
        assert_eq!(link, "/search?q=%E8%8C%B6&min=12.50&sort=price_up");
        assert_eq!(asked.cleared(Currency::CNY), "/search?q=%E8%8C%B6");
        assert_eq!(asked.filters(), 1);
    }

    #[test]
    fn a_typed_price_is_read_or_ignored() {
        assert_eq!(minor("12.5", Currency::CNY), Some(1250));
        assert_eq!(minor("-1", Currency::CNY), None);
        assert_eq!(minor("cheap", Currency::CNY), None);
    }
}
