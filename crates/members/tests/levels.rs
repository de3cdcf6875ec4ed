//! Levels, by stories and against a day-by-day model.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use ids::LevelId;
use members::{
    DAY_MS, Millis, add_months,
    levels::{LevelChange, LevelRule, LevelRules, Measure, Purchase, Standing},
};
use proptest::prelude::*;

const ZONE: i32 = 480;
const START: Millis = 1_795_320_000_000; // 2026-11-22T04:00:00Z

fn level(name: &str) -> LevelId {
    LevelId::new(name).unwrap()
}

fn rules() -> LevelRules {
    let rule = |(name, from): (&str, i64)| LevelRule { level: level(name), from };
    LevelRules {
        measure: Measure::Spend,
        window_months: 12,
        period_months: 6,
        grace_days: 30,
        levels: [("silver", 1_000), ("gold", 5_000), ("black", 20_000)].map(rule).to_vec(),
    }
}

fn standing(name: &str, until: Option<Millis>) -> Standing {
    Standing { level: (!name.is_empty()).then(|| level(name)), until }
}

#[test]
fn a_review_raises_at_once_and_lowers_after_the_grace() {
    let period = add_months(START, 6, ZONE).unwrap();
    let check = |name: &str, until: Option<Millis>, reached, expected: Option<(&str, LevelChange)>| {
        let got = rules().review(&standing(name, until), reached, START, ZONE).unwrap();
        let expected = expected.map(|(name, change)| (standing(name, (!name.is_empty()).then_some(period)), change));
        assert_eq!(got, expected, "{name} with {reached}");
    };
    use LevelChange::{Down, Renewed, Up};
    let (past, lost, future) = (Some(START - DAY_MS), Some(START - 30 * DAY_MS), Some(START + 1));
    check("", None, 999, None);
    check("", None, 1_000, Some(("silver", Up)));
    check("", None, 20_000, Some(("black", Up)));
    check("silver", future, 5_000, Some(("gold", Up)));
    check("gold", future, 0, None);
    check("gold", past, 5_000, Some(("gold", Renewed)));
    check("gold", past, 4_999, None);
    check("gold", lost, 4_999, Some(("silver", Down)));
    check("gold", lost, 0, Some(("", Down)));
    check("gold", lost, 6_000, Some(("gold", Renewed)));
    // Given by the shop: never lowered, and raised all the same.
    check("gold", None, 0, None);
    check("gold", None, 20_000, Some(("black", Up)));
    // A level that the rules do not name is the shop's own affair.
    check("staff", lost, 20_000, None);
}

#[test]
fn progress_tells_what_is_missing() {
    let rules = rules();
    let until = Some(START);
    let gold = rules.progress(&standing("gold", until), 4_680);
    let next = gold.next.unwrap();
    assert_eq!((next.level, next.from, next.missing), (level("black"), 20_000, 15_320));
    assert_eq!((gold.keep, gold.until, gold.lost_at), (Some(320), until, Some(START + 30 * DAY_MS)));
    let none = rules.progress(&Standing::default(), 0);
    assert_eq!((none.next.unwrap().missing, none.keep, none.lost_at), (1_000, None, None));
    let given = rules.progress(&standing("black", None), 0);
    assert_eq!((given.next, given.keep), (None, None));
    assert_eq!(rules.progress(&standing("staff", None), 0).next, None);
}

#[test]
fn only_what_was_kept_within_the_window_counts() {
    let window = rules().window_from(START, ZONE).unwrap();
    let purchases = [(window, 50), (window + 1, 7), (START, 20), (START + 1, 100), (START - 1, 0)];
    let purchases = purchases.map(|(at, minor)| Purchase { at, minor });
    assert_eq!(rules().measure(&purchases, START, ZONE), Ok(27));
    let orders = LevelRules { measure: Measure::Orders, ..rules() };
    assert_eq!(orders.measure(&purchases, START, ZONE), Ok(2));
}

#[test]
fn rules_that_contradict_themselves_are_told() {
    let check = |change: &dyn Fn(&mut LevelRules)| {
        let mut rules = rules();
        change(&mut rules);
        assert!(rules.fault().is_some(), "{rules:?}");
    };
    assert_eq!(rules().fault(), None);
    check(&|rules| rules.levels.reverse());
    check(&|rules| rules.levels[1].level = level("silver"));
    check(&|rules| rules.levels.clear());
    check(&|rules| rules.levels[0].from = 0);
    check(&|rules| rules.window_months = 0);
    check(&|rules| rules.grace_days = -1);
}

proptest! {
    /// Reviewed every day, a member is never below what is merited, and never above it without time, grace or the shop's word.
    #[test]
    fn a_level_is_merited_or_has_time_left(purchases in prop::collection::vec((0_i64..900, 1_i64..6_000), 0..12)) {
        let rules = rules();
        let purchases: Vec<Purchase> =
            purchases.into_iter().map(|(day, minor)| Purchase { at: START + day * DAY_MS, minor }).collect();
        let mut now = Standing::default();
        for day in 0..1_500 {
            let at = START + day * DAY_MS;
            let reached = rules.measure(&purchases, at, ZONE).unwrap();
            if let Some((next, _)) = rules.review(&now, reached, at, ZONE).unwrap() {
                now = next;
                prop_assert_eq!(rules.review(&now, reached, at, ZONE).unwrap(), None, "a second look changes nothing");
            }
            let rank = |name: &Option<LevelId>| rules.levels.iter().position(|rule| Some(&rule.level) == name.as_ref());
            let merited = rules.levels.iter().rposition(|rule| rule.from <= reached);
            prop_assert!(rank(&now.level) >= merited);
            if rank(&now.level) > merited {
                prop_assert!(now.until.is_some_and(|until| at < until + rules.grace_days * DAY_MS));
            }
        }
        prop_assert_eq!(now, Standing::default(), "years after the last purchase nothing is left");
    }
}
