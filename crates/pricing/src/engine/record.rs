//! What a quote tells only to those who ask: who took what off which line, and why others gave nothing. As numbers, until it is told.

use super::state::Discount;
use crate::{
    LineDiscount, Missed, Text,
    book::{Directory, Promotion},
    hash::Feed,
    list::Tell,
    sort,
    time::Instant,
    trace::Reason,
};
use std::sync::{Arc, OnceLock};

/// All that was noted of a cart's promotions.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) directory: Arc<Directory>,
    /// When the cart was priced.
    pub(super) at: Instant,
    /// How many lines the cart has, shipping among them.
    pub(super) lines: usize,
    /// The shares in lines, in the order of application.
    pub(super) shares: Vec<Discount>,
    /// The places of the shares by lines, once somebody asks: where those of each line begin, and the places.
    pub(super) by_line: OnceLock<(Vec<u32>, Vec<u32>)>,
    /// Those that had their turn and gave nothing, and why.
    pub(super) missed: Vec<(usize, Reason)>,
    /// Those whose schedule does not run, some more than once.
    pub(super) idle: Vec<u32>,
}

impl Record {
    /// True if there is no promotion that gave nothing.
    pub(super) fn nothing_missed(&self) -> bool {
        self.missed.is_empty() && self.idle.is_empty()
    }

    /// The shares in a line, in the order of application.
    fn of_line(&self, line: usize) -> impl ExactSizeIterator<Item = &Discount> {
        let (starts, places) = self.by_line.get_or_init(|| by_line(self.lines, &self.shares));
        let places = &places[starts[line] as usize..starts[line + 1] as usize];
        places.iter().map(|&place| &self.shares[place as usize])
    }

    /// In the order of ids: those that had their turn, and those that rest.
    fn untold(&self) -> Vec<(usize, Option<&Reason>)> {
        let idle = self.idle.iter().map(|&one| (one as usize, None));
        let mut all: Vec<(usize, Option<&Reason>)> =
            self.missed.iter().map(|(one, reason)| (*one, Some(reason))).chain(idle).collect();
        sort::by_key(&mut all, |(one, _)| self.directory.rank(*one));
        all.dedup_by_key(|(one, _)| *one);
        all
    }
}

/// Sorts the places of shares by line, and keeps their order within a line.
fn by_line(lines: usize, shares: &[Discount]) -> (Vec<u32>, Vec<u32>) {
    // Counted one line further on, so that when all are placed each start is where the line before it ends.
    let (mut starts, mut places) = (vec![0; lines + 2], vec![0; shares.len()]);
    shares.iter().for_each(|share| starts[share.line as usize + 2] += 1);
    (2..starts.len()).for_each(|line| starts[line] += starts[line - 1]);
    for (share, place) in shares.iter().zip(0..) {
        let next = &mut starts[share.line as usize + 1];
        places[*next as usize] = place;
        *next += 1;
    }
    (starts, places)
}

impl Tell<LineDiscount> for Record {
    fn tell(&self, line: usize) -> Vec<LineDiscount> {
        let told = |one: &Discount| LineDiscount {
            promotion: self.directory.promotion(one.promotion as usize).id.clone(),
            amount: one.amount,
            units: one.units,
        };
        self.of_line(line).map(told).collect()
    }

    fn feed(&self, line: usize, feed: &mut Feed) {
        let shares = self.of_line(line);
        feed.count(shares.len());
        for one in shares {
            let id = self.directory.promotion(one.promotion as usize).id.as_str();
            feed.and(id).numbers([one.amount, one.units]);
        }
    }
}

impl Tell<Missed> for Record {
    fn tell(&self, _: usize) -> Vec<Missed> {
        let told = |(one, reason): (usize, Option<&Reason>)| {
            let promotion = self.directory.promotion(one);
            let reason = reason.cloned().unwrap_or_else(|| off_schedule(promotion, self.at));
            Missed { promotion: promotion.id.clone(), name: name(promotion), coupon: promotion.coupon.clone(), reason }
        };
        self.untold().into_iter().map(told).collect()
    }

    /// Why others gave nothing is no promise.
    fn feed(&self, _: usize, _: &mut Feed) {}
}

/// Most promotions that come in hundreds have no name, and nothing is copied for them.
pub(super) fn name(promotion: &Promotion) -> Text {
    if promotion.name.is_empty() { Text::default() } else { promotion.name.clone() }
}

/// Why a promotion gives nothing whose schedule does not run.
pub(super) fn off_schedule(promotion: &Promotion, at: Instant) -> Reason {
    match promotion.starts {
        Some(starts) if at < starts => Reason::NotStarted { starts },
        _ => Reason::Ended { ended: promotion.ends.unwrap_or_default() },
    }
}
