//! Lots against a naive model: a list of single points, each with its own day, looked at day by day.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use ids::{LotId, OrderNumber};
use members::{
    DAY_MS, Millis,
    points::{self, Expiry, Lot, PointsRules, Use},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn order(at: usize) -> OrderNumber {
    OrderNumber::new(format!("o{at:03}")).unwrap()
}

fn lot_id(at: usize) -> LotId {
    LotId::new(format!("l{at:03}")).unwrap()
}

/// One point of the naive model.
#[derive(Clone, Debug, PartialEq)]
struct Point {
    lot: usize,
    order: usize,
    released: bool,
    releases: Millis,
    expires: Option<Millis>,
}

/// What is done on a day.
#[derive(Clone, Debug)]
enum Act {
    Earn(i64),
    Spend(i64),
    /// Points of the order with this number are taken back.
    Claw(usize, i64),
    /// Points that the order with this number spent come back.
    Back(usize, i64),
    Wait(i64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (1_i64..20).prop_map(Act::Earn),
        (1_i64..25).prop_map(Act::Spend),
        (0_usize..12, 1_i64..15).prop_map(|(order, points)| Act::Claw(order, points)),
        (0_usize..12, 1_i64..15).prop_map(|(order, points)| Act::Back(order, points)),
        (1_i64..9).prop_map(Act::Wait),
    ]
}

/// The rules under test: a week to wait, three weeks to spend, five days for what comes back.
const RULES: PointsRules = PointsRules {
    pending_days: 7,
    expiry: Expiry::Days { days: 21 },
    give_back_days: 5,
    shortfall: points::Shortfall::Withhold,
};

/// Both worlds, side by side.
#[derive(Default)]
struct Worlds {
    now: Millis,
    lots: Vec<Lot>,
    uses: BTreeMap<usize, Vec<Use>>,
    naive: Vec<Point>,
    /// Points that orders spent, in the naive model, in the order in which they were.
    spent: BTreeMap<usize, Vec<Point>>,
    orders: usize,
}

impl Worlds {
    fn earn(&mut self, points: i64) {
        let (releases_at, expires_at) = RULES.times(self.now, 480).unwrap();
        let number = self.lots.len();
        self.lots.push(Lot {
            id: lot_id(number),
            order: Some(order(self.orders)),
            at: self.now,
            points,
            left: points,
            released: false,
            releases_at,
            expires_at,
        });
        let point =
            Point { lot: number, order: self.orders, released: false, releases: releases_at, expires: expires_at };
        self.naive.extend((0..points).map(|_| point.clone()));
        self.orders += 1;
    }

    fn take(&mut self, lot: &LotId, points: i64) {
        let lot = self.lots.iter_mut().find(|one| one.id == *lot).unwrap();
        assert!(points > 0 && lot.left >= points);
        lot.left -= points;
    }

    /// The naive way: one point at a time, always the one that is lost first.
    fn naive_take(&mut self, wanted: i64, of: impl Fn(&Point) -> bool) -> Vec<Point> {
        let mut taken = Vec::new();
        for _ in 0..wanted {
            let best = (0..self.naive.len()).filter(|at| of(&self.naive[*at]));
            let best = best.min_by_key(|at| (self.naive[*at].expires.unwrap_or(Millis::MAX), self.naive[*at].lot));
            match best {
                Some(at) => taken.push(self.naive.remove(at)),
                None => break,
            }
        }
        taken
    }

    fn spend(&mut self, points: i64) {
        match points::spend(&self.lots, points) {
            Ok(takes) => {
                for take in &takes {
                    self.take(&take.lot, take.points);
                }
                let expires = |lot: &LotId| self.lots.iter().find(|one| one.id == *lot).and_then(|lot| lot.expires_at);
                let uses = takes.iter().map(|take| Use {
                    lot: take.lot.clone(),
                    points: take.points,
                    given_back: 0,
                    expires_at: expires(&take.lot),
                });
                let uses = uses.collect();
                self.uses.insert(self.orders, uses);
                let taken = self.naive_take(points, |point| point.released);
                assert_eq!(i64::try_from(taken.len()).unwrap(), points);
                self.spent.insert(self.orders, taken);
                self.orders += 1;
            }
            Err(points::Short { available }) => {
                assert_eq!(available, self.count(true));
                assert!(available < points);
            }
        }
    }

    fn claw(&mut self, of: usize, points: i64) {
        let back = points::claw_back(&self.lots, &order(of), points);
        for take in back.pending.iter().chain(&back.available) {
            self.take(&take.lot, take.points);
        }
        let waiting = self.naive_take(points, |point| point.order == of && !point.released).len() as i64;
        let own = self.naive_take(points - waiting, |point| point.order == of).len() as i64;
        let others = self.naive_take(points - waiting - own, |point| point.released).len() as i64;
        assert_eq!(back.taken(), (waiting, own + others));
        assert_eq!(back.short, points - waiting - own - others);
    }

    fn give_back(&mut self, of: usize, points: i64) {
        let Some(uses) = self.uses.get_mut(&of) else { return };
        let (backs, rest) = points::give_back(uses, points, self.now, &RULES).unwrap();
        let least = self.now + RULES.give_back_days * DAY_MS;
        for back in &backs {
            uses.iter_mut().find(|one| one.lot == back.lot).unwrap().given_back += back.points;
            let lot = self.lots.iter().position(|lot| lot.id == back.lot).unwrap();
            match back.fresh_until {
                None => self.lots[lot].left += back.points,
                Some(until) => self.lots.push(Lot {
                    id: lot_id(self.lots.len()),
                    at: self.now,
                    points: back.points,
                    left: back.points,
                    expires_at: Some(until),
                    order: Some(order(999)),
                    ..self.lots[lot].clone()
                }),
            }
        }
        let spent = self.spent.get_mut(&of).unwrap();
        let mut returned = 0;
        for _ in 0..points {
            let Some(mut point) = spent.pop() else { break };
            if point.expires.is_some_and(|expires| expires < least) {
                // A lot of its own, whose number comes after all others.
                point = Point { expires: Some(least), lot: 900 + self.lots.len(), order: 999, ..point };
            }
            self.naive.push(point);
            returned += 1;
        }
        assert_eq!(rest, points - returned);
    }

    /// A day goes by: both worlds release what is due and drop what is over.
    fn day(&mut self) {
        self.now += DAY_MS;
        let now = self.now;
        for lot in &mut self.lots {
            lot.released |= points::is_due(lot, now);
            if points::is_over(lot, now) {
                lot.left = 0;
            }
        }
        self.naive.iter_mut().for_each(|point| point.released |= point.releases <= now);
        self.naive.retain(|point| !point.released || point.expires.is_none_or(|expires| expires > now));
    }

    fn count(&self, released: bool) -> i64 {
        self.naive.iter().filter(|point| point.released == released).count() as i64
    }

    fn agree(&self) {
        assert_eq!(points::available(&self.lots), self.count(true), "available");
        assert_eq!(points::pending(&self.lots), self.count(false), "pending");
        let until = self.now + 10 * DAY_MS;
        let soon: i64 = points::expiring(&self.lots, until).iter().map(|(_, points)| points).sum();
        let naive = self.naive.iter().filter(|point| point.released && point.expires.is_some_and(|at| at < until));
        assert_eq!(soon, naive.count() as i64, "expiring");
    }
}

proptest! {
    #[test]
    fn lots_are_what_single_points_would_be(acts in prop::collection::vec(act(), 1..60)) {
        let mut worlds = Worlds::default();
        for act in acts {
            match act {
                Act::Earn(points) => worlds.earn(points),
                Act::Spend(points) => worlds.spend(points),
                Act::Claw(of, points) => worlds.claw(of, points),
                Act::Back(of, points) => worlds.give_back(of, points),
                Act::Wait(days) => (0..days).for_each(|_| worlds.day()),
            }
            worlds.agree();
        }
    }
}

#[test]
fn the_merchants_days_decide_when_points_come_and_go() {
    let at = 1_795_320_000_000; // 2026-11-22T04:00:00Z
    let check = |pending_days, expiry, expected: (Millis, Option<Millis>)| {
        let rules = PointsRules { pending_days, expiry, ..PointsRules::default() };
        assert_eq!(rules.fault(), None);
        assert_eq!(rules.times(at, 480).unwrap(), expected);
    };
    check(0, Expiry::Never, (at, None));
    check(15, Expiry::Days { days: 100 }, (at + 15 * DAY_MS, Some(at + 100 * DAY_MS)));
    // The end of 2027 in Shanghai.
    check(15, Expiry::EndOfYear { years_after: 1 }, (at + 15 * DAY_MS, Some(1_830_268_800_000)));
    // Points that wait longer than they last can be spent for a day.
    check(60, Expiry::EndOfYear { years_after: 0 }, (at + 60 * DAY_MS, Some(at + 61 * DAY_MS)));
    for rules in [
        PointsRules { pending_days: -1, ..PointsRules::default() },
        PointsRules { expiry: Expiry::Days { days: 0 }, ..PointsRules::default() },
        PointsRules { expiry: Expiry::EndOfYear { years_after: -1 }, ..PointsRules::default() },
    ] {
        assert!(rules.fault().is_some());
    }
}
