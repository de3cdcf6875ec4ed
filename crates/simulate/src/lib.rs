//! Shoppers, clerks, a payment provider that fails and servers that are killed, with an auditor that compares the books after every step.
//!
//! Everything goes over HTTP to real servers (`concord serve`) on a real database. What is done is drawn from a seed before it begins ([`op`]); the auditor
//! ([`audit`]) looks into the database and remembers by itself what was promised to whom.

pub mod act;
pub mod audit;
pub mod checkout;
pub mod cluster;
pub mod crash;
pub mod database;
pub mod fill;
pub mod flash;
pub mod load;
pub mod op;
pub mod pay;
pub mod person;
pub mod provider;
pub mod run;
pub mod shrink;
pub mod stage;
pub mod standby;
pub mod times;
pub mod world;
