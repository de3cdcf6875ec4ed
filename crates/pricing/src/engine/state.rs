//! What a cart looks like while promotions are applied to it.

use super::{
    lines::Lines,
    plan::{Cut, Plan},
};
use crate::{
    book::{Base, Matcher},
    engine::Circumstances,
};
use ids::{LineId, Sku};
use money::Ratio;
use smallvec::SmallVec;

/// A cart in work: its lines sorted by id, and its shipping.
#[derive(Clone, Debug)]
pub(crate) struct State<'a> {
    pub(crate) lines: Lines<'a>,
    pub(crate) shipping: Option<Shipping<'a>>,
    pub(crate) context: Circumstances<'a>,
    /// The largest points multiplier so far.
    pub(crate) multiplier: Ratio,
    /// Gifts so far, each with the promotion that gives it.
    pub(crate) gifts: Vec<(usize, Sku, i64)>,
    /// What was taken off lines and shipping so far, in the order of application.
    pub(crate) discounts: Vec<Discount>,
}

/// A line in work.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    pub(crate) id: &'a LineId,
    pub(crate) sku_id: &'a Sku,
    pub(crate) sku: u32,
    pub(crate) category: u32,
    pub(crate) brand: u32,
    pub(crate) tags: &'a [u32],
    pub(crate) list: i64,
    pub(crate) quantity: i64,
    pub(crate) discountable: bool,
    /// No benefit brings one unit below this.
    pub(crate) floor: i64,
    pub(crate) tax: Ratio,
    /// True once a price-class promotion has lowered it.
    pub(crate) lowered: bool,
    pub(crate) runs: Runs,
    /// What all units cost now: the sum over the runs, so that it need not be added up.
    pub(super) worth: i64,
}

/// The runs of a line. Most lines have one, and it takes no memory of its own: states are copied often.
pub(crate) type Runs = SmallVec<[Run; 2]>;

/// Equal units of a line that stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) count: i64,
    pub(crate) shelf: i64,
    pub(crate) current: i64,
    /// True if the units belong to a set.
    pub(crate) taken: bool,
}

/// Shipping in work.
#[derive(Clone, Debug)]
pub(crate) struct Shipping<'a> {
    pub(crate) method: Option<&'a str>,
    pub(crate) price: i64,
    pub(crate) current: i64,
    pub(crate) tax: Ratio,
}

/// A promotion's share in a line or in shipping.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Discount {
    /// The line's place; shipping stands after the lines.
    pub(crate) line: u32,
    /// The promotion's place in the compiled book.
    pub(crate) promotion: u32,
    pub(crate) amount: i64,
    pub(crate) units: i64,
}

// A search copies states all the time, and the runs are copied as a whole and not one by one.
impl Clone for Line<'_> {
    fn clone(&self) -> Self {
        Self { runs: Runs::from_slice(&self.runs), ..*self }
    }
}

impl Run {
    /// One unit's price of that kind.
    pub(crate) fn price(&self, line: &Line, kind: Base) -> i64 {
        match kind {
            Base::Current => self.current,
            Base::Shelf => self.shelf,
            Base::List => line.list,
        }
    }

    /// The most that may still be taken off one unit.
    pub(crate) fn room(&self, line: &Line) -> i64 {
        (self.current - line.floor).max(0)
    }
}

impl Line<'_> {
    /// What all units cost by that kind of price.
    pub(crate) fn value(&self, kind: Base) -> i64 {
        match kind {
            Base::Current => self.worth,
            Base::Shelf => self.runs.iter().map(|run| run.count * run.shelf).sum(),
            Base::List => self.list * self.quantity,
        }
    }

    /// What all units cost now.
    pub(crate) fn total(&self) -> i64 {
        self.worth
    }

    /// True if the units cost the same, or those up to some unit one minor unit less than the others.
    pub(super) fn is_even(&self) -> bool {
        match &*self.runs {
            [_] => true,
            [first, last] => first.current + 1 == last.current && first.same_but_for_price(last),
            _ => false,
        }
    }

    /// The most that may still be taken off all units.
    pub(super) fn room(&self) -> i64 {
        if self.floor == 0 { self.worth } else { self.runs.iter().map(|run| run.count * run.room(self)).sum() }
    }
}

