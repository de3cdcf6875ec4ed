//! Goods of an order by the place that gives them: what stock allocates becomes fulfilments, line by line.

use crate::stock::{Allocated, Need};
use ids::{FulfilmentId, LineId, OrderNumber, PlaceId, Sku};
use orders::{Stage, Way};
use pricing::{Instant, Quote};
use storage::fulfilments::{FulfilmentLine, FulfilmentRow};
use wire::Delivery;

/// Units of an order's line, or of a gift, that somebody has to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The cart's line, or the promotion of a gift.
    pub(crate) line: String,
    pub(crate) sku: Sku,
    pub(crate) quantity: i64,
    pub(crate) gift: bool,
}

impl From<&FulfilmentLine> for Wanted {
    fn from(line: &FulfilmentLine) -> Self {
        Self { line: line.line.clone(), sku: line.sku.clone(), quantity: line.quantity, gift: line.gift }
    }
}

/// All that a quote promises: its lines, then its gifts.
pub(crate) fn wanted(quote: &Quote) -> Vec<Wanted> {
    let goods = quote.lines.iter().map(|line| (line.id.to_string(), &line.sku, line.quantity, false));
    let gifts = quote.gifts.iter().map(|gift| (gift.promotion.to_string(), &gift.sku, gift.quantity, true));
    let all = goods.chain(gifts);
    all.map(|(line, sku, quantity, gift)| Wanted { line, sku: sku.clone(), quantity, gift }).collect()
}

/// What stock is asked for: each wanted line under its own name.
pub(crate) fn needs(wanted: &[Wanted]) -> Vec<Need> {
    let need = |(at, one): (usize, &Wanted)| Need {
        line: name(at),
        sku: one.sku.clone(),
        quantity: one.quantity,
        gift: one.gift,
    };
    wanted.iter().enumerate().map(need).collect()
}

/// What a wanted line is called while its goods are looked for: lines and gifts of an order may have the same id.
fn name(at: usize) -> LineId {
    LineId::new(format!("{at:05}")).expect("digits are an id")
}

/// A fulfilment for each place that gives something. A gift that is brought to the store from elsewhere is sent along with nothing to pay.
pub(crate) fn fulfilments(
    order: &OrderNumber,
    delivery: &Delivery,
    wanted: &[Wanted],
    allocated: &Allocated,
    now: Instant,
) -> Vec<FulfilmentRow> {
    let mut parts: Vec<FulfilmentRow> = Vec::new();
    for from in &allocated.places {
        for given in &from.lines {
            let Some(one) = (0..wanted.len()).find(|at| name(*at) == given.line).map(|at| &wanted[at]) else {
                continue;
            };
            let (line, quantity) = (one.line.clone(), given.quantity);
            let line = FulfilmentLine { line, sku: one.sku.clone(), quantity, gift: one.gift };
            part_of(&mut parts, order, &from.place, delivery, now).lines.push(line);
        }
    }
    parts.sort_by(|a, b| a.place.cmp(&b.place));
    parts
}

fn part_of<'p>(
    parts: &'p mut Vec<FulfilmentRow>,
    order: &OrderNumber,
    place: &PlaceId,
    delivery: &Delivery,
    now: Instant,
) -> &'p mut FulfilmentRow {
    let at = parts.iter().position(|part| part.place == *place).unwrap_or_else(|| {
        parts.push(FulfilmentRow {
            id: FulfilmentId::new(storage::new_id()).expect("a UUID is an id"),
            order: order.clone(),
            place: place.clone(),
            way: match delivery {
                Delivery::PickUp { store } if store == place => Way::PickUp,
                _ => Way::Ship,
            },
            stage: Stage::Allocated,
            created_at: now,
            changed_at: now,
            expires_at: None,
            code_hash: None,
            carrier: None,
            tracking: None,
            collected_by: None,
            reason: None,
            lines: Vec::new(),
        });
        parts.len() - 1
    });
    &mut parts[at]
}
