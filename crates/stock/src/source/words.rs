//! Why a plan is as it is, in Chinese and English: "from Store 3: nearest with all lines; Store 1 keeps 2 back".

use super::{
    facts::{Destination, Place, Tier},
    group::{Give, take},
    plan::Parcel,
    problem::{Points, Problem, Spot},
    search::Found,
    strategy::Strategy,
};
use crate::{Shelf, Words};

pub(super) fn why(problem: &Problem, found: &Found, parcels: &[Parcel]) -> Words {
    let spot = |parcel: &Parcel| problem.spots.iter().position(|spot| spot.place.id == parcel.place);
    let places: Vec<usize> = parcels.iter().filter_map(spot).collect();
    let first = match places.as_slice() {
        [place] => one(problem, *place),
        _ => several(problem, &places, parcels),
    };
    let notes = kept_back(problem, found).into_iter().chain(refused(problem));
    let all: Vec<Words> = std::iter::once(first).chain(notes).collect();
    let join = |of: fn(&Words) -> &str, mark: &str| all.iter().map(of).collect::<Vec<_>>().join(mark);
    Words::new(join(|words| &words.zh, "；"), join(|words| &words.en, "; "))
}

/// What a place costs in points if it gives everything; none if it can't.
fn complete(problem: &Problem, place: usize) -> Option<Points> {
    let mut left = problem.stock.clone();
    let mut points = problem.spots[place].fixed;
    for (row, facts) in problem.rows.iter().enumerate() {
        let units = facts.line.quantity;
        if problem.fits(row, place, &left) < units {
            return None;
        }
        take(problem, &mut left, &Give { row, place, units }, -1);
        points += facts.unit[place] * Points::from(units);
    }
    Some(points)
}

/// All goods from one place.
fn one(problem: &Problem, place: usize) -> Words {
    let name = &problem.spots[place].place.name;
    if !problem.spots[place].sends {
        return Words::new(
            format!("在{}自提，货品齐全", name.zh),
            format!("picked up at {}, which has all lines", name.en),
        );
    }
    let others = (0..problem.spots.len()).filter(|at| *at != place && problem.spots[*at].sends);
    let mut others: Vec<(Points, usize)> = others.filter_map(|at| Some((complete(problem, at)?, at))).collect();
    others.sort_unstable();
    let reason = advantage(problem, place, &others);
    Words::new(format!("由{}发货：{}", name.zh, reason.zh), format!("from {}: {}", name.en, reason.en))
}

/// What speaks for a place against the others that have everything, the best of them first: what it is better in by the most points.
fn advantage(problem: &Problem, place: usize, others: &[(Points, usize)]) -> Words {
    let Some((_, second)) = others.first() else {
        return Words::new("只有这里货品齐全", "the only place with all lines");
    };
    let (own, second) = (&problem.spots[place], &problem.spots[*second]);
    let [tier, km, cost, open] = terms(problem.strategy, own);
    let gains: Vec<Points> = [tier, km, cost, open]
        .into_iter()
        .zip(terms(problem.strategy, second))
        .map(|(own, other)| other - own)
        .collect();
    let most = gains.iter().max().copied().unwrap_or(0);
    let at = gains.iter().position(|gain| *gain == most).unwrap_or(0);
    let is_best = others
        .iter()
        .all(|(_, other)| terms(problem.strategy, &problem.spots[*other])[at] >= [tier, km, cost, open][at]);
    match (most, at) {
        (..=0, _) => Words::new("货品齐全，与其他地点条件相同", "has all lines, as good as any other"),
        (_, 0) => tier_words(own.place.tier),
        (_, 1) => than(is_best, second, ("最近且货品齐全", "nearest with all lines"), ("更近", "nearer")),
        (_, 2) => than(is_best, second, ("运费最低且货品齐全", "cheapest with all lines"), ("运费更低", "cheaper")),
        _ => than(is_best, second, ("最空闲且货品齐全", "least busy with all lines"), ("更空闲", "less busy")),
    }
}

fn than(is_best: bool, second: &Spot, best: (&str, &str), better: (&str, &str)) -> Words {
    let name = &second.place.name;
    if is_best {
        return Words::new(best.0, best.1);
    }
    Words::new(format!("货品齐全，比{}{}", name.zh, better.0), format!("all lines, {} than {}", better.1, name.en))
}

