//! From where the goods of an order come: a pure choice from what there is.

use ids::{PlaceId, Sku};
use storage::stock::StockRow;
use wire::{Delivery, Place, PlaceKind};

/// Goods that an order needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) sku: Sku,
    pub(crate) quantity: i64,
    pub(crate) gift: bool,
}

/// Units to take from a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Take {
    pub(crate) sku: Sku,
    pub(crate) place: PlaceId,
    pub(crate) quantity: i64,
}

/// Goods of which there are too few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Short {
    pub(crate) need: Need,
    pub(crate) available: i64,
}

/// Places in the order in which goods are taken from them. What is shipped comes from the central warehouse, then the
/// regional ones, then the stores, each by id. What is picked up comes from that store; a gift may be brought there.
fn places<'a>(all: &[&'a Place], delivery: &'a Delivery, gift: bool) -> Vec<&'a PlaceId> {
    let mut shipping: Vec<&Place> = all.to_vec();
    let rank = |kind: PlaceKind| match kind {
        PlaceKind::Central => 0,
        PlaceKind::Regional => 1,
        PlaceKind::Store => 2,
    };
    shipping.sort_by(|a, b| rank(a.kind).cmp(&rank(b.kind)).then_with(|| a.id.cmp(&b.id)));
    let shipping = shipping.into_iter().map(|place| &place.id);
    match delivery {
        Delivery::Ship { .. } => shipping.collect(),
        Delivery::PickUp { store } if gift => {
            std::iter::once(store).chain(shipping.filter(|id| *id != store)).collect()
        }
        Delivery::PickUp { store } => vec![store],
    }
}

/// What to take from where, sorted by SKU and place; or everything that is short. Goods come before gifts.
pub(crate) fn source(
    needs: &[Need],
    stock: &[StockRow],
    all: &[&Place],
    delivery: &Delivery,
) -> Result<Vec<Take>, Vec<Short>> {
    let mut left: Vec<(&StockRow, i64)> = stock.iter().map(|row| (row, row.available())).collect();
    let mut needs: Vec<&Need> = needs.iter().collect();
    needs.sort_by_key(|need| need.gift);
    let (mut takes, mut shorts) = (Vec::<Take>::new(), Vec::new());
    for need in needs {
        let mut missing = need.quantity;
        for place in places(all, delivery, need.gift) {
            let row = left.iter_mut().find(|(row, _)| row.sku == need.sku && row.place == *place);
            let Some((_, available)) = row else { continue };
            let quantity = missing.min(*available);
            if quantity > 0 {
                *available -= quantity;
                missing -= quantity;
                takes.push(Take { sku: need.sku.clone(), place: place.clone(), quantity });
            }
        }
        if missing > 0 {
            shorts.push(Short { need: need.clone(), available: need.quantity - missing });
        }
    }
    // The same order in every transaction keeps two of them from waiting for each other.
    takes.sort_by(|a, b| a.sku.cmp(&b.sku).then_with(|| a.place.cmp(&b.place)));
    takes.dedup_by(|next, kept| {
        let same = next.sku == kept.sku && next.place == kept.place;
        kept.quantity += if same { next.quantity } else { 0 };
        same
    });
    if shorts.is_empty() { Ok(takes) } else { Err(shorts) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pricing::Text;
    use wire::Address;

    fn place(id: &str, kind: PlaceKind) -> Place {
        let (name, city, address, hours) = Default::default();
        let _: &Text = &name;
        Place { id: PlaceId::new(id).unwrap(), kind, name, city, address, hours, phone: String::new() }
    }

    fn row(place: &str, on_hand: i64) -> StockRow {
        let (sku, place) = (Sku::new("A").unwrap(), PlaceId::new(place).unwrap());
        StockRow { sku, place, on_hand, reserved: 0, safety: 1 }
    }

    fn need(quantity: i64, gift: bool) -> Need {
        Need { sku: Sku::new("A").unwrap(), quantity, gift }
    }

    /// Places with units, or what is short: whether it is a gift, and how many there were.
    type Sourced = Result<Vec<(String, i64)>, Vec<(bool, i64)>>;

    fn from(needs: &[Need], delivery: &Delivery) -> Sourced {
        let all = [
            place("z", PlaceKind::Central),
            place("w", PlaceKind::Regional),
            place("b", PlaceKind::Store),
            place("a", PlaceKind::Store),
        ];
        let stock = [row("z", 3), row("w", 2), row("b", 3), row("a", 3)];
        let takes = source(needs, &stock, &all.iter().collect::<Vec<_>>(), delivery);
        let takes = takes.map(|takes| takes.into_iter().map(|take| (take.place.to_string(), take.quantity)).collect());
        takes.map_err(|shorts| shorts.into_iter().map(|short| (short.need.gift, short.available)).collect())
    }

    #[test]
    fn goods_come_from_the_centre_first() {
        let ship = Delivery::Ship { address: Address::default() };
        let taken =
            |rows: &[(&str, i64)]| Ok(rows.iter().map(|(place, quantity)| ((*place).to_owned(), *quantity)).collect());
        assert_eq!(from(&[need(2, false)], &ship), taken(&[("z", 2)]));
        assert_eq!(from(&[need(4, false)], &ship), taken(&[("a", 1), ("w", 1), ("z", 2)]));
        assert_eq!(from(&[need(8, false)], &ship), Err(vec![(false, 7)]));
    }

    #[test]
    fn a_store_gives_what_it_has_and_gifts_may_be_brought() {
        let pick_up = Delivery::PickUp { store: PlaceId::new("b").unwrap() };
        assert_eq!(from(&[need(3, false)], &pick_up), Err(vec![(false, 2)]));
        assert_eq!(
            from(&[need(1, true), need(2, false)], &pick_up),
            Ok(vec![("b".to_owned(), 2), ("z".to_owned(), 1)])
        );
    }
}
