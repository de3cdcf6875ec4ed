//! The member's own pages: signing in, and what the shop keeps for a member.

mod birthday;
mod code;
mod leave;
mod level;
mod next;
mod orders;
mod page;
mod privacy;
mod sign_in;
mod texts;
mod till;
mod value;
mod wallet;

pub use page::AccountPage;
pub use sign_in::{SignInPage, staff_sign_in};
