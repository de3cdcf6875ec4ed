//! Orders as their readers see them: each as much as is theirs.

use super::{refund, words};
use crate::{Permission, Result, ServiceError, Services, Thing, Who, members::phone};
use ids::OrderNumber;
use money::{Currency, Locale};
use orders::{Change, Event, Level, Stage, may_change};
use pricing::{Text, returns::Refund};
use storage::{
    fulfilments::{self, FulfilmentRow},
    order_events::{self, EventRow},
    orders::{self as rows, OrderRow},
    payments::{self, PaymentRow},
    returns::{self, ReturnRow},
    staff::{self, StaffRow},
};
use wire::{Contact, Delivery, Fulfilment, FulfilmentGoods, MayDo, Order, ReturnReceipt, TimelineEntry};

/// True if the asker may see the order: its member, or the session of the guest who placed it.
pub(crate) fn may_see(who: &Who, order: &OrderRow) -> bool {
    match &order.member {
        Some(member) => who.member.as_ref() == Some(member),
        None => order.session.is_some() && order.session == who.session_text(),
    }
}

/// Amounts in words.
pub(crate) fn money(currency: Currency) -> impl Fn(i64) -> Text + Sync {
    let say = move |amount: i64, locale: Locale| money::format_amount(amount, currency, locale);
    move |amount| Text::new(say(amount, Locale::Zh), say(amount, Locale::En))
}

/// The contact with its telephone masked.
pub(crate) fn masked(row: &OrderRow) -> Contact {
    Contact { phone: phone::masked(&row.contact.phone), ..row.contact.clone() }
}

/// A fulfilment for the API; the code of a pick-up only for who may collect.
pub(crate) fn fulfilment(services: &Services, part: &FulfilmentRow, with_code: bool) -> Fulfilment {
    let waits = part.stage == Stage::Ready;
    Fulfilment {
        id: part.id.clone(),
        place: part.place.clone(),
        way: part.way.word().to_owned(),
        stage: part.stage.word().to_owned(),
        changed_at: part.changed_at,
        lines: part
            .lines
            .iter()
            .map(|line| FulfilmentGoods {
                line: line.line.clone(),
                sku: line.sku.clone(),
                quantity: line.quantity,
                gift: line.gift,
            })
            .collect(),
        ready_until: part.expires_at.filter(|_| waits),
        code: (waits && with_code).then(|| super::pick_up::code(services, &part.id)),
        carrier: part.carrier.clone(),
        tracking: part.tracking.clone(),
    }
}

/// A refund whose parts are called by the tender that was paid with: the books call them by the payment.
pub(crate) fn by_tender(mut refund: Refund, payments: &[PaymentRow]) -> Refund {
    for part in &mut refund.tenders {
        if let Some(row) = payments.iter().find(|row| row.id.as_str() == part.name) {
            part.name.clone_from(&row.tender);
        }
    }
    refund
}

/// The receipt of a return for the API.
pub(crate) fn receipt(row: ReturnRow, payments: &[PaymentRow], money: &dyn Fn(i64) -> Text) -> ReturnReceipt {
    ReturnReceipt {
        id: Some(row.id),
        order: row.order,
        kind: row.kind,
        at: row.at,
        place: row.place,
        reason: row.reason,
        reasons: refund::reasons(&row.refund, (row.withheld_points, row.withheld_minor), money),
        withheld: row.withheld_minor,
        refund: by_tender(row.refund, payments),
        goods: row.goods,
    }
}

fn kind(event: &Event) -> String {
    match serde_json::to_value(event).ok().and_then(|value| Some(value.get("event")?.as_str()?.to_owned())) {
        Some(word) => word,
        None => "other".to_owned(),
    }
}

impl Services {
    /// An order of the asker's.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is none, or it is somebody else's: both look the same.
    pub async fn order(&self, who: &Who, number: &OrderNumber) -> Result<Order> {
        if who.staff.is_some() && who.require(Permission::OrderSee).is_ok() {
            return self.staff_order(who, number).await;
        }
        let row = rows::by_number(self.db(), number).await?.filter(|row| may_see(who, row));
        let row = row.ok_or(ServiceError::NotFound(Thing::Order))?;
        self.whole(row, Level::Shopper).await
    }

