//! The shop's own facts, as the merchant states them in a file, and the first start of an empty shop.

use crate::{Result, ServiceError, Services, book};
use ids::{CategorySlug, LevelId, MemberId, PlaceId};
use money::{Currency, Decimal};
use pricing::{
    Text,
    book::{Level, Points, Promotion, Resolution, Rounding, ShippingMethod, Tax},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::{
    Tx,
    categories::{self, CategoryRow},
    members::{self, MemberRow},
    places::{self, PlaceRow},
    settings,
    translations::{self, Translation},
};
use wire::{PlaceKind, TenderInfo};

/// Settings that pages and price books are made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ShopFacts {
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) tagline: Text,
    pub(crate) currency: Currency,
    #[serde(default)]
    pub(crate) levels: Vec<Level>,
    #[serde(default)]
    pub(crate) shipping: Vec<ShippingMethod>,
    #[serde(default)]
    pub(crate) points: Points,
    #[serde(default)]
    pub(crate) tax: Tax,
    #[serde(default)]
    pub(crate) rounding: Rounding,
    /// Names of tags in both languages; a tag without one is called by itself.
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, Text>,
    /// The ways to pay, in the order in which they are shown.
    #[serde(default)]
    pub(crate) tenders: Vec<TenderInfo>,
    /// How promotions are chosen among; the best for the shopper unless the file says otherwise.
    #[serde(default)]
    pub(crate) resolution: Resolution,
    /// What goods with a known cost must earn over it, as a rate; no floor unless the file names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) margin_floor: Option<Decimal>,
}

/// The shop file: the facts with departments, places and members.
#[derive(Deserialize)]
struct ShopFile {
    #[serde(flatten)]
    facts: ShopFacts,
    #[serde(default)]
    categories: Vec<CategoryFile>,
    #[serde(default)]
    places: Vec<PlaceFile>,
    #[serde(default)]
    members: Vec<MemberFile>,
}

#[derive(Deserialize)]
struct CategoryFile {
    slug: CategorySlug,
    #[serde(rename = "type")]
    type_name: String,
    name: Text,
    #[serde(default)]
    blurb: Text,
}

#[derive(Deserialize)]
struct PlaceFile {
    id: PlaceId,
    kind: PlaceKind,
    name: Text,
    #[serde(default)]
    city: Text,
    #[serde(default)]
    address: Text,
    #[serde(default)]
    region: String,
    time_zone: String,
    hours: Option<Text>,
    #[serde(default)]
    phone: String,
}

#[derive(Deserialize)]
struct MemberFile {
    phone: String,
    name: String,
    level: Option<LevelId>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    points: i64,
}

pub(crate) const FACTS: &str = "shop";
pub(crate) const PROMOTIONS: &str = "promotions";
/// Changes whenever the catalogue or the shop's facts do; servers look at it to see that theirs is old.
pub(crate) const STAMP: &str = "stamp";

impl Default for ShopFacts {
    fn default() -> Self {
        Self {
            name: Text::new("新店", "New shop"),
            tagline: Text::default(),
            currency: Currency::CNY,
            levels: Vec::new(),
            shipping: Vec::new(),
            points: Points::default(),
            tax: Tax::default(),
            rounding: Rounding::default(),
            tags: BTreeMap::new(),
            tenders: Vec::new(),
            resolution: Resolution::default(),
            margin_floor: None,
        }
    }
}

/// Gives an empty database facts, a stamp and an empty price book, so that everything after can rely on them.
pub(crate) async fn first_start(services: &Services) -> Result<()> {
    if settings::get::<String>(services.db(), STAMP).await?.is_some() {
        return Ok(());
    }
    let tx = services.db().begin().await?;
    if settings::get::<String>(&tx, STAMP).await?.is_none() {
        settings::set(&tx, FACTS, &ShopFacts::default()).await?;
        settings::set(&tx, PROMOTIONS, &Vec::<Promotion>::new()).await?;
        book::rebuild(&tx, services.now()).await?;
        stamp(&tx).await?;
    }
    Ok(tx.commit().await?)
}

