//! Benefits: what a promotion gives. One rule a file, and one line in the list below.

mod amount;
mod breaks;
mod bundle;
mod buy;
mod by_value;
mod choice;
mod every;
mod exchange;
mod fixed_price;
mod free;
mod gift;
mod ladder;
mod limited;
mod nth_unit;
mod percent;
mod points_multiplier;
mod price_list;
mod rate;
mod target;
mod tiers;

use crate::{
    book::{Anchor, Base, Class, Compiler, Matcher, Rounder},
    engine::{Match, Plan, Shares, State},
    quote::Need,
    registry::registry,
    trace::Reason,
    tree::{self, Fault, Read, Tree},
};
use ids::Sku;
use money::{Decimal, Overflow, Ratio};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Debug};

pub(crate) use by_value::{ByValue, Tier, WHOLE, left_after};
pub(crate) use limited::Limited;
pub use target::{Pick, Target};

registry! {
    /// The rule of a benefit, as a document. JSON: an object with the rule's key.
    Rules, Rule, Box<dyn Effect>, "benefit", {
        amount::Amount,
        breaks::Breaks,
        bundle::Bundle,
        buy::Buy,
        every::Every,
        fixed_price::FixedPrice,
        free::Free,
        gift::Gift,
        nth_unit::NthUnit,
        percent::Percent,
        points_multiplier::PointsMultiplier,
        price_list::PriceList,
        tiers::Tiers,
    }
}

/// What a promotion gives, as a document: a rule, and the most that it takes off in one cart.
#[derive(Clone, Debug, PartialEq)]
pub struct Benefit {
    /// The rule.
    pub rule: Rules,
    /// The most that the promotion takes off in one cart, in major units.
    pub cap: Option<Decimal>,
}

impl Benefit {
    /// True if a slice carries only a part of it.
    #[inline]
    pub(crate) fn is_sliced(&self) -> bool {
        matches!(self.rule, Rules::PriceList(_))
    }

    /// Leaves out what is said of other SKUs, since a slice has only some.
    #[inline]
    pub(crate) fn keep_skus(&mut self, kept: impl Fn(&Sku) -> bool) {
        if let Rules::PriceList(list) = &mut self.rule {
            // A new map of what is kept takes less code than taking the others out.
            for (sku, price) in std::mem::take(&mut list.price_list) {
                if kept(&sku) {
                    list.price_list.insert(sku, price);
                }
            }
        }
    }
}

impl<'de> Deserialize<'de> for Benefit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        tree::deserialize(deserializer)
    }
}

impl Read for Benefit {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        let mut tree = tree.object()?;
        let cap = tree.take("cap").map_or(Ok(None), Read::read).map_err(|fault| fault.within("cap"))?;
        Ok(Self { rule: Rules::grow(tree)?, cap })
    }
}

impl Serialize for Benefit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tree = Tree::of(&self.rule);
        if let Some(cap) = self.cap {
            tree.put("cap", Tree::Text(cap.to_string()));
        }
        tree.serialize(serializer)
    }
}

/// A benefit's document: its key and how it is compiled.
pub(crate) trait Rule {
    /// The key that names the rule.
    const KEY: &'static str;

    /// True if the object is this rule.
    fn named(tree: &Tree) -> bool {
        tree.has(Self::KEY)
    }

    /// Looks words up, turns amounts into minor units and checks that the rule fits the class; the error says what is wrong.
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String>;
}

/// What a rule needs to know of its promotion and its book.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    pub(crate) class: Class,
    pub(crate) base: Base,
    pub(crate) rounder: Rounder,
}

/// The most that a benefit takes off, in a state or in any that follows it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Most {
    /// Off single lines, each by itself: the line's place and the amount.
    pub(crate) each: Vec<(usize, i64)>,
    /// Where it is a share of what those lines cost when its turn comes: that share. Zero otherwise.
    pub(crate) rate: Option<Ratio>,
    /// Off shipping.
    pub(crate) shipping: i64,
    /// Once, off whatever lines, on top of the others.
    pub(crate) once: i64,
}

impl Most {
    pub(crate) fn once(once: i64) -> Self {
        Self { once, ..Self::default() }
    }

    /// All of it.
    pub(crate) fn total(&self) -> i64 {
        let each = self.each.iter().fold(0_i64, |sum, (_, off)| sum.saturating_add(*off));
        each.saturating_add(self.once).saturating_add(self.shipping)
    }

    /// Off each line by itself what the plan takes off it.
    pub(crate) fn each(plan: &Plan) -> Self {
        let sum = |cuts: &[crate::engine::Cut]| (cuts[0].line, cuts.iter().map(|cut| cut.off * cut.count).sum());
        let each = plan.cuts.chunk_by(|a, b| a.line == b.line).map(sum).collect();
        Self { each, shipping: plan.shipping, ..Self::default() }
    }
}

/// How a benefit's effect changes with the prices it meets. It tells the search what it may leave out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// A share of each line is rounded: so cents may depend on how a value is spread over lines.
    pub(crate) rounds: bool,
    /// What it takes off a line depends on other lines.
    pub(crate) spreads: bool,
    /// Which units it means depends on prices of single units.
    pub(crate) picks: bool,
    /// What it takes off may drop by `.0` each time that the value falls by `.1`, or by all at once if `.1` is nothing.
    pub(crate) jumps: Option<(i64, i64)>,
}

