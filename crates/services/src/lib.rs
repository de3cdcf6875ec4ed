//! The use cases of Concord: load, ask the pure core, commit in one transaction. Pages and API call the same methods.

mod active;
mod book;
mod catalog;
mod context;
mod copy;
mod error;
mod held;
mod import;
mod jobs;
mod members;
mod messages;
mod open;
mod orders;
pub mod payments;
mod permissions;
mod ports;
mod privacy;
mod secret;
mod setup;
mod shop;
mod staff;
mod stock;
mod who;
mod windows;

pub use book::{Activated, Deed, Published, Version};
pub use catalog::LabelArt;
pub use copy::{Copied, copy_database};
pub use error::{Result, ServiceError, Shortage, Thing};
pub use held::{FixedKeys, HeldProblem, KeyRing, KeyRingError, KeyStore};
pub use import::{Change, DemoFiles, Fault, ImportPlan, ImportReport, PlanItem, Tally};
pub use members::{CodeExport, FoundSession, LedgerProof, SessionToken, SignedIn};
pub use messages::{Envelope, Notice, Recipient, Relayed};
pub use open::{Services, ServicesConfig};
pub use orders::{Differing, OrderRecord, Repriced};
pub use permissions::{Permission, Role, Staff};
pub use ports::{
    Booked, Carrier, Clock, LogMessages, MessageWay, Messages, OwnCarrier, Parcel, Reach, SendError, SystemClock,
};
pub use privacy::{Field, Need, Sight, sight};
pub use staff::StaffSignedIn;
pub use stock::StockProblem;
pub use storage::books::{Activation, ActivationKind, BookRow, Cancelled};
pub use vault::{DataKeys, FixedDataKeys, Ring as DataKeyRing, RingError as DataKeyRingError};
pub use who::Who;

/// An error of any kind, for the log.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
