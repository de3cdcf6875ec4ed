//! Where goods come from, told by examples.

use crate::shops::*;
use ids::LineId;
use std::collections::BTreeSet;
use stock::{
    Bundles, Component,
    source::{
        BadInput, Destination, Facts, Line, Request, Rule, Short, Shortage, Sourced, Strategy, Tier, TierPoints,
        Weights, source,
    },
};

fn three_stores(rows: &[(&str, &str, i64, i64)]) -> Facts {
    let places = vec![place("1", Tier::Store, 1), place("2", Tier::Store, 20), place("3", Tier::Store, 300)];
    Facts { places, shelves: shelves(rows), ..Facts::default() }
}

fn check(facts: &Facts, request: &Request, strategy: &Strategy, expected: (&str, &str, &str)) {
    let plan = planned(request, facts, strategy);
    assert_eq!((shape(&plan).as_str(), plan.why.zh.as_str(), plan.why.en.as_str()), expected, "{plan:?}");
    assert!(!plan.bounded);
}

fn short(request: &Request, facts: &Facts, strategy: &Strategy) -> Shortage {
    match source(request, facts, strategy).unwrap() {
        Sourced::Short(shortage) => shortage,
        Sourced::Plan(plan) => panic!("there is a plan: {plan:?}"),
    }
}

#[test]
fn the_nearest_place_with_all_lines_goes_before_a_nearer_one_that_keeps_back() {
    let facts = three_stores(&[
        ("1", "A", 3, 2),
        ("1", "B", 5, 0),
        ("2", "A", 9, 0),
        ("2", "B", 9, 0),
        ("3", "A", 9, 0),
        ("3", "B", 9, 0),
    ]);
    let lines = vec![line("1", "A", 2), line("2", "B", 1)];
    let expected = (
        "2: A2 B1",
        "由2店发货：最近且货品齐全；1店为到店顾客留 2 件",
        "from Store 2: nearest with all lines; Store 1 keeps 2 back",
    );
    check(&facts, &ship(lines.clone()), &nearest(), expected);
    // Who stands in the store may take it.
    let at_till = Request { channel: "till".into(), ..ship(lines) };
    let expected = ("1: A2 B1", "由1店发货：最近且货品齐全", "from Store 1: nearest with all lines");
    check(&facts, &at_till, &nearest(), expected);
}

#[test]
fn a_place_that_refused_is_not_asked_again() {
    let facts = three_stores(&[("1", "A", 9, 0), ("2", "A", 9, 0)]);
    let request = Request { refused: BTreeSet::from([place_id("1")]), ..ship(vec![line("1", "A", 1)]) };
    let expected = (
        "2: A1",
        "由2店发货：只有这里货品齐全；1店无法发货",
        "from Store 2: the only place with all lines; Store 1 refused",
    );
    check(&facts, &request, &nearest(), expected);
}

#[test]
fn an_order_is_split_when_it_must_be_or_when_that_is_cheaper() {
    let facts = three_stores(&[("1", "A", 2, 0), ("2", "B", 2, 0)]);
    let request = ship(vec![line("1", "A", 1), line("2", "B", 2)]);
    let expected = (
        "1: A1 | 2: B2",
        "分 2 处备货：1店 1 件、2店 2 件，没有一个地点货品齐全",
        "1 from Store 1, 2 from Store 2: no place has all lines",
    );
    check(&facts, &request, &nearest(), expected);
    // From the third alone it would be one parcel, 333 km away; two parcels cost less if kilometres weigh much.
    let facts = three_stores(&[("1", "A", 2, 0), ("2", "B", 2, 0), ("3", "A", 2, 0), ("3", "B", 2, 0)]);
    let expected = ("3: A1 B2", "由3店发货：只有这里货品齐全", "from Store 3: the only place with all lines");
    check(&facts, &request, &nearest(), expected);
    let far = Strategy { weights: Weights { km: 20, ..nearest().weights }, ..nearest() };
    let expected = (
        "1: A1 | 2: B2",
        "分 2 处备货：1店 1 件、2店 2 件，比从一个地点发货更合算",
        "1 from Store 1, 2 from Store 2: better than all from one place",
    );
    check(&facts, &request, &far, expected);
}

