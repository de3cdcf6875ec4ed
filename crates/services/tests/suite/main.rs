//! The services on SQLite and PostgreSQL: one program, because each one links all of them anew.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod common;
mod copy;
mod facts;
mod held;
mod import;
mod jobs;
mod lifecycle;
mod members;
mod messages;
mod offers;
mod orders;
mod payments;
mod privacy;
mod replica;
mod scale;
mod sealing;
mod staff;
mod stock;
mod story;
mod tenders;
mod versions;
