//! Small shops for tests of sourcing.

use ids::{LineId, PlaceId, Sku};
use std::collections::{BTreeMap, BTreeSet};
use stock::{
    Point, Shelf, Words,
    source::{Destination, Facts, Line, Place, Plan, Request, Sourced, Strategy, Tier, TierPoints, Weights, source},
};

pub fn sku(text: &str) -> Sku {
    Sku::new(text).unwrap()
}

pub fn place_id(text: &str) -> PlaceId {
    PlaceId::new(text).unwrap()
}

/// A place on the equator, so many hundredths of a degree (1.1 km each) east of Greenwich.
pub fn place(id: &str, tier: Tier, east: i64) -> Place {
    Place {
        id: place_id(id),
        name: Words::new(format!("{id}店"), format!("Store {id}")),
        tier,
        region: "east".into(),
        point: Point::new(0, east * 10_000),
        parcel_minor: 1_000,
        kilo_minor: 200,
        open_parcels: 0,
    }
}

pub fn line(id: &str, of: &str, quantity: i64) -> Line {
    Line { id: LineId::new(id).unwrap(), sku: sku(of), quantity, gift: false }
}

pub fn shelves(rows: &[(&str, &str, i64, i64)]) -> BTreeMap<(Sku, PlaceId), Shelf> {
    let shelf = |(place, of, on_hand, keep_back): &(&str, &str, i64, i64)| {
        let shelf = Shelf { on_hand: *on_hand, keep_back: *keep_back, ..Shelf::default() };
        ((sku(of), place_id(place)), shelf)
    };
    rows.iter().map(shelf).collect()
}

pub fn ship(lines: Vec<Line>) -> Request {
    let to = Destination::Ship { region: Some("east".into()), point: Point::new(0, 0) };
    Request { channel: "web".into(), lines, to, refused: BTreeSet::new(), in_hand: false }
}

pub fn nearest() -> Strategy {
    let weights =
        Weights { split_line: 500, parcel: 1_000, km: 2, cost_minor: 1, open_parcel: 50, tiers: TierPoints::default() };
    let walk_in_channels = vec!["till".into()];
    Strategy { name: "nearest".into(), weights, walk_in_channels, rules: Vec::new() }
}

pub fn planned(request: &Request, facts: &Facts, strategy: &Strategy) -> Plan {
    match source(request, facts, strategy).unwrap() {
        Sourced::Plan(plan) => plan,
        Sourced::Short(shortage) => panic!("short: {shortage:?}"),
    }
}

/// `"a: A1 B2 | c: A1"`: what each place gives.
pub fn shape(plan: &Plan) -> String {
    let parcel = |parcel: &stock::source::Parcel| {
        let takes: Vec<String> = parcel.takes.iter().map(|take| format!("{}{}", take.sku, take.units)).collect();
        format!("{}: {}", parcel.place, takes.join(" "))
    };
    plan.parcels.iter().map(parcel).collect::<Vec<_>>().join(" | ")
}