fn tier_words(tier: Tier) -> Words {
    match tier {
        Tier::Central => Words::new("货品齐全，中央仓优先", "all lines, and the central warehouse goes first"),
        Tier::Regional => Words::new("货品齐全，区域仓优先", "all lines, and regional warehouses go first"),
        Tier::Store => Words::new("货品齐全，门店优先", "all lines, and stores go first"),
    }
}

/// What a place costs by its tier, its distance, its parcels' price and its work.
fn terms(strategy: &Strategy, spot: &Spot) -> [Points; 4] {
    let weights = &strategy.weights;
    let place = spot.place;
    let terms = [
        (weights.tiers.of(place.tier), 1),
        (weights.km, spot.km.unwrap_or(0)),
        (weights.cost_minor, place.parcel_minor),
        (weights.open_parcel, place.open_parcels),
    ];
    terms.map(|(weight, of)| Points::from(weight) * Points::from(of))
}

/// Goods from several places.
fn several(problem: &Problem, places: &[usize], parcels: &[Parcel]) -> Words {
    let whole = (0..problem.spots.len()).any(|place| complete(problem, place).is_some());
    let reason = if whole {
        Words::new("比从一个地点发货更合算", "better than all from one place")
    } else {
        Words::new("没有一个地点货品齐全", "no place has all lines")
    };
    let part = |(place, parcel): (&usize, &Parcel)| {
        let name = &problem.spots[*place].place.name;
        let units: i64 = parcel.takes.iter().map(|take| take.units).sum();
        Words::new(format!("{} {units} 件", name.zh), format!("{units} from {}", name.en))
    };
    let parts: Vec<Words> = places.iter().zip(parcels).map(part).collect();
    let zh = parts.iter().map(|part| part.zh.as_str()).collect::<Vec<_>>().join("、");
    let en = parts.iter().map(|part| part.en.as_str()).collect::<Vec<_>>().join(", ");
    Words::new(format!("分 {} 处备货：{zh}，{}", places.len(), reason.zh), format!("{en}: {}", reason.en))
}

/// Places that would have given everything for fewer points, did they not keep units back.
fn kept_back(problem: &Problem, found: &Found) -> Vec<Words> {
    let channel = problem.request.channel.clone();
    if problem.strategy.walk_in_channels.contains(&channel) {
        return Vec::new();
    }
    let strategy = Strategy { walk_in_channels: vec![channel], ..problem.strategy.clone() };
    // The same request passed all checks before.
    let Ok(open) = Problem::new(problem.request, problem.facts, &strategy) else { return Vec::new() };
    let would = (0..open.spots.len()).filter(|at| complete(&open, *at).is_some_and(|points| points < found.points));
    would.filter_map(|at| keeps(&open, problem, open.spots[at].place)).collect()
}

/// "Store 1 keeps 2 back": the units that stand between the shop and a plan.
fn keeps(open: &Problem, problem: &Problem, place: &Place) -> Option<Words> {
    let without = problem.units(&place.id);
    let needed = |at: usize| {
        let of = |part: &(usize, i64), wanted: i64| if part.0 == at { part.1 * wanted } else { 0 };
        let rows = open.rows.iter();
        rows.flat_map(|row| row.parts.iter().map(|part| of(part, row.line.quantity))).fold(0, i64::saturating_add)
    };
    let kept = |at: usize| {
        let shelf: Option<&Shelf> = open.facts.shelves.get(&(open.components[at].clone(), place.id.clone()));
        shelf.map_or(0, |shelf| shelf.keep_back)
    };
    let lacking = (0..open.components.len()).filter(|at| needed(*at) > without[*at]);
    let units = lacking.map(kept).max().filter(|units| *units > 0)?;
    let name = &place.name;
    Some(Words::new(format!("{}为到店顾客留 {units} 件", name.zh), format!("{} keeps {units} back", name.en)))
}

fn refused(problem: &Problem) -> Vec<Words> {
    let is_pick_up = matches!(problem.request.to, Destination::PickUp { .. });
    let refused =
        problem.facts.places.iter().filter(|place| problem.request.refused.contains(&place.id) && !is_pick_up);
    refused
        .map(|place| Words::new(format!("{}无法发货", place.name.zh), format!("{} refused", place.name.en)))
        .collect()
}
