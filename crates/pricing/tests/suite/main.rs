//! What the core promises, on small cases worked out by hand: one program, because each one links and compiles the core anew.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod combine;
mod examples;
mod hints;
mod more_benefits;
mod more_rules;
mod pages;
mod prices;
mod reading;
mod reasons;
mod returns;
mod rules;
mod shares;
mod table;
