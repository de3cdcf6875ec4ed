//! Payment providers behind [`services::payments::Gateway`]: Stripe, WeChat Pay (API v3) and Alipay.
//!
//! Each is a thin client of the documented HTTP interface. Whatever is not a clear answer (a timeout, a server error, a signature that does not hold)
//! is [`services::payments::GatewayError::Unknown`]: nothing is taken for a failure that may have been done.

pub mod alipay;
mod config;
mod http;
mod keys;
pub mod stripe;
pub mod wechat;

pub use config::from_environment;
pub use keys::{PlatformKey, private_key, public_key};

/// Why a gateway can't be set up: what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SetupError(pub String);
