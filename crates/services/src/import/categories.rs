//! Departments of product types.

use crate::{Result, catalog::index::slug, setup};
use ids::CategorySlug;
use pricing::Text;
use std::collections::HashMap;
use storage::{
    Query, Tx,
    categories::{self, CategoryRow},
    translations,
};

/// The departments by everything that a file may call them, and those that an import adds.
pub(super) struct Departments {
    by_word: HashMap<String, CategorySlug>,
    pub(super) added: Vec<(CategoryRow, &'static str)>,
    next: i64,
}

impl Departments {
    pub(super) async fn load(on: &impl Query) -> Result<Self> {
        let rows = categories::all(on).await?;
        let mut by_word = HashMap::new();
        // The type is what the merchant states for imports, so it goes before names and slugs.
        for ((id, field), text) in translations::all(on, "category").await? {
            if let (true, Ok(slug)) = (field == "name", CategorySlug::new(id)) {
                for name in [text.zh, text.en].into_iter().filter(|name| !name.is_empty()) {
                    by_word.insert(name.to_lowercase(), slug.clone());
                }
            }
        }
        for row in &rows {
            by_word.insert(row.slug.as_str().to_owned(), row.slug.clone());
        }
        for row in &rows {
            by_word.insert(row.type_name.to_lowercase(), row.slug.clone());
        }
        let next = rows.iter().map(|row| row.position + 1).max().unwrap_or(0);
        Ok(Self { by_word, added: Vec::new(), next })
    }

    /// The department of a product type; one that is not there yet is added. None for no type.
    pub(super) fn of(&mut self, type_name: &str, locale: &'static str) -> Option<CategorySlug> {
        let word = type_name.to_lowercase();
        if let Some(found) = self.by_word.get(&word) {
            return Some(found.clone());
        }
        let made = slug(type_name)?;
        let found = self.by_word.get(made.as_str()).cloned();
        let category = found.unwrap_or_else(|| self.add(made, type_name, locale));
        self.by_word.insert(word, category.clone());
        Some(category)
    }

    fn add(&mut self, slug: CategorySlug, type_name: &str, locale: &'static str) -> CategorySlug {
        let row = CategoryRow { slug: slug.clone(), type_name: type_name.to_owned(), position: self.next };
        self.next += 1;
        self.by_word.insert(slug.as_str().to_owned(), slug.clone());
        self.added.push((row, locale));
        slug
    }

    /// Puts the new departments into the database.
    pub(super) async fn put(&self, tx: &Tx) -> Result<()> {
        let rows: Vec<CategoryRow> = self.added.iter().map(|(row, _)| row.clone()).collect();
        categories::put(tx, &rows).await?;
        let texts = self.added.iter().flat_map(|(row, locale)| {
            let name = if *locale == "en" { Text::new("", &row.type_name) } else { Text::new(&row.type_name, "") };
            setup::rows(row.slug.as_str(), "name", &name)
        });
        Ok(translations::put(tx, "category", &texts.collect::<Vec<_>>()).await?)
    }
}
