//! What orders need of stock first: the places that their goods come from are chosen and the units reserved, inside the order's own
//! transaction. Bundles are reserved as their components.

use super::{shelves::Shelves, sourcing::tier};
use crate::{Result, ServiceError, active::Active, catalog::index::PlaceFacts};
use ::stock::{
    Delta, Kind, Point, Words,
    source::{Destination, Facts, Line, Place, Plan, Request, Sourced, Strategy, source},
};
use ids::{LineId, OrderNumber, PlaceId, Sku};
use pricing::{Instant, Text};
use std::collections::{BTreeMap, BTreeSet};
use storage::{
    Tx, fulfilments,
    postings::{Leave, Posting, post},
    sourcings, variants,
};
use wire::Delivery;

/// Goods that an order needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    /// The line, told apart from all other lines of the order.
    pub(crate) line: LineId,
    /// What; it may be a bundle.
    pub(crate) sku: Sku,
    /// Units, at least 1.
    pub(crate) quantity: i64,
    /// True for a gift, which may be brought to a store where goods are picked up.
    pub(crate) gift: bool,
}

/// What an order asks for.
pub(crate) struct AllocationAsk<'a> {
    /// The shop's places, bundles' prices and settings of this moment.
    pub(crate) active: &'a Active,
    /// The order's number; it also decides which strategy serves it.
    pub(crate) order: &'a OrderNumber,
    /// What it needs.
    pub(crate) needs: &'a [Need],
    /// Where it goes.
    pub(crate) delivery: &'a Delivery,
    /// The channel that took it.
    pub(crate) channel: &'a str,
    /// The region it goes to; where it is not known it is found by the address.
    pub(crate) region: Option<&'a str>,
    /// The shopper holds the goods and takes them along.
    pub(crate) in_hand: bool,
    /// Places that refused already.
    pub(crate) exclude: &'a BTreeSet<PlaceId>,
    /// Now.
    pub(crate) now: Instant,
}

/// Goods of which there are too few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Short {
    pub(crate) need: Need,
    /// Units that can be had where the order may take them.
    pub(crate) available: i64,
    /// Units at other places, which would have to be brought first.
    pub(crate) elsewhere: i64,
}

/// Units of a line from a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AllocatedLine {
    pub(crate) line: LineId,
    pub(crate) sku: Sku,
    pub(crate) gift: bool,
    pub(crate) quantity: i64,
}

/// What one place gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AllocatedPlace {
    pub(crate) place: PlaceId,
    /// False in the store where the goods are picked up.
    pub(crate) sends: bool,
    /// What it gives, by line.
    pub(crate) lines: Vec<AllocatedLine>,
    /// What is reserved there for it: bundles as their components, each SKU once.
    pub(crate) components: Vec<(Sku, i64)>,
}

/// Where the goods of an order come from; they are reserved there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Allocated {
    pub(crate) places: Vec<AllocatedPlace>,
    /// Why there.
    pub(crate) why: Text,
    /// The strategy that chose.
    pub(crate) strategy: String,
}

/// Chooses places for the goods of an order and reserves them; or says what is short, and then nothing is reserved.
///
/// # Errors
/// [`storage::Error::Changed`] if another order took units since they were looked at: the transaction has to be given up and tried again.
pub(crate) async fn allocate(tx: &Tx, ask: &AllocationAsk<'_>) -> Result<Result<Allocated, Vec<Short>>> {
    if ask.needs.is_empty() {
        return Ok(Ok(Allocated { places: Vec::new(), why: Text::default(), strategy: String::new() }));
    }
    let skus: Vec<Sku> = ask.needs.iter().map(|need| need.sku.clone()).collect();
    let shelves = Shelves::load(tx, &skus).await?;
    let strategy = ask.active.catalogue.sourcing.strategy(ask.order);
    let facts = facts(tx, ask, &skus, &shelves, strategy).await?;
    let request = request(ask, &facts);
    let sourced = source(&request, &facts, strategy);
    let plan = match sourced.map_err(|bad| ServiceError::internal(format!("an order can't be sourced: {bad:?}")))? {
        Sourced::Plan(plan) => plan,
        Sourced::Short(shortage) => return Ok(Err(shorts(ask, &shortage.lines))),
    };
    let walks_in = strategy.walk_in_channels.iter().any(|one| one == ask.channel);
    let leave = match (ask.in_hand, walks_in) {
        (true, _) => Leave::Nothing,
        (false, true) => Leave::Safety,
        (false, false) => Leave::KeptBack,
    };
    reserve(tx, ask, &plan, leave).await?;
    sourcings::insert(tx, ask.order, ask.now, &plan).await?;
    Ok(Ok(allocated(plan)))
}

