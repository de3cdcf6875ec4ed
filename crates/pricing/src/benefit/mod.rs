//! Benefits: what a promotion gives. One rule a file, and one line in the list below.

mod amount;
mod bundle;
mod buy;
mod choice;
mod every;
mod exchange;
mod fixed_price;
mod free;
mod gift;
mod nth_unit;
mod percent;
mod points_multiplier;
mod rate;
mod target;
mod tiers;

use crate::{
    book::{Anchor, Base, Class, Compiler, Matcher, Rounder},
    engine::{Plan, State},
    quote::Need,
    registry::registry,
};
use money::{Decimal, Overflow, Ratio};
use serde::{Deserialize, Serialize, ser::Error};
use serde_json::Value;
use std::fmt::Debug;

pub use target::{Pick, Target};

registry! {
    /// The rule of a benefit, as a document. JSON: an object with the rule's key.
    Rules, Rule, Box<dyn Effect>, "benefit", {
        amount::Amount,
        bundle::Bundle,
        buy::Buy,
        every::Every,
        fixed_price::FixedPrice,
        free::Free,
        gift::Gift,
        nth_unit::NthUnit,
        percent::Percent,
        points_multiplier::PointsMultiplier,
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

impl<'de> Deserialize<'de> for Benefit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let mut map = serde_json::Map::deserialize(deserializer)?;
        let cap = map.remove("cap").map_or(Ok(None), serde_json::from_value);
        let cap = cap.map_err(|error| D::Error::custom(format!("cap: {error}")))?;
        Ok(Self { rule: Rules::from_map(map).map_err(D::Error::custom)?, cap })
    }
}

impl Serialize for Benefit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut value = serde_json::to_value(&self.rule).map_err(S::Error::custom)?;
        if let (Some(cap), Value::Object(map)) = (self.cap, &mut value) {
            map.insert("cap".to_owned(), Value::String(cap.to_string()));
        }
        value.serialize(serializer)
    }
}

/// A benefit's document: its key and how it is compiled.
pub(crate) trait Rule {
    /// The key that names the rule.
    const KEY: &'static str;

    /// True if the object is this rule.
    fn named(map: &serde_json::Map<String, Value>) -> bool {
        map.contains_key(Self::KEY)
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

/// A bound on what a benefit takes off: at most `rate` of what each unit that matches costs when its turn comes, and at most `amount` on top.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most<'m> {
    pub(crate) rate: Ratio,
    pub(crate) of: &'m Matcher,
    pub(crate) shipping: bool,
    pub(crate) amount: i64,
}

impl Most<'_> {
    pub(crate) fn amount(amount: i64) -> Self {
        Self { rate: Ratio::ZERO, of: &Matcher::All, shipping: false, amount }
    }
}

/// What a benefit may do.
#[derive(Debug)]
pub(crate) struct Variants {
    pub(crate) plans: Vec<Plan>,
    /// False if there are more than were listed.
    pub(crate) complete: bool,
}

/// A compiled benefit.
pub(crate) trait Effect: Debug + Send + Sync {
    /// What it would take off now.
    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow>;

    /// The most that it takes off in this state or in any that follows it, in which units cost the same or less and more of them are in sets.
    /// Without an answer of its own, a rule never takes off more when units cost less.
    fn most(&self, state: &State, terms: &Terms) -> Result<Most<'_>, Overflow> {
        Ok(Most::amount(self.plan(state, terms)?.total()))
    }

    /// Everything that it may legally do where the engine chooses: other units, fewer sets. The first is [`Effect::plan`]. `rivals` is true if
    /// other sets may want the same units.
    fn variants(&self, state: &State, terms: &Terms, _rivals: bool) -> Result<Variants, Overflow> {
        Ok(Variants { plans: vec![self.plan(state, terms)?], complete: true })
    }

    /// True if it takes units into sets.
    fn takes(&self) -> bool {
        false
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

    /// The gift it gives, so that slices carry it.
    fn gift(&self) -> Option<&ids::Sku> {
        None
    }
}
