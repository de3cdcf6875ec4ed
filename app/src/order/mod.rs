//! An order as its shopper sees it: where it stands, how the goods come, what can still be changed, what happened, and the receipts exactly as
//! they were made. The shop's own pages show orders with the same pieces.

mod address;
mod back;
mod cancel;
mod choose;
mod facts;
mod otherwise;
mod page;
mod parcel;
mod pay;
mod status;
mod tenders;
mod texts;
mod timeline;
mod units;

pub use back::preview;
pub use cancel::cancel;
pub use choose::{Chosen, choose};
pub use facts::facts;
pub use page::OrderPage;
pub use parcel::goods;
pub use pay::payments;
pub use status::{badge, stage_word, status_key, status_word};
pub use tenders::tender_name;
pub use timeline::timeline;
pub use units::{Units, to_come, with_shopper};
