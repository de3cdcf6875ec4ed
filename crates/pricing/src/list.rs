//! Lists of a quote that are long and that few read to the end: which promotion took what off which line, and why others gave nothing. The engine
//! keeps them as numbers; they are told, with ids and names, once somebody looks.

use crate::hash::{Feed, Plain};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    any::Any,
    fmt,
    ops::Deref,
    sync::{Arc, OnceLock},
};

/// A list that reads as a slice, and is a list in JSON.
pub struct List<T: Entry> {
    told: OnceLock<Vec<T>>,
    source: Option<Source<T>>,
}

/// Where a list comes from that was not told yet. A page that has a quote, but no engine, names neither the teller nor what it is made of: so their code comes
/// to the browser with the engine.
struct Source<T: Entry> {
    /// A [`Entry::Teller`].
    teller: Arc<dyn Any + Send + Sync>,
    /// By which number it knows the list.
    list: usize,
    tell: fn(&Self) -> Vec<T>,
}

impl<T: Entry> Source<T> {
    fn teller(&self) -> &T::Teller {
        self.teller.downcast_ref().expect("a source is only made of a teller of its kind, in `List::of`")
    }
}

impl<T: Entry> Clone for Source<T> {
    fn clone(&self) -> Self {
        Self { teller: self.teller.clone(), ..*self }
    }
}

/// What a list can hold.
pub trait Entry: Sized + 'static {
    /// An entry that is looked at and not owned.
    type View<'v>
    where
        Self: 'v;
    /// What knows lists of entries as numbers.
    type Teller: Tell<Self> + Send + Sync + 'static;

    /// Looks at an entry.
    fn view(&self) -> Self::View<'_>;
}

/// An entry of which a quote promises something.
pub(crate) trait Promise {
    /// The digest of the entries before and of this one.
    fn digest(&self, before: u64) -> u64;
}

/// What knows lists as numbers.
pub trait Tell<T: Entry> {
    /// The list of that number.
    fn tell(&self, list: usize) -> Vec<T>;

    /// Shows each entry of the list in turn, without making a list of them.
    fn visit(&self, list: usize, see: impl FnMut(T::View<'_>));

    /// What the entries' [`Promise::digest`]s come to, one after another, from nothing on.
    fn digest(&self, list: usize) -> u64;
}

impl<T: Entry> List<T> {
    /// Shows each entry in turn. It costs less than to read the list as a slice, which is made when somebody asks for it and kept.
    pub fn visit(&self, mut see: impl FnMut(T::View<'_>)) {
        match (self.told.get(), &self.source) {
            (None, Some(source)) => source.teller().visit(source.list, see),
            _ => self.iter().for_each(|one| see(one.view())),
        }
    }

    pub(crate) fn of(teller: Arc<T::Teller>, list: usize) -> Self {
        let tell = |source: &Source<T>| source.teller().tell(source.list);
        Self { told: OnceLock::new(), source: Some(Source { teller, list, tell }) }
    }

    fn tell(&self) -> Vec<T> {
        self.source.as_ref().map_or_else(Vec::new, |source| (source.tell)(source))
    }

    /// Changes the list.
    pub fn edit(&mut self, change: impl FnOnce(&mut Vec<T>)) {
        let mut told = self.told.take().unwrap_or_else(|| self.tell());
        change(&mut told);
        *self = told.into();
    }
}

impl<T: Entry> Default for List<T> {
    fn default() -> Self {
        Self { told: OnceLock::new(), source: None }
    }
}

impl<T: Entry> From<Vec<T>> for List<T> {
    fn from(list: Vec<T>) -> Self {
        Self { told: OnceLock::from(list), source: None }
    }
}

impl<T: Entry> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(list: I) -> Self {
        Vec::from_iter(list).into()
    }
}

impl<T: Entry> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.told.get_or_init(|| self.tell())
    }
}

impl<'l, T: Entry> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Entry + Clone> Clone for List<T> {
    fn clone(&self) -> Self {
        Self { told: self.told.clone(), source: self.source.clone() }
    }
}

impl<T: Entry + fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<T: Entry + PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Entry + Eq> Eq for List<T> {}

impl<T: Entry + Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de, T: Entry + Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Into::into)
    }
}

impl<T: Entry + Promise> Plain for List<T> {
    fn feed(&self, feed: &mut Feed) {
        let digest = match (self.told.get(), &self.source) {
            (None, Some(source)) => source.teller().digest(source.list),
            _ => self.iter().fold(0, |before, one| one.digest(before)),
        };
        feed.and(&digest.cast_signed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists as long as their number says.
    pub struct Counting;

    impl Entry for i64 {
        type View<'v> = i64;
        type Teller = Counting;

        fn view(&self) -> i64 {
            *self
        }
    }

    impl Promise for i64 {
        fn digest(&self, before: u64) -> u64 {
            before * 10 + self.cast_unsigned() + 1
        }
    }

    impl Tell<i64> for Counting {
        fn tell(&self, list: usize) -> Vec<i64> {
            (0..).take(list).collect()
        }

        fn visit(&self, list: usize, see: impl FnMut(i64)) {
            (0..).take(list).for_each(see);
        }

        fn digest(&self, list: usize) -> u64 {
            (0..).take(list).fold(0, |before, one: i64| one.digest(before))
        }
    }

    fn seen(list: &List<i64>) -> Vec<i64> {
        let mut seen = Vec::new();
        list.visit(|one| seen.push(one));
        seen
    }

    #[test]
    fn a_list_reads_alike_told_and_untold() {
        let list = || List::of(Arc::new(Counting), 3);
        let hash = |list: &List<i64>| Feed::new().and(list).hash();
        let (untold, mut changed) = (list(), list());
        assert_eq!(seen(&untold), [0, 1, 2]);
        assert_eq!(hash(&untold), hash(&vec![0, 1, 2].into()));
        assert_eq!((untold.len(), &untold[1..], &untold), (3, &[1, 2][..], &list()));
        assert_eq!(seen(&untold), [0, 1, 2]);
        assert_eq!(serde_json::to_string(&untold).unwrap(), "[0,1,2]");
        assert_eq!(serde_json::from_str::<List<i64>>("[0,1,2]").unwrap(), untold);
        changed.edit(|list| list.retain(|one| *one != 1));
        assert_eq!((format!("{changed:?}"), hash(&untold)), ("[0, 2]".to_owned(), hash(&untold.clone())));
        assert_ne!(hash(&changed), hash(&untold));
        assert!(List::<i64>::default().is_empty());
    }
}
