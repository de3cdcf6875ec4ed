//! Which sums can be made of one number of each list, and how.

/// Lists of numbers, none of them negative and none above the largest sum that is asked for.
#[derive(Debug)]
pub(super) struct Sums<'l> {
    lists: &'l [Vec<i64>],
    /// From each list on, which sums the lists from there can make: one bit a sum.
    made: Vec<Vec<u64>>,
}

impl<'l> Sums<'l> {
    /// Sums up to `largest`.
    #[inline]
    pub(super) fn new(lists: &'l [Vec<i64>], largest: i64) -> Self {
        let words = usize::try_from(largest.max(0)).unwrap_or(0) / 64 + 1;
        let mut last = vec![0_u64; words];
        last[0] = 1;
        let mut made = vec![last];
        for list in lists.iter().rev() {
            let mut sums = vec![0_u64; words];
            let mut done = None;
            for &number in list.iter().filter(|&&number| number <= largest) {
                if done != Some(number) {
                    shift(&made[made.len() - 1], usize::try_from(number).unwrap_or(usize::MAX), &mut sums);
                }
                done = Some(number);
            }
            made.push(sums);
        }
        made.reverse();
        Self { lists, made }
    }

    /// True if the lists from that one on can make the sum.
    #[inline]
    fn makes(&self, from: usize, sum: i64) -> bool {
        let Ok(at) = usize::try_from(sum) else { return false };
        self.made[from].get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Every sum between the two that can be made, the smallest first.
    #[inline]
    pub(super) fn between(&self, from: i64, to: i64) -> impl Iterator<Item = i64> {
        (from.max(0)..=to).filter(|&sum| self.makes(0, sum))
    }

    /// Shows every way to make a sum, as a place in each list, until one is answered with false.
    #[inline]
    pub(super) fn ways(&self, sum: i64, see: &mut dyn FnMut(&[usize]) -> bool) {
        if !self.makes(0, sum) {
            return;
        }
        let (mut chosen, mut next, mut left) = (Vec::new(), 0, sum);
        loop {
            if chosen.len() == self.lists.len() {
                if !see(&chosen) {
                    return;
                }
            } else {
                let list = &self.lists[chosen.len()];
                let fits = |at: &usize| self.makes(chosen.len() + 1, left - list[*at]);
                if let Some(at) = (next..list.len()).find(fits) {
                    left -= list[at];
                    chosen.push(at);
                    next = 0;
                    continue;
                }
            }
            let Some(at) = chosen.pop() else { return };
            left += self.lists[chosen.len()][at];
            next = at + 1;
        }
    }
}

/// Adds the bits of `of`, each moved up by so many places.
#[inline]
fn shift(of: &[u64], by: usize, sums: &mut [u64]) {
    let (words, bits) = (by / 64, by % 64);
    for at in words..sums.len() {
        sums[at] |= of[at - words] << bits;
        if bits > 0 && at > words {
            sums[at] |= of[at - words - 1] >> (64 - bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_all_choices() {
        let lists = [vec![0, 3, 3, 70], vec![0, 64, 65], vec![0, 1]];
        let sums = Sums::new(&lists, 130);
        let mut expected = Vec::new();
        for (a, one) in lists[0].iter().enumerate() {
            for (b, two) in lists[1].iter().enumerate() {
                for (c, three) in lists[2].iter().enumerate() {
                    expected.push((one + two + three, vec![a, b, c]));
                }
            }
        }
        expected.retain(|(sum, _)| *sum <= 130);
        expected.sort();
        let mut found = Vec::new();
        for sum in sums.between(0, 130) {
            sums.ways(sum, &mut |way| {
                found.push((sum, way.to_vec()));
                true
            });
        }
        assert_eq!(found, expected);
    }
}
