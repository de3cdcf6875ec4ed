//! The later classes seen as functions of the cart's value alone: how little could they make of it?

use crate::benefit::{ByValue, Tier, WHOLE};
use smallvec::SmallVec;

/// The class of shipping, as a place in the list of classes.
const SHIPPING: usize = 3;

/// A promotion of a later class.
#[derive(Clone, Debug)]
pub(super) struct Turn<'b> {
    /// Its class, as a place in the list of classes.
    pub(super) class: usize,
    /// The cart's value below which its conditions do not hold.
    pub(super) needs: i64,
    pub(super) gives: ByValue,
    /// The most that it may take off in this cart.
    pub(super) most: i64,
    /// By how many minor units rounding may miss a share.
    pub(super) cents: i64,
    /// True if it takes no less than it says off goods of that value.
    pub(super) exact: bool,
    /// True if there is nothing else that it depends on.
    pub(super) told: bool,
    /// Only one of a group has its turn.
    pub(super) group: Option<Option<&'b str>>,
}

/// More than so many turns are not tried in every order.
const ORDERED_MAX: usize = 8;
/// So many beginnings of orders are looked at; where there are more, the bound is a rougher one.
const LOOKED_AT_MAX: u32 = 2_000;

/// What goods cost: at least, and at most.
#[derive(Clone, Copy, Debug)]
struct Range {
    from: i64,
    to: i64,
}

/// The least that the turns, in any order inside their classes and any choice, make of goods that are worth between `from` and `to` and of shipping.
#[inline]
pub(super) fn least<'t, 'b: 't>(turns: impl Iterator<Item = &'t Turn<'b>>, from: i64, to: i64, shipping: i64) -> i64 {
    let (mut sent, mut open) = (0_i64, SmallVec::<[&Turn; 12]>::new());
    for turn in turns.filter(|turn| turn.needs <= to) {
        if turn.class == SHIPPING {
            sent = sent.saturating_add(turn.amount());
        } else {
            open.push(turn);
        }
    }
    let range = Range { from, to };
    let bottom = at_once(open.iter().copied(), range);
    // What takes off an amount whatever the others do takes off no less at the end, and the others take more before it.
    let end =
        open.iter().filter(|turn| turn.is_sure(bottom)).fold(0_i64, |sum, turn| sum.saturating_add(turn.amount()));
    open.retain(|turn| !turn.is_sure(bottom));
    let mut walk = Walk { turns: &open, least: from, left: LOOKED_AT_MAX };
    let found = open.len() <= ORDERED_MAX && walk.go(range, 0, 0);
    let least = if found { walk.least.saturating_sub(end) } else { bottom };
    least.saturating_add((shipping - sent).max(0)).max(0)
}

/// True if promotions of the class take off shipping and off nothing else.
#[inline]
pub(super) fn is_of_shipping(class: usize) -> bool {
    class == SHIPPING
}

impl Turn<'_> {
    /// What it leaves at the least of goods and of shipping.
    #[inline]
    pub(super) fn leaves(&self, goods: i64, shipping: i64) -> (i64, i64) {
        if self.class == SHIPPING {
            return (goods, (shipping - self.amount()).max(0));
        }
        (self.after(Range { from: goods, to: goods }).from, shipping)
    }

    /// True if it takes off the same amount of all goods that are worth no less than the value, and shuts nothing out.
    #[inline]
    fn is_sure(&self, value: i64) -> bool {
        let ByValue::Tiers(tiers) = &self.gives else { return false };
        let largest = tiers.iter().max_by_key(|tier| tier.off);
        let amounts = tiers.iter().all(|tier| tier.left == WHOLE);
        self.group.is_none() && self.needs <= value && amounts && largest.is_some_and(|tier| tier.from <= value)
    }

    /// True if it takes off a share.
    #[inline]
    pub(super) fn is_share(&self) -> bool {
        matches!(&self.gives, ByValue::Tiers(tiers) if tiers.iter().any(|tier| tier.left < WHOLE))
    }

    /// The largest amount that it takes off apart from shares.
    #[inline]
    fn amount(&self) -> i64 {
        let ByValue::Tiers(tiers) = &self.gives else { return 0 };
        tiers.iter().map(|tier| tier.off).max().unwrap_or(0).min(self.most)
    }

    #[inline]
    fn is_rival_of(&self, other: &Self) -> bool {
        self.group.is_some() && self.group == other.group && self.class == other.class
    }

    /// What goods cost after its turn.
    #[inline]
    fn after(&self, range: Range) -> Range {
        let (from, to) = match &self.gives {
            ByValue::Tiers(tiers) => (self.lowest_tier(tiers, range), self.highest_tier(tiers, range)),
            ByValue::Every { off, each, times } => every(*off, *each, *times, range),
        };
        let from = from.max(range.from.saturating_sub(self.most));
        let to = to.max(range.to.saturating_sub(self.most));
        Range { from, to: if self.exact { to.min(range.to) } else { range.to } }
    }

    #[inline]
    fn lowest_tier(&self, tiers: &[Tier], range: Range) -> i64 {
        let low = |tier: &Tier| {
            let cents = if tier.left == WHOLE { 0 } else { self.cents };
            share(range.from.max(tier.from), tier.left).saturating_sub(tier.off).saturating_sub(cents)
        };
        tiers.iter().filter(|tier| tier.from <= range.to).map(low).min().unwrap_or(range.from).min(range.from)
    }

    #[inline]
    fn highest_tier(&self, tiers: &[Tier], range: Range) -> i64 {
        let high = |tier: &Tier| {
            let cents = if tier.left == WHOLE { 0 } else { self.cents + 1 };
            share(range.to, tier.left).saturating_add(range.to >> 29).saturating_sub(tier.off).saturating_add(cents)
        };
        tiers.iter().filter(|tier| tier.from <= range.from).map(high).min().unwrap_or(range.to)
    }
}

