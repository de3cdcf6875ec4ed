//! What a benefit is taken off, and how units are picked where it is narrowed.

use super::choice::{Asked, Open, takings};
use crate::{
    book::{Anchor, Base, Class, Compiler, Matcher, Selector, bound},
    engine::{Match, Shares, State, by_line},
    sort,
    tree::{self, Fault, Read, Tree, words},
};
use serde::{Deserialize, Serialize};

/// What a benefit is taken off.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// All lines together.
    Order,
    /// Shipping.
    Shipping,
    /// All lines, and shipping as one more line.
    Total,
    /// The units that match.
    Units(Selector),
}

/// Which units are taken where not all are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// The cheapest by current price.
    #[default]
    Cheapest,
    /// The dearest by current price.
    Dearest,
}

words! { Pick { Cheapest = "cheapest", Dearest = "dearest" } }

impl Serialize for Target {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Order => serializer.serialize_str("order"),
            Self::Shipping => serializer.serialize_str("shipping"),
            Self::Total => serializer.serialize_str("total"),
            Self::Units(selector) => selector.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        tree::deserialize(deserializer)
    }
}

impl Read for Target {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        let word = if let Tree::Text(word) = &tree { word } else { "" };
        match word {
            "order" => Ok(Self::Order),
            "shipping" => Ok(Self::Shipping),
            "total" => Ok(Self::Total),
            _ => Read::read(tree).map(Self::Units),
        }
    }
}

/// A target with its words looked up.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    Order,
    Shipping,
    Total,
    Units {
        of: Matcher,
        narrow: Narrow,
    },
    /// Units that the engine chose.
    Exactly(Vec<Match>),
}

/// How many units are meant at the most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Narrow {
    pub(crate) max_units: i64,
    pub(crate) max_units_per_line: i64,
    pub(crate) pick: Pick,
    /// True if the document names no pick, so that any units will do where the engine chooses.
    pub(crate) any: bool,
}

impl Narrow {
    pub(crate) const NONE: Self =
        Self { max_units: i64::MAX, max_units_per_line: i64::MAX, pick: Pick::Cheapest, any: false };

    #[inline]
    pub(crate) fn compile(max_units: Option<i64>, per_line: Option<i64>, pick: Option<Pick>) -> Result<Self, String> {
        Ok(Self {
            max_units: bound(max_units, "max_units")?,
            max_units_per_line: bound(per_line, "max_units_per_line")?,
            pick: pick.unwrap_or_default(),
            any: pick.is_none(),
        })
    }

    fn is_none(&self) -> bool {
        self.max_units == i64::MAX && self.max_units_per_line == i64::MAX
    }
}

impl Target {
    /// Checks that the target fits the promotion's class.
    #[inline]
    pub(crate) fn compile(&self, narrow: Narrow, compiler: &mut Compiler) -> Result<Goal, String> {
        let fits = match (self, compiler.class) {
            (Self::Shipping, class) => class == Class::Shipping,
            (Self::Total, class) => class == Class::Total,
            (_, Class::Shipping | Class::Total) => false,
            (Self::Order, class) => class != Class::Price,
            (Self::Units(_), _) => true,
        };
        if !fits {
            return Err(format!("a benefit of class {:?} can't be on {self:?}", compiler.class));
        }
        match self {
            Self::Units(selector) => Ok(Goal::Units { of: selector.compile(compiler)?, narrow }),
            _ if !narrow.is_none() => Err("max_units and max_units_per_line need a selector".to_owned()),
            Self::Order => Ok(Goal::Order),
            Self::Shipping => Ok(Goal::Shipping),
            Self::Total => Ok(Goal::Total),
        }
    }
}

impl Goal {
    /// The units that are meant, in the order of lines; lines that take no discount are left out.
    pub(crate) fn matches(&self, state: &State) -> Vec<Match> {
        match self {
            Self::Shipping => Vec::new(),
            Self::Order | Self::Total => discountable(state, &Matcher::All),
            Self::Units { of, narrow } => narrowed(state, discountable(state, of), narrow),
            Self::Exactly(matches) => matches.clone(),
        }
    }

    /// Says which lines are meant, if all their units are. False if units of a line are meant apart, or shipping is.
    pub(crate) fn whole_lines(&self, state: &State, shares: &mut Shares) -> bool {
        let (of, narrow) = match self {
            Self::Order => {
                shares.mean_all(state);
                return true;
            }
            Self::Units { of, narrow } => (of, narrow),
            _ => return false,
        };
        if !narrow.is_none() {
            return false;
        }
        shares.lines.clear();
        let certain = state.lines.are_all_named(of);
        let apart = state.lines.any_named(of, |at| {
            let line = &state.lines[at];
            let matching = || line.runs.iter().filter(|run| of.matches(line, run)).count();
            let meant = match line.discountable {
                true if certain => line.runs.len(),
                true => matching(),
                false => 0,
            };
            if meant > 0 {
                shares.lines.push(u32::try_from(at).expect("a cart has at most 2,000 lines"));
            }
            meant > 0 && meant < line.runs.len()
        });
        shares.mean(state);
        !apart
    }

    /// What the units that are meant cost, by that kind of price.
    #[inline]
    pub(crate) fn value(&self, state: &State, kind: Base) -> i64 {
        match self {
            Self::Shipping => 0,
            Self::Order | Self::Total => state.lines.sums().discountable.of(kind),
            _ => self.matches(state).iter().map(|one| one.value(state, kind)).sum(),
        }
    }

