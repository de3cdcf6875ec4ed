//! Order numbers: the day in the shop's own zone, and letters that nobody can guess.

use crate::{Result, ServiceError, active::Active, secret};
use ids::OrderNumber;
use jiff::{Timestamp, tz::TimeZone};
use pricing::Instant;

/// Crockford's digits: none looks like another when it is read out or written down.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new number such as `C261122-7KQ4M9XW`: 40 bits of chance within a day.
pub(crate) fn new(active: &Active, at: Instant) -> Result<OrderNumber> {
    let place = active.catalogue.places.first();
    let zone = place.and_then(|place| TimeZone::get(&place.time_zone).ok()).unwrap_or(TimeZone::UTC);
    let time = Timestamp::from_millisecond(at.0).map_err(ServiceError::internal)?;
    let day = time.to_zoned(zone).strftime("%y%m%d").to_string();
    let letters: String =
        secret::random::<8>()?.iter().map(|byte| char::from(DIGITS[usize::from(byte % 32)])).collect();
    OrderNumber::new(format!("C{day}-{letters}")).map_err(ServiceError::internal)
}