impl State<'_> {
    /// The runs that match, with their lines; lines that take no discount are counted too.
    pub(crate) fn units<'s>(&'s self, of: &'s Matcher) -> impl Iterator<Item = (&'s Line<'s>, &'s Run)> {
        let lines = self.lines.named(of).map(|at| &self.lines[at]);
        let runs = lines.flat_map(|line| line.runs.iter().map(move |run| (line, run)));
        runs.filter(|(line, run)| of.matches(line, run))
    }

    /// True if a unit matches; one that takes no discount counts, too.
    pub(crate) fn has(&self, of: &Matcher) -> bool {
        let certain = self.lines.are_all_named(of);
        let matches = |at: usize| {
            let line = &self.lines[at];
            certain || line.runs.iter().any(|run| of.matches(line, run))
        };
        self.lines.any_named(of, matches)
    }

    /// What the units that match cost, by that kind of price; lines that take no discount are counted too.
    pub(crate) fn value(&self, of: &Matcher, kind: Base) -> i64 {
        match of {
            Matcher::All => self.lines.sums().all.of(kind),
            Matcher::Where(_) => self.units(of).map(|(line, run)| run.price(line, kind) * run.count).sum(),
        }
    }

    /// What all goods cost now.
    pub(crate) fn goods(&self) -> i64 {
        self.lines.sums().all.current
    }

    /// Takes the plan's amounts off the goods; `record` is shown the place of each line that became cheaper, by how much, and by which cuts.
    fn take_off(&mut self, plan: &Plan, price_class: bool, mut record: impl FnMut(usize, i64, &[Cut])) {
        let (lines, mut sums) = self.lines.changing();
        for cuts in plan.cuts.chunk_by(|a, b| a.line == b.line) {
            let line = &mut lines[cuts[0].line];
            let amount = cuts.iter().map(|cut| cut.off * cut.count).sum();
            cut_runs(&mut line.runs, cuts, price_class);
            line.worth -= amount;
            if amount > 0 {
                line.lowered |= price_class;
                record(cuts[0].line, amount, cuts);
                sums.iter_mut().for_each(|sums| sums.fall(amount, line.discountable, price_class));
            }
        }
    }

    /// Takes the plan's amounts off and keeps no record of it.
    pub(crate) fn commit_unrecorded(&mut self, plan: &Plan, price_class: bool) {
        self.take_off(plan, price_class, |_, _, _| {});
        if let Some(shipping) = &mut self.shipping {
            shipping.current -= plan.shipping;
        }
    }

    /// Takes the plan's amounts off, in the name of a promotion; the price class also lowers the shelf price.
    pub(crate) fn commit(&mut self, promotion: usize, plan: Plan, price_class: bool) {
        let mut discounts = std::mem::take(&mut self.discounts);
        let mut share = |line, amount, units| discounts.push(Discount::new(line, promotion, amount, units));
        self.take_off(&plan, price_class, |line, amount, cuts| {
            share(line, amount, cuts.iter().map(|cut| cut.count).sum());
        });
        if let Some(shipping) = self.shipping.as_mut().filter(|_| plan.shipping > 0) {
            shipping.current -= plan.shipping;
            share(self.lines.len(), plan.shipping, 1);
        }
        self.discounts = discounts;
        if let Some((sku, quantity)) = plan.gift {
            self.gifts.push((promotion, sku, quantity));
        }
        if let Some(multiplier) = plan.multiplier {
            self.multiplier = multiplier;
        }
    }
}

impl Discount {
    pub(super) fn new(line: usize, promotion: usize, amount: i64, units: i64) -> Self {
        let small =
            |place: usize| u32::try_from(place).expect("neither lines nor promotions are four thousand million");
        Self { line: small(line), promotion: small(promotion), amount, units }
    }
}

impl Run {
    /// True if the units of both are the same.
    fn equals(&self, other: &Self) -> bool {
        self.current == other.current && self.same_but_for_price(other)
    }

    /// True if the units of both are the same but for what they cost now.
    pub(super) fn same_but_for_price(&self, other: &Self) -> bool {
        self.shelf == other.shelf && self.taken == other.taken
    }

    /// One of the units after the cut.
    fn after(&self, cut: &Cut, price_class: bool) -> Self {
        let current = self.current - cut.off;
        let shelf = if price_class { current } else { self.shelf };
        Self { count: cut.count, shelf, current, taken: self.taken || cut.take }
    }
}

/// Makes the cuts; neighbours that became equal are one run. Where each cut takes a whole run, as most do, the runs stay where they are.
fn cut_runs(runs: &mut Runs, cuts: &[Cut], price_class: bool) {
    let apart = cuts.windows(2).all(|pair| pair[0].run < pair[1].run);
    if !apart || cuts.iter().any(|cut| cut.count != runs[cut.run].count) {
        *runs = cut_up(runs, cuts, price_class);
        return;
    }
    for cut in cuts {
        runs[cut.run] = runs[cut.run].after(cut, price_class);
    }
    join(runs);
}

/// Makes neighbours that are equal one run.
pub(super) fn join(runs: &mut Runs) {
    runs.dedup_by(|next, run| {
        let equal = run.equals(next);
        run.count += if equal { next.count } else { 0 };
        equal
    });
}

/// Appends a run, to the last one if that is equal.
fn push(runs: &mut Runs, run: Run) {
    match runs.last_mut() {
        _ if run.count == 0 => {}
        Some(last) if last.equals(&run) => last.count += run.count,
        _ => runs.push(run),
    }
}

/// The runs after cuts that split some of them.
fn cut_up(runs: &[Run], cuts: &[Cut], price_class: bool) -> Runs {
    let mut cut_up = Runs::new();
    let mut cuts = cuts.iter().peekable();
    for (at, run) in runs.iter().enumerate() {
        let mut rest = run.count;
        while let Some(cut) = cuts.next_if(|cut| cut.run == at) {
            push(&mut cut_up, run.after(cut, price_class));
            rest -= cut.count;
        }
        push(&mut cut_up, Run { count: rest, ..*run });
    }
    cut_up
}
