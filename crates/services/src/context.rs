//! The circumstances of a quote, put together in one place for pages, quotes and orders alike.

use crate::{Result, ServiceError, Services, Who, active::Active, book, catalog::index::PlaceFacts};
use jiff::{Timestamp, tz::TimeZone};
use pricing::{Context, Instant, Member};
use storage::{members, usage};

/// The channels that take orders.
const CHANNELS: [&str; 3] = ["web", "kiosk", "till"];

impl Services {
    /// The circumstances of `who` at an instant: the member's facts and the counters of limited promotions, as they are now.
    pub(crate) async fn context(&self, who: &Who, active: &Active, at: Instant) -> Result<Context> {
        check_where(who, active)?;
        let member = match &who.member {
            Some(id) => members::by_id(self.db(), id).await?,
            None => None,
        };
        let member = member.map(|row| Member {
            id: Some(row.id),
            level: row.level,
            tags: row.tags,
            orders: row.orders,
            points: row.points,
            birthday_month: row.birthday_month,
        });
        let usage = usage::of(self.db(), &active.limited, who.member.as_ref()).await?;
        let store = who.store.as_ref().and_then(|store| active.catalogue.place_facts(store));
        Ok(Context {
            at,
            channel: who.channel.clone(),
            store: who.store.clone(),
            member,
            usage,
            region: store.map(|store| store.region.clone()).filter(|region| !region.is_empty()),
            utc_offset_minutes: offset_minutes(store.or(active.catalogue.places.first()), at),
            out_of_gifts: book::gifts_out(self.db(), &active.gifts).await?,
        })
    }
}

/// Minutes by which a place's clock is ahead of UTC; a zone that does not exist is UTC.
pub(crate) fn offset_minutes(place: Option<&PlaceFacts>, at: Instant) -> i32 {
    let zone = place.and_then(|place| TimeZone::get(&place.time_zone).ok()).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at.0).map_or(0, |at| zone.to_offset(at).seconds() / 60)
}

/// Refuses channels and stores that the shop does not have.
pub(crate) fn check_where(who: &Who, active: &Active) -> Result<()> {
    if !CHANNELS.contains(&who.channel.as_str()) {
        return Err(ServiceError::field("channel", "渠道只能是 web、kiosk 或 till", "a channel is web, kiosk or till"));
    }
    match &who.store {
        Some(store) if active.catalogue.place(store).is_none() => {
            Err(ServiceError::field("store", format!("没有门店 {store}"), format!("there is no store {store}")))
        }
        _ => Ok(()),
    }
}
