//! `{"signed_in": true}`: the shopper is a member who is signed in, or is not.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use serde::Serialize;

/// The shopper is a member who is signed in (true), or a guest (false).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SignedIn {
    /// What is asked for.
    pub signed_in: bool,
}

reads! { SignedIn { signed_in } }

#[derive(Debug)]
struct Compiled(bool);

impl Rule for SignedIn {
    const KEY: &'static str = "signed_in";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.signed_in)))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        if state.context.member.is_some() == self.0 {
            None
        } else if self.0 {
            Some(Reason::SignInNeeded)
        } else {
            Some(Reason::Excluded)
        }
    }
}
