//! Why a return can't be computed.

use crate::QuoteError;
use ids::{LineId, PriceBookId, PromotionId};
use money::Overflow;
use std::fmt;

/// Why a return can't be computed; each text says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReturnError {
    /// The quote was made with another price book.
    OtherBook {
        /// The order's book.
        needed: PriceBookId,
        /// The book that was asked.
        given: PriceBookId,
    },
    /// The quote's amounts don't belong to its hash.
    BrokenQuote,
    /// Cart and context give another quote than the order's.
    OtherQuote {
        /// The engine that made the order's quote.
        engine: String,
    },
    /// The kept goods can't be priced.
    Unpriced(QuoteError),
    /// The order has no such line.
    UnknownLine(LineId),
    /// The order has no gift of such a promotion.
    UnknownGift(PromotionId),
    /// A number of units below 1.
    NoUnits(i64),
    /// More units than are left to return.
    TooManyUnits {
        /// The line, or the promotion that gave the gift.
        of: String,
        /// How many are not back yet.
        left: i64,
        /// How many should come back.
        asked: i64,
    },
    /// The tenders don't sum to what was payable, or one is negative.
    OtherTenders {
        /// What was payable.
        payable: i64,
        /// What the tenders sum to.
        sum: i64,
    },
    /// The earlier refunds exceed what this order stands at.
    OtherBefore,
    /// An amount leaves 64 bits.
    Overflow,
}

impl From<Overflow> for ReturnError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

impl From<QuoteError> for ReturnError {
    fn from(error: QuoteError) -> Self {
        Self::Unpriced(error)
    }
}

impl fmt::Display for ReturnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherBook { needed, given } => {
                write!(f, "the order was priced with book {needed}, not {given}; load that version and ask it")
            }
            Self::BrokenQuote => f.write_str("the quote does not match its hash; load it again from the order"),
            Self::OtherQuote { engine } => write!(
                f,
                "this cart and context don't give the order's quote; pass both as they were, to the engine {engine}"
            ),
            Self::Unpriced(error) => write!(f, "the kept goods can't be priced: {error}"),
            Self::UnknownLine(line) => write!(f, "the order has no line {line}; name one of the quote's lines"),
            Self::UnknownGift(gift) => {
                write!(f, "the order has no gift of promotion {gift}; name one of the quote's gifts")
            }
            Self::NoUnits(units) => write!(f, "{units} units can't come back; state at least 1"),
            Self::TooManyUnits { of, left, asked } => {
                write!(f, "{of}: {asked} units can't come back, only {left} are left; state at most {left}")
            }
            Self::OtherTenders { payable, sum } => {
                write!(
                    f,
                    "the tenders sum to {sum} minor units, but {payable} were payable; list all of them, none negative"
                )
            }
            Self::OtherBefore => {
                f.write_str("the earlier refunds are more than this order stands at; pass the sum of its own refunds")
            }
            Self::Overflow => Overflow.fmt(f),
        }
    }
}

impl std::error::Error for ReturnError {}
