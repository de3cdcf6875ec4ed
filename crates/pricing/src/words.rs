//! Reasons, hints and receipts in Chinese and English.

mod columns;
mod difference;
mod how;
mod reason;
mod receipt;
mod refund;

pub use difference::differences;
pub use how::how;
pub use reason::{Voice, certificate, explain, hint, month_name, reason};
pub use receipt::receipt_text;
pub use refund::{refund_text, return_reason};
