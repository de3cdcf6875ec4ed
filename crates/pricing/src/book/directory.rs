//! The document of a compiled book, and its promotions by their places: what quotes need to say which promotion they mean, also when the book is gone.

use super::{PriceBook, Promotion};
use crate::{hash::quick, sort};
use ids::PromotionId;

/// A document, and where its promotions are.
#[derive(Debug)]
pub(crate) struct Directory {
    pub(crate) document: PriceBook,
    /// Of each promotion, in the order of application.
    places: Vec<Place>,
    /// Its id, which is asked for more often than all else.
    ids: Vec<PromotionId>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its place in the document.
    listed: u32,
    /// Its place in the order of ids.
    rank: u32,
    /// The hash of its id.
    hash: u64,
}

impl Directory {
    /// Of a document and the places in it of its promotions, in the order of application.
    #[inline]
    pub(super) fn new(document: PriceBook, listed: impl Iterator<Item = usize>) -> Self {
        let small = |place: usize| {
            u32::try_from(place).expect("a book of four thousand million promotions does not fit in memory")
        };
        let place = |listed: usize| {
            let hash = quick(document.promotions[listed].id.as_str().as_bytes());
            Place { listed: small(listed), rank: 0, hash }
        };
        let mut places: Vec<Place> = listed.map(place).collect();
        let mut by_id: Vec<usize> = (0..places.len()).collect();
        sort::by_key(&mut by_id, |&at| &document.promotions[places[at].listed as usize].id);
        by_id.into_iter().enumerate().for_each(|(rank, at)| places[at].rank = small(rank));
        let ids = places.iter().map(|place| document.promotions[place.listed as usize].id.clone()).collect();
        Self { document, places, ids }
    }

    /// The promotion at a place in the order of application.
    pub(crate) fn promotion(&self, at: usize) -> &Promotion {
        &self.document.promotions[self.places[at].listed as usize]
    }

    /// The ids in the order of application.
    pub(crate) fn ids(&self) -> &[PromotionId] {
        &self.ids
    }

    /// Its place in the order of ids.
    pub(crate) fn rank(&self, at: usize) -> u32 {
        self.places[at].rank
    }

    /// The hash of its id.
    pub(crate) fn hash(&self, at: usize) -> u64 {
        self.places[at].hash
    }
}
