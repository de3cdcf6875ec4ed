//! `{"store": [..]}`: the shopper is in one of these stores.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use serde::Serialize;

/// The shopper is in one of these stores.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// The stores.
    pub store: Vec<String>,
}

reads! { Store { store } }

#[derive(Debug)]
struct Compiled(Vec<String>);

impl Rule for Store {
    const KEY: &'static str = "store";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.store.clone())))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let qualifies =
            state.context.store.as_ref().is_some_and(|store| self.0.iter().any(|one| one == store.as_str()));
        if qualifies { None } else { Some(Reason::OtherStore { stores: self.0.clone() }) }
    }
}
