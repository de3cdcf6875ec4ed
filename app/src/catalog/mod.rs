//! Lists of products: departments and search, narrowed, sorted and paged by plain links.

mod asked;
mod category;
mod filters;
mod list;
mod search;
mod texts;

pub use category::CategoryPage;
pub use search::SearchPage;
