//! The lines of a cart in work, with what is asked of them again and again: which of them a word names, and what they cost together.

use super::state::Line;
use crate::{
    book::{Base, Kind, Matcher},
    sort,
};
use smallvec::SmallVec;
use std::{
    cell::OnceCell,
    ops::{Deref, DerefMut, Range},
    rc::Rc,
};

/// Lines sorted by id. They read as a slice. What a line is stays as it is while promotions are applied; only what it costs changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines<'a> {
    lines: Vec<Line<'a>>,
    /// Shared by all states of a cart, since words never change.
    words: Rc<Words>,
    /// Worked out when asked for, and forgotten when a line may have changed.
    sums: OnceCell<Sums>,
    /// Another number whenever a line may have changed.
    changes: u32,
}

/// The lines of each word of each kind.
#[derive(Debug, Default)]
struct Words([OnceCell<Listed>; 4]);

/// The lines of one kind of words: words that end in the same bits stand together, so that a word is found at once.
#[derive(Debug)]
struct Listed {
    /// The bits that count.
    ending: u32,
    /// Where those of each ending begin.
    starts: Vec<u32>,
    /// Words, each with the place of a line that has it, in the order of lines for each word.
    pairs: Vec<(u32, u32)>,
}

/// What lines cost together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    /// All lines.
    pub(crate) all: Worth,
    /// Those that take a discount.
    pub(crate) discountable: Worth,
}

/// The prices of units, added up by kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Worth {
    pub(crate) current: i64,
    shelf: i64,
    list: i64,
}

impl Sums {
    /// One line became cheaper, on the shelf too if by a promotion of class price.
    pub(super) fn fall(&mut self, amount: i64, discountable: bool, price_class: bool) {
        self.all.fall(amount, price_class);
        if discountable {
            self.discountable.fall(amount, price_class);
        }
    }
}

impl Worth {
    pub(crate) fn of(&self, kind: Base) -> i64 {
        match kind {
            Base::Current => self.current,
            Base::Shelf => self.shelf,
            Base::List => self.list,
        }
    }

    fn fall(&mut self, amount: i64, price_class: bool) {
        self.current -= amount;
        self.shelf -= if price_class { amount } else { 0 };
    }

    fn add(&mut self, line: &Line) {
        self.current += line.worth;
        self.shelf += line.value(Base::Shelf);
        self.list += line.value(Base::List);
    }
}

impl<'a> From<Vec<Line<'a>>> for Lines<'a> {
    fn from(lines: Vec<Line<'a>>) -> Self {
        Self { lines, ..Self::default() }
    }
}

impl<'a> FromIterator<Line<'a>> for Lines<'a> {
    fn from_iter<I: IntoIterator<Item = Line<'a>>>(lines: I) -> Self {
        Vec::from_iter(lines).into()
    }
}

impl<'a> Deref for Lines<'a> {
    type Target = [Line<'a>];

    fn deref(&self) -> &[Line<'a>] {
        &self.lines
    }
}

impl<'a> DerefMut for Lines<'a> {
    fn deref_mut(&mut self) -> &mut [Line<'a>] {
        self.sums.take();
        self.changes = self.changes.wrapping_add(1);
        &mut self.lines
    }
}

impl<'s, 'a> IntoIterator for &'s Lines<'a> {
    type Item = &'s Line<'a>;
    type IntoIter = std::slice::Iter<'s, Line<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.lines.iter()
    }
}

impl<'a> Lines<'a> {
    /// What the lines cost together.
    #[inline]
    pub(crate) fn sums(&self) -> &Sums {
        match self.sums.get() {
            Some(sums) => sums,
            None => self.sums.get_or_init(|| self.add_up()),
        }
    }

    #[cold]
    fn add_up(&self) -> Sums {
        let mut sums = Sums::default();
        for line in &self.lines {
            sums.all.add(line);
            if line.discountable {
                sums.discountable.add(line);
            }
        }
        sums
    }

    /// A number that tells whether a line may have changed meanwhile, unless it did so four thousand million times.
    pub(super) fn changes(&self) -> u32 {
        self.changes
    }

    /// The lines to be changed, and what they cost together, where that is known already and stays known.
    pub(super) fn changing(&mut self) -> (&mut [Line<'a>], Option<&mut Sums>) {
        self.changes = self.changes.wrapping_add(1);
        (&mut self.lines, self.sums.get_mut())
    }

    /// The lines, to have them and their units pay what was taken off all of them together: that sum stays.
    pub(super) fn paying(&mut self) -> &mut [Line<'a>] {
        &mut self.lines
    }

    /// True if `holds` of one of those that [`Lines::named`] names, in any order.
    pub(crate) fn any_named(&self, of: &Matcher, mut holds: impl FnMut(usize) -> bool) -> bool {
        match self.words_of(of) {
            Some((listed, words)) => listed.any(words, holds),
            None => (0..self.lines.len()).any(&mut holds),
        }
    }

    /// The words by which lines are found, and where; none where it is quicker to ask each line, as with many words.
    fn words_of<'w>(&self, of: &'w Matcher) -> Option<(&Listed, &'w [u32])> {
        let (kind, words) = of.words()?;
        (words.len() <= self.lines.len()).then(|| (self.words.of(kind, &self.lines), words))
    }

