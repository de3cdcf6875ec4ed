//! What the shopper points at, and what is folded open; both outlive the slip, which is drawn anew with every quote.

use ids::{LineId, PromotionId};
use leptos::prelude::*;
use pricing::Quote;

/// What the shopper points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pointed {
    /// An item.
    Line(LineId),
    /// A discount.
    Promotion(PromotionId),
}

/// Pointing and folding on one slip.
#[derive(Clone, Copy)]
pub struct Marks {
    pointed: RwSignal<Option<Pointed>>,
    open: RwSignal<Vec<String>>,
}

impl Marks {
    /// Nothing pointed at, everything folded.
    #[must_use]
    pub fn new() -> Self {
        Self { pointed: RwSignal::new(None), open: RwSignal::new(Vec::new()) }
    }

    /// Points at something, or at nothing.
    pub fn point(self, at: Option<Pointed>) {
        if self.pointed.with_untracked(|before| *before != at) {
            self.pointed.set(at);
        }
    }

    /// The discount that is pointed at.
    pub fn promotion(self) -> Option<PromotionId> {
        self.pointed.with(|pointed| match pointed {
            Some(Pointed::Promotion(promotion)) => Some(promotion.clone()),
            _ => None,
        })
    }

    /// True if `promotion` touched the item that is pointed at.
    pub fn touched(self, quote: &Quote, promotion: &PromotionId) -> bool {
        self.pointed.with(|pointed| match pointed {
            Some(Pointed::Line(id)) => {
                let line = quote.lines.iter().find(|line| &line.id == id);
                line.is_some_and(|line| line.discounts.iter().any(|share| &share.promotion == promotion))
            }
            _ => false,
        })
    }

    /// True if the row is folded open; not tracked, as the row keeps its own state while it lives.
    pub fn is_open(self, row: &str) -> bool {
        self.open.with_untracked(|open| open.iter().any(|one| one == row))
    }

    /// Remembers that a row was folded open or shut.
    pub fn fold(self, row: &str, open: bool) {
        self.open.update_untracked(|rows| {
            rows.retain(|one| one != row);
            if open {
                rows.push(row.to_owned());
            }
        });
    }
}
