//! The shop's own facts, as the merchant states them in a file, and the first start of an empty shop.

use crate::{Result, Role, ServiceError, Services, book, members::Desk, stock};
use ::members::{levels::LevelRules, points::PointsRules};
use ids::{CategorySlug, LevelId, MemberId, PlaceId, StaffId};
use money::{Currency, Decimal};
use pricing::{
    Instant, Text,
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
    staff::{self, StaffRow},
    translations::{self, Translation},
};
use wire::{Bundle, PlaceKind, StockUnits, TenderInfo};

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
    /// What members earn and how they rise.
    #[serde(default)]
    pub(crate) membership: MemberRules,
}

/// What the merchant decides about members.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MemberRules {
    /// How long earned points wait, and how long they last.
    pub(crate) points: PointsRules,
    /// How levels are reached and kept; without rules a level changes only when the shop gives another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) levels: Option<LevelRules>,
}

impl MemberRules {
    fn check(&self) -> Result<()> {
        let faults = [self.points.fault(), self.levels.as_ref().and_then(LevelRules::fault)];
        let faults: Vec<String> = faults.into_iter().flatten().map(|fault| format!("membership: {fault}")).collect();
        if faults.is_empty() { Ok(()) } else { Err(ServiceError::BadData(faults)) }
    }
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
    #[serde(default)]
    staff: Vec<StaffFile>,
    #[serde(default)]
    bundles: Vec<Bundle>,
    #[serde(default)]
    under_way: Vec<UnderWayFile>,
}

/// Goods of a supplier that are under way when the shop opens.
#[derive(Deserialize)]
struct UnderWayFile {
    supplier: String,
    destination: PlaceId,
    /// When they should be there, in hours from the opening.
    hours: i64,
    lines: Vec<StockUnits>,
}

/// One of the shop's own people.
#[derive(Deserialize)]
struct StaffFile {
    phone: String,
    name: String,
    role: Role,
    place: Option<PlaceId>,
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
    /// In degrees, as maps write them.
    #[serde(default)]
    lat: Option<serde_json::Number>,
    #[serde(default)]
    lon: Option<serde_json::Number>,
    /// What a parcel from here costs the shop, and each kilogram in it, in minor units.
    #[serde(default)]
    parcel_minor: i64,
    #[serde(default)]
    kilo_minor: i64,
    /// The minute of the day until which goods leave on the same day; four in the afternoon if none is named.
    cut_off_minute: Option<i64>,
}

/// Four in the afternoon.
const CUT_OFF_MINUTE: i64 = 16 * 60;

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
            membership: MemberRules::default(),
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
    settings::set(tx, STAMP, &storage::new_id()).await?;
    Ok(storage::changes::announce(tx).await?)
}

fn parse<'a, T: Deserialize<'a>>(what: &str, text: &'a str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| ServiceError::BadData(vec![format!("{what}: {error}")]))
}

/// Puts the shop file's facts, departments, places and members into the database.
pub(crate) async fn put_shop(services: &Services, tx: &Tx, text: &str) -> Result<()> {
    let file: ShopFile = parse("the shop file", text)?;
    file.facts.membership.check()?;
    settings::set(tx, FACTS, &file.facts).await?;
    put_categories(tx, &file.categories).await?;
    put_places(tx, &file.places).await?;
    for member in &file.members {
        put_member(services, tx, &file.facts.membership, member).await?;
    }
    for one in &file.staff {
        put_staff(services, tx, one).await?;
    }
    Ok(())
}

async fn put_staff(services: &Services, tx: &Tx, file: &StaffFile) -> Result<()> {
    let bad = || ServiceError::BadData(vec![format!("{}: no mobile number of mainland China", file.name)]);
    let row = StaffRow {
        id: StaffId::new(storage::new_id()).expect("a UUID is an id"),
        phone: crate::members::phone::normalise(&file.phone).ok_or_else(bad)?,
        name: file.name.clone(),
        role: file.role.word().to_owned(),
        place: file.place.clone(),
        active: true,
        created_at: services.now(),
    };
    Ok(staff::put(tx, &row).await?)
}

/// Puts what the shop file says of stock into the database, after the products it is about: bundles, and what is under way.
pub(crate) async fn put_stock(services: &Services, tx: &Tx, text: &str) -> Result<()> {
    let file: ShopFile = parse("the shop file", text)?;
    for bundle in &file.bundles {
        stock::put_bundle(tx, bundle).await?;
    }
    for one in &file.under_way {
        let expected = Some(Instant(services.now().0.saturating_add(one.hours.saturating_mul(HOUR_MS))));
        let (supplier, lines) = (one.supplier.as_str(), one.lines.as_slice());
        let purchase = stock::Purchase { supplier, destination: &one.destination, expected, lines, note: "" };
        stock::announce(tx, services.now(), "import", &purchase).await?;
    }
    Ok(())
}

const HOUR_MS: i64 = 3_600_000;

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

/// Millionths of a degree.
fn micro_degrees(place: &PlaceId, degrees: &serde_json::Number) -> Result<i64> {
    let micro = degrees.to_string().parse::<Decimal>().ok().and_then(|degrees| degrees.checked_mul(1_000_000.into()));
    let micro = micro.and_then(|micro| i64::try_from(micro.round()).ok());
    micro.ok_or_else(|| ServiceError::BadData(vec![format!("place {place}: {degrees} are no degrees")]))
}

fn place_row((position, file): (i64, &PlaceFile)) -> Result<PlaceRow> {
    let degrees = |one: &Option<serde_json::Number>| one.as_ref().map(|one| micro_degrees(&file.id, one)).transpose();
    Ok(PlaceRow {
        id: file.id.clone(),
        kind: file.kind,
        position,
        region: file.region.clone(),
        time_zone: file.time_zone.clone(),
        phone: file.phone.clone(),
        point: degrees(&file.lat)?.zip(degrees(&file.lon)?),
        parcel_minor: file.parcel_minor,
        kilo_minor: file.kilo_minor,
        cut_off_minute: file.cut_off_minute.unwrap_or(CUT_OFF_MINUTE),
    })
}

async fn put_places(tx: &Tx, files: &[PlaceFile]) -> Result<()> {
    let places: Vec<PlaceRow> = (0_i64..).zip(files).map(place_row).collect::<Result<_>>()?;
    places::put(tx, &places).await?;
    let mut texts = Vec::new();
    for file in files {
        let hours = file.hours.clone().unwrap_or_default();
        let fields = [("name", &file.name), ("city", &file.city), ("address", &file.address), ("hours", &hours)];
        texts.extend(fields.into_iter().flat_map(|(field, text)| rows(file.id.as_str(), field, text)));
    }
    Ok(translations::put(tx, "place", &texts).await?)
}

async fn put_member(services: &Services, tx: &Tx, rules: &MemberRules, file: &MemberFile) -> Result<()> {
    let bad = || ServiceError::BadData(vec![format!("member {}: no mobile number of mainland China", file.name)]);
    let row = MemberRow {
        id: MemberId::new(storage::new_id()).expect("a UUID is an id"),
        phone: crate::members::phone::normalise(&file.phone).ok_or_else(bad)?,
        name: file.name.clone(),
        level: file.level.clone(),
        tags: file.tags.clone(),
        points: 0,
        orders: 0,
        created_at: services.now(),
        birthday_month: None,
        birthday_told_at: None,
    };
    if members::insert(tx, &row).await? {
        let desk = Desk { tx, rules, offset_minutes: 0, now: services.now(), staff: None };
        desk.open_points(&row.id, file.points).await?;
    }
    Ok(())
}
