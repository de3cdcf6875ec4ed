//! Members: signing in by a one-time code, and the member's own page.

mod page;
mod sign_in;
mod texts;

pub use page::AccountPage;
pub use sign_in::SignInPage;
