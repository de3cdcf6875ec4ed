//! The cart: kept in the browser, priced in the browser by the same engine as on the server.

pub mod clock;
mod code;
mod engine;
mod gifts;
pub mod held;
mod hold;
mod kept;
pub mod known;
mod line;
mod page;
mod rounds;
mod store;
pub(crate) mod texts;

pub use gifts::{Giving, gifts_of};
pub use hold::hold;
pub use kept::Kept;
pub use page::CartPage;
pub use store::{CartStore, Network, Priced};
