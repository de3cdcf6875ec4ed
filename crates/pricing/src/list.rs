//! Lists of a quote that are long and that few read to the end: which promotion took what off which line, and why others gave nothing. The engine
//! keeps them as numbers; they are told, with ids and names, once somebody looks.

use crate::hash::{Feed, Plain};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    fmt,
    ops::Deref,
    sync::{Arc, OnceLock},
};

/// A list that reads as a slice, and is a list in JSON.
pub struct List<T> {
    told: OnceLock<Vec<T>>,
    /// What knows the list, and by which number.
    teller: Option<(Arc<dyn Tell<T>>, usize)>,
}

/// What knows lists as numbers.
pub(crate) trait Tell<T>: Send + Sync {
    /// The list of that number.
    fn tell(&self, list: usize) -> Vec<T>;

    /// Appends the list's plain form, untold.
    fn feed(&self, list: usize, feed: &mut Feed);
}

impl<T> List<T> {
    pub(crate) fn of(teller: Arc<dyn Tell<T>>, list: usize) -> Self {
        Self { told: OnceLock::new(), teller: Some((teller, list)) }
    }

    fn tell(&self) -> Vec<T> {
        self.teller.as_ref().map_or_else(Vec::new, |(teller, list)| teller.tell(*list))
    }

    /// Changes the list.
    pub fn edit(&mut self, change: impl FnOnce(&mut Vec<T>)) {
        let mut told = self.told.take().unwrap_or_else(|| self.tell());
        change(&mut told);
        *self = told.into();
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { told: OnceLock::new(), teller: None }
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(list: Vec<T>) -> Self {
        Self { told: OnceLock::from(list), teller: None }
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(list: I) -> Self {
        Vec::from_iter(list).into()
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.told.get_or_init(|| self.tell())
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Clone> Clone for List<T> {
    fn clone(&self) -> Self {
        Self { told: self.told.clone(), teller: self.teller.clone() }
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for List<T> {}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Into::into)
    }
}

impl<T: Plain> Plain for List<T> {
    fn feed(&self, feed: &mut Feed) {
        match (self.told.get(), &self.teller) {
            (None, Some((teller, list))) => teller.feed(*list, feed),
            _ => (**self).feed(feed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists as long as their number says.
    struct Counting;

    impl Tell<i64> for Counting {
        fn tell(&self, list: usize) -> Vec<i64> {
            (0..).take(list).collect()
        }

        fn feed(&self, list: usize, feed: &mut Feed) {
            feed.and(self.tell(list).as_slice());
        }
    }

    #[test]
    fn a_list_reads_alike_told_and_untold() {
        let list = || List::of(Arc::new(Counting), 3);
        let hash = |list: &List<i64>| Feed::new().and(list).hash();
        let (untold, mut changed) = (list(), list());
        assert_eq!(hash(&untold), hash(&vec![0, 1, 2].into()));
        assert_eq!((untold.len(), &untold[1..], &untold), (3, &[1, 2][..], &list()));
        assert_eq!(serde_json::to_string(&untold).unwrap(), "[0,1,2]");
        assert_eq!(serde_json::from_str::<List<i64>>("[0,1,2]").unwrap(), untold);
        changed.edit(|list| list.retain(|one| *one != 1));
        assert_eq!((format!("{changed:?}"), hash(&untold)), ("[0, 2]".to_owned(), hash(&untold.clone())));
        assert!(List::<i64>::default().is_empty());
    }
}
