//! The use cases of Concord: load, ask the pure core, commit in one transaction. Pages and API call the same methods.

mod error;
mod ports;
mod secret;
mod skeleton;
mod who;

pub use error::{Result, ServiceError, Shortage, Thing};
pub use ports::{Clock, LogMessages, Messages, SystemClock};
pub use skeleton::*;
pub use who::Who;

/// An error of any kind, for the log.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
