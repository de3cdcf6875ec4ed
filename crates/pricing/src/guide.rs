//! The guide: what prices mean, a page a subject and a page a rule.
//!
//! The pages are the files in `docs`; every cart in them is computed by a test of the documentation. Their examples are written so: above, promotions
//! as JSON; below, the cart. A line of goods is `SKU price xQUANTITY category tag…`, then what it costs without the promotions and with them; a word like `cost:45.00` is another fact of the SKU.
//! `pays` is what the shopper pays; `book`, `cart` and `context` add to the price book, the cart and the circumstances.

pub use crate::{benefit::pages as benefits, condition::pages as conditions};

/// One module a page, with the page's file as its documentation.
macro_rules! pages {
    ($($page:ident),+ $(,)?) => {
        $(
            #[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/", stringify!($page), ".md"))]
            pub mod $page {}
        )+
    };
}

pages! { promotion, selectors, stages, combining, best_price, money, floors, points, slices, returns, versions, limits }

// The chart stands inside the page, since the documentation has no place for files beside it.
#[doc = include_str!("../docs/study.svg")]
#[doc = ""]
#[doc = include_str!("../docs/study.md")]
pub mod study {}