    /// True if every line that [`Lines::named`] names matches.
    pub(crate) fn are_all_named(&self, of: &Matcher) -> bool {
        of.is_words() && self.words_of(of).is_some()
    }

    /// The places of the lines that the selector's words name, in the order of lines: no other line matches, and of these some may not.
    pub(crate) fn named(&self, of: &Matcher) -> Named {
        match self.words_of(of) {
            Some((listed, words)) => {
                let mut places = listed.places(words);
                if places.len() > 1 {
                    sort::by(&mut places, Ord::cmp);
                    // Lines may have several of the words, and the same tag twice.
                    places.dedup();
                }
                Named::Some(places.into_iter())
            }
            None => Named::All(0..self.lines.len()),
        }
    }
}

impl Words {
    fn of(&self, kind: Kind, lines: &[Line]) -> &Listed {
        self.0[kind as usize].get_or_init(|| {
            let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(lines.len());
            for (line, at) in lines.iter().zip(0..) {
                match kind {
                    Kind::Sku => pairs.push((line.sku, at)),
                    Kind::Category => pairs.push((line.category, at)),
                    Kind::Brand => pairs.push((line.brand, at)),
                    Kind::Tag => pairs.extend(line.tags.iter().map(|&tag| (tag, at))),
                }
            }
            Listed::new(&pairs)
        })
    }
}

impl Listed {
    fn new(pairs: &[(u32, u32)]) -> Self {
        let endings = pairs.len().next_power_of_two();
        let ending = endings as u32 - 1;
        let (starts, places) = sort::by_group(endings, &pairs.iter().map(|pair| pair.0 & ending).collect::<Vec<u32>>());
        let pairs = places.into_iter().map(|place| pairs[place as usize]).collect();
        Self { ending, starts, pairs }
    }

    /// The lines of the words.
    fn places(&self, words: &[u32]) -> SmallVec<[u32; 8]> {
        let mut places = SmallVec::new();
        self.any(words, |at| {
            places.push(at as u32);
            false
        });
        places
    }

    /// True if `holds` of a line of the words.
    fn any(&self, words: &[u32], mut holds: impl FnMut(usize) -> bool) -> bool {
        words.iter().any(|&word| {
            let slot = (word & self.ending) as usize;
            let pairs = &self.pairs[self.starts[slot] as usize..self.starts[slot + 1] as usize];
            pairs.iter().any(|pair| pair.0 == word && holds(pair.1 as usize))
        })
    }
}

/// Places of lines, in their order.
pub(crate) enum Named {
    All(Range<usize>),
    Some(smallvec::IntoIter<[u32; 8]>),
}

impl Iterator for Named {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        match self {
            Self::All(range) => range.next(),
            Self::Some(places) => places.next().map(|at| at as usize),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::All(range) => range.size_hint(),
            Self::Some(places) => places.size_hint(),
        }
    }
}

impl ExactSizeIterator for Named {}

#[cfg(test)]
mod tests {
    use crate::{Cart, CartLine, CompiledBook, Context, Instant, book::PriceBook};
    use ids::LineId;
    use serde_json::json;

    /// What a cart of three teas costs by a book whose one promotion is a tenth off `on`.
    fn payable(on: &serde_json::Value) -> i64 {
        let sku = |sku: &str, tags: &[&str]| json!({"sku": sku, "price": "10.00", "tags": tags, "category": "tea"});
        let book = json!({
            "format": 1, "currency": "CNY", "resolution": "pinned",
            "skus": [sku("A", &["new", "new"]), sku("B", &["new", "green"]), sku("C", &[])],
            "promotions": [{"id": "P", "class": "product", "then": {"percent": "10", "on": on}}],
        });
        let book: PriceBook = serde_json::from_value(book).unwrap();
        let line = |sku: &str| CartLine { id: LineId::new(sku).unwrap(), sku: sku.parse().unwrap(), quantity: 1 };
        let cart = Cart { lines: ["A", "B", "C"].map(line).to_vec(), ..Cart::default() };
        CompiledBook::new(book).unwrap().quote(&cart, &Context::guest(Instant(0))).unwrap().payable
    }

    #[test]
    fn each_line_is_named_once() {
        let rows = [
            (json!({"tag": ["new"]}), 2800),
            (json!({"tag": ["new", "green"]}), 2800),
            (json!({"tag": ["green", "green"]}), 2900),
            (json!({"sku": ["C", "A", "X"]}), 2800),
            (json!({"category": ["tea"]}), 2700),
            (json!({"category": ["tea"], "tag": ["green"]}), 2900),
            (json!({"sku": []}), 3000),
        ];
        for (on, expected) in rows {
            assert_eq!(payable(&on), expected, "{on}");
        }
    }
}