/// What is left after `off` for each full `each`, so many `times` at the most.
#[inline]
fn every(off: i64, each: i64, times: i64, range: Range) -> (i64, i64) {
    let count = |value: i64| (value / each).min(times);
    let after = |value: i64| value.saturating_sub(count(value).saturating_mul(off));
    let next = (range.from / each).saturating_add(1).saturating_mul(each);
    if off >= each {
        return (range.from.saturating_sub(count(range.to).saturating_mul(off)), range.to);
    }
    // Between two full values what is left grows, and from one to the next it grows, too.
    let from = if next <= range.to { after(range.from).min(after(next)) } else { after(range.from) };
    let before = (range.to / each).saturating_mul(each) - 1;
    let to = if before >= range.from { after(range.to).max(after(before)) } else { after(range.to) };
    (from, to)
}

#[inline]
fn share(value: i64, left: i128) -> i64 {
    i64::try_from(i128::from(value) * left / WHOLE).unwrap_or(i64::MAX / 8)
}

/// As if each came first, and shares of each other; of rivals the largest of each.
#[inline]
fn at_once<'t, 'b: 't>(turns: impl Iterator<Item = &'t Turn<'b>>, range: Range) -> i64 {
    let mut offs: SmallVec<[(&Turn, i128, i64); 12]> = SmallVec::new();
    for turn in turns {
        let (left, off) = turn.at_most(range.to);
        let rivals = if turn.group.is_some() { &mut offs[..] } else { &mut [] };
        match rivals.iter_mut().find(|other| other.0.is_rival_of(turn)) {
            Some(rival) => (rival.1, rival.2) = (rival.1.min(left), rival.2.max(off)),
            None => offs.push((turn, left, off)),
        }
    }
    let left = offs.iter().fold(WHOLE, |left, (_, own, _)| left * own / WHOLE);
    let amount = offs.iter().fold(0_i64, |sum, (_, _, off)| sum.saturating_add(*off));
    share(range.from, left).saturating_sub(amount)
}

impl Turn<'_> {
    /// The largest share and the largest amount that it may take off.
    #[inline]
    fn at_most(&self, value: i64) -> (i128, i64) {
        match &self.gives {
            ByValue::Every { off, each, times } => {
                (WHOLE, (value / each).min(*times).saturating_mul(*off).min(self.most))
            }
            ByValue::Tiers(tiers) => {
                let reached = || tiers.iter().filter(|tier| tier.from <= value);
                let left = reached().map(|tier| tier.left).min().unwrap_or(WHOLE);
                let off = reached().map(|tier| tier.off).max().unwrap_or(0).min(self.most);
                (left, off.saturating_add(if left < WHOLE { self.cents } else { 0 }))
            }
        }
    }
}

/// Every order of every choice. The depth is bounded by [`ORDERED_MAX`].
struct Walk<'w, 'b> {
    turns: &'w [&'w Turn<'b>],
    least: i64,
    left: u32,
}

