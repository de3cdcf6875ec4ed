//! `{"gift": {"sku": "G", "quantity": 1}}`: goods on top; adds no line.

use super::{Effect, Rule, Terms};
use crate::{
    book::{Anchor, Compiler, Matcher, count},
    engine::{Plan, State},
};
use ids::Sku;
use money::Overflow;
use serde::{Deserialize, Serialize};

/// Goods on top of the cart, without price and tax.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gift {
    /// What is given.
    pub gift: Given,
}

/// What is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// What.
    pub sku: Sku,
    /// How many.
    #[serde(default = "one")]
    pub quantity: i64,
}

fn one() -> i64 {
    1
}

#[derive(Debug)]
struct Compiled(Given);

impl Rule for Gift {
    const KEY: &'static str = "gift";

    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        count(self.gift.quantity, "the gift's quantity")?;
        Ok(Box::new(Compiled(self.gift.clone())))
    }
}

impl Effect for Compiled {
    fn plan(&self, state: &State, _: &Terms) -> Result<Plan, Overflow> {
        let gift = Some((self.0.sku.clone(), self.0.quantity));
        Ok(Plan { gift, base: state.goods(), ..Plan::default() })
    }

    fn looks_at<'s>(&'s self, _: &mut dyn FnMut(&'s Matcher)) {}

    fn is_money(&self) -> bool {
        false
    }

    fn anchors(&self) -> Option<Vec<Anchor>> {
        None
    }

    fn gift(&self) -> Option<&Sku> {
        Some(&self.0.sku)
    }
}
