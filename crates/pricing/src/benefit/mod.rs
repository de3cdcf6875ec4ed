//! Benefits: what a promotion gives. One rule a file, and one line in the list below.

mod amount;
mod bundle;
mod buy;
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
    book::{Anchor, Base, Class, Compiler, Rounder},
    engine::{Plan, State},
    quote::Need,
    registry::registry,
};
use money::{Decimal, Overflow};
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

/// A compiled benefit.
pub(crate) trait Effect: Debug + Send + Sync {
    /// What it would take off now.
    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow>;

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
