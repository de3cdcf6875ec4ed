//! The member's own pages: signing in, and what the shop keeps for a member.

mod birthday;
mod code;
mod field;
mod next;
mod orders;
mod page;
mod sign_in;
mod texts;
mod wallet;

pub use page::AccountPage;
pub use sign_in::SignInPage;
