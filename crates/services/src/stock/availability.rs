//! Where the variants of a product can be had, and when: on shelves nearby, today from a warehouse, or out of what is under way.

use super::Shelves;
use crate::{
    Result, ServiceError, Services, Thing, active::Active, catalog::index::PlaceFacts, context::offset_minutes,
};
use ::stock::{Calendar, Day, Point, Promise, Transit, When, promise};
use ids::{Handle, PlaceId, Sku};
use pricing::Instant;
use std::collections::{BTreeMap, BTreeSet};
use storage::{
    Query,
    consignments::{self, UnderWay},
    products, variants,
};
use wire::{Arrival, Availability, AvailabilityQuery, PlaceKind, PlaceStock, VariantAvailability};

/// A store is near within this distance.
const NEAR_KM: i64 = 30;
/// The most units that are asked for.
const QUANTITY_MAX: i64 = 100_000;

/// What is on shelves and under way to them.
pub(crate) struct Arrivals<'a> {
    active: &'a Active,
    pub(crate) shelves: Shelves,
    under_way: BTreeMap<(Sku, PlaceId), Vec<Transit>>,
    now: Instant,
}

/// Reads what is on shelves and under way of some SKUs.
pub(crate) async fn arrivals<'a>(
    on: &impl Query,
    active: &'a Active,
    skus: &[Sku],
    now: Instant,
) -> Result<Arrivals<'a>> {
    let shelves = Shelves::load(on, skus).await?;
    let mut under_way: BTreeMap<(Sku, PlaceId), Vec<Transit>> = BTreeMap::new();
    for UnderWay { sku, place, units, expected_at } in consignments::under_way(on, &shelves.parts()).await? {
        let transit = Transit { units, expected_ms: expected_at.map(|at| at.0) };
        under_way.entry((sku, place)).or_default().push(transit);
    }
    Ok(Arrivals { active, shelves, under_way, now })
}

/// The later of two, where not knowing is latest.
fn later(a: &When, b: &When) -> When {
    let rank = |when: &When| match when {
        When::Now => (0, 0),
        When::Tomorrow => (1, 0),
        When::On(day) => (2, day.0),
        When::Unknown => (3, 0),
    };
    *std::cmp::max_by_key(a, b, |when| rank(when))
}

fn earlier(a: &When, b: &When) -> When {
    if later(a, b) == *a { *b } else { *a }
}

fn wire(when: When) -> Arrival {
    match when {
        When::Now => Arrival::Now,
        When::Tomorrow => Arrival::Tomorrow,
        When::On(day) => Arrival::On { day: written(day), weekday: day.weekday() },
        When::Unknown => Arrival::Unknown,
    }
}

fn written(day: Day) -> String {
    let (year, month, day) = day.date();
    format!("{year:04}-{month:02}-{day:02}")
}

