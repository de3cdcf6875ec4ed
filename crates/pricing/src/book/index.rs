//! Finds what a cart touches: promotions by the words of its lines and by its codes, and places of SKUs.

use super::{Anchor, SkuFacts, compiler::NO_WORD};
use crate::{Instant, hash::quick, sort};
use ids::CouponCode;

/// A promotion as lists hold it: its place, and the number of its schedule, so that those that rest are passed over without a look at them.
type Item = (u32, u32);

/// The promotions of each word of one kind, one list after another.
#[derive(Debug, Default)]
struct Lists {
    /// Where the list of each word begins; one more than there are words.
    starts: Vec<u32>,
    promotions: Vec<Item>,
}

impl Lists {
    /// From pairs of word and promotion.
    #[inline]
    fn new(mut pairs: Vec<(u32, Item)>) -> Self {
        sort::by(&mut pairs, Ord::cmp);
        let words = pairs.last().map_or(0, |(word, _)| *word as usize + 1);
        let mut starts = vec![0; words + 1];
        pairs.iter().for_each(|(word, _)| starts[*word as usize + 1] += 1);
        (0..words).for_each(|word| starts[word + 1] += starts[word]);
        Self { starts, promotions: pairs.into_iter().map(|(_, promotion)| promotion).collect() }
    }

    fn of(&self, word: u32) -> &[Item] {
        let word = word as usize;
        match self.starts.get(word..word.saturating_add(2)) {
            Some(&[start, end]) => &self.promotions[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// When a promotion applies: from the first instant on, before the second.
type Schedule = (Instant, Instant);

/// All that is needed to find a cart's promotions, so that those that are not met are not even looked at.
#[derive(Debug, Default)]
pub(super) struct Index {
    skus: Lists,
    categories: Lists,
    brands: Lists,
    tags: Lists,
    /// Those that any cart could meet.
    floating: Vec<Item>,
    /// The codes of promotions, sorted.
    codes: Vec<CouponCode>,
    /// The promotion of each of those.
    of_codes: Vec<Item>,
    /// Every schedule once: promotions share few.
    schedules: Vec<Schedule>,
}

/// How a promotion is found: by its code, by words of which a cart must have one, or by any cart.
pub(super) enum Found {
    Code(CouponCode),
    Anchors(Vec<Anchor>),
    Always,
}

/// A promotion as the index needs it.
pub(super) struct Entry {
    pub(super) schedule: (Option<Instant>, Option<Instant>),
    pub(super) found: Found,
}

impl Entry {
    #[inline]
    fn schedule(&self) -> Schedule {
        let (starts, ends) = self.schedule;
        (starts.unwrap_or(Instant(i64::MIN)), ends.unwrap_or(Instant(i64::MAX)))
    }
}

/// A place in a book as the index keeps it.
#[inline]
fn small(place: usize) -> u32 {
    u32::try_from(place).expect("a book of four thousand million promotions does not fit in memory")
}

impl Index {
    /// Of promotions in the order of application.
    #[inline]
    pub(super) fn new(entries: impl Iterator<Item = Entry>) -> Self {
        let mut index = Self::default();
        let entries: Vec<Entry> = entries.collect();
        index.schedules.extend(entries.iter().map(Entry::schedule));
        sort::by(&mut index.schedules, Ord::cmp);
        index.schedules.dedup();
        let mut by_code: Vec<(CouponCode, Item)> = Vec::new();
        let (mut skus, mut categories, mut brands, mut tags) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, one) in entries.into_iter().enumerate() {
            let schedule = one.schedule();
            let item = (small(at), small(index.schedules.partition_point(|other| *other < schedule)));
            match one.found {
                Found::Code(code) => by_code.push((code, item)),
                Found::Always => index.floating.push(item),
                Found::Anchors(anchors) => anchors.into_iter().for_each(|anchor| match anchor {
                    Anchor::Sku(word) => skus.push((word, item)),
                    Anchor::Category(word) => categories.push((word, item)),
                    Anchor::Brand(word) => brands.push((word, item)),
                    Anchor::Tag(word) => tags.push((word, item)),
                }),
            }
        }
        sort::by(&mut by_code, |a, b| a.0.cmp(&b.0));
        (index.codes, index.of_codes) = by_code.into_iter().unzip();
        [index.skus, index.categories, index.brands, index.tags] = [skus, categories, brands, tags].map(Lists::new);
        index
    }

    /// The promotions that could touch these SKUs or need one of these codes, some more than once; without those that any cart could meet.
    fn touching<'f>(
        &self,
        skus: impl Iterator<Item = &'f SkuFacts>,
        codes: &[CouponCode],
        add: &mut dyn FnMut(&[Item]),
    ) {
        for facts in skus {
            add(self.skus.of(facts.sku));
            if facts.category != NO_WORD {
                add(self.categories.of(facts.category));
            }
            if facts.brand != NO_WORD {
                add(self.brands.of(facts.brand));
            }
            facts.tags.iter().for_each(|&tag| add(self.tags.of(tag)));
        }
        codes.iter().for_each(|code| add(self.of_code(code)));
    }

    /// The promotions that could touch these SKUs or need one of these codes, in the order of application.
    pub(super) fn candidates<'f>(&self, skus: impl Iterator<Item = &'f SkuFacts>, codes: &[CouponCode]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        self.touching(skus, codes, &mut |list| found.extend(list.iter().map(|one| one.0 as usize)));
        in_order(&mut found);
        merged(&found, self.floating.iter().map(|one| one.0 as usize))
    }

    /// The same, those whose schedule is running apart from the others, and these as they come, some more than once.
    pub(super) fn scheduled<'f>(
        &self,
        skus: impl Iterator<Item = &'f SkuFacts>,
        codes: &[CouponCode],
        at: Instant,
    ) -> (Vec<usize>, Vec<u32>) {
        let (mut running, mut idle) = (Vec::with_capacity(USUAL), Vec::with_capacity(USUAL));
        // Many in a row share a schedule.
        let (mut last, mut runs_now) = (u32::MAX, false);
        let mut runs = |&(one, schedule): &Item| {
            if schedule != last {
                let (starts, ends) = self.schedules[schedule as usize];
                (last, runs_now) = (schedule, starts <= at && at < ends);
            }
            let runs = runs_now;
            if !runs {
                idle.push(one);
            }
            runs.then_some(one as usize)
        };
        self.touching(skus, codes, &mut |list| running.extend(list.iter().filter_map(&mut runs)));
        in_order(&mut running);
        let running = merged(&running, self.floating.iter().filter_map(runs));
        (running, idle)
    }

