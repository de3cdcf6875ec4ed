//! A request as numbers: places and lines in their order, what each place has of each component, and what everything costs in points.

use super::{
    facts::{BadInput, Destination, Facts, Line, Place, Request},
    strategy::{Rule, Strategy},
};
use crate::Shelf;
use ids::{PlaceId, Sku};
use std::collections::BTreeMap;

/// Points in thousandths, so that a gram's share of a kilogram's cost is a whole number.
pub(super) type Points = i128;
pub(super) const POINT: Points = 1_000;
/// Places by position, as bits.
pub(super) type Set = u128;
/// So many places are searched at most; an order is never split further.
pub(super) const PLACES_MAX: usize = 128;

/// A place that may send something.
pub(super) struct Spot<'a> {
    pub(super) place: &'a Place,
    /// What opening it costs, whatever it sends.
    pub(super) fixed: Points,
    /// True if what it gives goes into a parcel, false for the store where goods are picked up.
    pub(super) sends: bool,
    /// Kilometres to the destination, where both are known.
    pub(super) km: Option<i64>,
}

/// A line as numbers.
pub(super) struct Row<'a> {
    pub(super) line: &'a Line,
    /// Components by position with the units of each that one unit takes.
    pub(super) parts: Vec<(usize, i64)>,
    pub(super) grams: i64,
    /// What one unit from each place costs.
    pub(super) unit: Vec<Points>,
    /// Whether each place may serve it.
    pub(super) may: Vec<bool>,
    /// Places that may serve it, the cheapest first, then by position.
    pub(super) order: Vec<usize>,
}

/// Units by place and component.
pub(super) type Left = Vec<Vec<i64>>;

/// All that the search needs.
pub(super) struct Problem<'a> {
    pub(super) request: &'a Request,
    pub(super) facts: &'a Facts,
    pub(super) strategy: &'a Strategy,
    pub(super) spots: Vec<Spot<'a>>,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) components: Vec<Sku>,
    pub(super) stock: Left,
    pub(super) split: Points,
    pub(super) parcels_max: usize,
    /// Rows that share no component with those of another group.
    pub(super) groups: Vec<Vec<usize>>,
}

impl<'a> Problem<'a> {
    pub(super) fn new(request: &'a Request, facts: &'a Facts, strategy: &'a Strategy) -> Result<Self, BadInput> {
        let rule = strategy.rule(&request.channel, region(request));
        let mut lines: Vec<&Line> = request.lines.iter().collect();
        // Goods come before gifts.
        lines.sort_by(|a, b| (a.gift, &a.id).cmp(&(b.gift, &b.id)));
        let components = components(facts, &lines)?;
        let mut places: Vec<&Place> = facts.places.iter().filter(|place| may_serve(place, request, rule)).collect();
        places.sort_by(|a, b| a.id.cmp(&b.id));
        let spots = places.into_iter().map(|place| spot(place, request, facts, strategy)).collect();
        let most = rule.and_then(|rule| rule.parcels_max).and_then(|most| usize::try_from(most).ok());
        let mut problem = Self {
            request,
            facts,
            strategy,
            spots,
            rows: Vec::new(),
            stock: Vec::new(),
            components,
            split: Points::from(strategy.weights.split_line) * POINT,
            parcels_max: most.unwrap_or(PLACES_MAX).min(PLACES_MAX),
            groups: Vec::new(),
        };
        problem.stock = problem.spots.iter().map(|spot| problem.units(&spot.place.id)).collect();
        problem.rows = lines.into_iter().map(|line| problem.row(line)).collect();
        problem.keep_best_places();
        problem.groups = groups(&problem.rows);
        Ok(problem)
    }

    /// Units of each component that a place may give away.
    pub(super) fn units(&self, place: &PlaceId) -> Vec<i64> {
        let walks_in = self.strategy.walk_in_channels.contains(&self.request.channel);
        let holds = self.request.in_hand && matches!(&self.request.to, Destination::PickUp { store } if store == place);
        let units = |shelf: &Shelf| match (holds, walks_in) {
            (true, _) => shelf.in_hand(),
            (false, true) => shelf.available(),
            (false, false) => shelf.from_afar(),
        };
        let shelf = |sku: &Sku| self.facts.shelves.get(&(sku.clone(), place.clone()));
        self.components.iter().map(|sku| shelf(sku).map_or(0, units)).collect()
    }