impl Arrivals<'_> {
    fn calendar(&self, place: &PlaceFacts) -> Calendar {
        let utc_offset_minutes = offset_minutes(Some(place), self.now);
        Calendar { now_ms: self.now.0, utc_offset_minutes, cut_off_minute: place.cut_off_minute }
    }

    /// When so many units of a SKU can be had at a place; of a bundle, when the last of its components is there.
    fn when(&self, sku: &Sku, place: &PlaceFacts, from_afar: bool, quantity: i64) -> When {
        let calendar = self.calendar(place);
        let when = |part: &::stock::Component| {
            let key = (part.sku.clone(), place.wire.id.clone());
            let shelf = self.shelves.rows.get(&key).map(storage::stock::StockRow::shelf).unwrap_or_default();
            let transits = self.under_way.get(&key).map(Vec::as_slice).unwrap_or_default();
            let promise: Promise = promise(&shelf, from_afar, transits, &calendar);
            promise.when(quantity.saturating_mul(part.quantity))
        };
        let parts = self.shelves.bundles.parts(sku);
        parts.iter().map(when).fold(When::Now, |latest, when| later(&latest, &when))
    }

    /// When so many units leave for whoever orders them now: from the place that has them first, or today from several if together they have them.
    pub(crate) fn delivery(&self, sku: &Sku, quantity: i64) -> Arrival {
        let places = self.active.catalogue.places.iter();
        let whens = places.map(|place| self.when(sku, place, true, quantity));
        let when = whens.fold(When::Unknown, |first, when| earlier(&first, &when));
        let is_split = when != When::Now && self.shelves.for_web(sku) >= quantity;
        wire(if is_split { earlier(&when, &When::Tomorrow) } else { when })
    }

    /// Every place that has, had or expects some, stores first, in the shop's own order; with distances from a point.
    pub(crate) fn places(&self, sku: &Sku, quantity: i64, from: Option<Point>) -> Vec<PlaceStock> {
        let known = self.known_places(sku);
        let all = self.active.catalogue.places.iter();
        let (stores, others): (Vec<_>, Vec<_>) = all.partition(|place| place.wire.kind == PlaceKind::Store);
        let is_known = |place: &&&PlaceFacts| known.contains(&place.wire.id);
        let row = |place: &&PlaceFacts| PlaceStock {
            place: place.wire.id.clone(),
            available: self.shelves.available(sku, &place.wire.id),
            when: wire(self.when(sku, place, false, quantity)),
            km: from.zip(place.point).map(|(from, to)| from.km_to(&to)),
        };
        stores.iter().chain(&others).filter(is_known).map(row).collect()
    }

    fn known_places(&self, sku: &Sku) -> BTreeSet<PlaceId> {
        let parts = self.shelves.bundles.parts(sku);
        let under_way = self.under_way.keys().filter(|(one, _)| parts.iter().any(|part| part.sku == *one));
        let mut places = self.shelves.places(sku);
        places.extend(under_way.map(|(_, place)| place.clone()));
        places
    }

    fn variant(&self, sku: Sku, quantity: i64, from: Option<Point>) -> VariantAvailability {
        let mut places = self.places(&sku, quantity, from);
        places.sort_by_key(|place| place.km.unwrap_or(i64::MAX));
        let is_store = |id: &PlaceId| self.active.catalogue.place(id).is_some_and(|one| one.kind == PlaceKind::Store);
        let is_near = |one: &&PlaceStock| {
            one.available >= quantity && one.km.is_none_or(|km| km <= NEAR_KM) && is_store(&one.place)
        };
        let near = i64::try_from(places.iter().filter(is_near).count()).unwrap_or(i64::MAX);
        let (available, delivery) = (self.shelves.for_web(&sku), self.delivery(&sku, quantity));
        VariantAvailability { sku, available, delivery, near, places }
    }
}

impl Services {
    /// Where the variants of a product can be had, and when.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is no such product; [`ServiceError::Invalid`] for an unknown store, a point that is not on the earth, or
    /// a quantity out of range.
    pub async fn availability(&self, handle: &Handle, query: &AvailabilityQuery) -> Result<Availability> {
        let active = self.active().await?;
        let from = point(&active, query)?;
        let quantity = query.quantity.unwrap_or(1);
        if !(1..=QUANTITY_MAX).contains(&quantity) {
            let (zh, en) =
                (format!("数量应在 1 到 {QUANTITY_MAX} 之间。"), format!("A quantity is from 1 to {QUANTITY_MAX}."));
            return Err(ServiceError::field("quantity", zh, en));
        }
        let found = products::by_handles(self.db(), std::slice::from_ref(handle)).await?;
        let row = found.into_iter().find(|row| row.active).ok_or(ServiceError::NotFound(Thing::Product))?;
        let variants = variants::of_products(self.db(), &[row.number]).await?;
        let skus: Vec<Sku> = variants.into_iter().filter(|one| one.active).map(|one| one.sku).collect();
        let arrivals = arrivals(self.db(), &active, &skus, self.now()).await?;
        Ok(Availability { variants: skus.into_iter().map(|sku| arrivals.variant(sku, quantity, from)).collect() })
    }
}

/// Where the shopper is.
fn point(active: &Active, query: &AvailabilityQuery) -> Result<Option<Point>> {
    if let (Some(lat), Some(lon)) = (query.lat, query.lon) {
        let point = Point::new(lat, lon);
        let en = "Write millionths of degrees: latitude within 90,000,000 and longitude within 180,000,000.";
        return point.map(Some).ok_or_else(|| ServiceError::field("lat", "请写百万分之一度的经纬度。", en));
    }
    let Some(store) = &query.store else { return Ok(None) };
    let place = active.catalogue.place_facts(store);
    let place = place.ok_or_else(|| {
        ServiceError::field("store", format!("没有门店 {store}"), format!("there is no store {store}"))
    })?;
    Ok(place.point)
}
