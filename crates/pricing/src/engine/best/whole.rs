//! The whole cart: what is settled first, the components of the classes price and product, and what comes after them.

use super::{
    CLASSES, Way, Work,
    bound::Low,
    joint::{Joint, Solved},
    later::Later,
    links::{links, modes},
    memory::Known,
    open::{self, Candidate},
    parts,
};
use crate::{CompiledBook, engine::State};
use money::Overflow;

/// The class behind those that are split into components.
pub(super) const SPLIT: usize = 2;

/// A cart, and the classes that come after the components.
pub(super) struct Case<'w, 'a, 'b> {
    pub(super) book: &'b CompiledBook,
    pub(super) state: &'w State<'a>,
    pub(super) later: &'w Later<'b>,
    pub(super) late: &'w [Candidate<'b>],
    /// Lines whose units several sets of the later classes may want.
    pub(super) contested: Vec<bool>,
}

/// The best way, and a bound of what was not looked at.
#[inline]
pub(super) fn search(
    book: &CompiledBook,
    state: &State,
    usable: &[usize],
    work: &mut Work,
) -> Result<(Way, i64), Overflow> {
    let mut list = open::candidates(book, state, usable);
    let class = list.first().map_or(CLASSES.len(), |one| one.class);
    let low = Low::of(book, state, list.iter(), class)?;
    open::settle(book, state, &low, class == 0, &mut list);
    parts::touch(book, state, &mut list);
    let (early, late): (Vec<Candidate>, Vec<Candidate>) = list.into_iter().partition(|one| one.class < SPLIT);
    let later = Later::of(book, state, &late, &early, &low, class == 0)?;
    let case = Case { book, state, later: &later, late: &late, contested: parts::contested(book, state, late.iter()) };
    let (mut way, mut unseen, mut known) = (None, i64::MAX, Known::default());
    let links = links(book, state, &early)?;
    let mut joints = Vec::new();
    for mode in modes(&early, &links) {
        let joint = Joint { case: &case, solved: case.components(mode.apply(&early, &links)) };
        let promise =
            if links.is_empty() { (0, 0) } else { (joint.bottom(&mut known)?, mode.worth(book, state, &early)?) };
        joints.push((promise, joint));
    }
    // What a good way rules out need not be searched, so the most promising is searched first.
    crate::sort::by_key(&mut joints, |(promise, _)| *promise);
    for (_, mut joint) in joints {
        let (found, rest) = joint.run(way.as_ref(), &mut known, work)?;
        (way, unseen) = (found.or(way), unseen.min(rest));
    }
    let way = way.expect("with no way known yet, doing nothing is one");
    Ok((way, unseen.max(low.owed(book, state)?)))
}

impl<'a, 'b> Case<'_, 'a, 'b> {
    #[inline]
    fn components(&self, early: Vec<Candidate<'b>>) -> Vec<Solved<'a, 'b>> {
        let solved = |part: parts::Part<'b>| {
            let candidates = part.candidates.iter().chain(self.late);
            let contested = parts::contested(self.book, self.state, candidates);
            let contested = part.lines.iter().map(|&line| contested[line]).collect();
            Solved::new(part, contested)
        };
        parts::split(self.book, self.state, early).into_iter().map(solved).collect()
    }
}
