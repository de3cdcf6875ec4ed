//! Shoppers, clerks, a payment provider that fails and servers that are killed, with an auditor that compares the books after every step.
//!
//! Everything goes over HTTP to real servers (`concord serve`) on a real database. What is done is drawn from a seed before it begins ([`op`]); the auditor
//! ([`audit`]) looks into the database and remembers by itself what was promised to whom.

pub mod act;
pub mod audit;
pub mod cluster;
pub mod database;
pub mod op;
pub mod person;
pub mod run;
pub mod shrink;
pub mod world;
