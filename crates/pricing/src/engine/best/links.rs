//! Promotions that would join components which are otherwise independent, such as a markdown of last season's goods in every department. What such
//! a promotion does to a line depends on that line alone, so each component can be searched by itself once it is settled whether it is applied at all
//! and which of several comes first.

use super::{
    Step,
    open::Candidate,
    parts::{self, Part},
};
use crate::{
    CompiledBook,
    book::{Class, Combine, Scope},
    engine::{Plan, State},
};
use money::Overflow;

/// More ways to settle it than these are not tried.
const MODES_MAX: usize = 12;
/// Fewer candidates than this are searched together.
const CANDIDATES_MIN: usize = 3;

/// What is settled: which of the links are applied, in which order, by their place in the list of candidates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mode(Vec<usize>);

/// The candidates that are treated so, by their place in the list.
#[inline]
pub(super) fn links(book: &CompiledBook, state: &State, list: &[Candidate]) -> Result<Vec<usize>, Overflow> {
    let mut links: Vec<usize> = Vec::new();
    if list.len() < CANDIDATES_MIN {
        return Ok(links);
    }
    let mut count = parts::count(book, state, list, &links);
    for at in 0..list.len() {
        if !may_link(book, state, list, at)? {
            continue;
        }
        links.push(at);
        let parts = parts::count(book, state, list, &links);
        if parts > count && modes(list, &links).len() <= MODES_MAX {
            count = parts;
        } else {
            links.pop();
        }
    }
    Ok(links)
}

/// True if it does to each line what depends on that line alone, asks for nothing that may change, and bars nothing.
#[inline]
fn may_link(book: &CompiledBook, state: &State, list: &[Candidate], at: usize) -> Result<bool, Overflow> {
    let one = &list[at];
    let ready = &book.promotions[one.promotion];
    let apart = ready.terms.class == Class::Price || book.rounder.scope != Scope::Document;
    let free = one.asks.is_empty() && one.coupon.is_none() && one.group.is_none() && ready.combine == Combine::Stack;
    if !apart || !free || !ready.effect.is_plain() || ready.effect.moves() {
        return Ok(false);
    }
    let all = ready.effect.most(state, &ready.terms)?.total();
    let barred = list.iter().enumerate().any(|(other, of)| other != at && (one.bars(book, of) || of.bars(book, one)));
    Ok(!barred && one.allowed >= all && !ready.effect.manner(state, &ready.terms)?.spreads)
}

/// Every choice of the links, and every order of those of a class; all of them in their own order first.
#[inline]
pub(super) fn modes(list: &[Candidate], links: &[usize]) -> Vec<Mode> {
    let mut modes = vec![Mode::default()];
    for &link in links {
        let mut more = Vec::new();
        for mode in &modes {
            let same = |at: &usize| list[*at].class == list[link].class;
            let (first, last) = (mode.0.iter().position(same), mode.0.iter().rposition(same));
            let end = last.map_or(mode.0.len(), |last| last + 1);
            for place in (first.unwrap_or(end)..=end).rev() {
                let mut order = mode.0.clone();
                order.insert(place, link);
                more.push(Mode(order));
            }
        }
        more.append(&mut modes);
        modes = more;
    }
    modes
}

impl Mode {
    /// The candidates with the links that are applied marked, and without the others.
    #[inline]
    pub(super) fn apply<'b>(&self, list: &[Candidate<'b>], links: &[usize]) -> Vec<Candidate<'b>> {
        let place = |at: usize| self.0.iter().position(|one| *one == at);
        let kept = list.iter().enumerate().filter(|(at, _)| !links.contains(at) || place(*at).is_some());
        kept.map(|(at, one)| Candidate { link: place(at), ..one.clone() }).collect()
    }
}

impl Mode {
    /// What all goods are worth where nothing but the links is applied.
    #[inline]
    pub(super) fn worth(&self, book: &CompiledBook, state: &State, list: &[Candidate]) -> Result<i64, Overflow> {
        let mut state = state.clone();
        for one in self.0.iter().map(|&at| &list[at]) {
            let ready = &book.promotions[one.promotion];
            let plan = ready.effect.plan(&state, &ready.terms)?;
            state.commit_unrecorded(&plan, ready.terms.class == Class::Price);
        }
        Ok(state.goods())
    }
}

/// The steps of all components as steps of the whole cart: each link is one step, at which every component has come so far.
#[inline]
pub(super) fn merge(book: &CompiledBook, ways: &[(&Part, &[Step])]) -> Vec<Step> {
    let mut rest: Vec<(&Part, &[Step])> = ways.to_vec();
    let mut merged = Vec::new();
    for class in [Class::Price, Class::Product] {
        loop {
            let mut next: Option<(usize, Step)> = None;
            for (part, steps) in &mut rest {
                let in_class = |step: &&Step| book.promotions[step.promotion].terms.class == class;
                while let Some(step) = steps.first().filter(in_class).filter(|step| part.link(step.promotion).is_none())
                {
                    merged.push(moved(step, &part.lines));
                    *steps = &steps[1..];
                }
                let link = steps.first().filter(in_class).and_then(|step| Some((part.link(step.promotion)?, step)));
                match (link, &mut next) {
                    (Some((order, step)), Some((least, _))) if order < *least => {
                        next = Some((order, Step { promotion: step.promotion, plan: Plan::default() }));
                    }
                    (Some((order, step)), None) => {
                        next = Some((order, Step { promotion: step.promotion, plan: Plan::default() }));
                    }
                    _ => {}
                }
            }
            let Some((_, mut joint)) = next else { break };
            for (part, steps) in &mut rest {
                if let Some(step) = steps.first().filter(|step| step.promotion == joint.promotion) {
                    joint.plan.join(moved(step, &part.lines).plan);
                    *steps = &steps[1..];
                }
            }
            merged.push(joint);
        }
    }
    merged
}

/// A step of a component as a step of the whole cart.
#[inline]
fn moved(step: &Step, lines: &[usize]) -> Step {
    let mut step = step.clone();
    step.plan.cuts.iter_mut().for_each(|cut| cut.line = lines[cut.line]);
    step
}
