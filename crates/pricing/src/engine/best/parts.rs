//! Independent components: promotions of the classes price and product that share lines, directly or through others. What happens in one component
//! changes nothing in another, so each is searched by itself.

use super::open::Candidate;
use crate::{CompiledBook, book::Matcher, engine::State};

/// Lines, and the candidates that look at them or take from them.
#[derive(Debug, Default)]
pub(super) struct Part<'b> {
    /// By their place in the cart. Those that take no discount may be in several components.
    pub(super) lines: Vec<usize>,
    pub(super) candidates: Vec<Candidate<'b>>,
}

/// The lines that a candidate may look at or take from, apart from those that take no discount, which nothing changes.
struct Touched {
    open: Vec<usize>,
    fixed: Vec<usize>,
}

fn lines_of(book: &CompiledBook, state: &State, one: &Candidate) -> Touched {
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

/// Splits the candidates, which are all of the classes price and product.
pub(super) fn split<'b>(book: &'b CompiledBook, state: &State, candidates: Vec<Candidate<'b>>) -> Vec<Part<'b>> {
    let lines: Vec<Touched> = candidates.iter().map(|one| lines_of(book, state, one)).collect();
    let mut leads: Vec<usize> = (0..state.lines.len()).collect();
    for of_one in &lines {
        of_one.open.iter().for_each(|&line| join(&mut leads, of_one.open[0], line));
    }
    for (at, one) in candidates.iter().enumerate() {
        let rivals = candidates[..at].iter().zip(&lines);
        let rivals = rivals.filter(|(other, lines)| !lines.open.is_empty() && one.bars(book, other));
        for (_, others) in rivals {
            if let Some(&line) = lines[at].open.first() {
                join(&mut leads, others.open[0], line);
            }
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut part_of: Vec<Option<usize>> = vec![None; state.lines.len()];
    for (one, of_one) in candidates.into_iter().zip(&lines) {
        // A candidate without lines has nothing to take from.
        let Some(&first) = of_one.open.first() else { continue };
        let part = *part_of[lead(&leads, first)].get_or_insert_with(|| {
            parts.push(Part::default());
            parts.len() - 1
        });
        parts[part].candidates.push(one);
        parts[part].lines.extend(&of_one.fixed);
    }
    for line in (0..state.lines.len()).filter(|&line| state.lines[line].discountable) {
        if let Some(part) = part_of[lead(&leads, line)] {
            parts[part].lines.push(line);
        }
    }
    for part in &mut parts {
        crate::sort::by_key(&mut part.lines, |line| *line);
        part.lines.dedup();
    }
    parts
}

fn lead(leads: &[usize], mut line: usize) -> usize {
    while leads[line] != line {
        line = leads[line];
    }
    line
}

/// The smaller place leads, so that the order of candidates means nothing.
fn join(leads: &mut [usize], one: usize, other: usize) {
    let (one, other) = (lead(leads, one), lead(leads, other));
    leads[one.max(other)] = one.min(other);
}

impl Part<'_> {
    /// The cart as if it had only these lines.
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
