//! Counts what is back: units of each line of the quote and of each gift, never more than were bought or given.

use super::{ReturnError, ReturnedGift};
use crate::Quote;

/// Units of each line of the quote: those at the beginning and the ones listed.
pub(super) fn units(
    quote: &Quote,
    listed: impl Iterator<Item = (ids::LineId, i64)>,
    begin: Option<&[i64]>,
) -> Result<Vec<i64>, ReturnError> {
    let mut units = begin.map_or_else(|| vec![0; quote.lines.len()], <[i64]>::to_vec);
    for (id, more) in listed {
        let place = quote.lines.iter().position(|line| line.id == id);
        let place = place.ok_or_else(|| ReturnError::UnknownLine(id.clone()))?;
        add(&mut units[place], more, quote.lines[place].quantity, &|| format!("line {id}"))?;
    }
    Ok(units)
}

/// Units of each gift of the quote: those at the beginning and the ones listed.
pub(super) fn gifts(quote: &Quote, listed: &[ReturnedGift], begin: &[i64]) -> Result<Vec<i64>, ReturnError> {
    let mut units = begin.to_vec();
    for one in listed {
        let place = quote.gifts.iter().position(|gift| gift.promotion == one.promotion);
        let place = place.ok_or_else(|| ReturnError::UnknownGift(one.promotion.clone()))?;
        let of = || format!("gift of {}", one.promotion);
        add(&mut units[place], one.units, quote.gifts[place].quantity, &of)?;
    }
    Ok(units)
}

fn add(units: &mut i64, more: i64, bought: i64, of: &dyn Fn() -> String) -> Result<(), ReturnError> {
    if more < 1 {
        return Err(ReturnError::NoUnits(more));
    }
    let left = bought - *units;
    if more > left {
        return Err(ReturnError::TooManyUnits { of: of(), left, asked: more });
    }
    *units += more;
    Ok(())
}