/// Which choices are worth listing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'w> {
    /// Lines whose units other sets may want, too.
    pub(crate) contested: &'w [bool],
    /// What takes off less than this is of no use.
    pub(crate) least: i64,
}

/// What else a benefit may do.
#[derive(Debug)]
pub(crate) struct Variants {
    pub(crate) plans: Vec<Plan>,
    /// False if there are more than were listed.
    pub(crate) complete: bool,
}

// The words of a compiled benefit are numbers, so there is little to see; and to show it would take code for every rule.
impl Debug for dyn Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Effect")
    }
}

/// A compiled benefit.
pub(crate) trait Effect: Send + Sync {
    /// What it would take off now.
    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow>;

    /// Writes what it would take off now where it means whole lines, which is what [`Effect::plan`] would take off them. False if it does not: then it is
    /// planned.
    fn shares(&self, _state: &State, _terms: &Terms, _shares: &mut Shares) -> Result<bool, Overflow> {
        Ok(false)
    }

    /// What it takes off all goods together, in proportion to what each line costs now, where that depends on their `value` alone: on what those that take
    /// a discount cost together. Then hints may look at nothing else, either. None if it does not.
    fn off_all(&self, _value: i64, _terms: &Terms) -> Result<Option<i64>, Overflow> {
        Ok(None)
    }

    /// The share of what all goods cost that [`Effect::promise`] never exceeds, where it takes off such a share. None where it does not.
    fn share(&self) -> Option<Ratio> {
        None
    }

    /// The most that it takes off in this state or in any that follows it, in which units cost the same or less and more of them are in sets.
    /// Without an answer of its own, a rule never takes off more when units cost less.
    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        Ok(Most::once(self.plan(state, terms)?.total()))
    }

    /// How its effect changes with prices; without an answer of its own, in every way.
    #[inline]
    fn manner(&self, state: &State, terms: &Terms) -> Result<Manner, Overflow> {
        let all = self.most(state, terms)?.total();
        Ok(Manner { rounds: true, spreads: true, picks: true, jumps: Some((all, 0)) })
    }

    /// What it takes off all goods together by their value alone, if it looks at nothing else.
    #[inline]
    fn by_value(&self, _state: &State, _terms: &Terms) -> Option<ByValue> {
        None
    }

    /// What is worth trying first of all that it may legally do where the engine chooses. The first is [`Effect::plan`].
    #[inline]
    fn likely(&self, state: &State, terms: &Terms) -> Result<Vec<Plan>, Overflow> {
        Ok(vec![self.plan(state, terms)?])
    }

    /// Everything else that it may legally do where the engine chooses: other units, fewer sets; only what `wanted` asks for need be told.
    #[inline]
    fn others(&self, _state: &State, _terms: &Terms, _wanted: &Wanted) -> Result<Variants, Overflow> {
        Ok(Variants { plans: Vec::new(), complete: true })
    }

    /// Shows every selector of units that it looks at or takes from.
    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        see(&Matcher::All);
    }

    /// True if it takes money off; gifts and points are no part of the search for the best price.
    fn is_money(&self) -> bool {
        true
    }

    /// True if it means all units that match and can do only one thing with them, which depends on no other goods.
    fn is_plain(&self) -> bool {
        false
    }

    /// True if it takes units into sets.
    fn takes(&self) -> bool {
        false
    }

    /// What a unit of a set adds to what the set takes off, at the most: together the units of a set add at least all of it. For rules that take
    /// units into sets; nothing for units that are in none.
    #[inline]
    fn in_set(&self, _state: &State, _terms: &Terms, _unit: &Match) -> i64 {
        i64::MAX / 8
    }

    /// True if promotions of class price may change which units are meant.
    fn moves(&self) -> bool {
        false
    }

    /// Words of which a cart must have one for the benefit to give anything, or none if any cart could.
    fn anchors(&self) -> Option<Vec<Anchor>>;

    /// What it would take off at the least if goods worth `more` that match came on top; none if it can't be told.
    fn promise(&self, _state: &State, _terms: &Terms, _more: i64) -> Option<i64> {
        None
    }

    /// The next step that would give (more), and what that saves at the least.
    fn next(&self, _state: &State) -> Option<(Need, Option<i64>)> {
        None
    }

    /// Why it gives nothing where its plan is empty.
    fn why_nothing(&self, _state: &State) -> Reason {
        Reason::NothingLeft
    }

    /// True if it means single units, each by itself, so that it can be narrowed to some of them by [`Effect::exactly`].
    fn by_units(&self) -> bool {
        false
    }

    /// What it would take off these units and no others, all of which it means; only asked where it means single units.
    #[inline]
    fn exactly(&self, _state: &State, _terms: &Terms, _matches: Vec<Match>) -> Result<Plan, Overflow> {
        Ok(Plan::default())
    }

    /// The gifts it may give, so that slices carry them.
    fn gifts(&self) -> &[Sku] {
        &[]
    }
}