#[test]
fn tiers_workload_and_cost_weigh_as_the_strategy_says() {
    let mut facts = three_stores(&[("1", "A", 9, 0), ("2", "A", 9, 0), ("3", "A", 9, 0)]);
    facts.places[2].tier = Tier::Central;
    let request = ship(vec![line("1", "A", 1)]);
    let tiers = TierPoints { central: 0, regional: 5_000, store: 10_000 };
    let central = Strategy { weights: Weights { tiers, ..nearest().weights }, ..nearest() };
    let expected =
        ("3: A1", "由3店发货：货品齐全，中央仓优先", "from Store 3: all lines, and the central warehouse goes first");
    check(&facts, &request, &central, expected);
    facts.places[0].open_parcels = 20;
    let expected = ("2: A1", "由2店发货：货品齐全，比3店更近", "from Store 2: all lines, nearer than Store 3");
    check(&facts, &request, &nearest(), expected);
    let near = Strategy { weights: Weights { km: 0, ..nearest().weights }, ..nearest() };
    (facts.places[0].parcel_minor, facts.places[1].parcel_minor) = (900, 3_000);
    let expected = ("3: A1", "由3店发货：最空闲且货品齐全", "from Store 3: least busy with all lines");
    check(&facts, &request, &near, expected);
    facts.places[0].parcel_minor = 2_500;
    let expected = ("3: A1", "由3店发货：运费最低且货品齐全", "from Store 3: cheapest with all lines");
    check(&facts, &request, &near, expected);
}

#[test]
fn weight_decides_where_a_heavy_line_comes_from() {
    let mut facts = three_stores(&[("1", "A", 9, 0), ("2", "A", 9, 0)]);
    (facts.places[0].kilo_minor, facts.places[1].kilo_minor) = (2_000, 100);
    facts.grams.insert(sku("A"), 1_500);
    let plan = planned(&ship(vec![line("1", "A", 1)]), &facts, &nearest());
    assert_eq!((shape(&plan).as_str(), plan.figures.cost_minor, plan.parcels[0].grams), ("2: A1", 1_150, 1_500));
    assert_eq!(
        (plan.figures.km, plan.figures.parcels, plan.points_thousandth),
        (22, 1, (1_000 + 44 + 1_000 + 150) * 1_000)
    );
}

#[test]
fn a_pick_up_takes_what_the_store_has_and_gifts_may_be_brought() {
    let facts = three_stores(&[("1", "A", 2, 0), ("2", "A", 9, 0), ("2", "G", 1, 0)]);
    let gift = Line { gift: true, ..line("9", "G", 1) };
    let request = Request { to: Destination::PickUp { store: place_id("1") }, ..ship(vec![line("1", "A", 2)]) };
    check(&facts, &request, &nearest(), ("1: A2", "在1店自提，货品齐全", "picked up at Store 1, which has all lines"));
    let with_gift = Request { lines: vec![line("1", "A", 2), gift], ..request.clone() };
    let plan = planned(&with_gift, &facts, &nearest());
    assert_eq!((shape(&plan).as_str(), plan.figures.parcels, plan.figures.km), ("1: A2 | 2: G1", 1, 21));
    let three = Request { lines: vec![line("1", "A", 3)], ..request };
    let expected =
        Short { line: LineId::new("1").unwrap(), sku: sku("A"), gift: false, wanted: 3, available: 2, elsewhere: 9 };
    assert_eq!(
        short(&three, &facts, &nearest()),
        Shortage { lines: vec![expected], parcels_max: None, bounded: false }
    );
}

#[test]
fn who_holds_the_goods_may_take_what_is_kept_and_nothing_that_is_promised() {
    let mut facts = three_stores(&[("1", "A", 5, 2), ("2", "A", 9, 0)]);
    let shelf = facts.shelves.get_mut(&(sku("A"), place_id("1"))).unwrap();
    (shelf.safety, shelf.reserved) = (2, 1);
    let to = Destination::PickUp { store: place_id("1") };
    let request = |units| Request { to: to.clone(), in_hand: true, ..ship(vec![line("1", "A", units)]) };
    assert_eq!(shape(&planned(&request(4), &facts, &nearest())), "1: A4");
    assert_eq!(short(&request(5), &facts, &nearest()).lines[0].available, 4);
    let from_afar = Request { in_hand: false, ..request(1) };
    assert_eq!(short(&from_afar, &facts, &nearest()).lines[0].available, 0);
}

#[test]
fn rules_exclude_places_and_limit_parcels() {
    let facts = three_stores(&[("1", "A", 1, 0), ("2", "A", 1, 0), ("3", "A", 1, 0)]);
    let request = ship(vec![line("1", "A", 2)]);
    let with = |rule: Rule| Strategy { rules: vec![rule], ..nearest() };
    let only = with(Rule { except: vec![place_id("1")], ..Rule::default() });
    assert_eq!(shape(&planned(&request, &facts, &only)), "2: A1 | 3: A1");
    let one = with(Rule { parcels_max: Some(1), ..Rule::default() });
    let shortage = short(&request, &facts, &one);
    assert_eq!((shortage.parcels_max, shortage.lines[0].available), (Some(1), 1));
    let elsewhere = with(Rule { regions: vec!["west".into()], parcels_max: Some(1), ..Rule::default() });
    assert_eq!(shape(&planned(&request, &facts, &elsewhere)), "1: A1 | 2: A1");
}

