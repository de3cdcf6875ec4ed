//! `{"nth_order": 1}`: this is the member's n-th order; 1 is the first. A guest has no order number.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use serde::Serialize;

/// This is the member's n-th order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NthOrder {
    /// Which; 1 is the first.
    pub nth_order: i64,
}

reads! { NthOrder { nth_order } }

#[derive(Debug)]
struct Compiled(i64);

impl Rule for NthOrder {
    const KEY: &'static str = "nth_order";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.nth_order)))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let Some(member) = &state.context.member else {
            return Some(Reason::SignInNeeded);
        };
        let actual = member.orders.saturating_add(1);
        (actual != self.0).then_some(Reason::OrderNumber { needed: self.0, actual })
    }
}
