//! What was found of components that come again where other links are applied.

use super::{kept::Outcome, parts::Part};

/// What is known of components, each by its [`Part::key`].
#[derive(Default)]
pub(super) struct Known<'a> {
    found: Vec<Found<'a>>,
    /// What components are worth at the least.
    lows: Vec<(Vec<(usize, bool)>, i64)>,
}

struct Found<'a> {
    key: Vec<(usize, bool)>,
    margin: i64,
    outcomes: Vec<Outcome<'a>>,
}

impl<'a> Known<'a> {
    /// The ways that are no more than so much dearer than the best, if they were looked for.
    #[inline]
    pub(super) fn of(&self, part: &Part, margin: i64) -> Option<&[Outcome<'a>]> {
        let key = part.key();
        let found = self.found.iter().find(|one| one.margin >= margin && one.key == key);
        found.map(|one| &one.outcomes[..])
    }

    #[inline]
    pub(super) fn add(&mut self, part: &Part, margin: i64, outcomes: &[Outcome<'a>]) {
        self.found.push(Found { key: part.key(), margin, outcomes: outcomes.to_vec() });
    }

    /// What the component is worth at the least, if that was worked out.
    #[inline]
    pub(super) fn low_of(&self, part: &Part) -> Option<i64> {
        let key = part.key();
        self.lows.iter().find(|(known, _)| *known == key).map(|(_, low)| *low)
    }

    #[inline]
    pub(super) fn add_low(&mut self, part: &Part, low: i64) {
        self.lows.push((part.key(), low));
    }
}
