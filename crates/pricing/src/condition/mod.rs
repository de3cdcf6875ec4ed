//! Conditions: what must hold when a promotion's turn comes. One rule a file, and one line in the list below.

mod any;
mod birthday_month;
mod channel;
mod contains;
mod member_level;
mod member_tag;
mod min_quantity;
mod min_subtotal;
mod not;
mod nth_order;
mod only;
mod region;
mod shipping_method;
mod signed_in;
mod store;
mod tender;
mod together;
mod weekly;

use crate::{
    book::{Anchor, Base, Compiler, Matcher},
    engine::{Low, State},
    registry::registry,
    trace::Reason,
    tree::{self, Fault, Read, Tree},
};
use serde::Deserialize;
use std::fmt::{self, Debug};

pub use weekly::{BadTimeOfDay, Day, Hours, TimeOfDay};

registry! {
    /// A condition of a promotion, as a document. JSON: an object with the rule's key.
    Condition, Rule, Box<dyn Check>, "condition", {
        any::Any,
        birthday_month::BirthdayMonth,
        channel::Channel,
        contains::Contains,
        member_level::MemberLevel,
        member_tag::MemberTag,
        min_quantity::MinQuantity,
        min_subtotal::MinSubtotal,
        not::Not,
        nth_order::NthOrder,
        only::Only,
        region::Region,
        shipping_method::ShippingMethod,
        signed_in::SignedIn,
        store::Store,
        tender::Tender,
        together::Together,
        weekly::Weekly,
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        tree::deserialize(deserializer)
    }
}

impl Read for Condition {
    #[inline]
    fn read(tree: Tree) -> Result<Self, Fault> {
        Self::grow(tree.object()?)
    }
}

/// A condition's document: its key and how it is compiled.
pub(crate) trait Rule {
    /// The key that names the rule.
    const KEY: &'static str;

    /// True if the object is this rule.
    fn named(tree: &Tree) -> bool {
        tree.has(Self::KEY)
    }

    /// Looks words up and turns amounts into minor units; the error says what is wrong.
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Check>, String>;
}

// The words of a compiled condition are numbers, so there is little to see; and to show it would take code for every rule.
impl Debug for dyn Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Check")
    }
}

/// A compiled condition.
pub(crate) trait Check: Send + Sync {
    /// None if it holds, else why not.
    fn check(&self, state: &State) -> Option<Reason>;

    /// True if it can't hold in any state that follows, in which units cost the same or less. `open` is true as long as promotions of class
    /// price may still come. Without an answer of its own, a condition asks for nothing that promotions change.
    fn hopeless(&self, state: &State, _open: bool) -> bool {
        self.check(state).is_some()
    }

    /// True if it holds in this state and in every one that may follow. `low` is the least that lines may come to cost.
    #[inline]
    fn certain(&self, state: &State, _low: &Low, open: bool) -> bool {
        self.check(state).is_none() && !(open && self.moves())
    }

    /// True if promotions of class price may change which units it counts.
    fn moves(&self) -> bool {
        false
    }

    /// The value of the cart without which it can't hold, in minor units.
    fn needs(&self) -> i64 {
        0
    }

    /// What all goods have to be worth at the least, by which price, where it asks for nothing else.
    fn least(&self) -> Option<(Base, i64)> {
        None
    }

    /// Shows every selector of units whose price it looks at.
    #[inline]
    fn looks_at<'s>(&'s self, _see: &mut dyn FnMut(&'s Matcher)) {}

    /// True if it never looks at what a line or unit costs now; what all goods cost together it may look at.
    fn is_steady(&self) -> bool {
        let mut looks = false;
        self.looks_at(&mut |_| looks = true);
        !looks
    }

    /// Words of which a cart must have one for the condition to hold, or none if any cart could.
    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        None
    }
}
