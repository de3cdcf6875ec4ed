//! Tax on what is left after discounts. Source of the rule: "Tax and tenders" of the conformance format.

use super::state::State;
use crate::book::{Rounder, Scope};
use money::{Overflow, Ratio, allocate};

/// The tax of each line, then of shipping.
pub(super) struct Taxes {
    pub(super) lines: Vec<i64>,
    pub(super) shipping: i64,
}

/// Computes tax per line (and shipping), per unit, or once per rate over the document.
pub(super) fn taxes(state: &State, rounder: Rounder, included: bool) -> Result<Taxes, Overflow> {
    let rate = |rate: Ratio| if included { rate.contained() } else { Ok(rate) };
    let shipping = state.shipping.as_ref();
    if rounder.scope == Scope::Document {
        return of_document(state, rounder, &rate);
    }
    let mut lines = Vec::with_capacity(state.lines.len());
    // Most lines of a cart have one rate, so it is worked out once.
    let mut last = (Ratio::ZERO, Ratio::ZERO);
    for line in &state.lines {
        if line.tax != last.0 {
            last = (line.tax, rate(line.tax)?);
        }
        let rate = last.1;
        if rate.is_zero() {
            lines.push(0);
            continue;
        }
        lines.push(match rounder.scope {
            Scope::Unit => {
                let of_run = |run: &super::Run| Ok(run.count * rate.of(run.current, rounder.mode)?);
                line.runs.iter().map(of_run).sum::<Result<i64, Overflow>>()?
            }
            _ => rate.of(line.total(), rounder.mode)?,
        });
    }
    let shipping = shipping.map_or(Ok(0), |one| rate(one.tax)?.of(one.current, rounder.mode))?;
    Ok(Taxes { lines, shipping })
}

/// Once per rate, then spread back in proportion to the unrounded parts, which within a rate is in proportion to the amounts.
fn of_document(
    state: &State,
    rounder: Rounder,
    rate: &dyn Fn(Ratio) -> Result<Ratio, Overflow>,
) -> Result<Taxes, Overflow> {
    let mut parts: Vec<(Ratio, i64)> = state.lines.iter().map(|line| (line.tax, line.total())).collect();
    parts.extend(state.shipping.as_ref().map(|one| (one.tax, one.current)));
    let mut taxes = vec![0; parts.len()];
    let mut rates: Vec<Ratio> = Vec::new();
    for (one, _) in &parts {
        if !rates.iter().any(|known| known.equals(*one)) {
            rates.push(*one);
        }
    }
    for one in rates {
        let amounts: Vec<i64> =
            parts.iter().map(|(other, amount)| if other.equals(one) { *amount } else { 0 }).collect();
        let total = rate(one)?.of(amounts.iter().sum(), rounder.mode)?;
        let shares = allocate(total, &amounts)?;
        taxes.iter_mut().zip(shares).for_each(|(tax, share)| *tax += share);
    }
    let shipping = if state.shipping.is_some() { taxes.pop().unwrap_or(0) } else { 0 };
    Ok(Taxes { lines: taxes, shipping })
}