    /// The order that the asker has just made or changed: who writes an order sees nothing new in it, so no look is written down.
    pub(super) async fn order_made(&self, who: &Who, number: &OrderNumber) -> Result<Order> {
        if who.staff.is_some() && who.require(Permission::OrderSee).is_ok() {
            return Ok(self.order_for(who, number).await?.0);
        }
        self.order(who, number).await
    }

    /// An order with all that became of it, as much as `level` may read.
    pub(super) async fn whole(&self, row: OrderRow, level: Level) -> Result<Order> {
        let number = row.number.clone();
        let items = rows::items(self.db(), &number).await?;
        let parts = fulfilments::of_order(self.db(), &number).await?;
        let events = order_events::of_order(self.db(), &number).await?;
        let back = returns::of_order(self.db(), &number).await?;
        let payments = payments::of_order(self.db(), &number).await?;
        let active = self.active().await?;
        let money = money(row.quote.currency);
        let place = |id: &ids::PlaceId| active.catalogue.place(id).map_or_else(Text::default, |one| one.name.clone());
        let people = if level > Level::Shopper { staff::all(self.db()).await? } else { Vec::new() };
        let hand_back = if level > Level::Shopper { self.to_hand_back(&number).await? } else { Vec::new() };
        let entry = |one: EventRow| timeline(with_words(one, &parts), level, &money, &place, &people);
        Ok(Order {
            status: rows::status(row.status),
            pay_by: row.pay_by,
            may: may(&row, &parts, &back, self.now().0 - row.placed_at.0),
            timeline: events.into_iter().filter_map(entry).collect(),
            returns: back.into_iter().map(|one| receipt(one, &payments, &money)).collect(),
            fulfilments: shown(self, &parts, level),
            hand_back,
            member: row.member.clone().filter(|_| level > Level::Shopper),
            contact: masked(&row),
            number: row.number,
            placed_at: row.placed_at,
            channel: row.channel,
            store: row.store,
            delivery: row.delivery,
            tender: row.cart.tender,
            exchange_of: row.exchange_of,
            quote: row.quote,
            items,
        })
    }
}

/// Shoppers do not see which places were asked in vain.
fn shown(services: &Services, parts: &[FulfilmentRow], level: Level) -> Vec<Fulfilment> {
    let theirs = |part: &&FulfilmentRow| level > Level::Shopper || part.stage != Stage::Refused;
    parts.iter().filter(theirs).map(|part| fulfilment(services, part, level == Level::Shopper)).collect()
}

/// What somebody said of goods is kept sealed with the goods, and put where it was said.
fn with_words(mut row: EventRow, parts: &[FulfilmentRow]) -> EventRow {
    if let Some((goods, why)) = row.event.words_of().filter(|(_, why)| why.is_empty()) {
        let said = parts.iter().find(|part| part.id == *goods).and_then(|part| part.reason.clone());
        *why = said.unwrap_or_default();
    }
    row
}

fn timeline(
    one: EventRow,
    level: Level,
    money: &dyn Fn(i64) -> Text,
    place: &dyn Fn(&ids::PlaceId) -> Text,
    people: &[StaffRow],
) -> Option<TimelineEntry> {
    let by_name = people.iter().find(|row| Some(row.id.as_str()) == one.actor.as_deref()).map(|row| row.name.clone());
    (one.event.level() <= level).then(|| TimelineEntry {
        at: one.at,
        kind: kind(&one.event),
        text: words::event(&one.event, money, place),
        by_name,
        by: (level > Level::Shopper).then(|| one.actor.filter(|_| one.actor_kind == "staff").unwrap_or(one.actor_kind)),
    })
}

/// What the shopper may still do.
fn may(row: &OrderRow, parts: &[FulfilmentRow], back: &[ReturnRow], since_placed: i64) -> MayDo {
    let stages: Vec<_> = parts.iter().map(|part| (part.way, part.stage)).collect();
    let arrived: i64 = parts
        .iter()
        .filter(|part| part.stage.has_arrived())
        .flat_map(|part| &part.lines)
        .map(|line| line.quantity)
        .sum();
    let returned: i64 = back
        .iter()
        .filter(|one| matches!(one.kind.as_str(), "return" | "exchange"))
        .flat_map(|one| &one.goods)
        .map(|one| one.units)
        .sum();
    MayDo {
        cancel: may_change(Change::Cancel, false, since_placed, &stages).is_ok(),
        change_address: matches!(row.delivery, Delivery::Ship { .. })
            && may_change(Change::Address, false, since_placed, &stages).is_ok(),
        bring_back: arrived > returned,
    }
}
