//! What every request may use.

use crate::assets::Site;
use crate::limits::Limits;
use jiff::tz::TimeZone;
use pricing::Instant;
use services::Services;
use std::ops::Deref;
use std::sync::Arc;
use url::Url;

/// What every request may use; cloning is cheap.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// The one copy behind all [`AppState`]s.
pub struct Shared {
    /// The use cases.
    pub services: Services,
    /// The built browser files.
    pub site: Site,
    /// Counters against too many requests.
    pub limits: Limits,
    /// The address under which shoppers reach the shop.
    pub public_url: Url,
    /// How many proxies in front append to X-Forwarded-For.
    pub trusted_proxies: usize,
    /// True if pages may show pictures of other sites, as imported catalogues have them.
    pub remote_images: bool,
    /// The shop's own clock.
    pub time_zone: TimeZone,
}

impl AppState {
    /// Shares `shared`.
    #[must_use]
    pub fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Shared {
    /// True if shoppers come over https; then cookies are secure and browsers are told to stay with https.
    #[must_use]
    pub fn https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// Minutes by which the shop's own clock is ahead of UTC at `instant`.
    #[must_use]
    pub fn utc_offset_minutes(&self, instant: Instant) -> i32 {
        offset_minutes(&self.time_zone, instant)
    }
}

/// Minutes by which a time zone's clock is ahead of UTC at `instant`.
#[must_use]
pub fn offset_minutes(zone: &TimeZone, instant: Instant) -> i32 {
    let at = jiff::Timestamp::from_millisecond(instant.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    zone.to_offset(at).seconds() / 60
}