    fn row(&self, line: &'a Line) -> Row<'a> {
        let at = |sku: &Sku| self.components.binary_search(sku).expect("every part is among the components");
        let parts = self.facts.bundles.parts(&line.sku);
        let grams = self.facts.grams_of(&line.sku);
        let weight = Points::from(self.strategy.weights.cost_minor);
        let unit = |spot: &Spot| {
            let kilo = if spot.sends { spot.place.kilo_minor } else { 0 };
            // Minor units for a kilogram, by grams, are thousandths.
            Points::from(grams) * Points::from(kilo) * weight
        };
        let unit: Vec<Points> = self.spots.iter().map(unit).collect();
        let may: Vec<bool> = self.spots.iter().map(|spot| !spot.sends || line.gift || self.ships()).collect();
        let mut order: Vec<usize> = (0..self.spots.len()).filter(|at| may[*at]).collect();
        order.sort_by_key(|at| (unit[*at], *at));
        Row { line, parts: parts.iter().map(|part| (at(&part.sku), part.quantity)).collect(), grams, unit, may, order }
    }

    fn ships(&self) -> bool {
        matches!(self.request.to, Destination::Ship { .. })
    }

    /// How many units of a row a place could give of what is left.
    pub(super) fn fits(&self, row: usize, place: usize, left: &Left) -> i64 {
        let row = &self.rows[row];
        if !row.may[place] {
            return 0;
        }
        row.parts.iter().map(|(part, units)| left[place][*part] / units).min().unwrap_or(0)
    }

    /// Leaves out places that have nothing of what is needed; of very many, keeps half by what they cost and half by what they have.
    fn keep_best_places(&mut self) {
        let gives = |place: &usize| {
            let fits = |row: usize| self.fits(row, *place, &self.stock).min(self.rows[row].line.quantity);
            (0..self.rows.len()).map(fits).sum::<i64>()
        };
        let mut useful: Vec<(usize, i64)> = (0..self.spots.len()).map(|place| (place, gives(&place))).collect();
        useful.retain(|(_, units)| *units > 0);
        if useful.len() > PLACES_MAX {
            useful.sort_by_key(|(place, _)| (self.spots[*place].fixed, *place));
            let mut others = useful.split_off(PLACES_MAX / 2);
            others.sort_by_key(|(place, units)| (-units, *place));
            useful.extend(others.into_iter().take(PLACES_MAX / 2));
            useful.sort_unstable();
        }
        let kept: Vec<usize> = useful.into_iter().map(|(place, _)| place).collect();
        let position: BTreeMap<usize, usize> = kept.iter().copied().zip(0..).collect();
        let mut at = 0..;
        self.spots.retain(|_| at.next().is_some_and(|at| position.contains_key(&at)));
        self.stock = kept.iter().map(|place| self.stock[*place].clone()).collect();
        for row in &mut self.rows {
            row.unit = kept.iter().map(|place| row.unit[*place]).collect();
            row.may = kept.iter().map(|place| row.may[*place]).collect();
            row.order = row.order.iter().filter_map(|place| position.get(place).copied()).collect();
        }
    }

    /// The set of all places.
    pub(super) fn all(&self) -> Set {
        (0..self.spots.len()).fold(0, |set, at| set | 1 << at)
    }

    /// How many places of a set send a parcel.
    pub(super) fn parcels(&self, set: Set) -> usize {
        (0..self.spots.len()).filter(|at| set >> at & 1 == 1 && self.spots[*at].sends).count()
    }

    /// What opening the places of a set costs.
    pub(super) fn fixed(&self, set: Set) -> Points {
        (0..self.spots.len()).filter(|at| set >> at & 1 == 1).map(|at| self.spots[at].fixed).sum()
    }
}

/// The region that goods go to.
pub(super) fn region(request: &Request) -> Option<&str> {
    match &request.to {
        Destination::Ship { region, .. } => region.as_deref(),
        Destination::PickUp { .. } => None,
    }
}

/// What all lines consume, by SKU; a number too large is the first line's fault.
fn components(facts: &Facts, lines: &[&Line]) -> Result<Vec<Sku>, BadInput> {
    let needs = facts.bundles.expand(lines.iter().map(|line| (&line.sku, line.quantity)));
    needs.map(|needs| needs.into_keys().collect()).ok_or(BadInput::Lines)
}

/// Whether a place may give anything: the rules are for places that send; a store where goods are picked up gives what it has.
fn may_serve(place: &Place, request: &Request, rule: Option<&Rule>) -> bool {
    let is_store = matches!(&request.to, Destination::PickUp { store } if *store == place.id);
    let is_allowed = is_store || rule.is_none_or(|rule| rule.allows(&place.id, place.tier));
    is_allowed && !request.refused.contains(&place.id)
}

fn spot<'a>(place: &'a Place, request: &Request, facts: &Facts, strategy: &Strategy) -> Spot<'a> {
    let (sends, to) = match &request.to {
        Destination::Ship { point, .. } => (true, *point),
        Destination::PickUp { store } => {
            (*store != place.id, facts.places.iter().find(|one| one.id == *store).and_then(|one| one.point))
        }
    };
    let km = place.point.zip(to).map(|(from, to)| from.km_to(&to));
    let weights = &strategy.weights;
    let terms = [
        (weights.parcel, 1),
        (weights.km, km.unwrap_or(0)),
        (weights.cost_minor, place.parcel_minor),
        (weights.open_parcel, place.open_parcels),
        (weights.tiers.of(place.tier), 1),
    ];
    let points: Points = terms.iter().map(|(weight, of)| Points::from(*weight) * Points::from(*of)).sum();
    Spot { place, fixed: if sends { points * POINT } else { 0 }, sends, km }
}

/// Rows that share components, together; each group in its order.
fn groups(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in 0..rows.len() {
        let shares = |other: &usize| {
            rows[*other].parts.iter().any(|(part, _)| rows[at].parts.iter().any(|(own, _)| own == part))
        };
        let (mut together, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.iter().any(&shares));
        let mut group: Vec<usize> = together.drain(..).flatten().collect();
        group.push(at);
        groups = apart;
        groups.push(group);
    }
    for group in &mut groups {
        // A bundle can be made at fewer places than a single unit: it chooses first.
        group.sort_by_key(|at| (std::cmp::Reverse(rows[*at].parts.len()), *at));
    }
    groups.sort();
    groups
}
