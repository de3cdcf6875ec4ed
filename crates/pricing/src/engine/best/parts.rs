//! Independent components: promotions of the classes price and product that share lines, directly or through others. What happens in one component
//! changes nothing in another, so each is searched by itself.

use super::open::Candidate;
use crate::{CompiledBook, book::Matcher, engine::State};
use std::rc::Rc;

/// Lines, and the candidates that look at them or take from them.
#[derive(Debug, Default)]
pub(super) struct Part<'b> {
    /// By their place in the cart. Those that take no discount may be in several components.
    pub(super) lines: Vec<usize>,
    pub(super) candidates: Vec<Candidate<'b>>,
}

/// The lines that a candidate may look at or take from, apart from those that take no discount, which nothing changes.
#[derive(Debug)]
pub(super) struct Touched {
    open: Vec<usize>,
    fixed: Vec<usize>,
}

/// The lines of each candidate, so that they are looked for once.
#[inline]
pub(super) fn touch(book: &CompiledBook, state: &State, candidates: &mut [Candidate]) {
    candidates.iter_mut().for_each(|one| one.lines = Some(Rc::new(find(book, state, one))));
}

#[inline]
fn lines_of(book: &CompiledBook, state: &State, one: &Candidate) -> Rc<Touched> {
    one.lines.clone().unwrap_or_else(|| Rc::new(find(book, state, one)))
}

#[inline]
fn find(book: &CompiledBook, state: &State, one: &Candidate) -> Touched {
    let ready = &book.promotions[one.promotion];
    let mut touched = vec![false; state.lines.len()];
    let mut see = |of: &Matcher| {
        state.lines.iter().zip(&mut touched).for_each(|(line, touched)| *touched |= of.could_match(line));
    };
    ready.effect.looks_at(&mut see);
    one.asks.iter().for_each(|&at| ready.conditions[at].looks_at(&mut see));
    let lines = (0..state.lines.len()).filter(|&at| touched[at]);
    let (open, fixed) = lines.partition(|&at| state.lines[at].discountable);
    Touched { open, fixed }
}

/// The lines on which several candidates take units into sets.
#[inline]
pub(super) fn contested<'c, 'b: 'c>(
    book: &CompiledBook,
    state: &State,
    candidates: impl Iterator<Item = &'c Candidate<'b>>,
) -> Vec<bool> {
    let mut takers = vec![0; state.lines.len()];
    for one in candidates.filter(|one| book.promotions[one.promotion].effect.takes()) {
        lines_of(book, state, one).open.iter().for_each(|&line| takers[line] += 1);
    }
    takers.iter().map(|takers| *takers > 1).collect()
}

/// Joins the lines of each candidate that is no link, and of those that bar one another: each line's leader.
#[inline]
fn joined(
    book: &CompiledBook,
    candidates: &[Candidate],
    lines: &[Rc<Touched>],
    is_link: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let count = lines.iter().flat_map(|lines| &lines.open).max().map_or(0, |last| last + 1);
    let mut leads: Vec<usize> = (0..count).collect();
    for (_, of_one) in lines.iter().enumerate().filter(|(at, _)| !is_link(*at)) {
        of_one.open.iter().for_each(|&line| join(&mut leads, of_one.open[0], line));
    }
    for (at, one) in candidates.iter().enumerate() {
        let rivals = candidates[..at].iter().zip(lines);
        let rivals = rivals.filter(|(other, lines)| !lines.open.is_empty() && one.bars(book, other));
        for (_, others) in rivals {
            if let Some(&line) = lines[at].open.first() {
                join(&mut leads, others.open[0], line);
            }
        }
    }
    leads
}

/// How many components there are where the candidates at some places are links.
#[inline]
pub(super) fn count(book: &CompiledBook, state: &State, candidates: &[Candidate], links: &[usize]) -> usize {
    let lines: Vec<Rc<Touched>> = candidates.iter().map(|one| lines_of(book, state, one)).collect();
    let leads = joined(book, candidates, &lines, |at| links.contains(&at));
    let others = lines.iter().enumerate().filter(|(at, _)| !links.contains(at));
    let mut found: Vec<usize> = others.filter_map(|(_, of)| Some(lead(&leads, *of.open.first()?))).collect();
    crate::sort::by(&mut found, Ord::cmp);
    found.dedup();
    found.len()
}

