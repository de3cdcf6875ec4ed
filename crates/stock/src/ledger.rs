//! The stock ledger: every movement of goods, what each kind of movement may do, and the balance that follows from them.
//!
//! Goods of a SKU at a place are in four buckets. **On hand** is what can be sold; **reserved** is the part of it that is promised to
//! orders; **quarantine** is what came back and nobody has looked at yet, which is not on hand; **in transit** is what is under way to
//! the place.

use ids::{PlaceId, Sku};
use std::collections::BTreeMap;

/// A bucket of a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bucket {
    /// Units that can be sold, with those that are reserved.
    OnHand,
    /// Units on hand that are promised to orders.
    Reserved,
    /// Units that came back and are not yet judged.
    Quarantine,
    /// Units that are under way to the place.
    InTransit,
}

/// What a movement may do to a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    /// Nothing.
    Rest,
    /// Add units.
    Add,
    /// Take units.
    Take,
    /// Add units or nothing.
    PerhapsAdd,
    /// Take units or nothing.
    PerhapsTake,
    /// Anything.
    Any,
}

impl May {
    fn allows(self, units: i64) -> bool {
        match self {
            Self::Rest => units == 0,
            Self::Add => units > 0,
            Self::Take => units < 0,
            Self::PerhapsAdd => units >= 0,
            Self::PerhapsTake => units <= 0,
            Self::Any => true,
        }
    }
}

/// Buckets whose changes depend on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tie {
    /// None do.
    Free,
    /// What leaves the shelf was reserved, all of it.
    Reserved,
    /// Between shelf and quarantine, or between quarantine and outside.
    Quarantine,
    /// What arrives was under way.
    Arrival,
}

impl Tie {
    fn allows(self, delta: &Delta) -> bool {
        match self {
            Self::Free => true,
            Self::Reserved => delta.on_hand == delta.reserved,
            Self::Quarantine => delta.on_hand == 0 || delta.on_hand.checked_neg() == Some(delta.quarantine),
            Self::Arrival => delta.on_hand.checked_neg() == Some(delta.in_transit),
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident $word:literal: $on_hand:ident $reserved:ident $quarantine:ident $in_transit:ident, $tie:ident;)+) => {
        /// What happened to goods. The word is stored and never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])+ $name,)+ }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The stable word.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// What may happen to on hand, reserved, quarantine and in transit, and what ties them.
            fn may(self) -> ([May; 4], Tie) {
                match self {
                    $(Self::$name => ([May::$on_hand, May::$reserved, May::$quarantine, May::$in_transit], Tie::$tie),)+
                }
            }
        }
    };
}

kinds! {
    // The columns: on hand, reserved, quarantine, in transit; then what ties them.
    /// Somebody counted; the difference to what was thought to be there.
    Count "count": Any Rest Rest Rest, Free;
    /// Goods were ordered from a supplier or sent from another place: they are under way here.
    Expect "expect": Rest Rest Rest Add, Free;
    /// What was under way will not come after all, since it was called off.
    CallOff "call_off": Rest Rest Rest Take, Free;
    /// A supplier's goods arrived; they take off what was expected, which may have been more, less or nothing.
    Receive "receive": Add Rest Rest PerhapsTake, Free;
    /// Promised to an order.
    Reserve "reserve": Rest Add Rest Rest, Free;
    /// Promised no more.
    Release "release": Rest Take Rest Rest, Free;
    /// Left for an order that had reserved them.
    Issue "issue": Take Take Rest Rest, Reserved;
    /// Came back and went on the shelf.
    ReturnIn "return_in": Add Rest Rest Rest, Free;
    /// Came back, or was taken off the shelf, to be looked at.
    QuarantineIn "quarantine_in": PerhapsTake Rest Add Rest, Quarantine;
    /// Was looked at: put on the shelf, or written off.
    QuarantineOut "quarantine_out": PerhapsAdd Rest Take Rest, Quarantine;
    /// Broken, spoiled or stolen from the shelf.
    Damage "damage": Take Rest Rest Rest, Free;
    /// Left for another place.
    TransferOut "transfer_out": Take Rest Rest Rest, Free;
    /// Arrived from another place.
    TransferIn "transfer_in": Add Rest Rest Take, Arrival;
    /// Was sent from another place and did not arrive.
    ShortReceipt "short_receipt": Rest Rest Rest Take, Free;
    /// A correction by hand; its note says why.
    Adjust "adjust": Any Any Any Any, Free;
}