    /// The promotions of a code, in the order of application.
    pub(super) fn of_code(&self, code: &CouponCode) -> &[Item] {
        let from = self.codes.partition_point(|one| one < code);
        let count = self.codes[from..].iter().take_while(|one| *one == code).count();
        &self.of_codes[from..from + count]
    }
}

/// Room for what most carts find, so that lists need not grow.
const USUAL: usize = 64;

/// Two sorted lists in one; nothing is in both.
fn merged(found: &[usize], floating: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut all = Vec::with_capacity(found.len() + floating.size_hint().1.unwrap_or(0));
    let mut found = found.iter().copied().peekable();
    for one in floating {
        while let Some(before) = found.next_if(|before| *before < one) {
            all.push(before);
        }
        all.push(one);
    }
    all.extend(found);
    all
}

/// Sorted, and each once.
pub(super) fn in_order(places: &mut Vec<usize>) {
    sort::places(places);
    places.dedup();
}

/// Finds the place of a text in a list, looking at little more than that text: a table of hashes, each entry as near as possible behind the place
/// that its hash names.
#[derive(Clone, Debug)]
pub(super) struct Places(Vec<(u32, u32)>);

/// No place.
const FREE: u32 = u32::MAX;

impl Default for Places {
    fn default() -> Self {
        Self(vec![(0, FREE)])
    }
}

impl Places {
    #[inline]
    pub(super) fn new<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> Self {
        let mut places = Self(vec![(0, FREE); (texts.len() * 2).next_power_of_two()]);
        texts.enumerate().for_each(|(place, text)| places.put(text, place));
        places
    }

    /// Notes the place of a text; there is room.
    #[inline]
    fn put(&mut self, text: &str, place: usize) {
        let (mut slot, tag) = start(text, self.0.len());
        while self.0[slot].1 != FREE {
            slot = (slot + 1) % self.0.len();
        }
        self.0[slot] = (tag, small(place));
    }

    /// Notes the place of the last of these texts, with more room if there is little.
    #[inline]
    pub(super) fn put_last(&mut self, texts: &[Box<str>]) {
        match texts {
            [.., last] if texts.len() * 2 <= self.0.len() => self.put(last, texts.len() - 1),
            _ => *self = Self::new(texts.iter().map(AsRef::as_ref)),
        }
    }

    /// Where the text most likely is, if it is anywhere: no place for some.
    pub(super) fn likely(&self, text: &str) -> usize {
        self.0[start(text, self.0.len()).0].1 as usize
    }

    /// The place of the text; `is` says whether a place holds it.
    pub(super) fn find(&self, text: &str, is: impl Fn(usize) -> bool) -> Option<usize> {
        let (slot, tag) = start(text, self.0.len());
        let behind = self.0[slot..].iter().chain(&self.0[..slot]).take_while(|(_, place)| *place != FREE);
        let same = behind.filter(|(other, _)| *other == tag).map(|(_, place)| *place as usize);
        same.into_iter().find(|&place| is(place))
    }
}

/// The slot that a text's hash names in a table of so many, which are a power of two; and what of the hash is kept.
fn start(text: &str, slots: usize) -> (usize, u32) {
    let [a, b, c, d, tag @ ..] = quick(text.as_bytes()).to_le_bytes();
    (u32::from_le_bytes([a, b, c, d]) as usize & (slots - 1), u32::from_le_bytes(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_is_found_where_it_is(texts in prop::collection::btree_set("[a-c]{0,4}", 0..60), other in "[a-c]{0,4}") {
            let texts: Vec<String> = texts.into_iter().collect();
            let places = Places::new(texts.iter().map(String::as_str));
            let find = |text: &str| places.find(text, |place| texts[place] == text);
            for (place, text) in texts.iter().enumerate() {
                prop_assert_eq!(find(text), Some(place));
            }
            prop_assert_eq!(find(&other), texts.iter().position(|text| *text == other));
        }

        #[test]
        fn every_word_has_its_promotions(pairs in prop::collection::vec((0..9_u32, (0..9_u32, 0..2_u32)), 0..30), word in 0..11_u32) {
            let mut expected: Vec<Item> = pairs.iter().filter(|pair| pair.0 == word).map(|pair| pair.1).collect();
            expected.sort_unstable();
            let lists = Lists::new(pairs);
            prop_assert_eq!(lists.of(word), expected.as_slice());
            prop_assert_eq!(lists.of(NO_WORD), &[] as &[Item]);
        }
    }
}
