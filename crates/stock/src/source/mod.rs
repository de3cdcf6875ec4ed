//! From where the goods of an order come: a pure choice among places with what they have.
//!
//! A plan gives every unit of every line a place. It is the cheapest in **points**, which a [`Strategy`] sets for what a shop would like to
//! avoid: each line that is split, each parcel, each kilometre a parcel goes, each minor unit of its cost, each open parcel of a busy place,
//! and each parcel from a tier that should rather not send. What must not be is not weighed: places that the strategy's rules exclude or that
//! refused, units that a place keeps back for people who walk in, more parcels than the rules allow.
//!
//! The search ([`search`]) is exact as long as it is not cut off by its budget, which is counted in steps, never in time; a plan that was cut off
//! says so. The same facts in any order give the same plan: of plans with equal points the first found stays, and places are tried by points
//! and then by id.

mod facts;
mod group;
mod plan;
mod problem;
mod search;
mod short;
mod strategy;
mod words;

pub use facts::{BadInput, Destination, Facts, Line, Place, Request, Tier};
pub use plan::{Figures, Parcel, Plan, Take};
pub use short::{Short, Shortage};
pub use strategy::{BadStrategy, Experiment, PERMILLE, Rule, Strategy, TierPoints, Weights};

use problem::Problem;

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sourced {
    /// Every unit has a place.
    Plan(Plan),
    /// Some have none.
    Short(Shortage),
}

/// Chooses the places from which the goods of a request come.
///
/// # Errors
/// [`BadInput`] for numbers that are out of their range.
pub fn source(request: &Request, facts: &Facts, strategy: &Strategy) -> Result<Sourced, BadInput> {
    facts.check(request)?;
    strategy.check().map_err(BadInput::Strategy)?;
    let problem = Problem::new(request, facts, strategy)?;
    Ok(match search::search(&problem) {
        (Some(found), bounded) => Sourced::Plan(plan::plan(&problem, &found, bounded)),
        (None, bounded) => Sourced::Short(short::shortage(&problem, bounded)),
    })
}
