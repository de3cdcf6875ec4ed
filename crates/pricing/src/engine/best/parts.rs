//! Independent components: promotions of the classes price and product that share lines, directly or through others. What happens in one component
//! changes nothing in another, so each is searched by itself.

use super::open::Candidate;
use crate::{
    CompiledBook,
    book::Matcher,
    engine::{Line, State},
};

/// Lines, and the candidates that look at them or take from them.
#[derive(Debug, Default)]
pub(super) struct Part<'b> {
    /// By their place in the cart.
    pub(super) lines: Vec<usize>,
    pub(super) candidates: Vec<Candidate<'b>>,
}

/// The lines that a candidate may look at or take from.
pub(super) fn lines_of(book: &CompiledBook, state: &State, one: &Candidate) -> Vec<usize> {
    let ready = &book.promotions[one.promotion];
    let mut touched = vec![false; state.lines.len()];
    let mut see = |of: &Matcher| {
        let meant = |line: &Line| line.discountable && of.could_match(line);
        state.lines.iter().zip(&mut touched).for_each(|(line, touched)| *touched |= meant(line));
    };
    ready.effect.looks_at(&mut see);
    one.asks.iter().for_each(|&at| ready.conditions[at].looks_at(&mut see));
    touched.iter().enumerate().filter(|(_, touched)| **touched).map(|(at, _)| at).collect()
}

/// Splits the candidates, which are all of the classes price and product.
pub(super) fn split<'b>(book: &'b CompiledBook, state: &State, candidates: Vec<Candidate<'b>>) -> Vec<Part<'b>> {
    let lines: Vec<Vec<usize>> = candidates.iter().map(|one| lines_of(book, state, one)).collect();
    let mut leads: Vec<usize> = (0..state.lines.len()).collect();
    for of_one in &lines {
        of_one.iter().for_each(|&line| join(&mut leads, of_one[0], line));
    }
    for (at, one) in candidates.iter().enumerate().filter(|(_, one)| one.group.is_some()) {
        let rivals = candidates[..at].iter().zip(&lines).filter(|(other, lines)| other.is_rival_of(one) && !lines.is_empty());
        if let (Some((_, others)), Some(&line)) = (rivals.last(), lines[at].first()) {
            join(&mut leads, others[0], line);
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut part_of: Vec<Option<usize>> = vec![None; state.lines.len()];
    for (one, of_one) in candidates.into_iter().zip(&lines) {
        // A candidate without lines has nothing to take from.
        let Some(&first) = of_one.first() else { continue };
        let lead = lead(&leads, first);
        let part = *part_of[lead].get_or_insert_with(|| {
            parts.push(Part::default());
            parts.len() - 1
        });
        parts[part].candidates.push(one);
    }
    for line in 0..state.lines.len() {
        if let Some(part) = part_of[lead(&leads, line)] {
            parts[part].lines.push(line);
        }
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
        }
    }
}