#[test]
fn bundles_and_single_units_share_what_there_is() {
    let part = |part: &str, quantity| (sku("SET"), Component { sku: sku(part), quantity });
    let bundles = Bundles::new([part("CUP", 2), part("POT", 1)]).unwrap();
    let facts = Facts { bundles, ..three_stores(&[("1", "CUP", 5, 0), ("1", "POT", 2, 0), ("2", "CUP", 9, 0)]) };
    let request = ship(vec![line("1", "CUP", 1), line("2", "SET", 2)]);
    let plan = planned(&request, &facts, &nearest());
    assert_eq!(shape(&plan), "1: CUP1 SET2");
    let parts: Vec<(&str, i64)> =
        plan.parcels[0].components.iter().map(|part| (part.sku.as_str(), part.quantity)).collect();
    assert_eq!(parts, [("CUP", 5), ("POT", 2)]);
    let more = ship(vec![line("1", "CUP", 2), line("2", "SET", 2)]);
    assert_eq!(shape(&planned(&more, &facts, &nearest())), "1: SET2 | 2: CUP2");
    let most = ship(vec![line("1", "CUP", 11), line("2", "SET", 2)]);
    assert_eq!(short(&most, &facts, &nearest()).lines.len(), 1);
}

#[test]
fn twelve_places_and_thirty_lines_are_searched_to_the_end() {
    let places = (0..12).map(|at| place(&format!("{at:02}"), Tier::Store, 3 + at * 7)).collect();
    let skus: Vec<String> = (0..30).map(|at| format!("S{at:02}")).collect();
    // Each place has a third of the SKUs, a few units of each: the order has to be split, and there are many ways.
    let rows = (0..12).flat_map(|at| (0..30).filter(move |of| (of * 7 + at * 5) % 3 == 0).map(move |of| (at, of)));
    let rows: Vec<(String, &str, i64, i64)> =
        rows.map(|(at, of)| (format!("{at:02}"), skus[of].as_str(), 2 + i64::try_from(of % 4).unwrap(), 0)).collect();
    let rows: Vec<(&str, &str, i64, i64)> = rows.iter().map(|row| (row.0.as_str(), row.1, row.2, row.3)).collect();
    let facts = Facts { places, shelves: shelves(&rows), ..Facts::default() };
    let lines = skus.iter().enumerate().map(|(at, of)| line(of, of, 1 + i64::try_from(at % 5).unwrap()));
    let plan = planned(&ship(lines.collect()), &facts, &nearest());
    assert!(!plan.bounded, "{plan:?}");
}

#[test]
fn very_many_places_and_lines_of_one_sku_still_get_an_answer() {
    let places = (0..300).map(|at| place(&format!("{at:03}"), Tier::Store, at)).collect();
    let ids: Vec<String> = (0..300).map(|at| format!("{at:03}")).collect();
    let rows: Vec<(&str, &str, i64, i64)> = ids.iter().map(|id| (id.as_str(), "A", 2, 0)).collect();
    let facts = Facts { places, shelves: shelves(&rows), ..Facts::default() };
    let lines = (0..40).map(|at| line(&format!("{at:02}"), "A", 1 + at % 3)).collect();
    let plan = planned(&ship(lines), &facts, &nearest());
    let units: i64 = plan.parcels.iter().flat_map(|parcel| &parcel.takes).map(|take| take.units).sum();
    assert_eq!((units, plan.bounded), (79, true));
}

#[test]
fn numbers_out_of_range_are_refused() {
    let facts = three_stores(&[("1", "A", 1, 0)]);
    let refused = |request: &Request, facts: &Facts| source(request, facts, &nearest()).unwrap_err();
    assert_eq!(refused(&ship(vec![]), &facts), BadInput::Lines);
    assert_eq!(refused(&ship(vec![line("1", "A", 1), line("1", "B", 1)]), &facts), BadInput::Lines);
    assert_eq!(refused(&ship(vec![line("1", "A", 0)]), &facts), BadInput::Quantity(LineId::new("1").unwrap()));
    let heavy = Facts { grams: [(sku("A"), 10_000_001)].into(), ..facts.clone() };
    assert_eq!(refused(&ship(vec![line("1", "A", 1)]), &heavy), BadInput::Grams(sku("A")));
    let mut dear = facts;
    dear.places[0].kilo_minor = -1;
    assert_eq!(refused(&ship(vec![line("1", "A", 1)]), &dear), BadInput::Place(place_id("1")));
}