async fn facts(
    tx: &Tx,
    ask: &AllocationAsk<'_>,
    skus: &[Sku],
    shelves: &Shelves,
    strategy: &Strategy,
) -> Result<Facts> {
    let places = &ask.active.catalogue.places;
    let weighs = strategy.weights.cost_minor > 0 && places.iter().any(|place| place.kilo_minor > 0);
    let mut grams = BTreeMap::new();
    if weighs {
        let all = [skus.to_vec(), shelves.parts()].concat();
        let rows = variants::by_skus(tx, &all).await?;
        grams.extend(rows.into_iter().map(|row| (row.sku, row.grams.max(0))));
    }
    let open: BTreeMap<PlaceId, i64> = match strategy.weights.open_parcel {
        0 => BTreeMap::new(),
        _ => fulfilments::open_by_place(tx).await?.into_iter().collect(),
    };
    let place = |place: &PlaceFacts| Place {
        id: place.wire.id.clone(),
        name: Words::new(place.wire.name.zh.clone(), place.wire.name.en.clone()),
        tier: tier(place.wire.kind),
        region: place.region.clone(),
        point: place.point,
        parcel_minor: place.parcel_minor,
        kilo_minor: place.kilo_minor,
        open_parcels: open.get(&place.wire.id).copied().unwrap_or(0),
    };
    let places = places.iter().map(place).collect();
    Ok(Facts { places, shelves: shelves.shelves(), bundles: shelves.bundles.clone(), grams })
}

fn request(ask: &AllocationAsk<'_>, facts: &Facts) -> Request {
    let to = match ask.delivery {
        Delivery::PickUp { store } => Destination::PickUp { store: store.clone() },
        Delivery::Ship { address } => {
            let found = ask.active.catalogue.sourcing.locate(&address.province);
            let (point, region) = found.map_or((None, None), |(point, region)| (Some(point), region));
            let region = ask.region.map(str::to_owned).or(region);
            Destination::Ship { region: region.or_else(|| nearest_region(facts, point?)), point }
        }
    };
    let line =
        |need: &Need| Line { id: need.line.clone(), sku: need.sku.clone(), quantity: need.quantity, gift: need.gift };
    let lines = ask.needs.iter().map(line).collect();
    Request { channel: ask.channel.to_owned(), lines, to, refused: ask.exclude.clone(), in_hand: ask.in_hand }
}

/// The region of the nearest place that has one.
fn nearest_region(facts: &Facts, to: Point) -> Option<String> {
    let places = facts.places.iter().filter(|place| !place.region.is_empty());
    let near = places.filter_map(|place| Some((place.point?.km_to(&to), &place.id, &place.region)));
    near.min().map(|(_, _, region)| region.clone())
}

/// What is short, by SKU: lines of the same goods together.
fn shorts(ask: &AllocationAsk<'_>, lines: &[::stock::source::Short]) -> Vec<Short> {
    let mut shorts: Vec<Short> = Vec::new();
    for line in lines {
        let alike = |need: &&Need| need.sku == line.sku && need.gift == line.gift;
        let missing = line.wanted - line.available;
        if let Some(short) = shorts.iter_mut().find(|short| alike(&&short.need)) {
            short.available -= missing;
            continue;
        }
        let Some(first) = ask.needs.iter().find(alike) else { continue };
        let quantity = ask.needs.iter().filter(alike).map(|need| need.quantity).sum();
        let need = Need { quantity, ..first.clone() };
        shorts.push(Short { need, available: quantity - missing, elsewhere: line.elsewhere });
    }
    shorts
}

async fn reserve(tx: &Tx, ask: &AllocationAsk<'_>, plan: &Plan, leave: Leave) -> Result<()> {
    let parts = plan.parcels.iter().flat_map(|parcel| parcel.components.iter().map(|part| (&parcel.place, part)));
    let posting = |(place, part): (&PlaceId, &::stock::Component)| {
        let delta = Delta { reserved: part.quantity, ..Delta::default() };
        let order = Some(ask.order.clone());
        Posting { leave, order, ..Posting::new(&part.sku, place, Kind::Reserve, delta) }
    };
    let postings: Vec<Posting> = parts.map(posting).collect();
    match post(tx, ask.now, ACTOR, &postings).await? {
        Ok(()) => Ok(()),
        // Another order took the units after we looked.
        Err(_) => Err(storage::Error::Changed.into()),
    }
}

/// Who moves goods where an order does.
pub(super) const ACTOR: &str = "order";

fn allocated(plan: Plan) -> Allocated {
    let line = |take: ::stock::source::Take| AllocatedLine {
        line: take.line,
        sku: take.sku,
        gift: take.gift,
        quantity: take.units,
    };
    let places = plan.parcels.into_iter().map(|parcel| AllocatedPlace {
        place: parcel.place,
        sends: parcel.sends,
        lines: parcel.takes.into_iter().map(line).collect(),
        components: parcel.components.into_iter().map(|part| (part.sku, part.quantity)).collect(),
    });
    Allocated { places: places.collect(), why: Text::new(plan.why.zh, plan.why.en), strategy: plan.strategy }
}
