//! `{"birthday_month": true}`: it is the month of the member's birthday, by the clock that counts.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use serde::Serialize;

/// The month of the quote's instant, on the clock that `utc_offset_minutes` of the context names, is the month of the member's birthday.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BirthdayMonth {
    /// Always true.
    pub birthday_month: bool,
}

reads! { BirthdayMonth { birthday_month } }

#[derive(Debug)]
struct Compiled;

impl Rule for BirthdayMonth {
    const KEY: &'static str = "birthday_month";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        if !self.birthday_month {
            return Err("write {\"birthday_month\": true}; for the other months put it into a \"not\"".to_owned());
        }
        Ok(Box::new(Compiled))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let Some(member) = &state.context.member else {
            return Some(Reason::SignInNeeded);
        };
        let now = state.context.at.month(state.context.utc_offset_minutes);
        (member.birthday_month != Some(now)).then_some(Reason::OtherMonth { needed: member.birthday_month })
    }
}