impl Kind {
    /// The kind with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// True if a movement of this kind may change the buckets so.
    #[must_use]
    pub fn allows(self, delta: &Delta) -> bool {
        let (may, tie) = self.may();
        may.iter().zip(delta.all()).all(|(may, (_, units))| may.allows(units)) && tie.allows(delta)
    }
}

/// Changes of the buckets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// Of units on hand.
    pub on_hand: i64,
    /// Of units reserved.
    pub reserved: i64,
    /// Of units in quarantine.
    pub quarantine: i64,
    /// Of units under way here.
    pub in_transit: i64,
}

impl Delta {
    /// Every bucket with its change.
    #[must_use]
    pub fn all(&self) -> [(Bucket, i64); 4] {
        [
            (Bucket::OnHand, self.on_hand),
            (Bucket::Reserved, self.reserved),
            (Bucket::Quarantine, self.quarantine),
            (Bucket::InTransit, self.in_transit),
        ]
    }

    /// What the usual movement of `units` (at least 1) of this kind does: goods that return go on the shelf, goods that leave quarantine
    /// do too, goods that a supplier brings were expected. None for kinds without a usual one (`adjust`) and for units that can't be.
    #[must_use]
    pub fn of(kind: Kind, units: i64) -> Option<Self> {
        let none = Self::default();
        let minus = units.checked_neg()?;
        let delta = match kind {
            Kind::Count | Kind::ReturnIn => Self { on_hand: units, ..none },
            Kind::Damage | Kind::TransferOut => Self { on_hand: minus, ..none },
            Kind::Expect => Self { in_transit: units, ..none },
            Kind::CallOff | Kind::ShortReceipt => Self { in_transit: minus, ..none },
            Kind::Receive | Kind::TransferIn => Self { on_hand: units, in_transit: minus, ..none },
            Kind::Reserve => Self { reserved: units, ..none },
            Kind::Release => Self { reserved: minus, ..none },
            Kind::Issue => Self { on_hand: minus, reserved: minus, ..none },
            Kind::QuarantineIn => Self { quarantine: units, ..none },
            Kind::QuarantineOut => Self { on_hand: units, quarantine: minus, ..none },
            Kind::Adjust => return None,
        };
        kind.allows(&delta).then_some(delta)
    }
}

/// One thing that happened to goods of one SKU at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// What.
    pub sku: Sku,
    /// Where.
    pub place: PlaceId,
    /// What happened.
    pub kind: Kind,
    /// What it changed.
    pub delta: Delta,
}

/// Units of a SKU at a place, by bucket. None is ever negative, and no more is reserved than is on hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Units that can be sold, with those that are reserved.
    pub on_hand: i64,
    /// Units on hand that are promised to orders.
    pub reserved: i64,
    /// Units that came back and are not yet judged.
    pub quarantine: i64,
    /// Units that are under way here.
    pub in_transit: i64,
}

/// Why a movement can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It changes nothing.
    Empty,
    /// Its kind does not change the buckets in that way.
    Kind,
    /// A bucket would hold fewer than no units.
    Negative(Bucket),
    /// More would be reserved than is on hand.
    BelowReserved,
    /// A bucket would hold more units than can be counted.
    Overflow,
}

impl Balance {
    /// The balance after a movement.
    ///
    /// # Errors
    /// The first [`Refusal`] in their order; the balance stays as it was.
    pub fn apply(&self, movement: &Movement) -> Result<Self, Refusal> {
        let delta = &movement.delta;
        if *delta == Delta::default() {
            return Err(Refusal::Empty);
        }
        if !movement.kind.allows(delta) {
            return Err(Refusal::Kind);
        }
        let next = self.plus(delta).ok_or(Refusal::Overflow)?;
        match next.all().into_iter().find(|(_, units)| *units < 0) {
            Some((bucket, _)) => Err(Refusal::Negative(bucket)),
            None if next.reserved > next.on_hand => Err(Refusal::BelowReserved),
            None => Ok(next),
        }
    }

    fn plus(&self, delta: &Delta) -> Option<Self> {
        Some(Self {
            on_hand: self.on_hand.checked_add(delta.on_hand)?,
            reserved: self.reserved.checked_add(delta.reserved)?,
            quarantine: self.quarantine.checked_add(delta.quarantine)?,
            in_transit: self.in_transit.checked_add(delta.in_transit)?,
        })
    }

    /// Every bucket with its units.
    #[must_use]
    pub fn all(&self) -> [(Bucket, i64); 4] {
        [
            (Bucket::OnHand, self.on_hand),
            (Bucket::Reserved, self.reserved),
            (Bucket::Quarantine, self.quarantine),
            (Bucket::InTransit, self.in_transit),
        ]
    }
}

