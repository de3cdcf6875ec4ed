//! Points by lots: what an order earned waits until the time for returns is over, can be spent until it expires, and is spent
//! soonest to expire first.
//!
//! What may be spent is what was booked, not what a clock says: a lot whose time is over counts until its expiry was booked (by a job, soon after).
//! So the price that a page computed with a member's points and the order that spends them agree, and doubt is to the member's good.

mod lot;
mod moves;
mod rules;

pub use lot::{Lot, available, by_expiry, expiring, is_due, is_over, pending};
pub use moves::{ClawedBack, GivenBack, Short, Take, Use, claw_back, give_back, spend};
pub use rules::{Expiry, PointsRules, Shortfall};
