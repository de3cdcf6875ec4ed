//! `{"channel": [..]}`: the cart is in one of these channels.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use serde::Serialize;

/// The cart is in one of these channels.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// The channels: `web`, `kiosk`, `till`.
    pub channel: Vec<String>,
}

reads! { Channel { channel } }

#[derive(Debug)]
struct Compiled(Vec<String>);

impl Rule for Channel {
    const KEY: &'static str = "channel";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.channel.clone())))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let qualifies = self.0.contains(&state.context.channel);
        if qualifies { None } else { Some(Reason::OtherChannel { channels: self.0.clone() }) }
    }
}
