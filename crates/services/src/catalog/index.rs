//! The catalogue in memory: as much of each product as lists are filtered, sorted and counted by.
//!
//! A list of 90,000 products with three facets would touch every product in the database several times; here it is one
//! pass over some megabytes. Texts and prices of the products on a page come from the database and the price book.

use super::texts::text_of;
use crate::{Result, setup::ShopFacts, stock::Sourcing};
use ::stock::Point;
use ids::{CategorySlug, CouponCode, PlaceId};
use pricing::{Instant, Text};
use std::collections::HashMap;
use storage::{
    Db, categories, coupons,
    places::{self, PlaceRow},
    products, settings, translations,
};
use wire::{Category, Place};

/// A word of no product.
pub(crate) const NONE: u32 = u32::MAX;

/// The catalogue of one moment.
pub(crate) struct Catalogue {
    pub(crate) facts: ShopFacts,
    pub(crate) places: Vec<PlaceFacts>,
    /// Generic codes that are worth nothing alone, sorted.
    pub(crate) given_singly: Vec<CouponCode>,
    pub(crate) sourcing: Sourcing,
    categories: Vec<Category>,
    /// In the shop's own order.
    pub(crate) products: Vec<Entry>,
    pub(crate) category_words: Words,
    pub(crate) vendor_words: Words,
    pub(crate) tag_words: Words,
    /// Positions in `products`, cheapest first.
    pub(crate) by_price: Vec<u32>,
    /// Positions in `products`, newest first.
    pub(crate) by_age: Vec<u32>,
}

/// A place with what shoppers don't see.
pub(crate) struct PlaceFacts {
    pub(crate) wire: Place,
    pub(crate) time_zone: String,
    pub(crate) region: String,
    pub(crate) point: Option<Point>,
    pub(crate) parcel_minor: i64,
    pub(crate) kilo_minor: i64,
    pub(crate) cut_off_minute: i64,
}

/// What lists need of a product.
pub(crate) struct Entry {
    pub(crate) number: i64,
    pub(crate) category: u32,
    pub(crate) vendor: u32,
    pub(crate) tags: Box<[u32]>,
    pub(crate) price_minor: i64,
    created_at: Instant,
}

/// Words as small numbers.
#[derive(Default)]
pub(crate) struct Words {
    pub(crate) texts: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Words {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(NONE);
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// The number of a word that some product has.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }
}

impl Catalogue {
    /// Reads everything.
    pub(crate) async fn load(db: &Db) -> Result<Self> {
        let facts = settings::get(db, crate::setup::FACTS).await?.unwrap_or_default();
        let mut catalogue = Self {
            facts,
            places: load_places(db).await?,
            given_singly: coupons::given_singly(db).await?,
            sourcing: Sourcing::load(db).await?,
            categories: load_categories(db).await?,
            products: Vec::new(),
            category_words: Words::default(),
            vendor_words: Words::default(),
            tag_words: Words::default(),
            by_price: Vec::new(),
            by_age: Vec::new(),
        };
        catalogue.load_products(db).await?;
        catalogue.sort();
        Ok(catalogue)
    }

    async fn load_products(&mut self, db: &Db) -> Result<()> {
        let mut tags: HashMap<i64, Vec<u32>> = HashMap::new();
        for (product, tag) in products::all_tags(db).await? {
            tags.entry(product).or_default().push(self.tag_words.number(&tag));
        }
        for row in products::index_rows(db).await? {
            let category = row.category.map_or(NONE, |slug| self.category_words.number(slug.as_str()));
            let entry = Entry {
                number: row.number,
                category,
                vendor: self.vendor_words.number(&row.vendor),
                tags: tags.remove(&row.number).unwrap_or_default().into(),
                price_minor: row.price_minor,
                created_at: row.created_at,
            };
            self.products.push(entry);
        }
        Ok(())
    }

    fn sort(&mut self) {
        let all = 0..u32::try_from(self.products.len()).unwrap_or(NONE);
        let entry = |at: &u32| &self.products[*at as usize];
        let mut by_price: Vec<u32> = all.clone().collect();
        by_price.sort_by_key(|at| (entry(at).price_minor, *at));
        let mut by_age: Vec<u32> = all.collect();
        by_age.sort_by_key(|at| (-entry(at).created_at.0, -entry(at).number));
        for row in &self.products {
            let slug = self.category_words.texts.get(row.category as usize);
            if let Some(category) =
                self.categories.iter_mut().find(|one| Some(one.slug.as_str()) == slug.map(String::as_str))
            {
                category.products += 1;
            }
        }
        (self.by_price, self.by_age) = (by_price, by_age);
    }

    /// The departments that have a product, in their order.
    pub(crate) fn categories(&self) -> impl Iterator<Item = Category> {
        self.categories.iter().filter(|category| category.products > 0).cloned()
    }

    /// The name of a department.
    pub(crate) fn category_name(&self, slug: &str) -> Option<&Text> {
        self.categories.iter().find(|category| category.slug.as_str() == slug).map(|category| &category.name)
    }

    /// The place with this id.
    pub(crate) fn place(&self, id: &PlaceId) -> Option<&Place> {
        self.place_facts(id).map(|place| &place.wire)
    }

    pub(crate) fn place_facts(&self, id: &PlaceId) -> Option<&PlaceFacts> {
        self.places.iter().find(|place| place.wire.id == *id)
    }

    /// Where a product stands in `products`.
    pub(crate) fn position(&self, number: i64) -> Option<usize> {
        self.products.binary_search_by_key(&number, |entry| entry.number).ok()
    }
}

async fn load_places(db: &Db) -> Result<Vec<PlaceFacts>> {
    let texts = translations::all(db, "place").await?;
    let places = places::all(db).await?.into_iter().map(|row| {
        let text = |field: &str| text_of(&texts, row.id.as_str(), field);
        let (name, city, address, hours) = (text("name"), text("city"), text("address"), text("hours"));
        let wire = Place { id: row.id.clone(), kind: row.kind, name, city, address, hours, phone: row.phone.clone() };
        let point = row.point.and_then(|(lat, lon)| Point::new(lat, lon));
        let PlaceRow { time_zone, region, parcel_minor, kilo_minor, cut_off_minute, .. } = row;
        PlaceFacts { wire, time_zone, region, point, parcel_minor, kilo_minor, cut_off_minute }
    });
    Ok(places.collect())
}

async fn load_categories(db: &Db) -> Result<Vec<Category>> {
    let texts = translations::all(db, "category").await?;
    let categories = categories::all(db).await?.into_iter().map(|row| {
        let text = |field: &str| text_of(&texts, row.slug.as_str(), field);
        let mut name = text("name");
        if name.is_empty() {
            name.zh.clone_from(&row.type_name);
        }
        Category { name, blurb: text("blurb"), slug: row.slug.clone(), products: 0 }
    });
    let categories: Vec<Category> = categories.collect();
    Ok(categories)
}

/// The slug of a department made from a product type: letters and digits of any script, the rest as hyphens.
pub(crate) fn slug(text: &str) -> Option<CategorySlug> {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    CategorySlug::new(slug.trim_end_matches('-')).ok()
}
