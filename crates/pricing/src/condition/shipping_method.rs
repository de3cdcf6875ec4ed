//! `{"shipping_method": [..]}`: one of these shipping methods is chosen.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use serde::Serialize;

/// One of these shipping methods is chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ShippingMethod {
    /// The methods.
    pub shipping_method: Vec<String>,
}

reads! { ShippingMethod { shipping_method } }

#[derive(Debug)]
struct Compiled(Vec<String>);

impl Rule for ShippingMethod {
    const KEY: &'static str = "shipping_method";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.shipping_method.clone())))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let qualifies = state
            .shipping
            .as_ref()
            .and_then(|shipping| shipping.method)
            .is_some_and(|method| self.0.iter().any(|one| one == method));
        if qualifies { None } else { Some(Reason::OtherShipping { methods: self.0.clone() }) }
    }
}
