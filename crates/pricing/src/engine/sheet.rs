//! What promotions on all goods took off them, a row for each promotion and a column for each line. Where many promotions look at nothing but what all
//! goods cost together, a row is all that is written; lines and units pay at the end, or when somebody is about to look at them.

use super::{
    shares::take,
    state::{Line, State},
};
use money::{Overflow, allocate_small};
use std::ops::Range;

/// What promotions on all goods took off.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// How many units each line has; none those behind the lines.
    pub(super) quantities: Vec<i64>,
    /// What each line costs after the last row; nothing for those that take no discount. Behind the lines are as many more as make blocks, of no weight.
    weights: Vec<u32>,
    /// What the lines cost together, in minor units.
    sum: u32,
    /// How many units those have that take a discount.
    pub(super) units: i64,
    /// The state of the cart in which the weights are right.
    right: Option<u32>,
    /// True if what rows took off is not paid yet.
    owing: bool,
    /// The promotions, in the order of application.
    rows: Vec<Row>,
    /// What each row takes off each column, one row after another.
    amounts: Vec<u32>,
    /// Of no meaning between rows.
    rests: Vec<u32>,
}

/// A promotion that took something off all goods.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) promotion: u32,
    /// How many single discounts stand before it.
    pub(super) after: u32,
}

/// Rows and amounts for which room is made at once, so that sheets that become long need not grow often.
const ROWS_USUAL: usize = 128;
const AMOUNTS_USUAL: usize = 8192;
/// Rows are as long as a number of these, which processors work on at once.
pub(super) const BLOCK: usize = 8;

impl Sheet {
    /// True if the goods are for this sheet: not where amounts have more than 31 bits, lines have floors, or units of a line differ, which asks for more
    /// care.
    pub(super) fn is_ready(&mut self, state: &State) -> bool {
        self.right == Some(state.lines.changes()) || self.begin(state)
    }

    /// Reads what lines cost now.
    fn begin(&mut self, state: &State) -> bool {
        let meant = || state.lines.iter().filter(|line| line.discountable);
        let width = state.lines.len().next_multiple_of(BLOCK);
        if self.quantities.is_empty() {
            self.quantities.extend(state.lines.iter().map(|line| line.quantity));
            self.quantities.resize(width, 0);
            self.units = meant().map(|line| line.quantity).sum();
            self.amounts.reserve((ROWS_USUAL * width).min(AMOUNTS_USUAL).max(width));
        }
        let small = |amount: i64| u32::try_from(amount).ok().filter(|amount| amount >> 31 == 0);
        let sum = small(state.lines.sums().discountable.current);
        self.sum = sum.unwrap_or(0);
        self.weights.clear();
        // No line costs more than all together.
        let weight = |line: &Line| if line.discountable { small(line.total()).unwrap_or(0) } else { 0 };
        self.weights.extend(state.lines.iter().map(weight));
        self.weights.resize(width, 0);
        let fit = sum.is_some() && meant().all(|line| line.floor == 0 && line.is_even());
        self.right = fit.then(|| state.lines.changes());
        fit
    }

    /// Takes an amount that is no more than all goods cost off them, in the name of a promotion. The sheet is ready.
    pub(super) fn take(&mut self, state: &mut State, promotion: usize, amount: i64) {
        let small =
            |number: usize| u32::try_from(number).expect("neither promotions nor discounts are four thousand million");
        self.rows.push(Row { promotion: small(promotion), after: small(state.discounts.len()) });
        let start = self.amounts.len();
        self.amounts.resize(start + self.weights.len(), 0);
        let row = &mut self.amounts[start..];
        let amount = u32::try_from(amount).unwrap_or(self.sum).min(self.sum);
        allocate_small(amount, self.sum, &self.weights, row, &mut self.rests);
        self.weights.iter_mut().zip(row).for_each(|(weight, amount)| *weight -= *amount);
        self.sum -= amount;
        let (_, mut sums) = state.lines.changing();
        sums.iter_mut().for_each(|sums| sums.fall(amount.into(), true, false));
        self.right = Some(state.lines.changes());
        self.owing = true;
    }

    /// Has lines and units pay what the rows took off.
    pub(super) fn settle(&mut self, state: &mut State) -> Result<(), Overflow> {
        if !std::mem::take(&mut self.owing) {
            return Ok(());
        }
        let lines = state.lines.paying();
        for (line, &weight) in lines.iter_mut().zip(&self.weights).filter(|(line, _)| line.discountable) {
            let owed = line.total() - i64::from(weight);
            if owed > 0 {
                take(line, owed)?;
            }
        }
        Ok(())
    }

    /// The rows, and what each took off each column.
    pub(super) fn rows(&self) -> impl Iterator<Item = (Row, &[u32])> {
        self.rows.iter().copied().zip(self.amounts.chunks_exact(self.weights.len().max(1)))
    }

    /// How many rows stand before a single discount.
    pub(super) fn rows_before(&self, single: u32) -> usize {
        self.rows.partition_point(|row| row.after <= single)
    }

    /// Shows those of some rows that took something off a line, how much, and off how many units.
    #[inline]
    pub(super) fn of_line(&self, line: usize, some: Range<usize>, mut see: impl FnMut(&Row, i64, i64)) {
        let Some(&units) = self.quantities.get(line) else { return };
        let rows = &self.rows[some.start..some.end.min(self.rows.len())];
        let width = self.weights.len();
        for (row, amounts) in rows.iter().zip(self.amounts[some.start * width..].chunks_exact(width)) {
            if amounts[line] > 0 {
                see(row, amounts[line].into(), units);
            }
        }
    }
}
