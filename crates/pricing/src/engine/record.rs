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
    /// The shares by lines, once somebody asks: where those of each line begin, and the shares.
    pub(super) by_line: OnceLock<(Vec<usize>, Vec<Discount>)>,
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
    fn of_line(&self, line: usize) -> &[Discount] {
        let (starts, shares) = self.by_line.get_or_init(|| by_line(self.lines, &self.shares));
        &shares[starts[line]..starts[line + 1]]
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

/// Sorts shares by line, and keeps their order within a line.
fn by_line(lines: usize, shares: &[Discount]) -> (Vec<usize>, Vec<Discount>) {
    let mut starts = vec![0; lines + 1];
    shares.iter().for_each(|share| starts[share.line as usize + 1] += 1);
    (0..lines).for_each(|line| starts[line + 1] += starts[line]);
    let (mut next, mut sorted) = (starts.clone(), shares.to_vec());
    for share in shares {
        let place = &mut next[share.line as usize];
        sorted[*place] = *share;
        *place += 1;
    }
    (starts, sorted)
}

impl Tell<LineDiscount> for Record {
    fn tell(&self, line: usize) -> Vec<LineDiscount> {
        let told = |one: &Discount| LineDiscount {
            promotion: self.directory.promotion(one.promotion as usize).id.clone(),
            amount: one.amount,
            units: one.units,
        };
        self.of_line(line).iter().map(told).collect()
    }

    fn feed(&self, line: usize, feed: &mut Feed) {
        feed.list(self.of_line(line), |one, feed| {
            let id = self.directory.promotion(one.promotion as usize).id.as_str();
            feed.and(id).and(&one.amount).and(&one.units);
        });
    }
}

impl Tell<Missed> for Record {
    fn tell(&self, _: usize) -> Vec<Missed> {
        let told = |(one, reason): (usize, Option<&Reason>)| {
            let promotion = self.directory.promotion(one);
            let reason = reason.cloned().unwrap_or_else(|| off_schedule(promotion, self.at));
            Missed {
                promotion: promotion.id.clone(),
                name: name(promotion),
                coupon: promotion.coupon.clone(),
                reason,
            }
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