/// Splits the candidates, which are all of the classes price and product. A link is part of every component whose lines it touches; lines that only links
/// touch are a component of their own.
#[inline]
pub(super) fn split<'b>(book: &'b CompiledBook, state: &State, candidates: Vec<Candidate<'b>>) -> Vec<Part<'b>> {
    let lines: Vec<Rc<Touched>> = candidates.iter().map(|one| lines_of(book, state, one)).collect();
    let leads = joined(book, &candidates, &lines, |at| candidates[at].link.is_some());
    let mut parts: Vec<Part> = Vec::new();
    // By the leader of their lines; the last is that of lines that only links touch.
    let mut part_of: Vec<Option<usize>> = vec![None; leads.len() + 1];
    for (one, of_one) in candidates.iter().zip(&lines).filter(|(one, _)| one.link.is_none()) {
        // A candidate without lines has nothing to take from.
        let Some(&first) = of_one.open.first() else { continue };
        let part = *part_of[lead(&leads, first)].get_or_insert_with(|| {
            parts.push(Part::default());
            parts.len() - 1
        });
        parts[part].candidates.push(one.clone());
        parts[part].lines.extend(&of_one.fixed);
    }
    for line in 0..leads.len() {
        let of_links = || candidates.iter().zip(&lines).any(|(one, of)| one.link.is_some() && of.open.contains(&line));
        let place = lead(&leads, line);
        let place = if part_of[place].is_none() && of_links() { leads.len() } else { place };
        if place == leads.len() && part_of[place].is_none() {
            part_of[place] = Some(parts.len());
            parts.push(Part::default());
        }
        if let Some(part) = part_of[place].filter(|_| state.lines[line].discountable) {
            parts[part].lines.push(line);
        }
    }
    for (one, of_one) in candidates.into_iter().zip(&lines).filter(|(one, _)| one.link.is_some()) {
        for part in parts.iter_mut().filter(|part| of_one.open.iter().any(|line| part.lines.contains(line))) {
            part.candidates.push(one.clone());
        }
    }
    for part in &mut parts {
        crate::sort::by_key(&mut part.candidates, |one| (one.class, one.link));
        crate::sort::by_key(&mut part.lines, |line| *line);
        part.lines.dedup();
    }
    parts
}

#[inline]
fn lead(leads: &[usize], mut line: usize) -> usize {
    while leads[line] != line {
        line = leads[line];
    }
    line
}

/// The smaller place leads, so that the order of candidates means nothing.
#[inline]
fn join(leads: &mut [usize], one: usize, other: usize) {
    let (one, other) = (lead(leads, one), lead(leads, other));
    leads[one.max(other)] = one.min(other);
}

impl Part<'_> {
    /// The place of a promotion among the links.
    #[inline]
    pub(super) fn link(&self, promotion: usize) -> Option<usize> {
        self.candidates.iter().find(|one| one.promotion == promotion)?.link
    }

    /// What tells the component from others of the same cart: the candidates, and which of them are links; links stand in their order.
    #[inline]
    pub(super) fn key(&self) -> Vec<(usize, bool)> {
        self.candidates.iter().map(|one| (one.promotion, one.link.is_some())).collect()
    }

    /// The class of the first turn.
    #[inline]
    pub(super) fn first_class(&self) -> usize {
        self.candidates.first().map_or(0, |one| one.class)
    }

    /// The cart as if it had only these lines.
    #[inline]
    pub(super) fn state<'a>(&self, of: &State<'a>) -> State<'a> {
        State {
            lines: self.lines.iter().map(|&at| of.lines[at].clone()).collect(),
            shipping: of.shipping.clone(),
            context: of.context,
            multiplier: of.multiplier,
            gifts: Vec::new(),
            discounts: Vec::new(),
        }
    }
}
