//! The document of a compiled book, and its promotions by their places: what quotes need to say which promotion they mean, also when the book is gone.

use super::{PriceBook, Promotion};
use crate::sort;

/// A document, and where its promotions are.
#[derive(Debug)]
pub(crate) struct Directory {
    pub(crate) document: PriceBook,
    /// Of each promotion, in the order of application.
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its place in the document.
    listed: u32,
    /// Its place in the order of ids.
    rank: u32,
}

impl Directory {
    /// Of a document and the places in it of its promotions, in the order of application.
    pub(super) fn new(document: PriceBook, listed: impl Iterator<Item = usize>) -> Self {
        let small = |place: usize| {
            u32::try_from(place).expect("a book of four thousand million promotions does not fit in memory")
        };
        let mut places: Vec<Place> = listed.map(|listed| Place { listed: small(listed), rank: 0 }).collect();
        let mut by_id: Vec<usize> = (0..places.len()).collect();
        sort::by_key(&mut by_id, |&at| &document.promotions[places[at].listed as usize].id);
        by_id.into_iter().enumerate().for_each(|(rank, at)| places[at].rank = small(rank));
        Self { document, places }
    }

    /// The promotion at a place in the order of application.
    pub(crate) fn promotion(&self, at: usize) -> &Promotion {
        &self.document.promotions[self.places[at].listed as usize]
    }

    /// Its place in the order of ids.
    pub(crate) fn rank(&self, at: usize) -> usize {
        self.places[at].rank as usize
    }
}
