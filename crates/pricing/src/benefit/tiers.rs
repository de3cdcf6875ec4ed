//! `{"tiers": [{"from": "100.00", "off": "10.00"}, {"from_quantity": 3, "percent": "15"}], "on": TARGET}`: the more, the more off.

use super::{
    ByValue, Effect, Manner, Most, Rule, Terms, WHOLE, left_after, rate,
    target::{Goal, Narrow, Target},
};
use crate::{
    book::{Anchor, Base, Compiler, Matcher, percentage},
    engine::{Match, Plan, State, room, spread, value},
    quote::Need,
    tree::reads,
};
use money::{Decimal, Overflow, Ratio};
use serde::Serialize;

/// Of the tiers reached, the one that takes off most.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tiers {
    /// The tiers.
    pub tiers: Vec<Tier>,
    /// Of what.
    pub on: Target,
}

reads! { Tiers { tiers, on } }

/// One tier: exactly one of `from` and `from_quantity`, and exactly one of `off` and `percent`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Reached from this value of what matches, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Decimal>,
    /// Reached from so many units that match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_quantity: Option<i64>,
    /// Takes off so much once, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<Decimal>,
    /// Takes off a percentage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
}

reads! { Tier { ; from = None, from_quantity = None, off = None, percent = None } }

#[derive(Clone, Copy, Debug)]
enum From {
    Value(i64),
    Units(i64),
}

#[derive(Clone, Copy, Debug)]
enum Give {
    Off(i64),
    Percent(Ratio),
}

#[derive(Debug)]
struct Compiled {
    tiers: Vec<(From, Give)>,
    goal: Goal,
}

#[inline]
fn compile_tier(tier: &Tier, compiler: &Compiler) -> Result<(From, Give), String> {
    let from = match (tier.from, tier.from_quantity) {
        (Some(from), None) => From::Value(compiler.amount(from)?),
        (None, Some(units)) => From::Units(units),
        _ => return Err("a tier has either from or from_quantity".to_owned()),
    };
    let give = match (tier.off, tier.percent) {
        (Some(off), None) => Give::Off(compiler.amount(off)?),
        (None, Some(percent)) => Give::Percent(percentage(percent)?),
        _ => return Err("a tier has either off or percent".to_owned()),
    };
    Ok((from, give))
}

impl Rule for Tiers {
    const KEY: &'static str = "tiers";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        if matches!(self.on, Target::Shipping | Target::Total) {
            return Err("tiers are on \"order\" or a selector".to_owned());
        }
        let tiers = self.tiers.iter().map(|tier| compile_tier(tier, compiler)).collect::<Result<_, _>>()?;
        Ok(Box::new(Compiled { tiers, goal: self.on.compile(Narrow::NONE, compiler)? }))
    }
}

fn missing(state: &State, matches: &[Match], from: From) -> i64 {
    match from {
        From::Value(needed) => needed - value(state, matches),
        From::Units(needed) => needed - matches.iter().map(|one| one.count).sum::<i64>(),
    }
}

impl Effect for Compiled {
    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        let matches = self.goal.matches(state);
        let (units, mut most) = (room(state, &matches), 0);
        for (from, give) in &self.tiers {
            if missing(state, &matches, *from) > 0 {
                continue;
            }
            most = most.max(match give {
                Give::Off(off) => (*off).min(units),
                Give::Percent(percent) => match rate::percent_by_line(state, &matches, *percent, terms)? {
                    Some(each) => each.iter().map(|(_, off)| off).sum(),
                    None => rate::percent(state, &matches, *percent, terms, false)?.total(),
                },
            });
        }
        Ok(Most::once(most))
    }

    #[inline]
    fn manner(&self, state: &State, terms: &Terms) -> Result<Manner, Overflow> {
        let all = self.plan(state, terms)?.total();
        let rounds = self.tiers.iter().any(|(_, give)| matches!(give, Give::Percent(_)));
        Ok(Manner { rounds, spreads: true, picks: false, jumps: Some((all, 0)) })
    }

    #[inline]
    fn by_value(&self, state: &State, terms: &Terms) -> Option<ByValue> {
        let matches = self.goal.matches(state);
        let tier = |&(from, give): &(From, Give)| {
            let from = match from {
                From::Value(from) => from,
                From::Units(_) if missing(state, &matches, from) > 0 => return None,
                From::Units(_) => 0,
            };
            Some(match give {
                Give::Off(off) => super::Tier { from, off, left: WHOLE },
                Give::Percent(percent) => super::Tier { from, off: 0, left: left_after(percent) },
            })
        };
        let shares = self.tiers.iter().any(|(_, give)| matches!(give, Give::Percent(_)));
        let told = self.goal.is_all() && (terms.base == Base::Current || !shares);
        told.then(|| ByValue::Tiers(self.tiers.iter().filter_map(tier).collect()))
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.goal.looks_at(see);
    }

    fn moves(&self) -> bool {
        self.goal.moves()
    }

    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow> {
        let matches = self.goal.matches(state);
        let (mut best, room) = (Plan::default(), room(state, &matches));
        let reached = || self.tiers.iter().filter(|(from, _)| missing(state, &matches, *from) <= 0);
        let amount = |give: &Give| if let Give::Off(off) = give { (*off).min(room) } else { 0 };
        let largest = reached().map(|(_, give)| amount(give)).max().unwrap_or(0);
        for (_, give) in reached() {
            let plan = match give {
                Give::Off(_) if amount(give) < largest => continue,
                Give::Off(off) => spread(state, &matches, *off, false, false)?,
                Give::Percent(percent) => rate::percent(state, &matches, *percent, terms, false)?,
            };
            if plan.total() > best.total() {
                best = plan;
            }
        }
        Ok(best)
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.goal.anchors()
    }

    /// The nearest tier that is not reached yet.
    fn next(&self, state: &State) -> Option<(Need, Option<i64>)> {
        let matches = self.goal.matches(state);
        let ahead = self.tiers.iter().map(|tier| (missing(state, &matches, tier.0), tier));
        let (more, (from, give)) = ahead.filter(|(more, _)| *more > 0).min_by_key(|(more, _)| *more)?;
        // A tier that takes the place of a lower one saves only the difference; of a percentage that is not known.
        let mut reached = self.tiers.iter().filter(|tier| missing(state, &matches, tier.0) <= 0);
        let given = reached.try_fold(0, |most: i64, (_, give)| match give {
            Give::Off(off) => Some(most.max(*off)),
            Give::Percent(_) => None,
        });
        let saving = if let (Give::Off(off), Some(given)) = (give, given) { Some((*off - given).max(0)) } else { None };
        let need = if matches!(from, From::Value(_)) { Need::Amount(more) } else { Need::Units(more) };
        (!matches.is_empty()).then_some((need, saving))
    }
}