/// Tells all servers that the catalogue or the shop's facts changed.
pub(crate) async fn stamp(tx: &Tx) -> Result<()> {
    Ok(settings::set(tx, STAMP, &storage::new_id()).await?)
}

fn parse<'a, T: Deserialize<'a>>(what: &str, text: &'a str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| ServiceError::BadData(vec![format!("{what}: {error}")]))
}

/// Puts the shop file's facts, departments, places and members into the database.
pub(crate) async fn put_shop(services: &Services, tx: &Tx, text: &str) -> Result<()> {
    let file: ShopFile = parse("the shop file", text)?;
    settings::set(tx, FACTS, &file.facts).await?;
    put_categories(tx, &file.categories).await?;
    put_places(tx, &file.places).await?;
    for member in &file.members {
        put_member(services, tx, member).await?;
    }
    Ok(())
}

/// Puts the promotions, a JSON array, into the database; a price book has to be built after.
pub(crate) async fn put_promotions(tx: &Tx, text: &str) -> Result<()> {
    let promotions: Vec<Promotion> = parse("the promotions", text)?;
    Ok(settings::set(tx, PROMOTIONS, &promotions).await?)
}

/// Both languages of a text as rows; an empty one is left out.
pub(crate) fn rows(id: &str, field: &str, text: &Text) -> Vec<Translation> {
    let both = [("zh", &text.zh), ("en", &text.en)];
    let row = |(locale, text): (&str, &String)| Translation {
        id: id.to_owned(),
        field: field.to_owned(),
        locale: locale.to_owned(),
        text: text.clone(),
    };
    both.into_iter().filter(|(_, text)| !text.is_empty()).map(row).collect()
}

async fn put_categories(tx: &Tx, files: &[CategoryFile]) -> Result<()> {
    let row = |(position, file): (i64, &CategoryFile)| CategoryRow {
        slug: file.slug.clone(),
        type_name: file.type_name.clone(),
        position,
    };
    categories::put(tx, &(0_i64..).zip(files).map(row).collect::<Vec<_>>()).await?;
    let texts = files.iter().flat_map(|file| {
        let id = file.slug.as_str();
        [rows(id, "name", &file.name), rows(id, "blurb", &file.blurb)].concat()
    });
    Ok(translations::put(tx, "category", &texts.collect::<Vec<_>>()).await?)
}

async fn put_places(tx: &Tx, files: &[PlaceFile]) -> Result<()> {
    let row = |(position, file): (i64, &PlaceFile)| PlaceRow {
        id: file.id.clone(),
        kind: file.kind,
        position,
        region: file.region.clone(),
        time_zone: file.time_zone.clone(),
        phone: file.phone.clone(),
    };
    places::put(tx, &(0_i64..).zip(files).map(row).collect::<Vec<_>>()).await?;
    let mut texts = Vec::new();
    for file in files {
        let hours = file.hours.clone().unwrap_or_default();
        let fields = [("name", &file.name), ("city", &file.city), ("address", &file.address), ("hours", &hours)];
        texts.extend(fields.into_iter().flat_map(|(field, text)| rows(file.id.as_str(), field, text)));
    }
    Ok(translations::put(tx, "place", &texts).await?)
}

async fn put_member(services: &Services, tx: &Tx, file: &MemberFile) -> Result<()> {
    let bad = || ServiceError::BadData(vec![format!("member {}: no mobile number of mainland China", file.name)]);
    let row = MemberRow {
        id: MemberId::new(storage::new_id()).expect("a UUID is an id"),
        phone: crate::members::phone::normalise(&file.phone).ok_or_else(bad)?,
        name: file.name.clone(),
        level: file.level.clone(),
        tags: file.tags.clone(),
        points: file.points,
        orders: 0,
        created_at: services.now(),
        birthday_month: None,
        birthday_told_at: None,
    };
    Ok(members::insert(tx, &row).await?)
}
