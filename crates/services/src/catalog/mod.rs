//! Products, search, shelf codes and labels.

mod cards;
mod codes;
pub(crate) mod gtin;
pub(crate) mod index;
mod labels;
mod list;
pub(crate) mod product;
pub(crate) mod texts;

pub use labels::LabelArt;
