//! What a quote tells only to those who ask: who took what off which line, and why others gave nothing. As numbers, until it is told.

use super::{
    apply::Below,
    sheet::{BLOCK, Sheet},
    state::Discount,
};
use crate::{
    LineDiscount, Missed, MissedView, ShareView, Text,
    book::{Directory, Promotion},
    list::Tell,
    quote_hash, sort,
    time::Instant,
    trace::Reason,
};
use std::{
    mem::ManuallyDrop,
    sync::{Arc, OnceLock},
};

/// All that was noted of a cart's promotions.
#[derive(Debug)]
pub struct Record {
    pub(super) directory: Arc<Directory>,
    /// When the cart was priced.
    pub(super) at: Instant,
    /// How many lines the cart has, shipping among them.
    pub(super) lines: usize,
    /// The single shares in lines, in the order of application.
    pub(super) shares: Vec<Discount>,
    /// The shares of promotions on all goods.
    pub(super) sheet: Sheet,
    /// What the shares of each line are hashed to; behind the lines as many more as make blocks.
    pub(super) digests: Vec<u64>,
    /// The places of the shares by lines, once somebody asks: where those of each line begin, and the places.
    pub(super) by_line: OnceLock<(Vec<u32>, Vec<u32>)>,
    /// Those that had their turn and gave nothing, and why.
    pub(super) missed: Vec<(usize, Reason)>,
    /// Those for which all goods were worth too little.
    pub(super) below: Vec<Below>,
    /// Those whose schedule does not run, some more than once.
    pub(super) idle: Vec<u32>,
}

impl Record {
    /// True if nothing was taken off any line.
    pub(super) fn nothing_given(&self) -> bool {
        self.shares.is_empty() && self.sheet.rows().next().is_none()
    }

    /// True if there is no promotion that gave nothing.
    pub(super) fn nothing_missed(&self) -> bool {
        self.missed.is_empty() && self.below.is_empty() && self.idle.is_empty()
    }

    /// Shows the shares in a line, in the order of application: the single ones, and between them those of promotions on all goods.
    #[inline]
    fn of_line(&self, line: usize, mut see: impl FnMut(ShareView<'_>)) {
        let (starts, places) = self.by_line.get_or_init(|| {
            sort::by_group(self.lines, &self.shares.iter().map(|share| share.line).collect::<Vec<u32>>())
        });
        let mut singles = places[starts[line] as usize..starts[line + 1] as usize].iter();
        let ids = self.directory.ids();
        let mut tell = |promotion: u32, amount, units| {
            see(ShareView { promotion: &ids[promotion as usize], amount, units });
        };
        let mut told = 0;
        loop {
            let single = singles.next();
            let upto = single.map_or(usize::MAX, |&place| self.sheet.rows_before(place));
            self.sheet.of_line(line, told..upto, |row, amount, units| tell(row.promotion, amount, units));
            let Some(&place) = single else { return };
            let one = &self.shares[place as usize];
            tell(one.promotion, one.amount, one.units);
            told = upto;
        }
    }

    /// Shows the promotions that gave nothing, in the order of ids: those that had their turn, and those that rest.
    #[inline]
    fn untold(&self, mut see: impl FnMut(usize, &Reason)) {
        let missed = self.missed.iter().map(|missed| missed.0);
        let idle = self.idle.iter().map(|&one| one as usize);
        let all = self.below.iter().map(|below| below.promotion).chain(missed).chain(idle);
        let mut ones = Vec::with_capacity(self.below.len() + self.missed.len() + self.idle.len());
        all.for_each(|one| ones.push((self.directory.rank(one), ones.len() as u32)));
        let mut last = None;
        for (rank, at) in sort::by_number(ones) {
            // Some rest more than once.
            if last.replace(rank) == Some(rank) {
                continue;
            }
            let at = at as usize;
            if let Some(below) = self.below.get(at) {
                // Nothing is to be given back.
                see(below.promotion, &ManuallyDrop::new(below.reason()));
            } else if let Some((one, reason)) = self.missed.get(at - self.below.len()) {
                see(*one, reason);
            } else {
                let one = self.idle[at - self.below.len() - self.missed.len()] as usize;
                see(one, &off_schedule(self.directory.promotion(one), self.at));
            }
        }
    }
}

/// What the shares of each of so many lines are hashed to, in the order of application.
pub(super) fn digests(directory: &Directory, lines: usize, shares: &[Discount], sheet: &Sheet) -> Vec<u64> {
    let mut digests = vec![0; lines.next_multiple_of(BLOCK)];
    let mut done = 0;
    let mut singles = |before: usize, digests: &mut [u64]| {
        for one in &shares[done..before] {
            let digest = &mut digests[one.line as usize];
            *digest = quote_hash::share(*digest, directory.hash(one.promotion as usize), one.amount, one.units);
        }
        done = before;
    };
    for (row, amounts) in sheet.rows() {
        singles(row.after as usize, &mut digests);
        let hash = directory.hash(row.promotion as usize);
        fold_row(&mut digests, hash, amounts, &sheet.quantities);
    }
    singles(shares.len(), &mut digests);
    digests
}

/// The digests of lines with what a promotion took off each. Apart, since it is what is done most often.
#[inline(never)]
fn fold_row(digests: &mut [u64], promotion: u64, amounts: &[u32], units: &[i64]) {
    let (digests, _) = digests.as_chunks_mut::<BLOCK>();
    let (amounts, units) = (amounts.as_chunks().0, units.as_chunks().0);
    for ((digests, amounts), units) in digests.iter_mut().zip(amounts).zip(units) {
        for ((digest, &amount), &units) in digests.iter_mut().zip::<&[u32; BLOCK]>(amounts).zip::<&[i64; BLOCK]>(units)
        {
            if amount > 0 {
                *digest = quote_hash::share(*digest, promotion, amount.into(), units);
            }
        }
    }
}

impl Tell<LineDiscount> for Record {
    fn tell(&self, line: usize) -> Vec<LineDiscount> {
        let mut told = Vec::new();
        self.of_line(line, |one: ShareView<'_>| {
            told.push(LineDiscount { promotion: one.promotion.clone(), amount: one.amount, units: one.units });
        });
        told
    }

    #[inline]
    fn visit(&self, line: usize, see: impl FnMut(ShareView<'_>)) {
        self.of_line(line, see);
    }

    fn digest(&self, line: usize) -> u64 {
        self.digests[line]
    }
}

impl Tell<Missed> for Record {
    fn tell(&self, _: usize) -> Vec<Missed> {
        let mut told = Vec::with_capacity(self.below.len() + self.missed.len());
        Tell::<Missed>::visit(self, 0, |one: MissedView<'_>| {
            let name = if one.name.is_empty() { Text::default() } else { one.name.clone() };
            let (promotion, coupon, reason) = (one.promotion.clone(), one.coupon.cloned(), one.reason.clone());
            told.push(Missed { promotion, name, coupon, reason });
        });
        told
    }

    #[inline]
    fn visit(&self, _: usize, mut see: impl FnMut(MissedView<'_>)) {
        self.untold(|one, reason| {
            let Promotion { id: promotion, name, coupon, .. } = self.directory.promotion(one);
            see(MissedView { promotion, name, coupon: coupon.as_ref(), reason });
        });
    }

    /// Why others gave nothing is no promise.
    fn digest(&self, _: usize) -> u64 {
        0
    }
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
