//! Points and stored value in double entry.
//!
//! An [`Entry`] is what happened once; its [`Posting`]s sum to zero in every [`Unit`], or there is no such entry. Balances are sums of postings
//! and nothing else. A positive amount is more for the account's holder: what a member has is positive, and what the shop owes for it
//! stands as negative amounts on the accounts on the other side. Accounts of holders are never below zero ([`Account::is_guarded`]).

mod account;
mod books;
mod deed;
mod entry;
mod unit;

pub use account::{Account, UnknownAccount};
pub use books::{Books, Short};
pub use deed::{Deed, Purse};
pub use entry::{BadEntry, Entry, Posting};
pub use unit::{Unit, UnknownUnit};
