//! `{"member_level": [..]}`: the member has one of these levels.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use ids::LevelId;
use serde::Serialize;

/// The member has one of these levels.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MemberLevel {
    /// The levels.
    pub member_level: Vec<LevelId>,
}

reads! { MemberLevel { member_level } }

#[derive(Debug)]
struct Compiled(Vec<LevelId>);

impl Rule for MemberLevel {
    const KEY: &'static str = "member_level";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.member_level.clone())))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let qualifies = state
            .context
            .member
            .as_ref()
            .is_some_and(|member| member.level.as_ref().is_some_and(|level| self.0.contains(level)));
        if qualifies { None } else { Some(Reason::LevelNeeded { levels: self.0.clone() }) }
    }
}