/// The balances that follow from movements, from nothing on.
///
/// # Errors
/// The position of the first movement that can't be, and why.
pub fn fold<'a>(
    movements: impl IntoIterator<Item = &'a Movement>,
) -> Result<BTreeMap<(Sku, PlaceId), Balance>, (usize, Refusal)> {
    let mut balances: BTreeMap<(Sku, PlaceId), Balance> = BTreeMap::new();
    for (at, movement) in movements.into_iter().enumerate() {
        let balance = balances.entry((movement.sku.clone(), movement.place.clone())).or_default();
        *balance = balance.apply(movement).map_err(|refusal| (at, refusal))?;
    }
    Ok(balances)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: [i64; 4], kind: Kind, delta: [i64; 4], expected: Result<[i64; 4], Refusal>) {
        let [on_hand, reserved, quarantine, in_transit] = start;
        let balance = Balance { on_hand, reserved, quarantine, in_transit };
        let [on_hand, reserved, quarantine, in_transit] = delta;
        let delta = Delta { on_hand, reserved, quarantine, in_transit };
        let movement = Movement { sku: Sku::new("A").unwrap(), place: PlaceId::new("p").unwrap(), kind, delta };
        let found = balance.apply(&movement).map(|next| next.all().map(|(_, units)| units));
        assert_eq!(found, expected, "{kind:?} {delta:?} on {balance:?}");
    }

    #[test]
    fn each_kind_moves_its_own_buckets_and_no_others() {
        use {Bucket as B, Kind as K, Refusal as R};
        check([5, 2, 0, 0], K::Count, [-3, 0, 0, 0], Ok([2, 2, 0, 0]));
        check([5, 2, 0, 0], K::Count, [-4, 0, 0, 0], Err(R::BelowReserved));
        check([5, 2, 0, 0], K::Count, [0, 0, 0, 0], Err(R::Empty));
        check([5, 2, 0, 0], K::Reserve, [0, 3, 0, 0], Ok([5, 5, 0, 0]));
        check([5, 2, 0, 0], K::Reserve, [0, 4, 0, 0], Err(R::BelowReserved));
        check([5, 2, 0, 0], K::Reserve, [0, -1, 0, 0], Err(R::Kind));
        check([5, 2, 0, 0], K::Release, [0, -3, 0, 0], Err(R::Negative(B::Reserved)));
        check([5, 2, 0, 0], K::Issue, [-2, -2, 0, 0], Ok([3, 0, 0, 0]));
        check([5, 2, 0, 0], K::Issue, [-2, -1, 0, 0], Err(R::Kind));
        check([5, 2, 0, 4], K::TransferIn, [3, 0, 0, -3], Ok([8, 2, 0, 1]));
        check([5, 2, 0, 4], K::TransferIn, [3, 0, 0, -4], Err(R::Kind));
        check([5, 2, 0, 1], K::ShortReceipt, [0, 0, 0, -2], Err(R::Negative(B::InTransit)));
        check([5, 2, 0, 4], K::Receive, [6, 0, 0, -4], Ok([11, 2, 0, 0]));
        check([5, 2, 0, 0], K::QuarantineIn, [0, 0, 2, 0], Ok([5, 2, 2, 0]));
        check([5, 2, 0, 0], K::QuarantineIn, [-2, 0, 2, 0], Ok([3, 2, 2, 0]));
        check([5, 2, 3, 0], K::QuarantineOut, [2, 0, -2, 0], Ok([7, 2, 1, 0]));
        check([5, 2, 3, 0], K::QuarantineOut, [0, 0, -3, 0], Ok([5, 2, 0, 0]));
        check([5, 2, 3, 0], K::QuarantineOut, [1, 0, -3, 0], Err(R::Kind));
        check([5, 2, 0, 0], K::Damage, [-6, 0, 0, 0], Err(R::Negative(B::OnHand)));
        check([i64::MAX, 0, 0, 0], K::ReturnIn, [1, 0, 0, 0], Err(R::Overflow));
    }

    #[test]
    fn words_name_one_kind_each() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.word()), Some(*kind));
            let usual = Delta::of(*kind, 3);
            assert_eq!(usual.is_none(), *kind == Kind::Adjust, "{kind:?}");
        }
        assert_eq!(Kind::parse("receipt"), None);
        assert_eq!(Delta::of(Kind::Reserve, 0), None);
    }
}
