//! What promotions on all goods took off them, a row for each promotion and a column for each line. Where many promotions look at nothing but what all
//! goods cost together, a row is all that is written; lines and units pay at the end, or when somebody is about to look at them.

use super::{shares::take, state::State};
use money::{Overflow, allocate_small};

/// What promotions on all goods took off.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The lines that take a discount, a column each.
    pub(super) columns: Vec<Column>,
    /// What each line costs after the last row.
    weights: Vec<u32>,
    /// What the lines cost together, in minor units.
    sum: u32,
    /// How many units they have.
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

/// A line that takes a discount.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) line: u32,
    pub(super) units: i64,
}

/// A promotion that took something off all goods.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) promotion: u32,
    /// How many single discounts stand before it.
    pub(super) after: u32,
}

/// Room that is made for rows at once, so that sheets that become long need not grow often.
const ROWS_USUAL: usize = 16;

impl Sheet {
    /// True if the goods are for this sheet: not where amounts have more than 31 bits, lines have floors, or units of a line differ, which asks for more
    /// care.
    pub(super) fn is_ready(&mut self, state: &State) -> bool {
        self.right == Some(state.lines.changes()) || self.begin(state)
    }

    /// Reads what lines cost now.
    fn begin(&mut self, state: &State) -> bool {
        let meant = || state.lines.iter().zip(0..).filter(|(line, _)| line.discountable);
        if self.columns.is_empty() {
            self.columns.extend(meant().map(|(line, at)| Column { line: at, units: line.quantity }));
            self.units = self.columns.iter().map(|column| column.units).sum();
            self.amounts.reserve(ROWS_USUAL * self.columns.len());
        }
        let small = |amount: i64| u32::try_from(amount).ok().filter(|amount| amount >> 31 == 0);
        let sum = small(state.lines.sums().discountable.current);
        self.sum = sum.unwrap_or(0);
        self.weights.clear();
        self.weights.extend(meant().map_while(|(line, _)| small(line.total())));
        let fit = sum.is_some() && meant().all(|(line, _)| line.floor == 0 && line.is_even());
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
        for (column, &weight) in self.columns.iter().zip(&self.weights) {
            let line = &mut lines[column.line as usize];
            let owed = line.total() - i64::from(weight);
            if owed > 0 {
                take(line, owed)?;
            }
        }
        Ok(())
    }

    /// The rows, and what each took off each column.
    pub(super) fn rows(&self) -> impl Iterator<Item = (Row, &[u32])> {
        self.rows.iter().copied().zip(self.amounts.chunks_exact(self.columns.len().max(1)))
    }

    /// Shows the rows that took something off a line, how much, and off how many units.
    pub(super) fn of_line(&self, line: usize, mut see: impl FnMut(&Row, i64, i64)) {
        let Ok(at) = self.columns.binary_search_by_key(&line, |column| column.line as usize) else { return };
        let units = self.columns[at].units;
        for (row, amounts) in self.rows.iter().zip(self.amounts.chunks_exact(self.columns.len())) {
            if amounts[at] > 0 {
                see(row, amounts[at].into(), units);
            }
        }
    }
}
