//! Reasons, hints and receipts in words, Chinese and English.

mod difference;
mod reason;
mod receipt;

pub use difference::differences;
pub use reason::{Voice, explain, hint, reason};
pub use receipt::receipt_text;
