//! `{"tender": ["wechat_pay", ..]}`: the shopper has chosen one of these tenders to pay with.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use serde::Serialize;

/// The cart's tender is one of these, compared exactly. While the choice is open the condition does not hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tender {
    /// The tenders.
    pub tender: Vec<String>,
}

reads! { Tender { tender } }

#[derive(Debug)]
struct Compiled(Vec<String>);

impl Rule for Tender {
    const KEY: &'static str = "tender";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.tender.clone())))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let qualifies = state.context.wishes.tender.is_some_and(|tender| self.0.iter().any(|one| one == tender));
        if qualifies { None } else { Some(Reason::OtherTender { tenders: self.0.clone() }) }
    }
}
