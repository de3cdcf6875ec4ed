//! The use cases of Concord: load, ask the pure core, commit in one transaction. Pages and API call the same methods.

mod active;
mod book;
mod catalog;
mod context;
mod error;
mod held;
mod import;
mod members;
mod open;
mod orders;
mod ports;
mod secret;
mod setup;
mod shop;
mod who;
mod windows;

pub use book::{Activated, Deed, Published, Version};
pub use catalog::LabelArt;
pub use error::{Result, ServiceError, Shortage, Thing};
pub use held::{FixedKeys, HeldProblem, KeyRing, KeyRingError, KeyStore};
pub use import::{Change, DemoFiles, Fault, ImportPlan, ImportReport, PlanItem, Tally};
pub use members::{FoundSession, SessionToken, SignedIn};
pub use open::{Services, ServicesConfig};
pub use orders::{Differing, OrderRecord, Repriced};
pub use ports::{Clock, LogMessages, Messages, SystemClock};
pub use storage::books::{Activation, ActivationKind, BookRow, Cancelled};
pub use who::Who;

/// An error of any kind, for the log.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
