//! A percentage of matched units, and a new price for each: shared by several rules.

use super::{Terms, target::Goal};
use crate::{
    book::{Base, Class, Scope},
    engine::{Cut, Match, Plan, Shares, State, by_line, push_share, room, spread_in_line, value},
};
use money::{Overflow, Part, Ratio, allocate, allocate_alone};

/// What one unit is taken off, for each matched unit by itself, limited to its room.
pub(crate) fn per_unit(
    state: &State,
    matches: &[Match],
    take: bool,
    off: impl Fn(&Match) -> Result<i64, Overflow>,
) -> Result<Plan, Overflow> {
    let cuts = Vec::with_capacity(matches.len());
    let mut plan = Plan { base: value(state, matches), cuts, ..Plan::default() };
    for one in matches {
        let (line, run) = one.parts(state);
        let wanted = off(one)?;
        let off = wanted.clamp(0, run.room(line));
        plan.floored |= wanted.min(run.current) > off;
        plan.cuts.push(Cut { line: one.line, run: one.run, count: one.count, off, take });
    }
    Ok(plan)
}

/// A percentage of the base of the matched units, rounded as the book says and limited to their room.
pub(crate) fn percent(
    state: &State,
    matches: &[Match],
    percent: Ratio,
    terms: &Terms,
    take: bool,
) -> Result<Plan, Overflow> {
    let mode = terms.rounder.mode;
    let unit = |one: &Match| {
        let (line, run) = one.parts(state);
        percent.of(run.price(line, terms.base), mode)
    };
    match terms.rounder.scope {
        _ if terms.class == Class::Price => per_unit(state, matches, take, unit),
        Scope::Unit => per_unit(state, matches, take, unit),
        Scope::Line => by_lines(state, matches, take, |base| percent.of(base, mode), terms),
        Scope::Document => {
            let bases: Vec<i64> = by_line(matches).map(|line| base_of(state, line, terms)).collect();
            let mut shares = allocate(percent.of(bases.iter().sum(), mode)?, &bases)?.into_iter();
            by_lines(state, matches, take, |_| Ok(shares.next().unwrap_or(0)), terms)
        }
    }
}

/// What [`percent`] takes off each line, where it is rounded by line: so much less work than to spread it over units, which the search asks for often.
pub(crate) fn percent_by_line(
    state: &State,
    matches: &[Match],
    percent: Ratio,
    terms: &Terms,
) -> Result<Option<Vec<(usize, i64)>>, Overflow> {
    if terms.class == Class::Price || terms.rounder.scope != Scope::Line {
        return Ok(None);
    }
    let mut each = Vec::with_capacity(matches.len());
    for line in by_line(matches) {
        let off = percent.of(base_of(state, line, terms), terms.rounder.mode)?.min(room(state, line));
        each.push((line[0].line, off));
    }
    Ok(Some(each))
}

/// [`percent`] of whole lines.
pub(crate) fn percent_shares(
    state: &State,
    goal: &Goal,
    percent: Ratio,
    terms: &Terms,
    shares: &mut Shares,
) -> Result<bool, Overflow> {
    let by_units = terms.class == Class::Price || terms.rounder.scope == Scope::Unit;
    if by_units || !goal.whole_lines(state, shares) {
        return Ok(false);
    }
    let sum = shares.weigh(state, terms.base);
    let mode = terms.rounder.mode;
    if terms.rounder.scope == Scope::Document {
        shares.together(state, percent.of(sum, mode)?, sum)?;
    } else {
        shares.each(state, |base| percent.of(base, mode))?;
    }
    Ok(true)
}

/// An amount off whole lines together, which `off` works out of what they cost; what [`spread`](crate::engine::spread) would take off them.
pub(crate) fn amount_shares(
    state: &State,
    goal: &Goal,
    terms: &Terms,
    shares: &mut Shares,
    off: impl FnOnce(i64) -> i64,
) -> Result<bool, Overflow> {
    // What finds no room above a floor is taken off other lines, which takes more care.
    if terms.class == Class::Price || !goal.whole_lines(state, shares) || shares.floors {
        return Ok(false);
    }
    let sum = shares.weigh(state, Base::Current);
    shares.together(state, off(sum).min(sum), sum)?;
    Ok(true)
}

/// What a percentage takes off one unit at the most: half a minor unit may come of rounding, and a whole one of spreading. Where it is rounded by line
/// or document, what finds no room in one unit is taken off another, so only what is free altogether is limited to the unit's own room.
#[inline]
pub(crate) fn most_of_unit(state: &State, one: &Match, percent: Ratio, terms: &Terms) -> i64 {
    let (line, run) = one.parts(state);
    if percent.numerator() == percent.denominator() {
        return run.price(line, terms.base).min(run.room(line));
    }
    let share = i128::from(run.price(line, terms.base)) * i128::from(percent.numerator());
    let share = i64::try_from(share / i128::from(percent.denominator()) + 2).unwrap_or(i64::MAX);
    let alone = terms.rounder.scope == Scope::Unit || terms.class == Class::Price;
    if alone { share.min(run.room(line)) } else { share }
}

/// The matched units' value in the promotion's base.
pub(crate) fn base_of(state: &State, matches: &[Match], terms: &Terms) -> i64 {
    matches.iter().map(|one| one.value(state, terms.base)).sum()
}

fn by_lines(
    state: &State,
    matches: &[Match],
    take: bool,
    mut off: impl FnMut(i64) -> Result<i64, Overflow>,
    terms: &Terms,
) -> Result<Plan, Overflow> {
    let mut plan = Plan { cuts: Vec::with_capacity(matches.len() + matches.len() / 2), ..Plan::default() };
    for line in by_line(matches) {
        if let [only] = line {
            // Most lines have one run, of which all is read at once.
            let (of, run) = only.parts(state);
            let (wanted, value) = (off(only.count * run.price(of, terms.base))?, only.count * run.current);
            let part = Part { count: only.count, weight: run.current, cap: run.room(of) };
            let amount = wanted.min(part.count * part.cap);
            plan.base += value;
            plan.floored |= wanted.min(value) > amount;
            let cut = Cut { line: only.line, run: only.run, count: only.count, off: 0, take };
            push_share(&mut plan.cuts, cut, allocate_alone(amount, part));
            continue;
        }
        let (wanted, value) = (off(base_of(state, line, terms))?, value(state, line));
        let amount = wanted.min(room(state, line));
        plan.base += value;
        plan.floored |= wanted.min(value) > amount;
        spread_in_line(state, line, amount, take, &mut plan.cuts)?;
    }
    Ok(plan)
}

/// Scope document with shipping as one more line: all is rounded once and spread back. Returns the plan of the lines and shipping's share.
pub(crate) fn document_total(
    state: &State,
    matches: &[Match],
    percent: Ratio,
    shipping: i64,
    terms: &Terms,
) -> Result<(Plan, i64), Overflow> {
    let mut bases: Vec<i64> = by_line(matches).map(|line| base_of(state, line, terms)).collect();
    bases.push(shipping);
    let shares = allocate(percent.of(bases.iter().sum(), terms.rounder.mode)?, &bases)?;
    let mut lines = shares.iter().copied();
    let plan = by_lines(state, matches, false, |_| Ok(lines.next().unwrap_or(0)), terms)?;
    Ok((plan, shares.last().copied().unwrap_or(0)))
}
