//! The life of a coupon of a member's wallet, and of a single code: both are used by one order at a time.

use std::fmt;

/// Where a coupon stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CouponState {
    /// It can be used.
    Issued,
    /// It belongs to an order that is not confirmed yet.
    Reserved,
    /// An order used it.
    Used,
    /// It came back from an order and can be used again.
    Returned,
    /// Its time is over.
    Expired,
    /// The shop took it away.
    Void,
}

/// What happens to a coupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CouponEvent {
    /// An order takes it. The coupon must be within its time.
    Reserve,
    /// The order is confirmed.
    Use,
    /// The order was cancelled, expired unpaid, or all of it came back.
    GiveBack,
    /// Its time is over.
    Expire,
    /// The shop takes it away.
    Withdraw,
}

/// Why an event can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CouponRefusal {
    /// An order has it or used it.
    Taken,
    /// Its time is over.
    Over,
    /// The shop took it away.
    Withdrawn,
    /// No order has it.
    NotTaken,
}

const WORDS: [(CouponState, &str); 6] = [
    (CouponState::Issued, "issued"),
    (CouponState::Reserved, "reserved"),
    (CouponState::Used, "used"),
    (CouponState::Returned, "returned"),
    (CouponState::Expired, "expired"),
    (CouponState::Void, "void"),
];

impl CouponState {
    /// All states.
    pub const ALL: [Self; 6] = [Self::Issued, Self::Reserved, Self::Used, Self::Returned, Self::Expired, Self::Void];

    /// The stable word, which the database keeps.
    #[must_use]
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(state, _)| *state == self).map_or("void", |(_, word)| word)
    }

    /// The state of a stable word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(_, known)| *known == word).map(|(state, _)| *state)
    }

    /// True if an order could take it, if its time is not over.
    #[must_use]
    pub fn is_free(self) -> bool {
        matches!(self, Self::Issued | Self::Returned)
    }

    /// The state after an event. `over` says whether the coupon's time is over. An event that is repeated changes nothing and is no fault,
    /// since jobs and providers repeat themselves.
    ///
    /// # Errors
    /// Why the event can't be.
    pub fn after(self, event: CouponEvent, over: bool) -> Result<Self, CouponRefusal> {
        use CouponEvent as E;
        use CouponState as S;
        match (self, event) {
            (S::Issued | S::Returned, E::Reserve) if over => Err(CouponRefusal::Over),
            (S::Issued | S::Returned, E::Reserve) => Ok(S::Reserved),
            (S::Reserved | S::Used, E::Reserve) => Err(CouponRefusal::Taken),
            (S::Reserved | S::Used, E::Use) => Ok(S::Used),
            (S::Issued | S::Returned, E::Use) => Err(CouponRefusal::NotTaken),
            // What came back too late to be used again is over at once.
            (S::Reserved | S::Used, E::GiveBack) => Ok(if over { S::Expired } else { S::Returned }),
            (S::Issued, E::GiveBack) => Err(CouponRefusal::NotTaken),
            (S::Returned, E::GiveBack) => Ok(S::Returned),
            (S::Issued | S::Returned, E::Expire) => Ok(if over { S::Expired } else { self }),
            // An order that has it decides; when it gives it back, it is over.
            (S::Reserved | S::Used, E::Expire) => Ok(self),
            (S::Issued | S::Returned, E::Withdraw) => Ok(S::Void),
            (S::Reserved | S::Used, E::Withdraw) => Err(CouponRefusal::Taken),
            (S::Expired, E::Expire | E::GiveBack | E::Withdraw) => Ok(S::Expired),
            (S::Expired, E::Reserve | E::Use) => Err(CouponRefusal::Over),
            (S::Void, E::Withdraw | E::GiveBack | E::Expire) => Ok(S::Void),
            (S::Void, E::Reserve | E::Use) => Err(CouponRefusal::Withdrawn),
        }
    }
}

impl fmt::Display for CouponState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CouponEvent as E;
    use CouponRefusal as R;
    use CouponState as S;

    #[test]
    fn every_state_takes_every_event() {
        // A row a state: what comes of reserve, use, give back, expire and withdraw while its time lasts, then after it.
        let check = |state: S, expected: [[Result<S, R>; 5]; 2]| {
            for (over, row) in [(false, expected[0]), (true, expected[1])] {
                let events = [E::Reserve, E::Use, E::GiveBack, E::Expire, E::Withdraw];
                for (event, expected) in events.into_iter().zip(row) {
                    assert_eq!(state.after(event, over), expected, "{state} {event:?}, over: {over}");
                }
            }
        };
        let (taken, free, gone) = (Err(R::Taken), Err(R::NotTaken), Err(R::Over));
        check(
            S::Issued,
            [
                [Ok(S::Reserved), free, free, Ok(S::Issued), Ok(S::Void)],
                [gone, free, free, Ok(S::Expired), Ok(S::Void)],
            ],
        );
        check(
            S::Reserved,
            [
                [taken, Ok(S::Used), Ok(S::Returned), Ok(S::Reserved), taken],
                [taken, Ok(S::Used), Ok(S::Expired), Ok(S::Reserved), taken],
            ],
        );
        check(
            S::Used,
            [
                [taken, Ok(S::Used), Ok(S::Returned), Ok(S::Used), taken],
                [taken, Ok(S::Used), Ok(S::Expired), Ok(S::Used), taken],
            ],
        );
        check(
            S::Returned,
            [
                [Ok(S::Reserved), free, Ok(S::Returned), Ok(S::Returned), Ok(S::Void)],
                [gone, free, Ok(S::Returned), Ok(S::Expired), Ok(S::Void)],
            ],
        );
        check(S::Expired, [[gone, gone, Ok(S::Expired), Ok(S::Expired), Ok(S::Expired)]; 2]);
        let void = Err(R::Withdrawn);
        check(S::Void, [[void, void, Ok(S::Void), Ok(S::Void), Ok(S::Void)]; 2]);
    }

    #[test]
    fn words_are_read_back() {
        assert!(S::ALL.iter().all(|state| S::from_word(state.word()) == Some(*state)));
        assert_eq!(S::from_word("gone"), None);
    }
}
