//! `{"gift": {"sku": "G", "quantity": 1}}`, `{"gift": {"choose": ["A", "B"], "quantity": 1}}`: goods on top; adds no line.
//!
//! Where there is a choice, the one that the cart names is given, without one the first. A gift that is out of stock gives way to the next of
//! the list, from the last to the first; with none left the promotion gives nothing and says so.

use super::{Effect, Rule, Terms};
use crate::{
    book::{Anchor, Compiler, Matcher, count},
    engine::{Plan, State},
    trace::Reason,
    tree::reads,
};
use ids::{PromotionId, Sku};
use money::Overflow;
use serde::Serialize;

/// Goods on top of the cart, without price and tax.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Gift {
    /// What is given.
    pub gift: Given,
}

reads! { Gift { gift } }

/// What is given: exactly one of `sku` and `choose`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The gift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// The gifts of which the shopper chooses one, the one that is given without a choice first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choose: Vec<Sku>,
    /// How many.
    #[serde(default = "one")]
    pub quantity: i64,
}

reads! { Given { ; sku = None, choose = Vec::new(), quantity = one() } }

fn one() -> i64 {
    1
}

impl Given {
    /// What may be given, in the order in which it is tried.
    #[must_use]
    pub fn options(&self) -> Vec<&Sku> {
        self.sku.iter().chain(&self.choose).collect()
    }
}

#[derive(Debug)]
struct Compiled {
    promotion: Option<PromotionId>,
    options: Vec<Sku>,
    quantity: i64,
}

impl Rule for Gift {
    const KEY: &'static str = "gift";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        let Given { sku, choose, quantity } = &self.gift;
        if sku.is_some() != choose.is_empty() {
            return Err("a gift has either sku, or choose with at least one SKU".to_owned());
        }
        let quantity = count(*quantity, "the gift's quantity")?;
        let options = self.gift.options().into_iter().cloned().collect();
        Ok(Box::new(Compiled { promotion: compiler.promotion.clone(), options, quantity }))
    }
}

impl Compiled {
    fn given(&self, state: &State) -> Option<&Sku> {
        let choices = state.context.wishes.gifts.iter().filter(|one| self.promotion.as_ref() == Some(&one.promotion));
        let first = choices.filter_map(|one| self.options.iter().position(|sku| *sku == one.sku)).next().unwrap_or(0);
        let (before, from) = self.options.split_at(first);
        from.iter().chain(before).find(|sku| !state.context.out_of_gifts.contains(sku))
    }
}

impl Effect for Compiled {
    fn plan(&self, state: &State, _: &Terms) -> Result<Plan, Overflow> {
        let gift = self.given(state).map(|sku| (sku.clone(), self.quantity));
        Ok(Plan { gift, base: state.goods(), ..Plan::default() })
    }

    #[inline]
    fn looks_at<'s>(&'s self, _: &mut dyn FnMut(&'s Matcher)) {}

    fn is_money(&self) -> bool {
        false
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        None
    }

    fn why_nothing(&self, _: &State) -> Reason {
        Reason::GiftGone
    }

    fn gifts(&self) -> &[Sku] {
        &self.options
    }
}
