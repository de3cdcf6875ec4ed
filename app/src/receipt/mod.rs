//! The receipt with reasons: the paper slip that the cart, the checkout and the order show alike. Items first, then every
//! discount as a line of its own with its arithmetic folded in; pointing at a discount marks what it touched, and pointing at
//! an item marks what touched it.

mod back;
mod discounts;
mod items;
mod live;
mod marks;
mod names;
mod notes;
mod slip;
mod texts;

pub use back::back;
pub use live::live;
pub use marks::Marks;
pub use names::{Names, named_of, of_items, of_order};
pub use slip::slip;

use crate::front::Front;
use ids::PriceBookId;
use leptos::prelude::*;

/// Digits of a price book's id that people compare.
const SEAL_DIGITS: usize = 8;

/// The seal of a price book: the same on the web, the shelf label, the kiosk and the paper.
pub fn seal(front: Front, book: &PriceBookId) -> AnyView {
    let t = texts::Texts(front.locale);
    let digits: String = book.as_str().chars().take(SEAL_DIGITS).collect();
    let label = t.seal_of(&digits);
    view! {
        <span class="seal" role="img" aria-label=label>
            <span class="seal-word">{t.seal()}</span>
            <span class="seal-id">{digits}</span>
        </span>
    }
    .into_any()
}