    /// Where any units will do: every choice of as many as are allowed that saves `least` at least; `saves` tells what a unit saves at the most. False
    /// if there are too many to list.
    #[inline]
    pub(crate) fn choices(&self, state: &State, saves: &dyn Fn(&Match) -> i64, least: i64) -> (Vec<Self>, bool) {
        let Self::Units { of, narrow } = self else { return (Vec::new(), true) };
        if narrow.is_none() || !narrow.any {
            return (Vec::new(), true);
        }
        let places = discountable(state, of);
        let units: i64 = self.matches(state).iter().map(|one| one.count).sum();
        let most = |one: &Match| one.count.min(units).min(narrow.max_units_per_line);
        let open: Vec<Open> = places.iter().map(|one| Open { units: most(one), saves: saves(one) }).collect();
        let Some(ways) = takings(&open, &Asked::of(units, least, &|count| count == units)) else {
            return (Vec::new(), false);
        };
        let chosen = |way: Vec<i64>| {
            let matches = places.iter().zip(way).map(|(one, count)| Match { count, ..*one });
            matches.filter(|one| one.count > 0).collect::<Vec<Match>>()
        };
        let sum = |matches: &[Match]| matches.iter().map(|one| one.count).sum::<i64>();
        let fits = |matches: &Vec<Match>| by_line(matches).all(|line| sum(line) <= narrow.max_units_per_line);
        (ways.into_iter().map(chosen).filter(fits).map(Self::Exactly).collect(), true)
    }

    /// What the units that could be meant save at the most, whichever are chosen; `saves` tells what one saves at the most.
    #[inline]
    pub(crate) fn most(&self, state: &State, saves: &dyn Fn(&Match) -> i64) -> i64 {
        let Self::Units { of, narrow } = self else { return i64::MAX / 8 };
        let units = discountable(state, of);
        largest(units.iter().map(|one| (saves(one), one.count.min(narrow.max_units_per_line))), narrow.max_units)
    }

    /// True if shipping is meant, alone or as one more line.
    pub(crate) fn with_shipping(&self) -> bool {
        matches!(self, Self::Shipping | Self::Total)
    }

    /// True if the units are meant one by one and not as a whole.
    pub(crate) fn is_units(&self) -> bool {
        matches!(self, Self::Units { .. } | Self::Exactly(_))
    }

    #[inline]
    pub(crate) fn anchors(&self) -> Option<Vec<Anchor>> {
        match self {
            Self::Units { of, .. } => of.anchors(),
            _ => None,
        }
    }

    /// Shows the selector of the goods that are meant, if any are.
    #[inline]
    pub(crate) fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        match self {
            Self::Shipping => {}
            Self::Order | Self::Total | Self::Exactly(_) => see(&Matcher::All),
            Self::Units { of, .. } => see(of),
        }
    }

    /// True if fewer units are meant than match, and any of them will do.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Self::Units { narrow, .. } if narrow.any && !narrow.is_none())
    }

    /// True if promotions of class price may change which units are meant.
    pub(crate) fn moves(&self) -> bool {
        matches!(self, Self::Units { of, .. } if of.moves())
    }

    /// True if all units that match are meant, and no other goods.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self, Self::Units { narrow, .. } if narrow.is_none())
    }

    /// True if all goods are meant together.
    pub(crate) fn is_all(&self) -> bool {
        matches!(self, Self::Order) || (self.is_plain() && matches!(self, Self::Units { of: Matcher::All, .. }))
    }

    /// True if fewer units are meant than match.
    pub(crate) fn is_narrow(&self) -> bool {
        matches!(self, Self::Units { narrow, .. } if !narrow.is_none())
    }

    /// The same, meaning the dearest units where not all are meant.
    #[inline]
    pub(crate) fn dearest(&self) -> Self {
        match self {
            Self::Units { of, narrow } => {
                Self::Units { of: of.clone(), narrow: Narrow { pick: Pick::Dearest, ..*narrow } }
            }
            other => other.clone(),
        }
    }
}

/// The largest sum of `most` units, where so many units of each kind save so much each.
#[inline]
pub(crate) fn largest(kinds: impl Iterator<Item = (i64, i64)>, most: i64) -> i64 {
    let mut kinds: Vec<(i64, i64)> = kinds.collect();
    sort::by_key(&mut kinds, |(saves, _)| -saves);
    let mut left = most;
    kinds.into_iter().fold(0_i64, |sum, (saves, count)| {
        let count = count.min(left);
        left -= count;
        sum.saturating_add(saves.saturating_mul(count))
    })
}

/// All units that match and take a discount.
pub(crate) fn discountable(state: &State, of: &Matcher) -> Vec<Match> {
    let places = state.lines.named(of);
    // Many lines have two runs.
    let mut matches = Vec::with_capacity(2 * places.len());
    for (at, line) in places.map(|at| (at, &state.lines[at])).filter(|(_, line)| line.discountable) {
        for (run_at, run) in line.runs.iter().enumerate() {
            if of.matches(line, run) {
                matches.push(Match { line: at, run: run_at, count: run.count });
            }
        }
    }
    matches
}

/// Sorts by current price, then line, then unit.
pub(crate) fn sort_by_price(state: &State, matches: &mut [Match], pick: Pick) {
    sort::by_key(matches, |one| {
        let price = one.parts(state).1.current;
        (if pick == Pick::Cheapest { price } else { -price }, one.line, one.run)
    });
}

fn narrowed(state: &State, mut matches: Vec<Match>, narrow: &Narrow) -> Vec<Match> {
    if narrow.is_none() {
        return matches;
    }
    sort_by_price(state, &mut matches, narrow.pick);
    let mut left = narrow.max_units;
    let mut per_line = vec![narrow.max_units_per_line; state.lines.len()];
    for one in &mut matches {
        one.count = one.count.min(left).min(per_line[one.line]);
        left -= one.count;
        per_line[one.line] -= one.count;
    }
    matches.retain(|one| one.count > 0);
    sort::by_key(&mut matches, Match::place);
    matches
}
