//! The server of Concord: pages, JSON API, pictures and the command line of the binary `concord`.

mod api;
mod assets;
pub mod cli;
mod client;
mod clock;
mod codes;
pub mod config;
mod csp;
mod data_keys;
mod demo_pay;
mod extract;
mod facts;
mod health;
mod held_keys;
mod key_file;
mod labels;
mod limits;
mod messages;
mod pages;
mod pictures;
mod problem;
mod redirects;
mod router;
mod secret;
mod session;
mod ssr;
mod start;
mod state;
mod telemetry;

pub use router::router;
pub use start::{Ports, open};
pub use state::AppState;