impl Walk<'_, '_> {
    /// False if there is more than may be looked at.
    #[inline]
    fn go(&mut self, range: Range, class: usize, done: u32) -> bool {
        self.least = self.least.min(range.from);
        let open = |(at, turn): (usize, &&'_ Turn)| {
            let open = done >> at & 1 == 0 && turn.class >= class && turn.needs <= range.to;
            open && !self.rival_is_done(turn, done)
        };
        let next: SmallVec<[usize; 12]> = (0..self.turns.len()).filter(|&at| open((at, &self.turns[at]))).collect();
        if next.is_empty() || at_once(next.iter().map(|&at| self.turns[at]), range) >= self.least {
            return true;
        }
        for at in next {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            let turn = self.turns[at];
            if !self.go(turn.after(range), turn.class, done | 1 << at) {
                return false;
            }
        }
        true
    }

    #[inline]
    fn rival_is_done(&self, turn: &Turn, done: u32) -> bool {
        turn.group.is_some()
            && self.turns.iter().enumerate().any(|(at, other)| done >> at & 1 == 1 && other.is_rival_of(turn))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use money::{Decimal, Ratio, RoundingMode};

    /// Numbers that look random, the same each time.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: i64) -> i64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from(self.0 >> 33).unwrap() % end
        }
    }

    /// A turn, and what it really takes off a value.
    fn turn(numbers: &mut Numbers) -> (Turn<'static>, Box<dyn Fn(i64) -> i64>) {
        let (off, each) = (1 + numbers.below(3_000), 2_000 + numbers.below(8_000));
        let percent = 1 + numbers.below(60);
        let rate = Ratio::from_percent(Decimal::from(percent)).unwrap();
        let share = move |value: i64| rate.of(value, RoundingMode::HalfUp).unwrap();
        let left = crate::benefit::left_after(rate);
        let (gives, takes): (ByValue, Box<dyn Fn(i64) -> i64>) = match numbers.below(4) {
            0 => (ByValue::amount(off), Box::new(move |value| off.min(value))),
            1 => (ByValue::Tiers(vec![Tier { from: 0, off: 0, left }]), Box::new(share)),
            2 => (
                ByValue::Every { off, each, times: 3 },
                Box::new(move |value| ((value / each).min(3) * off).min(value)),
            ),
            _ => (
                ByValue::Tiers(vec![
                    Tier { from: each, off, left: WHOLE },
                    Tier { from: 2 * each, off: 2 * off, left: WHOLE },
                ]),
                Box::new(move |value| [0, off, 2 * off][usize::try_from((value / each).min(2)).unwrap()].min(value)),
            ),
        };
        let needs = if numbers.below(2) == 0 { 0 } else { numbers.below(20_000) };
        let most = if numbers.below(3) == 0 { 1 + numbers.below(2_000) } else { i64::MAX / 8 };
        let group = (numbers.below(3) == 0).then_some(Some("group"));
        let class = usize::try_from(2 + 2 * numbers.below(2)).unwrap();
        (
            Turn { class, needs, gives, most, cents: 1, exact: true, told: true, group },
            Box::new(move |value| takes(value).min(most)),
        )
    }

    type Real = (Turn<'static>, Box<dyn Fn(i64) -> i64>);

    /// The least over every order of every choice, one after another.
    fn brute(turns: &[Real], value: i64, class: usize, done: &mut Vec<usize>) -> i64 {
        let mut least = value;
        for at in 0..turns.len() {
            let (turn, takes) = &turns[at];
            let rival = done.iter().any(|other| turns[*other].0.is_rival_of(turn));
            if done.contains(&at) || rival || turn.class < class || turn.needs > value {
                continue;
            }
            done.push(at);
            least = least.min(brute(turns, value - takes(value), turn.class, done));
            done.pop();
        }
        least
    }

    #[test]
    fn nothing_comes_to_less_than_the_bound() {
        let mut numbers = Numbers(7);
        let (mut close, mut cases) = (0, 0);
        for _ in 0..3_000 {
            let count = 1 + numbers.below(5);
            let turns: Vec<Real> = (0..count).map(|_| turn(&mut numbers)).collect();
            let (from, width) = (numbers.below(60_000), numbers.below(500));
            let of = |from, to| least(turns.iter().map(|(turn, _)| turn), from, to, 0);
            let (range, exact) = (of(from, from + width), brute(&turns, from, 0, &mut Vec::new()));
            assert!(
                of(from, from) <= exact && range <= of(from, from),
                "{from}: {turns:?}",
                turns = turns.iter().map(|one| &one.0).collect::<Vec<_>>()
            );
            let value = from + numbers.below(width + 1);
            assert!(range <= brute(&turns, value, 0, &mut Vec::new()));
            cases += 1;
            close += i64::from(exact - of(from, from) <= 5 * count);
        }
        // A bound that is far too low proves nothing.
        assert!(close * 10 >= cases * 8, "{close} of {cases} are close");
    }
}
