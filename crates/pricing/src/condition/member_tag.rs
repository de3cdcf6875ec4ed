//! `{"member_tag": [..]}`: the member has one of these tags.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use serde::Serialize;

/// The member has one of these tags.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MemberTag {
    /// The tags.
    pub member_tag: Vec<String>,
}

reads! { MemberTag { member_tag } }

#[derive(Debug)]
struct Compiled(Vec<String>);

impl Rule for MemberTag {
    const KEY: &'static str = "member_tag";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.member_tag.clone())))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let qualifies =
            state.context.member.as_ref().is_some_and(|member| member.tags.iter().any(|tag| self.0.contains(tag)));
        if qualifies { None } else { Some(Reason::TagNeeded { tags: self.0.clone() }) }
    }
}
