//! Reasons, hints and receipts in words, Chinese and English.

mod difference;
mod reason;
mod receipt;
mod refund;

pub use difference::differences;
pub use reason::{Voice, explain, hint, reason};
pub use receipt::receipt_text;
pub use refund::{refund_text, return_reason};
